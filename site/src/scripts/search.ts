/**
 * Results while typing, from the index that Pagefind made.
 *
 * The index is loaded when the box gets the focus. On the home page the words and the filters are kept in the
 * address; on other pages the results hang below the box. Everything shown is text: nothing from a page is
 * parsed as HTML here.
 */

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

const most = 20

const form = document.querySelector<HTMLFormElement>('form[data-search]')
if (form !== null) start(form)

function start(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLInputElement>('input[type="search"]')
  const panel = form.querySelector<HTMLElement>('[data-found]')
  const list = form.querySelector<HTMLElement>('[data-list]')
  const status = form.querySelector<HTMLElement>('[data-status]')
  if (box === null || panel === null || list === null || status === null) return
  const wholePage = form.dataset['search'] === 'page'
  const filters = form.querySelector<HTMLDetailsElement>('[data-filters]')
  const selects = [...form.querySelectorAll<HTMLSelectElement>('select')]
  const rest = wholePage ? document.querySelector<HTMLElement>('[data-without-search]') : null
  let index: Promise<Index> | undefined
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const load = (): Promise<Index> => {
    const address = form.dataset['index'] ?? ''
    index ??= (import(/* @vite-ignore */ address) as Promise<Index>).then(async (found) => {
      // The records hold whole addresses; by itself the index would put the base path before them once more.
      await found.options({ baseUrl: '/' })
      await found.init()
      return found
    })
    return index
  }

  const chosen = (): Record<string, string> =>
    Object.fromEntries(selects.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]))

  const search = async (): Promise<void> => {
    const turn = ++asked
    const words = box.value.trim()
    const wanted = chosen()
    if (wholePage) keepInAddress(words, wanted)
    if (words === '' && Object.keys(wanted).length === 0) {
      show(undefined)
      return
    }
    try {
      const answer = await (await load()).search(words === '' ? null : words, { filters: wanted })
      const found = await Promise.all(answer.results.slice(0, most).map((result) => result.data()))
      if (turn !== asked) return
      for (const select of selects) nameCounts(select, answer.filters[select.name] ?? {})
      list.replaceChildren(...found.map((each) => entry(form, each)))
      show(said(answer.results.length))
    } catch {
      if (turn === asked) show('The search index could not be loaded. Reload the page to try again.')
    }
  }

  const show = (text: string | undefined): void => {
    panel.hidden = text === undefined
    if (rest !== null) rest.hidden = text !== undefined
    status.textContent = text ?? ''
    if (text === undefined) list.replaceChildren()
  }

  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void search(), 80)
  }

  box.addEventListener('focus', () => void load().catch(() => undefined), { once: true })
  box.addEventListener('input', soon)
  for (const select of selects) select.addEventListener('change', () => void search())
  form.addEventListener('submit', (event) => {
    if (!wholePage) return
    event.preventDefault()
    void search()
  })
  form.addEventListener('keydown', (event) => {
    const links = [...list.querySelectorAll<HTMLAnchorElement>('a')]
    const at = links.indexOf(document.activeElement as HTMLAnchorElement)
    if (event.key === 'ArrowDown' && links.length > 0 && (at >= 0 || document.activeElement === box)) {
      event.preventDefault()
      links[Math.min(at + 1, links.length - 1)]?.focus()
    } else if (event.key === 'ArrowUp' && at >= 0) {
      event.preventDefault()
      ;(at === 0 ? box : links[at - 1])?.focus()
    } else if (event.key === 'Escape') {
      if (at < 0) box.value = ''
      box.focus()
      if (at < 0) void search()
    }
  })
  document.addEventListener('keydown', (event) => {
    const shortcut =
      (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey) ||
      (event.key === 'k' && (event.ctrlKey || event.metaKey))
    if (!shortcut || isTyping(event.target)) return
    event.preventDefault()
    box.focus()
    box.select()
  })
  if (!wholePage) {
    document.addEventListener('click', (event) => {
      if (!form.contains(event.target as Node)) show(undefined)
    })
    return
  }
  const query = new URLSearchParams(location.search)
  box.value = query.get('q') ?? ''
  for (const select of selects) select.value = query.get(select.name) ?? ''
  if (filters !== null) {
    filters.hidden = false
    filters.open = matchMedia('(min-width: 56rem)').matches || Object.keys(chosen()).length > 0
  }
  if (box.value !== '' || selects.some(({ value }) => value !== '')) void search()
}

function keepInAddress(words: string, wanted: Record<string, string>): void {
  const query = new URLSearchParams({ ...(words === '' ? {} : { q: words }), ...wanted }).toString()
  history.replaceState(null, '', query === '' ? location.pathname : `?${query}`)
}

function said(number: number): string {
  if (number === 0) return 'Nothing found. Try fewer words, or take a filter away.'
  return number > most ? `${number} pages, the nearest ${most} of them` : number === 1 ? 'One page' : `${number} pages`
}

/** Each choice with the number of pages it would leave. */
function nameCounts(select: HTMLSelectElement, counts: Readonly<Record<string, number>>): void {
  for (const option of select.options) {
    if (option.value !== '') option.textContent = `${option.value} (${counts[option.value] ?? 0})`
  }
}

function entry(form: HTMLFormElement, { url, meta, excerpt }: Found): HTMLElement {
  const item = document.createElement('li')
  const link = document.createElement('a')
  link.href = url
  const title = part('found-head', '')
  title.append(
    marked(form, meta['mark']),
    part('found-title', meta['title'] ?? url),
    part('small soft', [meta['type'], meta['verdict']].filter(Boolean).join(' · ')),
  )
  link.append(title)
  if (meta['line']) link.append(part('found-line', meta['line']))
  const words = part('found-words', '')
  words.append('… ', ...excerptNodes(excerpt), ' …')
  link.append(words)
  item.append(link)
  return item
}

function marked(form: HTMLFormElement, mark: string | undefined): Node {
  const template =
    mark === undefined ? null : form.querySelector<HTMLTemplateElement>(`template[data-mark="${CSS.escape(mark)}"]`)
  const both = document.createDocumentFragment()
  if (template !== null) both.append(template.content.cloneNode(true))
  return both
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
