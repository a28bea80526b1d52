/**
 * Repeatable sales: the won deals that a compensation plan may pay on, and why the others are none.
 */
import type { Deal } from '../ledger/ledger.ts'
import { dayFromNumber, dayNumber } from '../model/dates.ts'
import { onceFor } from '../model/once.ts'
import { type DealTable, noDay, state, stateOn } from './deal-table.ts'
import { hasChurned } from './eligibility.ts'
import { type DaySales, type SaleEvidence, type SaleReason, saleReasons } from './evidence.ts'
import type { Herd } from './herd.ts'
import { holds, type Rows } from './select-rows.ts'

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
  const lent = new Uint8Array(table.size)
  for (const { recorded, repeatable } of plays)
    for (const row of recorded) lent[row] = (lent[row] as number) | (repeatable ? inRepeatable : inRecord)
  const elephant = elephantEverywhere(segments)
  const saleAt = (row: number): SaleEvidence => {
    const notCounted = table.counted[row] === 0
    const friend = table.friend[row] === 1
    // Such a deal is in no record whatever the plays are, so a missing play is not what stands against it.
    const couldBelong = !notCounted && !friend
    const against =
      Number(notCounted) |
      (Number(friend) << 1) |
      (Number(elephant.has(row)) << 2) |
      (Number(hasChurned(table, row, today)) << 3) |
      (Number(couldBelong && lent[row] === 0) << 4) |
      (Number(couldBelong && lent[row] === inRecord) << 5)
    return new Sale(table, row, reasonsOf[against] as readonly SaleReason[])
  }
  const within = (from: number, to: number): SaleEvidence[] => {
    const sales: SaleEvidence[] = []
    for (const row of wonWithin(table, from, to)) if (stateOn(table, row, today) === state.won) sales.push(saleAt(row))
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
  for (let row = 0; row < table.size; row++) {
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
  for (const row of churnedRows(table)) {
    const day = table.churned[row] as number
    if (day < from || day > to || !hasChurned(table, row, today)) continue
    if ((table.closed[row] as number) < from && stateOn(table, row, today) === state.won) churned.push(table.deal(row))
  }
  return churned
}

/** Rows that were won from one day to another, both inside, in order. */
function wonWithin(table: DealTable, from: number, to: number): Int32Array {
  const keys = wonByDay(table)
  const within = keys.subarray(firstFrom(keys, from * mostRows), firstFrom(keys, (to + 1) * mostRows))
  const rows = new Int32Array(within.length)
  for (let i = 0; i < rows.length; i++) {
    const key = within[i] as number
    rows[i] = key - Math.floor(key / mostRows) * mostRows
  }
  return rows.sort()
}

/** Won rows by the day they closed on, sorted once: a report asks for a dozen quarters. A key is the day and the row. */
const wonByDay = onceFor(({ closed, outcome, size }: DealTable): Float64Array => {
  const keys = new Float64Array(size)
  let count = 0
  for (let row = 0; row < size; row++) {
    const day = closed[row] as number
    if (outcome[row] === state.won && day !== noDay) keys[count++] = day * mostRows + row
  }
  return keys.slice(0, count).sort()
})

/** No ledger has more; with a day before it, it is still a whole number. */
const mostRows = 2 ** 31

/** The first place of ascending numbers with this one or a larger. */
function firstFrom(numbers: Float64Array, least: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] as number) < least) low = middle + 1
    else high = middle
  }
  return low
}

/** Rows that churned on any day, looked for once: a quarter asks, and so does the year before it. */
const churnedRows = onceFor((table: DealTable): readonly number[] => {
  const rows: number[] = []
  for (let row = 0; row < table.size; row++) if (table.churned[row] !== noDay) rows.push(row)
  return rows
})

/** A sale that is a deal only for those who ask for it: there may be a million, and most are only added up. */
class Sale implements SaleEvidence {
  readonly row: number
  readonly reasons: readonly SaleReason[]
  readonly #table: DealTable

  constructor(table: DealTable, row: number, reasons: readonly SaleReason[]) {
    this.#table = table
    this.row = row
    this.reasons = reasons
  }

  get repeatable(): boolean {
    return this.reasons.length === 0
  }

  get amount(): number | null {
    const amount = this.#table.amount[this.row] as number
    return Number.isNaN(amount) ? null : amount
  }

  get deal(): Deal {
    return this.#table.deal(this.row)
  }
}

/** Reasons by the bits of a number: the first is the lowest. */
const reasonsOf: readonly (readonly SaleReason[])[] = Array.from({ length: 2 ** saleReasons.length }, (_, bits) =>
  saleReasons.filter((_reason, bit) => (bits & (1 << bit)) !== 0),
)

const inRecord = 1
const inRepeatable = 2

/** Deals that are elephants in every segment they match. */
function elephantEverywhere(segments: readonly Herd[]): ReadonlySet<number> {
  const everywhere = new Set<number>()
  for (const { elephants } of segments) for (const row of elephants.rows) everywhere.add(row)
  for (const row of everywhere)
    if (segments.some(({ members, elephants }) => !elephants.rows.has(row) && holds(members, row)))
      everywhere.delete(row)
  return everywhere
}
