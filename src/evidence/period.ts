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

/** Whether a play run since a day can have been run on the deal: it was not created earlier. */
export function createdSince(table: DealTable, row: number, since: number): boolean {
  return since === noDay || (table.created[row] as number) >= since
}
