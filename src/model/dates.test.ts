/** Calendar days. */
import { expect, test } from 'vitest'
import { dayFromNumber, dayNumber, isDay, lastQuarterEnd, monthsBefore } from './dates.ts'

test('only days that exist are days', () => {
  expect(['2024-02-29', '2000-02-29', '2026-12-31'].map(isDay)).toEqual([true, true, true])
  expect(
    [
      '2026-02-29',
      '1900-02-29',
      '2026-04-31',
      '2026-00-10',
      '2026-13-01',
      '2026-1-2',
      '26-01-02',
      '2026-01-02T00:00',
    ].some(isDay),
  ).toBe(false)
})

test('months before a day keep the day of the month, clamped to the last', () => {
  expect(monthsBefore('2026-03-31', 1)).toBe('2026-02-28')
  expect(monthsBefore('2024-03-31', 1)).toBe('2024-02-29')
  expect(monthsBefore('2026-01-15', 24)).toBe('2024-01-15')
  expect(monthsBefore('2026-01-15', 1)).toBe('2025-12-15')
})

test('a day number counts from 1970 and back again', () => {
  expect(dayNumber('1970-01-02')).toBe(1)
  expect(dayNumber('2000-03-01') - dayNumber('2000-02-28')).toBe(2)
  expect(dayFromNumber(dayNumber('2017-12-31'))).toBe('2017-12-31')
})

test('the last quarter end is on or before the day, for fiscal years too', () => {
  expect(lastQuarterEnd('2017-12-31')).toBe('2017-12-31')
  expect(lastQuarterEnd('2017-12-30')).toBe('2017-09-30')
  expect(lastQuarterEnd('2018-01-01')).toBe('2017-12-31')
  expect(lastQuarterEnd('2018-01-31', 2)).toBe('2018-01-31')
  expect(lastQuarterEnd('2018-02-01', 2)).toBe('2018-01-31')
  expect(lastQuarterEnd('2018-01-30', 2)).toBe('2017-10-31')
})
