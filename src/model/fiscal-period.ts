/**
 * Fiscal quarters and calendar months under the names people call them by: `2017-Q4`, `2017-10`.
 *
 * A fiscal year has the number of the calendar year in which it ends: where it begins in February, `2018-Q1` is February to
 * April 2017.
 */
import { dayFromNumber, dayNumber, monthsBefore } from './dates.ts'

export const periodKinds = ['quarter', 'month'] as const
export type PeriodKind = (typeof periodKinds)[number]

export interface FiscalPeriod {
  readonly kind: PeriodKind
  readonly name: string
  /** First and last day. */
  readonly from: string
  readonly to: string
}

/** The period of a name; undefined where it is none. */
export function parsePeriod(name: string, fiscalYearStart: number): FiscalPeriod | undefined {
  const quarter = /^([1-9]\d{3})-Q([1-4])$/i.exec(name)
  if (quarter !== null) {
    const yearBegins = Number(quarter[1]) - (fiscalYearStart === 1 ? 0 : 1)
    return beginningWith(
      'quarter',
      yearBegins * 12 + fiscalYearStart - 1 + (Number(quarter[2]) - 1) * 3,
      fiscalYearStart,
    )
  }
  const month = /^([1-9]\d{3})-(0[1-9]|1[0-2])$/.exec(name)
  if (month === null) return undefined
  return beginningWith('month', Number(month[1]) * 12 + Number(month[2]) - 1, fiscalYearStart)
}

/** The period that a day lies in. */
export function periodOf(kind: PeriodKind, day: string, fiscalYearStart: number): FiscalPeriod {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  const into = kind === 'month' ? 0 : (month - (fiscalYearStart - 1)) % 3
  return beginningWith(kind, month - (into < 0 ? into + 3 : into), fiscalYearStart)
}

/** The last period that has ended on or before a day. */
export function lastCompletePeriod(kind: PeriodKind, day: string, fiscalYearStart: number): FiscalPeriod {
  const now = periodOf(kind, day, fiscalYearStart)
  return now.to === day ? now : periodOf(kind, dayFromNumber(dayNumber(now.from) - 1), fiscalYearStart)
}

/** The same quarter or month of the year before. */
export function yearBefore({ kind, from }: FiscalPeriod, fiscalYearStart: number): FiscalPeriod {
  return periodOf(kind, monthsBefore(from, 12), fiscalYearStart)
}

/** The period whose first month is `index`, counted from the year 0. */
function beginningWith(kind: PeriodKind, index: number, fiscalYearStart: number): FiscalPeriod {
  const year = Math.floor(index / 12)
  const month = index % 12
  const from = `${year}-${String(month + 1).padStart(2, '0')}-01`
  const to = monthsBefore(`${from.slice(0, 8)}31`, kind === 'month' ? 0 : -2)
  if (kind === 'month') return { kind, name: from.slice(0, 7), from, to }
  const into = (month - (fiscalYearStart - 1) + 12) % 12
  const named = fiscalYearStart === 1 || month < fiscalYearStart - 1 ? year : year + 1
  return { kind, name: `${named}-Q${into / 3 + 1}`, from, to }
}
