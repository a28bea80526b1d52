/**
 * Elephants: deals so large that they say little about the next one.
 *
 * They are judged within a segment, because what is large differs between kinds of customer.
 */
import type { DealTable } from './deal-table.ts'
import { type Period, part, partsIn } from './period.ts'
import { quantileAmong } from './quantile.ts'
import { keep, type Rows } from './select-rows.ts'

export interface Elephants {
  /** Ascending. */
  readonly rows: ReadonlySet<number>
  /** Minor units; null under 8 wins of positive amount. Likewise `bar`. */
  readonly median: number | null
  readonly bar: number | null
  readonly aboveBar: number
  /** More than one and more than 5% are above the bar: there are two price levels, and none is an elephant. */
  readonly twoPriceLevels: boolean
}

const fewestWins = 8
const largestShare = 0.05

/** Elephants among the won deals of a segment (`members`) that count and closed within the period; friends' deals are among them. */
export function elephantsAmong(table: DealTable, members: Rows, period: Period, times: number): Elephants {
  const { rows, amounts } = pricedWins(table, members, period)
  if (rows.length < fewestWins) return { rows: new Set(), median: null, bar: null, aboveBar: 0, twoPriceLevels: false }
  const median = quantileAmong(amounts, 0.5) as number
  const bar = times * median
  const above = keep(rows, (row) => (table.amount[row] as number) > bar)
  const twoPriceLevels = above.length > 1 && above.length > largestShare * rows.length
  return { rows: new Set(twoPriceLevels ? [] : above), median, bar, aboveBar: above.length, twoPriceLevels }
}

/** A plain loop: each day that a report looks back on asks this of every segment. */
function pricedWins(
  table: DealTable,
  members: Rows,
  period: Period,
): { readonly rows: Rows; readonly amounts: Float64Array } {
  const { amount } = table
  const parts = partsIn(table, period)
  const { won, friendWon } = part
  const rows = new Int32Array(members.length)
  const amounts = new Float64Array(members.length)
  let count = 0
  for (let i = 0; i < members.length; i++) {
    const row = members[i] as number
    const here = parts[row]
    if (here !== won && here !== friendWon) continue
    const worth = amount[row] as number
    if (!(worth > 0)) continue
    rows[count] = row
    amounts[count++] = worth
  }
  return { rows: rows.subarray(0, count), amounts: amounts.subarray(0, count) }
}
