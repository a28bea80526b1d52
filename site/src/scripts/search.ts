/**
 * Results while typing, from the index that Pagefind made.
 *
 * The index is loaded when somebody goes to the box; the home page, whose first purpose is to search, loads it when it
 * has nothing else to do. There the words and the filters are kept in the address; on other pages the results hang
 * below the box and lead there. Everything shown is text: nothing from a page is parsed as HTML here. Typing errors are
 * put right, and it says so; where nothing has all the words, what has most of them is offered, and a way to say that
 * it is missing.
 */

import type { Found } from './open-parts.ts'
import type { Question, Reply } from './search-worker.ts'
import type { Opening } from './share-parts.ts'

interface Search {
  readonly words: string
  readonly filters: Record<string, string>
}

/** So many results on the home page, and so many in the panel of another. */
const mostResults = { page: 20, panel: 6 }
/** Milliseconds without a further letter after which somebody means the one letter. */
const pause = 300

const form = document.querySelector<HTMLFormElement>('form[data-search]')
if (form !== null) start(form)

function start(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLInputElement>('input[type="search"]')
  const panel = form.querySelector<HTMLElement>('[data-found]')
  const list = form.querySelector<HTMLElement>('[data-list]')
  const status = form.querySelector<HTMLElement>('[data-status]')
  const more = form.querySelector<HTMLElement>('[data-rest]')
  if (box === null || panel === null || list === null || status === null || more === null) return
  const wholePage = form.dataset['search'] === 'page'
  const selects = [...form.querySelectorAll<HTMLSelectElement>('select')]
  const choices = form.querySelector<HTMLDetailsElement>('[data-filters]')
  const rest = wholePage ? document.querySelector<HTMLElement>('[data-without-search]') : null
  let index: OpenIndex | undefined
  /** How often something was looked for; what was answered to an earlier question is not shown. */
  let asked = 0
  let searching = false
  /** Whether the choices are counted: it costs each search time, so only while somebody sees them. */
  let counted = false
  let waiting: ReturnType<typeof setTimeout> | undefined

  const open = (): OpenIndex => {
    index ??= openIndex(
      {
        folder: form.dataset['index'] ?? '',
        language: document.documentElement.lang,
        parts: Number(form.dataset['parts']),
      },
      (turn, rest) => {
        if (turn === asked) list.append(...rest.map((each) => entry(each)))
      },
    )
    return index
  }

  const chosen = (): Record<string, string> =>
    Object.fromEntries(selects.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]))

  /** Looks at once for what the box says. While one search runs, only the last of those that follow waits for it. */
  const search = async (): Promise<void> => {
    asked++
    if (isEmpty(wanted())) show(undefined)
    if (searching) return
    searching = true
    for (let turn = 0; turn !== asked; ) {
      turn = asked
      if (wholePage) keepInAddress(wanted())
      if (!isEmpty(wanted())) await find(turn, wanted())
    }
    searching = false
  }

  const wanted = (): Search => ({ words: box.value.trim(), filters: chosen() })

  /** The first results; the others follow when they are read. */
  const find = async (turn: number, { words, filters }: Search): Promise<void> => {
    try {
      const most = mostResults[wholePage ? 'page' : 'panel']
      counted = choices?.open === true
      const { found, number, said, counts } = await answered({ turn, words, filters, counted, most })
      if (turn !== asked) return
      for (const select of selects) nameCounts(select, counts[select.name])
      list.replaceChildren(...found.map((each) => entry(each)))
      more.replaceChildren(...under(form, { words, filters }, number, wholePage))
      more.hidden = more.childNodes.length === 0
      show(said)
    } catch {
      if (turn === asked) show('The search index could not be loaded. Reload the page to try again.')
    }
  }

  /** Asked a second time, because the index may have been opened while there was no network. */
  const answered = (question: Question): Promise<Answered> => {
    const ask = (): Promise<Answered> =>
      open()
        .ask(question)
        .catch((error: unknown) => {
          index?.close()
          index = undefined
          throw error
        })
    return ask().catch(ask)
  }

  const show = (text: string | undefined): void => {
    panel.hidden = text === undefined
    if (rest !== null) rest.hidden = text !== undefined
    status.textContent = text ?? ''
    if (text === undefined) {
      list.replaceChildren()
      more.replaceChildren()
    }
  }

  box.addEventListener('focus', open)
  // A finger is down for a while before the box gets the focus.
  box.addEventListener('pointerdown', open)
  box.addEventListener('input', () => {
    clearTimeout(waiting)
    if (box.value.trim().length !== 1) {
      void search()
      return
    }
    // One letter is in nearly every page: looking for it keeps the word that follows waiting.
    asked++
    waiting = setTimeout(() => void search(), pause)
  })
  for (const select of selects) select.addEventListener('change', () => void search())
  choices?.addEventListener('toggle', () => {
    if (choices.open && !counted && !isEmpty(wanted())) void search()
  })
  form.addEventListener('submit', (event) => {
    if (!wholePage) return
    event.preventDefault()
    void search()
  })
  form.addEventListener('keydown', (event) => {
    const links = [...panel.querySelectorAll<HTMLAnchorElement>('a')]
    const at = links.indexOf(document.activeElement as HTMLAnchorElement)
    if (event.key === 'ArrowDown' && links.length > 0 && (at >= 0 || document.activeElement === box)) {
      event.preventDefault()
      links[Math.min(at + 1, links.length - 1)]?.focus()
    } else if (event.key === 'ArrowUp' && at >= 0) {
      event.preventDefault()
      ;(at === 0 ? box : links[at - 1])?.focus()
    } else if (event.key === 'Escape') {
      if (at < 0) {
        box.value = ''
        for (const select of selects) select.value = ''
        void search()
      }
      box.focus()
    }
  })
  document.addEventListener('keydown', (event) => {
    const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey
    const k = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
    // `/` belongs to whoever is writing; Ctrl-K does not.
    if (!k && !(slash && !isTyping(event.target))) return
    event.preventDefault()
    box.focus()
    box.select()
  })
  if (!wholePage) {
    document.addEventListener('click', (event) => {
      if (!form.contains(event.target as Node)) show(undefined)
    })
    form.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !form.contains(relatedTarget)) show(undefined)
    })
    return
  }
  const query = new URLSearchParams(location.search)
  box.value = query.get('q') ?? ''
  for (const select of selects) select.value = query.get(select.name) ?? ''
  // A phone has room for the filters or for the results.
  if (choices !== null)
    choices.open = matchMedia('(min-width: 56rem)').matches || selects.some(({ value }) => value !== '')
  if (box.value !== '' || selects.some(({ value }) => value !== '')) void search()
  else if (!savesData()) whenIdle(open)
}

/** Once the page is loaded, so that nothing it needs is kept waiting. */
function whenIdle(work: () => void): void {
  const wait = (): void => {
    // Safari has no such callback.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => work())
    else setTimeout(work, pause)
  }
  if (document.readyState === 'complete') wait()
  else addEventListener('load', wait, { once: true })
}

/** Whether somebody asked the browser to load nothing that nobody wants; some browsers cannot be asked. */
function savesData(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true
}

interface OpenIndex {
  /** One question at a time: the next waits for the answer. */
  ask(question: Question): Promise<Answered>
  close(): void
}

type Answered = Extract<Reply, { said: string }>

/** `more` takes the results that come after the first ones. */
function openIndex(opening: Opening, more: (turn: number, rest: readonly Found[]) => void): OpenIndex {
  const worker = new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module' })
  let waiting: { resolve(answer: Answered): void; reject(error: Error): void } | undefined
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    if ('rest' in data) more(data.turn, data.rest)
    else if ('failed' in data) waiting?.reject(new Error('Nothing can be found.'))
    else waiting?.resolve(data)
  })
  worker.addEventListener('error', () => waiting?.reject(new Error('The search does not run.')))
  worker.postMessage(opening)
  return {
    ask(question) {
      worker.postMessage(question)
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject }
      })
    },
    close: () => worker.terminate(),
  }
}

function isEmpty({ words, filters }: Search): boolean {
  return words === '' && Object.keys(filters).length === 0
}

function keepInAddress({ words, filters }: Search): void {
  const query = queryOf({ words, filters })
  history.replaceState(null, '', query === '' ? location.pathname : `?${query}`)
}

function queryOf({ words, filters }: Search): string {
  return new URLSearchParams({ ...(words === '' ? {} : { q: words }), ...filters }).toString()
}

/** Below the results: where the rest is, or, where nothing was found, whom to tell. */
function under(form: HTMLFormElement, wanted: Search, found: number, wholePage: boolean): Node[] {
  if (found > mostResults[wholePage ? 'page' : 'panel']) {
    if (wholePage)
      return [document.createTextNode(`The nearest ${mostResults.page} of ${found}. Add a word to see others.`)]
    return [link(`${form.action.replace(/[?#].*$/, '')}?${queryOf(wanted)}`, `All ${found}, with filters`)]
  }
  const address = form.dataset['report']
  if (found > 0 || address === undefined) return []
  const subject = `Nothing in the playbook for “${wanted.words}”`
  return [
    document.createTextNode('Should there be something? '),
    link(
      address.startsWith('mailto:')
        ? `${address}${address.includes('?') ? '&' : '?'}subject=${encodeURIComponent(subject)}`
        : address,
      'Tell marketing what you looked for',
    ),
  ]
}

function link(href: string, text: string): HTMLAnchorElement {
  const element = document.createElement('a')
  element.href = href
  element.textContent = text
  return element
}

/** Each choice with the number of pages it would leave, where they were counted. */
function nameCounts(select: HTMLSelectElement, counts: Readonly<Record<string, number>> | undefined): void {
  for (const option of select.options) {
    if (option.value !== '')
      option.textContent = counts === undefined ? option.value : `${option.value} (${counts[option.value] ?? 0})`
  }
}

function entry({ url, meta, excerpt }: Found): HTMLElement {
  const item = document.createElement('li')
  const link = document.createElement('a')
  link.href = url
  const head = part('found-head', '')
  if (meta['mark']) head.append(sign(`mark mark-${meta['mark']}`, `mark-${meta['mark']}`))
  head.append(part('found-title', meta['title'] ?? url))
  const about = part('found-about', [meta['type'], meta['verdict'], meta['segment']].filter(Boolean).join(' · '))
  if (meta['doubt']) {
    const doubt = part(`doubt doubt-${meta['doubt'].toLowerCase()}`, meta['doubt'])
    doubt.prepend(sign('icon', 'icon-triangle-alert'))
    about.append(' ', doubt)
  }
  link.append(head, about)
  if (meta['line']) link.append(part('found-line', meta['line']))
  const words = part('found-words', '')
  words.append('… ', ...excerptNodes(excerpt), ' …')
  link.append(words)
  item.append(link)
  return item
}

/** One of the drawings that every page has. */
function sign(name: string, symbol: string): SVGElement {
  const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  drawing.setAttribute('class', name)
  drawing.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `#${symbol}`)
  drawing.append(use)
  return drawing
}

function part(name: string, text: string): HTMLElement {
  const element = document.createElement('span')
  element.className = name
  element.textContent = text
  return element
}

/** An excerpt is text in which `<mark>` surrounds the words found and the rest is escaped. */
function excerptNodes(excerpt: string): Node[] {
  return excerpt.split(/(<mark>.*?<\/mark>)/s).map((piece) => {
    const found = /^<mark>(.*?)<\/mark>$/s.exec(piece)
    if (found === null) return document.createTextNode(plain(piece))
    const mark = document.createElement('mark')
    mark.textContent = plain(found[1] ?? '')
    return mark
  })
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}

function plain(escaped: string): string {
  return escaped.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity)
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  )
}
