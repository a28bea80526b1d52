/**
 * Whether an id may become a file name, on every system the team uses.
 */
import type { EntityType } from '../model/entity-types.ts'
import { visible } from '../source/visible.ts'
import { Fault } from './fault.ts'

const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/** Throws {@link Fault} where `id` is no good name, or clashes with one of `known` when case is ignored. */
export function usableId(id: string, type: EntityType, known: Iterable<string>): void {
  const pattern = type === 'review' ? /^[A-Za-z0-9][A-Za-z0-9_-]{0,80}$/ : /^[a-z0-9][a-z0-9-]{0,80}$/
  if (!pattern.test(id)) {
    const form = type === 'review' ? 'letters, digits, `-` and `_`' : 'small letters, digits and `-`'
    throw new Fault(
      `\`${visible(id)}\` cannot be an id. Use ${form}, beginning with a letter or digit, at most 81 of them.`,
    )
  }
  if (reserved.test(id)) throw new Fault(`\`${id}\` is a name that Windows keeps for itself. Choose another.`)
  for (const other of known) {
    if (other.normalize('NFC').toLowerCase() === id.toLowerCase())
      throw new Fault(`there is a ${type} \`${visible(other)}\` already. Choose another id.`)
  }
}
