/**
 * Calendar days as the text `YYYY-MM-DD`, which sorts as it reads.
 *
 * There are no times and no time zones here: a CRM's date is a day on a wall calendar.
 */

/** Whether `text` is a real day: `2026-02-30` is none. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return false
  const month = Number(match[2])
  const day = Number(match[3])
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(Number(match[1]), month)
}

/** Days since 1970-01-01. `dayNumber('1970-01-02') === 1` */
export function dayNumber(day: string): number {
  return Math.round(
    Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / 86_400_000,
  )
}

export function dayFromNumber(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10)
}

/** The same day of the month, clamped to its last day. `monthsBefore('2026-03-31', 1) === '2026-02-28'` */
export function monthsBefore(day: string, months: number): string {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months
  const year = Math.floor(index / 12)
  const month = (index % 12) + 1
  const last = Math.min(Number(day.slice(8, 10)), daysIn(year, month))
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(last).padStart(2, '0')}`
}

/** The last day of the latest quarter that has ended on or before `day`; quarters begin with month `fiscalYearStart`. */
export function lastQuarterEnd(day: string, fiscalYearStart = 1): string {
  const next = dayFromNumber(dayNumber(day) + 1)
  const month = Number(next.slice(5, 7))
  const into = (((month - fiscalYearStart) % 3) + 3) % 3
  const firstOfQuarter = monthsBefore(`${next.slice(0, 7)}-01`, into)
  return dayFromNumber(dayNumber(firstOfQuarter) - 1)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
