/**
 * The page that somebody named on the command line as `plays/audit-deadline` or `play/audit-deadline`.
 */
import type { Playbook } from '../graph/playbook.ts'
import type { AnyEntity } from '../model/entity.ts'
import { type EntityType, entityTypes, folders } from '../model/entity-types.ts'
import { nearest } from '../source/nearest.ts'
import { visible } from '../source/visible.ts'
import { Fault } from '../workspace/fault.ts'

/** Throws {@link Fault} where there is no such page, with the nearest one. */
export function namedPage(page: string, playbook: Playbook): AnyEntity {
  const { type, id } = parseName(page)
  const entity = playbook.get(type, id)
  if (entity !== undefined) return entity as AnyEntity
  const near = nearest(id, playbook.ids(type))
  throw new Fault(
    `there is no ${folders[type]}/${visible(id)}.${near === undefined ? '' : ` Did you mean ${folders[type]}/${visible(near)}?`}`,
  )
}

function parseName(page: string): { type: EntityType; id: string } {
  const slash = page.indexOf('/')
  const name = page.slice(0, slash)
  const id = page.slice(slash + 1).replace(/\.md$/, '')
  if (slash < 0 || id === '')
    throw new Fault(`\`${visible(page)}\` names no page. Write its type and id, for example \`plays/audit-deadline\`.`)
  const type = entityTypes.find((each) => each === name || folders[each] === name)
  if (type !== undefined) return { type, id }
  const near = nearest(name, Object.values(folders))
  throw new Fault(
    `there is no type \`${visible(name)}\`.${near === undefined ? ` Types are ${Object.values(folders).join(', ')}.` : ` Did you mean \`${near}/${visible(id)}\`?`}`,
  )
}
