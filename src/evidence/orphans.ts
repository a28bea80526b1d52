/**
 * Orphan wins: won deals that no play explains, which is where the next play may be found, and the lost ones beside them.
 */
import type { Deal } from '../ledger/ledger.ts'
import { type DealTable, state } from './deal-table.ts'
import { closedWithin, type Period } from './period.ts'
import type { Rows } from './select-rows.ts'

/** Deals of one outcome in no play's record. */
export interface Orphans {
  /** Won: largest amount first, then by id. */
  readonly orphans: Deal[]
  /** Lost: by id. */
  readonly orphanLosses: Deal[]
}

/**
 * Won and lost deals in no play's record, drafts included.
 *
 * Only deals that could be in one are asked: those that count and closed within the period. A friend's
 * deal is in no record either, and is listed.
 */
export function orphansOf(table: DealTable, period: Period, records: readonly Rows[]): Orphans {
  const explained = new Uint8Array(table.deals.length)
  for (const recorded of records) for (const row of recorded) explained[row] = 1
  const outside = table.deals.flatMap((_, row) =>
    explained[row] === 0 && table.counted[row] === 1 && closedWithin(table, row, period) ? [row] : [],
  )
  const [won, lost] = [state.won, state.lost].map((outcome) => outside.filter((row) => table.outcome[row] === outcome))
  const dealAt = (row: number): Deal => table.deals[row] as Deal
  const amount = (row: number): number => dealAt(row).amount ?? -1
  return {
    orphans: (won ?? []).sort((a, b) => amount(b) - amount(a) || a - b).map(dealAt),
    orphanLosses: (lost ?? []).map(dealAt),
  }
}
