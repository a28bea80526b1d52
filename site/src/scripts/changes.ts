/**
 * Says what is new since the last visit: the day of it is kept in this browser and goes nowhere.
 *
 * A visit ends after half an hour without a page. Whoever comes for the first time is told nothing.
 */

const pause = 30 * 60_000

const place = document.querySelector<HTMLElement>('[data-changes]')
const visit = rememberedVisit()
if (place !== null && visit !== undefined) void mark(place, visit)

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

async function mark(place: HTMLElement, since: number): Promise<void> {
  const answer = await fetch(place.dataset['changes'] ?? '')
  if (!answer.ok) return
  const changes = (await answer.json()) as readonly { readonly href: string; readonly on: string }[]
  const fresh = new Set(changes.filter(({ on }) => Date.parse(on) > since).map(({ href }) => href))
  for (const item of place.querySelectorAll<HTMLElement>('[data-change]'))
    item.classList.toggle('fresh', fresh.has(item.dataset['change'] ?? ''))
  const said = place.querySelector<HTMLElement>('[data-changes-said]')
  if (said === null) return
  const day = new Date(since).toLocaleDateString(document.documentElement.lang || undefined, {
    day: 'numeric',
    month: 'long',
  })
  said.textContent =
    fresh.size === 0
      ? `Nothing since your last visit on ${day}.`
      : `${fresh.size === 1 ? 'One page' : `${fresh.size} pages`} since your last visit on ${day}.`
  said.hidden = false
}
