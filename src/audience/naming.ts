/**
 * Whom a customer may be named to.
 *
 * The permission belongs to the account: its latest review decides, and without one the customer is named inside
 * the company only. Of two reviews of one day the stricter holds.
 */
import type { Playbook } from '../graph/playbook.ts'
import type { Deal } from '../ledger/ledger.ts'
import type { Entity } from '../model/entity.ts'
import type { Audience } from './audience.ts'

type Permission = 'internal' | 'partner' | 'public'

export interface Naming {
  /** Whether an account, by the ledger's spelling, may be named to an audience. */
  mayName(account: string, audience: Audience): boolean
  /** Every account and parent that an audience may not read of, with the first row that has it. */
  hiddenFrom(audience: Audience): ReadonlyMap<string, Deal['place']>
}

/** `deals` are all of the ledger. */
export function namingOf(playbook: Playbook, deals: readonly Deal[]): Naming {
  const permissions = permissionsOf(playbook, deals)
  const places = new Map<string, Deal['place']>()
  for (const { account, accountGroup, place } of deals)
    for (const name of [account, accountGroup]) if (name !== '' && !places.has(name)) places.set(name, place)
  const mayName = (account: string, audience: Audience): boolean =>
    audience !== 'partners' || (permissions.get(account) ?? 'internal') !== 'internal'
  return {
    mayName,
    hiddenFrom: (audience) => new Map([...places].filter(([name]) => !mayName(name, audience))),
  }
}

function permissionsOf(playbook: Playbook, deals: readonly Deal[]): ReadonlyMap<string, Permission> {
  const reviews = playbook.entities.filter((entity) => entity.type === 'review') as Entity<'review'>[]
  const wanted = new Set(reviews.flatMap(({ data }) => data.deal ?? []))
  const accounts = new Map(deals.flatMap(({ id, account }) => (wanted.has(id) ? [[id, account]] : [])))
  const latest = new Map<string, { date: string; permission: Permission }>()
  for (const { data } of reviews) {
    const account = accounts.get(data.deal ?? '')
    if (account === undefined) continue
    const said = { date: data.date ?? '', permission: data.naming ?? 'internal' }
    const known = latest.get(account)
    if (known === undefined || said.date > known.date) latest.set(account, said)
    else if (said.date === known.date && strictness[said.permission] > strictness[known.permission])
      latest.set(account, said)
  }
  return new Map([...latest].map(([account, { permission }]) => [account, permission]))
}

const strictness: Readonly<Record<Permission, number>> = { public: 0, partner: 1, internal: 2 }
