/**
 * The months before a day that count.
 */
import { dayNumber, monthsBefore } from '../model/dates.ts'
import { type DealTable, noDay, state, stateOn } from './deal-table.ts'

/** Days since 1970, both inside. */
export interface Period {
  readonly from: number
  readonly to: number
}

/** The `months` up to `day`: from the same day of the month, clamped to its last day. */
export function periodBefore(day: string, months: number): Period {
  return { from: dayNumber(monthsBefore(day, months)), to: dayNumber(day) }
}

/** Whether the deal was won or lost within the period, as the ledger stood on the period's last day. */
export function closedWithin(table: DealTable, row: number, period: Period): boolean {
  return (table.closed[row] as number) >= period.from && stateOn(table, row, period.to) <= state.lost
}

/** What a deal is for the records of a period: outside, or a loss or a win that counts and is no friend's. */
export const part = { outside: 0, lost: 1, won: 2 } as const

const parts = new WeakMap<Period, { readonly table: DealTable; readonly byRow: Uint8Array }>()

/** The part of every row, worked out once for all plays of a period. */
export function partsIn(table: DealTable, period: Period): Uint8Array {
  const known = parts.get(period)
  if (known?.table === table) return known.byRow
  const { counted, friend, outcome } = table
  const byRow = new Uint8Array(table.size)
  for (let row = 0; row < byRow.length; row++) {
    if (counted[row] === 1 && friend[row] === 0 && closedWithin(table, row, period))
      byRow[row] = outcome[row] === state.won ? part.won : part.lost
  }
  parts.set(period, { table, byRow })
  return byRow
}

/** Whether a play run since a day can have been run on the deal: it was not created earlier. */
export function createdSince(table: DealTable, row: number, since: number): boolean {
  return since === noDay || (table.created[row] as number) >= since
}
