/**
 * Who sold a deal: the person whose `ledgerName` is the deal's owner.
 */
import type { Playbook } from '../../graph/playbook.ts'
import type { Entity } from '../../model/entity.ts'

/** People by the name that the ledger knows them by; of two with one name the first. */
export function sellersOf(playbook: Playbook): ReadonlyMap<string, Entity<'person'>> {
  const sellers = new Map<string, Entity<'person'>>()
  for (const person of playbook.of('person')) {
    const { ledgerName } = person.data
    const names: readonly string[] = typeof ledgerName === 'string' ? [ledgerName] : (ledgerName ?? [])
    for (const name of names) if (!sellers.has(name)) sellers.set(name, person)
  }
  return sellers
}

/** `Jo Park`, else the id. */
export function nameOf(person: Entity<'person'>): string {
  return person.data.name ?? person.id
}
