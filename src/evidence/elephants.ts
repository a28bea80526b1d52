/**
 * Elephants: deals so large that they say little about the next one.
 *
 * They are judged within a segment, because what is large differs between kinds of customer.
 */
import { type DealTable, state } from './deal-table.ts'
import type { Period } from './period.ts'
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
  const wins = pricedWins(table, members, period)
  if (wins.length < fewestWins) return { rows: new Set(), median: null, bar: null, aboveBar: 0, twoPriceLevels: false }
  const amounts = new Float64Array(wins.length)
  for (let i = 0; i < wins.length; i++) amounts[i] = table.amount[wins[i] as number] as number
  const median = quantileAmong(amounts, 0.5) as number
  const bar = times * median
  const above = keep(wins, (row) => (table.amount[row] as number) > bar)
  const twoPriceLevels = above.length > 1 && above.length > largestShare * wins.length
  return { rows: new Set(twoPriceLevels ? [] : above), median, bar, aboveBar: above.length, twoPriceLevels }
}

/** A plain loop: each day that a report looks back on asks this of every segment. */
function pricedWins({ outcome, counted, amount, closed, created }: DealTable, members: Rows, period: Period): Rows {
  const { from, to } = period
  const wins = new Int32Array(members.length)
  let count = 0
  for (let i = 0; i < members.length; i++) {
    const row = members[i] as number
    const day = closed[row] as number
    if (day < from || day > to || outcome[row] !== state.won || counted[row] === 0) continue
    if ((created[row] as number) <= to && (amount[row] as number) > 0) wins[count++] = row
  }
  return wins.subarray(0, count)
}
