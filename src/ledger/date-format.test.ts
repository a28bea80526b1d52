import { expect, test } from 'vitest'
import { parseDateFormat } from './date-format.ts'

const day = (pattern: string, text: string): string | undefined => parseDateFormat(pattern)?.day(text)

test('a date is read in the declared format and in no other', () => {
  expect(day('YYYY-MM-DD', '2026-03-04')).toBe('2026-03-04')
  expect(day('MM/DD/YYYY', '03/04/2026')).toBe('2026-03-04')
  expect(day('DD/MM/YYYY', '03/04/2026')).toBe('2026-04-03')
  expect(day('DD.MM.YYYY', '04.03.2026')).toBe('2026-03-04')
  expect(day('DD-MM-YY', '04-03-26')).toBe('2026-03-04')
  expect(day('YYYYMMDD', '20260304')).toBe('2026-03-04')
  expect(day('DD MMM YYYY', '04 Mar 2026')).toBe('2026-03-04')
  for (const text of [
    '03/04/2026',
    '2026-3-4',
    '2026-03-04 ',
    ' 2026-03-04',
    '2026-03',
    '20260304',
    '２026-03-04',
    '',
  ]) {
    expect(day('YYYY-MM-DD', text)).toBeUndefined()
  }
  expect(day('MM/DD/YYYY', '3/4/2026')).toBeUndefined()
})

test('one digit is enough where the format says so', () => {
  expect(day('M/D/YYYY', '3/4/2026')).toBe('2026-03-04')
  expect(day('M/D/YYYY', '12/31/2026')).toBe('2026-12-31')
})

test('a day that does not exist is refused', () => {
  for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '1900-02-29']) {
    expect(day('YYYY-MM-DD', text)).toBeUndefined()
  }
  expect(day('YYYY-MM-DD', '2024-02-29')).toBe('2024-02-29')
  expect(day('DD MMM YYYY', '04 Foo 2026')).toBeUndefined()
})

test('a date-time keeps its date as it stands, whatever its time zone', () => {
  for (const time of [
    'T23:30:06.000+0000',
    'T23:30:06Z',
    'T23:30:06-11:00',
    ' 23:30',
    ' 23:30:06 UTC',
    ', 11:30 PM',
    'T23:30',
  ]) {
    expect(day('YYYY-MM-DD', `2026-03-04${time}`)).toBe('2026-03-04')
  }
  expect(day('M/D/YYYY', '3/4/2026 11:30 PM')).toBe('2026-03-04')
  for (const time of ['T', ' 23', 'T23:30 or so', 'Z']) expect(day('YYYY-MM-DD', `2026-03-04${time}`)).toBeUndefined()
})

test('two digits of a year mean 1969 to 2068', () => {
  expect(['69', '99', '00', '68'].map((year) => day('DD-MM-YY', `01-01-${year}`)?.slice(0, 4))).toEqual([
    '1969',
    '1999',
    '2000',
    '2068',
  ])
})

test('a format without a year, a month and a day, or with anything twice, is none', () => {
  for (const pattern of [
    '',
    'YYYY',
    'YYYY-MM',
    'MM-DD',
    'YYYY-MM-DD-DD',
    'YYYY-YYYY-MM-DD',
    'YYYY-MMMM-DD',
    'YYYY-MM-DD HH:mm',
    'ISO',
  ]) {
    expect(parseDateFormat(pattern)).toBeUndefined()
  }
})

test('signs with a meaning in expressions are only signs in a format', () => {
  expect(day('YYYY.MM.DD', '2026-03-04')).toBeUndefined()
  expect(day('(YYYY)[MM]+DD', '(2026)[03]+04')).toBe('2026-03-04')
})
