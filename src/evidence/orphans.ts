/**
 * Orphan wins: won deals that no play explains, which is where the next play may be found, and the lost ones beside them.
 */
import { type DealTable, state } from './deal-table.ts'
import { closedWithin, type Period } from './period.ts'
import type { Rows } from './select-rows.ts'

/** Deals in no play's record. */
export interface Orphans {
  /** Largest amount first, then by id. */
  readonly won: Rows
  /** By id: what a play for the orphans would have to count as well. */
  readonly lost: Rows
}

/**
 * Won and lost deals in no play's record, drafts included.
 *
 * Only deals that could be in one are asked: those that count and closed within the period. A friend's
 * deal is in no record either, and is listed.
 */
export function orphansOf(table: DealTable, period: Period, records: readonly Rows[]): Orphans {
  const explained = new Uint8Array(table.size)
  for (const recorded of records) for (const row of recorded) explained[row] = 1
  const won: number[] = []
  const lost: number[] = []
  for (let row = 0; row < table.size; row++) {
    if (explained[row] === 1 || table.counted[row] === 0 || !closedWithin(table, row, period)) continue
    if (table.outcome[row] === state.won) won.push(row)
    else lost.push(row)
  }
  const amount = (row: number): number => {
    const known = table.amount[row] as number
    return Number.isNaN(known) ? -1 : known
  }
  return {
    won: Int32Array.from(won.sort((a, b) => amount(b) - amount(a) || a - b)),
    lost: Int32Array.from(lost),
  }
}
