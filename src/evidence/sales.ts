/**
 * Repeatable sales: the won deals that a compensation plan may pay on, and why the others are none.
 */
import type { Deal } from '../ledger/ledger.ts'
import { dayFromNumber, dayNumber } from '../model/dates.ts'
import { type DealTable, noDay, state, stateOn } from './deal-table.ts'
import { hasChurned } from './eligibility.ts'
import type { DaySales, SaleEvidence, SaleReason } from './evidence.ts'
import type { Herd } from './herd.ts'
import type { Rows } from './select-rows.ts'

/** A play that may lend its record to a sale: any but a draft. */
export interface LendingPlay {
  readonly recorded: Rows
  readonly repeatable: boolean
}

/** {@link DaySales}, and every sale of the day. */
export interface Sales extends DaySales {
  all(): readonly SaleEvidence[]
}

/** Deals won by `today`, in order of id, with all reasons why one is no repeatable sale. */
export function salesOf(
  table: DealTable,
  today: number,
  plays: readonly LendingPlay[],
  segments: readonly Herd[],
): Sales {
  const lent = new Uint8Array(table.deals.length)
  for (const { recorded, repeatable } of plays)
    for (const row of recorded) lent[row] = (lent[row] as number) | (repeatable ? inRepeatable : inRecord)
  const elephant = elephantEverywhere(table, segments)
  const saleAt = (row: number): SaleEvidence => {
    const reasons: SaleReason[] = []
    if (table.counted[row] === 0) reasons.push('not-counted')
    if (table.friend[row] === 1) reasons.push('friends-and-family')
    // Such a deal is in no record whatever the plays are, so a missing play is not what stands against it.
    const couldBelong = reasons.length === 0
    if (elephant.has(row)) reasons.push('elephant')
    if (hasChurned(table, row, today)) reasons.push('churned')
    if (couldBelong && lent[row] === 0) reasons.push('no-play')
    if (couldBelong && lent[row] === inRecord) reasons.push('play-not-repeatable')
    return { deal: table.deals[row] as Deal, repeatable: reasons.length === 0, reasons }
  }
  const within = (from: number, to: number): SaleEvidence[] => {
    const sales: SaleEvidence[] = []
    for (let row = 0; row < table.deals.length; row++) {
      const closed = table.closed[row] as number
      if (closed >= from && closed <= to && stateOn(table, row, today) === state.won) sales.push(saleAt(row))
    }
    return sales
  }
  return {
    all: () => within(noDay, today),
    within: (from, to) => within(dayNumber(from), dayNumber(to)),
    churnedWithin: (from, to) => churnedWithin(table, dayNumber(from), dayNumber(to), today),
  }
}

/** Deals won or lost by `today`, by the month they closed in. */
export function closedByMonth(table: DealTable, today: number): Map<string, number> {
  const byDay = new Map<number, number>()
  for (let row = 0; row < table.deals.length; row++) {
    const closed = table.closed[row] as number
    if (stateOn(table, row, today) <= state.lost) byDay.set(closed, (byDay.get(closed) ?? 0) + 1)
  }
  const byMonth = new Map<string, number>()
  for (const [day, deals] of [...byDay].sort(([a], [b]) => a - b)) {
    const month = dayFromNumber(day).slice(0, 7)
    byMonth.set(month, (byMonth.get(month) ?? 0) + deals)
  }
  return byMonth
}

function churnedWithin(table: DealTable, from: number, to: number, today: number): Deal[] {
  const churned: Deal[] = []
  for (let row = 0; row < table.deals.length; row++) {
    const day = table.churned[row] as number
    if (day < from || day > to || !hasChurned(table, row, today)) continue
    if ((table.closed[row] as number) < from && stateOn(table, row, today) === state.won)
      churned.push(table.deals[row] as Deal)
  }
  return churned
}

const inRecord = 1
const inRepeatable = 2

/** Deals that are elephants in every segment they match. */
function elephantEverywhere(table: DealTable, segments: readonly Herd[]): ReadonlySet<number> {
  const matched = new Uint32Array(table.deals.length)
  const large = new Uint32Array(table.deals.length)
  for (const { members, elephants } of segments) {
    for (const row of members) matched[row] = (matched[row] as number) + 1
    for (const row of elephants.rows) large[row] = (large[row] as number) + 1
  }
  const everywhere = new Set<number>()
  for (const { elephants } of segments)
    for (const row of elephants.rows) if (large[row] === matched[row]) everywhere.add(row)
  return everywhere
}
