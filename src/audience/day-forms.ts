/** How a day is written: as data and as the site writes it. */

const formats = new Map<string, Intl.DateTimeFormat[]>()

/** Of `2026-06-30` in the locale `en-US`: itself, “June 30, 2026” and “Jun 30, 2026”. */
export function dayForms(day: string, locale: string): string[] {
  const known = formats.get(locale) ?? [
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
    new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
  ]
  formats.set(locale, known)
  const date = new Date(`${day}T00:00:00Z`)
  return [day, ...known.map((format) => format.format(date))]
}
