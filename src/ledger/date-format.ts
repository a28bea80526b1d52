/**
 * Dates as one declared format writes them, to `YYYY-MM-DD`.
 *
 * Nothing is guessed: `03/04/2026` is a day in one format and another day in the other, so the format is declared and
 * everything else refused. A date-time keeps its date, as it stands: a CRM's date is a day on a wall calendar.
 */
import { isDay } from '../model/dates.ts'

export interface DateFormat {
  /** As declared, for messages. */
  readonly pattern: string
  /** The day as `YYYY-MM-DD`; undefined where the text is not written so or there is no such day. */
  day(text: string): string | undefined
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const parts: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  YY: '(?<year>\\d{2})',
  MMM: '(?<month>[A-Za-z]{3})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
}

// What may follow the date: `T10:14:06.000+0000`, ` 10:14`, `, 10:14 AM`.
const time =
  '(?:(?:T|,? )\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?: ?[AaPp][Mm])?(?: ?(?:Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?))?)?'

/**
 * The format `pattern` declares: YYYY or YY, MM, M or MMM (`Jan`), DD or D, each once, with anything but letters and
 * digits between them. M and D take one digit or two. Undefined where `pattern` is no such thing.
 */
export function parseDateFormat(pattern: string): DateFormat | undefined {
  const found = new Set<string>()
  let expression = ''
  for (const [token] of pattern.matchAll(/YYYY|YY|MMM|MM|M|DD|D|[\s\S]/g)) {
    const part = parts[token]
    if (part === undefined) {
      if (/[A-Za-z0-9]/.test(token)) return undefined
      expression += token.replace(/[$()*+./?[\\\]^{|}-]/, '\\$&')
    } else {
      if (found.has(token.charAt(0))) return undefined
      found.add(token.charAt(0))
      expression += part
    }
  }
  if (found.size !== 3) return undefined
  const matcher = new RegExp(`^${expression}${time}$`)
  return {
    pattern,
    day(text) {
      const groups = matcher.exec(text)?.groups
      if (groups === undefined) return undefined
      const day = `${wholeYear(groups.year ?? '')}-${monthNumber(groups.month ?? '')}-${(groups.day ?? '').padStart(2, '0')}`
      return isDay(day) ? day : undefined
    },
  }
}

/** Two digits mean 1969 to 2068, as POSIX reads them. */
function wholeYear(year: string): string {
  if (year.length === 4) return year
  return `${Number(year) < 69 ? '20' : '19'}${year}`
}

function monthNumber(month: string): string {
  const index = months.indexOf(month.toLowerCase())
  return index >= 0 ? String(index + 1).padStart(2, '0') : month.padStart(2, '0')
}
