/**
 * The record of a play over time: how many of its deals were won and lost in each month.
 */
import type { Deal } from '../ledger/ledger.ts'

export interface MonthOfRecord {
  /** `2017-03`. */
  readonly month: string
  readonly wins: number
  readonly losses: number
}

/** Each month from the first deal closed to the last, also those in which none was; `record` holds closed deals in any order. */
export function recordByMonth(record: readonly Pick<Deal, 'closed' | 'outcome'>[]): MonthOfRecord[] {
  const months = new Map<string, { wins: number; losses: number }>()
  for (const { closed, outcome } of record) {
    if (closed === null || (outcome !== 'won' && outcome !== 'lost')) continue
    const counts = months.get(closed.slice(0, 7)) ?? { wins: 0, losses: 0 }
    counts[outcome === 'won' ? 'wins' : 'losses']++
    months.set(closed.slice(0, 7), counts)
  }
  const [first, last] = [[...months.keys()].sort()[0], [...months.keys()].sort().at(-1)]
  if (first === undefined || last === undefined) return []
  return monthsFrom(first, last).map((month) => ({ month, ...(months.get(month) ?? { wins: 0, losses: 0 }) }))
}

function monthsFrom(first: string, last: string): string[] {
  const number = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
  return Array.from({ length: number(last) - number(first) + 1 }, (_, index) => {
    const month = number(first) + index
    return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
  })
}
