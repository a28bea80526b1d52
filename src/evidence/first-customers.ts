/**
 * The first customers: whom a company, or a market, won first, and by which deal.
 *
 * The first few buyers teach more than the next hundred, which is why their stories are asked for by name.
 */
import type { Deal } from '../ledger/ledger.ts'
import type { SaleEvidence } from './evidence.ts'

/**
 * The first won deal of each of the first `most` accounts, in the order they were won: by `closed`, then by id.
 *
 * An account's group is one account. Deals that do not count are nobody's first; friends are customers too.
 */
export function firstCustomers(sales: readonly SaleEvidence[], most: number): Deal[] {
  // Most teams ask for none.
  if (most <= 0) return []
  const first = new Map<string, Deal>()
  for (const { deal, reasons } of sales) {
    if (deal.accountGroup === '' || reasons.includes('not-counted')) continue
    const known = first.get(deal.accountGroup)
    if (known === undefined || earlier(deal, known) < 0) first.set(deal.accountGroup, deal)
  }
  return [...first.values()].sort(earlier).slice(0, most)
}

function earlier(a: Deal, b: Deal): number {
  return compare(a.closed ?? '', b.closed ?? '') || compare(a.id, b.id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
