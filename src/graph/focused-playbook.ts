/**
 * A playbook as a rule sees it that is asked about one page only.
 *
 * Rules walk over pages and look others up. Here the walk over the page's own type meets that page alone, while
 * everything that can be looked up, and every other type, is as in the whole playbook.
 */
import type { AnyEntity } from '../model/entity.ts'
import type { EntityType } from '../model/entity-types.ts'
import type { Playbook } from './playbook.ts'

/** `others` says whether pages of other types are walked over as well; where they are left out, the page may be an earlier reading. */
export function focusedOn(playbook: Playbook, page: AnyEntity, others: 'walked' | 'left out' = 'walked'): Playbook {
  // One that another file took the id from is walked over with all pages, but is no entity of its type.
  const own = others === 'left out' || playbook.get(page.type, page.id) === page ? [page] : []
  const view: Record<keyof Playbook, unknown> = {
    folder: playbook.folder,
    settings: playbook.settings,
    settingsFile: playbook.settingsFile,
    compensation: playbook.compensation,
    entities: [page],
    duplicates: playbook.duplicates.filter(({ entity }) => entity === page),
    files: playbook.files,
    of: (type: EntityType) => (type === page.type ? own : others === 'walked' ? playbook.of(type) : []),
    get: playbook.get.bind(playbook),
    ids: playbook.ids.bind(playbook),
    atPath: playbook.atPath.bind(playbook),
    hasFolder: playbook.hasFolder.bind(playbook),
    target: playbook.target.bind(playbook),
    usesOf: playbook.usesOf.bind(playbook),
  }
  return view as unknown as Playbook
}
