/**
 * The first customers: whom a company, or a market, won first, and by which deal.
 *
 * The first few buyers teach more than the next hundred, which is why their stories are asked for by name.
 */
import type { Deal } from '../ledger/ledger.ts'
import { type DealTable, noCode, state, stateOn } from './deal-table.ts'
import type { Rows } from './select-rows.ts'

/**
 * The first won deal of each of the first `most` accounts, in the order they were won: by `closed`, then by id.
 *
 * An account's group is one account. Deals that do not count are nobody's first; friends are customers too. `rows` are
 * those that may be one, ascending; undefined for all.
 */
export function firstCustomers(table: DealTable, today: number, most: number, rows: Rows | undefined): Deal[] {
  // Most teams ask for none.
  if (most <= 0) return []
  const { account, closed, counted } = table
  const firstOf = new Int32Array(account.values.length).fill(noRow)
  const count = rows?.length ?? table.size
  for (let i = 0; i < count; i++) {
    const row = rows === undefined ? i : (rows[i] as number)
    const group = account.codes[row] as number
    if (group === noCode || counted[row] === 0 || stateOn(table, row, today) !== state.won) continue
    const known = firstOf[group] as number
    // Rows are in the order of their ids, so of one day the first stays.
    if (known === noRow || (closed[row] as number) < (closed[known] as number)) firstOf[group] = row
  }
  return Array.from(firstOf.filter((row) => row !== noRow))
    .sort((a, b) => (closed[a] as number) - (closed[b] as number) || a - b)
    .slice(0, most)
    .map((row) => table.deal(row))
}

const noRow = -1
