/**
 * What changed, as far as this audience has the pages: which page and when, never by whom or why; and which plays the
 * ledger has given another verdict.
 */
import type { VerdictChange } from '../../../src/evidence/verdict-changes.ts'
import type { AnyEntity, Entity } from '../../../src/model/entity.ts'
import type { PageChange } from '../../../src/workspace/git.ts'
import type { Change } from './page-types.ts'
import type { Shown } from './shown.ts'

/** So many pages are kept: somebody who was away longer reads them. */
const most = 60

export function changesOf(
  shown: Shown,
  pages: readonly PageChange[],
  verdicts: readonly VerdictChange[],
): readonly Change[] {
  const changed = pages.flatMap(({ path, on, what }): Change[] => {
    const page = shown.playbook.atPath(path) as AnyEntity | undefined
    if (page === undefined || !told.has(page.type)) return []
    const { mark, byFit } =
      page.type === 'play' ? shown.playLink(page as Entity<'play'>) : { mark: undefined, byFit: false }
    return [{ ...shown.namedLink(page), title: nameOf(shown, page), on, what, type: page.type, mark, byFit }]
  })
  return [
    ...changed.sort(latestFirst).slice(0, most),
    ...verdicts.flatMap((change) => verdictChange(shown, pages, change)),
  ].sort(latestFirst)
}

function latestFirst(a: Change, b: Change): number {
  return a.on < b.on ? 1 : a.on > b.on ? -1 : a.href < b.href ? -1 : 1
}

/** People, feedback and decks come and go without anybody having to learn them. */
const told = new Set(['play', 'message', 'competitor', 'persona', 'segment', 'market', 'review'])

/**
 * A verdict of an earlier day is judged by the pages of today. So it is told only where none of what it rests on has
 * changed since: else nobody ever saw it, and the changed page is the news.
 */
function verdictChange(shown: Shown, pages: readonly PageChange[], { play: id, from, day }: VerdictChange): Change[] {
  const play = shown.playbook.get('play', id)
  if (play === undefined) return []
  const { mark, byFit, ...row } = shown.playRow(play)
  if (row.group === 'learning' || row.group === 'retired') return []
  const changed = new Map(pages.map(({ path, on }) => [path, on.slice(0, 10)]))
  const stands = changed.get(play.path)
  if (stands === undefined) return []
  const rests = [
    shown.playbook.get('segment', play.data.segment)?.path,
    ...play.citations.map(({ deal }) => shown.review(deal)?.path),
    `${shown.playbook.folder}/playbook.yaml`,
  ]
  if ([stands, ...rests.map((path) => changed.get(path ?? '') ?? '')].some((since) => since >= day)) return []
  const was: Change['was'] = from
  return [{ title: row.title, href: row.href, on: `${day}T00:00:00Z`, what: 'verdict', type: 'play', mark, byFit, was }]
}

/** A review goes by its customer, as on its own page. */
function nameOf(shown: Shown, page: AnyEntity): string {
  const deal = page.type === 'review' ? page.data.deal : undefined
  return (deal === undefined ? undefined : shown.told(deal)?.account) || shown.namedLink(page).title
}
