/**
 * Results while typing, from the index that Pagefind made.
 *
 * The index is loaded when the box gets the focus. On the home page the words and the filters are kept in the
 * address; on other pages the results hang below the box and lead there. Everything shown is text: nothing from a
 * page is parsed as HTML here. Typing errors are put right, and it says so; where nothing has all the words, what has
 * most of them is offered, and a way to say that it is missing.
 */

import type { Spelling } from './nearest.ts'

interface Found {
  readonly url: string
  readonly excerpt: string
  readonly meta: Readonly<Record<string, string | undefined>>
}

interface Answer {
  readonly results: readonly { data(): Promise<Found> }[]
  readonly filters: Readonly<Record<string, Readonly<Record<string, number>>>>
}

interface Index {
  options(options: { baseUrl: string }): Promise<void>
  init(): Promise<void>
  search(words: string | null, options: { filters: Record<string, string> }): Promise<Answer>
}

/** What is loaded when the box gets the focus: the index, and what spells words as the site does. */
interface Loaded {
  readonly index: Index
  spelling(words: string): Spelling
}

interface Search {
  readonly words: string
  readonly filters: Record<string, string>
}

/** So many results on the home page, and so many in the panel of another. */
const most = { page: 20, panel: 6 }
/** The first of them are shown before the rest is read. */
const atOnce = 5
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
  const rest = wholePage ? document.querySelector<HTMLElement>('[data-without-search]') : null
  let loaded: Promise<Loaded> | undefined
  /** How often something was looked for; what was answered to an earlier question is not shown. */
  let asked = 0
  let searching = false
  let waiting: ReturnType<typeof setTimeout> | undefined

  const load = (): Promise<Loaded> => {
    loaded ??= loadFrom(form.dataset['index'] ?? '')
    loaded.catch(() => {
      loaded = undefined
    })
    return loaded
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

  /** The first results, and then without waiting for them the others. */
  const find = async (turn: number, wanted: Search): Promise<void> => {
    try {
      const { answer, said } = await ask(await load(), wanted)
      if (turn !== asked) return
      const read = (from: number, to: number): Promise<Found[]> =>
        Promise.all(answer.results.slice(from, to).map((result) => result.data()))
      const found = await read(0, atOnce)
      if (turn !== asked) return
      for (const select of selects) nameCounts(select, answer.filters[select.name] ?? {})
      list.replaceChildren(...found.map((each) => entry(each)))
      more.replaceChildren(...under(form, wanted, answer.results.length, wholePage))
      more.hidden = more.childNodes.length === 0
      show(said)
      void read(atOnce, most[wholePage ? 'page' : 'panel'])
        .then((later) => turn === asked && list.append(...later.map((each) => entry(each))))
        .catch(() => undefined)
    } catch {
      if (turn === asked) show('The search index could not be loaded. Reload the page to try again.')
    }
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

  box.addEventListener('focus', () => void load().catch(() => undefined))
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
  const filters = form.querySelector<HTMLDetailsElement>('[data-filters]')
  box.value = query.get('q') ?? ''
  for (const select of selects) select.value = query.get(select.name) ?? ''
  // A phone has room for the filters or for the results.
  if (filters !== null)
    filters.open = matchMedia('(min-width: 56rem)').matches || selects.some(({ value }) => value !== '')
  if (box.value !== '' || selects.some(({ value }) => value !== '')) void search()
}

async function loadFrom(folder: string): Promise<Loaded> {
  const [index, { spelling }, site] = await Promise.all([
    import(/* @vite-ignore */ `${folder}pagefind.js`) as Promise<Index>,
    import('./nearest.ts'),
    fetch(`${folder}words.json`).then((response) => response.json() as Promise<string[]>),
  ])
  // The records hold whole addresses; by itself the index would put the base path before them once more.
  await index.options({ baseUrl: '/' })
  await index.init()
  return { index, spelling: (words) => spelling(words, site) }
}

/** What is found, and in words what was looked for where that is not what was typed. */
async function ask({ index, spelling }: Loaded, { words, filters }: Search): Promise<{ answer: Answer; said: string }> {
  const search = (wanted: string): Promise<Answer> => index.search(wanted === '' ? null : wanted, { filters })
  const { right, missing } = spelling(words)
  const answer = await search(right)
  const found = answer.results.length
  if (found > 0) {
    if (missing.length > 0) return { answer, said: `No page says “${missing.join(' ')}”. Without it: ${said(found)}` }
    if (right !== words) return { answer, said: `No page says “${words}”. For “${right}”: ${said(found)}` }
    return { answer, said: said(found) }
  }
  const most = await withoutOne(right.split(/\s+/), search)
  if (most !== undefined)
    return { answer: most.answer, said: `No page has all of these words. The nearest, without “${most.left}”:` }
  const anywhere = Object.keys(filters).length === 0 ? undefined : await index.search(right, { filters: {} })
  return anywhere !== undefined && anywhere.results.length > 0
    ? { answer: anywhere, said: 'Nothing with these filters. Without them:' }
    : { answer, said: 'Nothing found. Try another word.' }
}

/** The search with the word left out whose absence finds most. */
async function withoutOne(
  words: readonly string[],
  search: (words: string) => Promise<Answer>,
): Promise<{ answer: Answer; left: string } | undefined> {
  if (words.length < 2) return undefined
  const tried = await Promise.all(
    words.map(async (left, at) => ({ left, answer: await search(words.toSpliced(at, 1).join(' ')) })),
  )
  const best = tried.reduce((one, other) => (other.answer.results.length > one.answer.results.length ? other : one))
  return best.answer.results.length === 0 ? undefined : best
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

function said(pages: number): string {
  return pages === 1 ? '1 page' : `${pages} pages`
}

/** Below the results: where the rest is, or, where nothing was found, whom to tell. */
function under(form: HTMLFormElement, wanted: Search, found: number, wholePage: boolean): Node[] {
  if (found > most[wholePage ? 'page' : 'panel']) {
    if (wholePage) return [document.createTextNode(`The nearest ${most.page} of ${found}. Add a word to see others.`)]
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

/** Each choice with the number of pages it would leave. */
function nameCounts(select: HTMLSelectElement, counts: Readonly<Record<string, number>>): void {
  for (const option of select.options) {
    if (option.value !== '') option.textContent = `${option.value} (${counts[option.value] ?? 0})`
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
