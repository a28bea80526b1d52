/**
 * Says what is new since the last visit: its day, and the verdicts seen then, are kept in this browser and go nowhere.
 *
 * A visit ends after half an hour without a page. Whoever comes for the first time is told nothing. Verdicts are
 * compared with what was seen and not by day, so whatever changed one (a deal, a page, a threshold) is told.
 */

interface Changes {
  readonly changes: readonly { readonly href: string; readonly on: string; readonly what: string }[]
  readonly verdicts: readonly Verdict[]
}

interface Verdict {
  readonly title: string
  readonly href: string
  readonly verdict: string
}

type Seen = Readonly<Record<string, string>>

const pause = 30 * 60_000

const place = document.querySelector<HTMLElement>('[data-changes]')
const visit = rememberedVisit()
if (place !== null) void tell(place, visit)

/** When the visit before this one ended, in milliseconds. */
function rememberedVisit(): number | undefined {
  const key = 'playproof:visit'
  const now = Date.now()
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    const { seen, before } = isVisit(kept) ? kept : { seen: undefined, before: undefined }
    const ended = seen !== undefined && now - seen > pause ? seen : before
    localStorage.setItem(key, JSON.stringify({ seen: now, before: ended }))
    return ended
  } catch {
    // A browser may keep nothing; then every visit is the first.
    return undefined
  }
}

function isVisit(kept: unknown): kept is { seen: number; before?: number } {
  return typeof kept === 'object' && kept !== null && 'seen' in kept && typeof kept.seen === 'number'
}

async function tell(place: HTMLElement, since: number | undefined): Promise<void> {
  const answer = await fetch(place.dataset['changes'] ?? '')
  if (!answer.ok) return
  const { changes, verdicts } = (await answer.json()) as Changes
  const before = seenBefore(since, verdicts)
  if (since === undefined) return
  const others = verdicts.filter(({ href, verdict }) => (before[href] ?? verdict) !== verdict)
  for (const other of others) markRow(other, before[other.href] ?? '')
  const list = place.querySelector<HTMLElement>('[data-changes-verdicts]')
  list?.replaceChildren(...others.map((other) => sentence(other, before[other.href] ?? '')))
  if (list !== null) list.hidden = others.length === 0
  const recent = changes.filter(({ on }) => Date.parse(on) > since)
  const fresh = new Set(recent.map(({ href, on }) => `${href} ${on}`))
  for (const item of place.querySelectorAll<HTMLElement>('[data-change]'))
    item.classList.toggle('fresh', fresh.has(item.dataset['change'] ?? ''))
  const said = place.querySelector<HTMLElement>('[data-changes-said]')
  if (said === null) return
  const day = new Date(since).toLocaleDateString(document.documentElement.lang || undefined, {
    day: 'numeric',
    month: 'long',
  })
  const pages = recent.filter(({ what }) => what !== 'verdict').length
  const parts = [
    others.length === 0 ? '' : others.length === 1 ? 'one other verdict' : `${others.length} other verdicts`,
    pages === 0 ? '' : pages === 1 ? 'one page' : `${pages} pages`,
  ].filter((part) => part !== '')
  const news = parts.length === 0 ? 'nothing' : parts.join(' and ')
  said.textContent = `${news.charAt(0).toUpperCase()}${news.slice(1)} since your last visit on ${day}.`
  said.hidden = false
}

/** The verdicts that were seen before this visit; today's where none were. Those of today are kept for the next. */
function seenBefore(since: number | undefined, verdicts: readonly Verdict[]): Seen {
  const key = 'playproof:verdicts'
  const now: Seen = Object.fromEntries(verdicts.map(({ href, verdict }) => [href, verdict]))
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    const before = !isSeen(kept) ? now : kept.since === since ? kept.before : kept.now
    localStorage.setItem(key, JSON.stringify({ since, before, now }))
    return before
  } catch {
    return now
  }
}

function isSeen(kept: unknown): kept is { since?: number; before: Seen; now: Seen } {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    'now' in kept &&
    'before' in kept &&
    [kept.now, kept.before].every((seen) => typeof seen === 'object' && seen !== null)
  )
}

function sentence({ title, href, verdict }: Verdict, was: string): HTMLElement {
  const item = document.createElement('li')
  item.className = 'fresh'
  const link = document.createElement('a')
  link.href = href
  link.textContent = title
  const words = document.createElement('span')
  words.className = 'small'
  words.textContent = ` is now ${verdict}; it was ${was}`
  item.append(link, words)
  return item
}

/** In the list of plays above, where the reader chooses one. */
function markRow({ href }: Verdict, was: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.plays .name'))
    if (link.getAttribute('href') === href) {
      const words = document.createElement('strong')
      words.className = 'was'
      words.textContent = ` · was ${was} at your last visit`
      link.parentElement?.querySelector('.for')?.append(words)
    }
}
