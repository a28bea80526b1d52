/**
 * What changed, as far as this audience has the pages: which page and when, never by whom or why.
 */
import type { AnyEntity } from '../../../src/model/entity.ts'
import type { PageChange } from '../../../src/workspace/git.ts'
import type { Change } from './page-types.ts'
import type { Shown } from './shown.ts'

/** So many are kept: somebody who was away longer reads the pages. */
const most = 60

export function changesOf(shown: Shown, changes: readonly PageChange[]): Change[] {
  return changes
    .flatMap(({ path, on, what }) => {
      const page = shown.playbook.atPath(path) as AnyEntity | undefined
      return page === undefined || !told.has(page.type)
        ? []
        : [{ ...shown.namedLink(page), title: nameOf(shown, page), on, what, type: page.type }]
    })
    .sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : a.href < b.href ? -1 : 1))
    .slice(0, most)
}

/** People, feedback and decks come and go without anybody having to learn them. */
const told = new Set(['play', 'message', 'competitor', 'persona', 'segment', 'market', 'review'])

/** A review goes by its customer, as on its own page. */
function nameOf(shown: Shown, page: AnyEntity): string {
  const deal = page.type === 'review' ? page.data.deal : undefined
  return (deal === undefined ? undefined : shown.told(deal)?.account) || shown.namedLink(page).title
}
