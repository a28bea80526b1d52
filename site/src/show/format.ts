/**
 * Numbers, days and money as the playbook's locale writes them.
 */
import { dayNumber } from '../../../src/model/dates.ts'
import type { RecordFigures } from '../content/page-types.ts'

export interface Format {
  /** `0.699` is “70%”. */
  percent(share: number): string
  /** “64–75%”. */
  interval(low: number, high: number): string
  number(value: number): string
  /** Three significant digits at most: for probabilities. */
  probability(value: number): string
  money(value: number): string
  /** With its minor unit, where a sum is paid or owed. */
  exactMoney(value: number): string
  /** “31 December 2017”, in the order of the locale. */
  day(day: string): string
  /** “31 Dec 2017”. */
  shortDay(day: string): string
  /** “December 2017”. */
  month(day: string): string
  /** “Dec 2017”. */
  shortMonth(day: string): string
  /** “41 days ago”, seen from the day everything is judged on. */
  since(day: string, asOf: string): string
}

const made = new Map<string, Format>()

export function formatOf(locale: string, currency: string): Format {
  const key = `${locale} ${currency}`
  const known = made.get(key) ?? makeFormat(locale, currency)
  made.set(key, known)
  return known
}

function makeFormat(locale: string, currency: string): Format {
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const number = new Intl.NumberFormat(locale)
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 })
  const exact = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const long = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const shortMonth = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  // The same days, counts and shares stand on page after page, and formatting one takes as long as drawing a line.
  const once = <T>(write: (value: T) => string): ((value: T) => string) => {
    const written = new Map<T, string>()
    return (value) => {
      const known = written.get(value) ?? write(value)
      written.set(value, known)
      return known
    }
  }
  const each = (format: Intl.DateTimeFormat) => once((day: string) => format.format(new Date(`${day}T00:00:00Z`)))
  const percentOf = once((share: number) => percent.format(share))
  return {
    percent: percentOf,
    interval: (low, high) => `${percentOf(low).replace(/\s?%$/, '')}–${percentOf(high)}`,
    number: once((value) => number.format(value)),
    probability: (value) =>
      value > 0 && value < 0.001
        ? '< 0.001'
        : value > 0.999 && value < 1
          ? '> 0.999'
          : String(Number(value.toPrecision(value < 0.1 ? 2 : 3))),
    money: once((value) => money.format(value)),
    exactMoney: (value) => exact.format(value),
    day: each(long),
    shortDay: each(short),
    month: each(month),
    shortMonth: each(shortMonth),
    since: (day, asOf) => {
      const days = dayNumber(asOf) - dayNumber(day)
      return days <= 60 ? relative.format(-days, 'day') : relative.format(-Math.round(days / 30.44), 'month')
    },
  }
}

/**
 * “186 of 266 won”, “64–75%”, “others here 61%”, “last win yesterday”: never a rate without its count.
 *
 * `from` is the day it is read on; without one the last win gets its month, because “yesterday” would mislead.
 */
export function recordLine(
  { tooFew, record, baseline, withheld }: RecordFigures,
  format: Format,
  from: string | undefined,
): string[] {
  if (withheld?.record) return ['too few deals to show']
  const closed = record.wins + record.losses
  if (closed === 0) return ['no closed deal yet']
  const last =
    record.lastWin === null
      ? []
      : [`last win ${from === undefined ? format.shortMonth(record.lastWin) : format.since(record.lastWin, from)}`]
  if (tooFew || record.low === null || record.high === null)
    return [`${format.number(record.wins)} won, ${format.number(record.losses)} lost`, 'too few to say', ...last]
  const others = baseline.winRate === null ? [] : [`others here ${format.percent(baseline.winRate)}`]
  return [
    `${format.number(record.wins)} of ${format.number(closed)} won`,
    format.interval(record.low, record.high),
    ...others,
    ...last,
  ]
}
