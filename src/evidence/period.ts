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

/** What a deal is for a period: outside, a friend's win that counts, or a loss or a win that counts and is no friend's. */
export const part = { outside: 0, friendWon: 1, lost: 2, won: 3 } as const

/** By the outcome, doubled, and one more for a friend's deal. */
const partOf = new Uint8Array(8)
partOf[state.won << 1] = part.won
partOf[(state.won << 1) | 1] = part.friendWon
partOf[state.lost << 1] = part.lost

const parts = new WeakMap<Period, { readonly table: DealTable; readonly byRow: Uint8Array }>()

/**
 * The part of every row, worked out once for all plays and segments of a period.
 *
 * {@link closedWithin} in a plain loop: a report looks back on several days, each of them for a million rows.
 */
export function partsIn(table: DealTable, period: Period): Uint8Array {
  const known = parts.get(period)
  if (known?.table === table) return known.byRow
  const { counted, friend, outcome, created, closed, size } = table
  const { from, to } = period
  const byRow = new Uint8Array(size)
  for (let row = 0; row < size; row++) {
    const day = closed[row] as number
    if (day < from || day > to || (created[row] as number) > to || counted[row] === 0) continue
    byRow[row] = partOf[((outcome[row] as number) << 1) | (friend[row] as number)] as number
  }
  parts.set(period, { table, byRow })
  return byRow
}

/** Whether a play run since a day can have been run on the deal: it was not created earlier. */
export function createdSince(table: DealTable, row: number, since: number): boolean {
  return since === noDay || (table.created[row] as number) >= since
}
