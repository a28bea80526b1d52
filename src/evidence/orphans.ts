/**
 * Orphan wins: won deals that no play explains, which is where the next play may be found.
 */
import type { Deal } from '../ledger/ledger.ts'
import { type DealTable, state } from './deal-table.ts'
import { closedWithin, type Period } from './period.ts'
import type { Rows } from './select-rows.ts'

/**
 * Won deals in no play's record, drafts included, largest amount first, then by id.
 *
 * Only deals that could be in one are asked: those that count and closed within the period. A friend's
 * deal is in no record either, and is listed.
 */
export function orphansOf(table: DealTable, period: Period, records: readonly Rows[]): Deal[] {
  const explained = new Uint8Array(table.size)
  for (const recorded of records) for (const row of recorded) explained[row] = 1
  const rows: number[] = []
  for (let row = 0; row < table.size; row++) {
    const isOrphan =
      explained[row] === 0 &&
      table.outcome[row] === state.won &&
      table.counted[row] === 1 &&
      closedWithin(table, row, period)
    if (isOrphan) rows.push(row)
  }
  const amount = (row: number): number => {
    const known = table.amount[row] as number
    return Number.isNaN(known) ? -1 : known
  }
  return rows.sort((a, b) => amount(b) - amount(a) || a - b).map((row) => table.deal(row))
}
