/**
 * A playbook as a rule sees it that is asked about one page or some pages only.
 *
 * Rules walk over pages and look others up. Here a walk meets those pages alone, while everything that can be looked
 * up is as in the whole playbook; people and markets are few, and rules walk over them to look something up.
 */
import type { AnyEntity } from '../model/entity.ts'
import type { EntityType } from '../model/entity-types.ts'
import type { Playbook } from './playbook.ts'

const walkedToLookUp: ReadonlySet<EntityType> = new Set<EntityType>(['person', 'market'])

/** The playbook for rules that are asked about `pages`. */
export function focusedOn(playbook: Playbook, pages: readonly AnyEntity[]): Playbook {
  // One that another file took the id from is walked over with all pages, but is no entity of its type.
  const entities = pages.filter((page) => playbook.get(page.type, page.id) === page)
  return view(playbook, pages, (type) =>
    walkedToLookUp.has(type) && !pages.some((page) => page.type === type)
      ? playbook.of(type)
      : entities.filter((page) => page.type === type),
  )
}

/** The playbook as if it held `page` alone; `page` may be an earlier reading of one. */
export function aloneIn(playbook: Playbook, page: AnyEntity): Playbook {
  return view(playbook, [page], (type) => (type === page.type ? [page] : []))
}

function view(playbook: Playbook, pages: readonly AnyEntity[], of: (type: EntityType) => readonly unknown[]): Playbook {
  const members: Record<keyof Playbook, unknown> = {
    folder: playbook.folder,
    settings: playbook.settings,
    settingsFile: playbook.settingsFile,
    compensation: playbook.compensation,
    entities: pages,
    duplicates: playbook.duplicates.filter(({ entity }) => pages.includes(entity)),
    files: playbook.files,
    of,
    get: playbook.get.bind(playbook),
    ids: playbook.ids.bind(playbook),
    atPath: playbook.atPath.bind(playbook),
    hasFolder: playbook.hasFolder.bind(playbook),
    target: playbook.target.bind(playbook),
    usesOf: playbook.usesOf.bind(playbook),
    reviewOf: playbook.reviewOf.bind(playbook),
    withReading: playbook.withReading.bind(playbook),
  }
  return members as unknown as Playbook
}
