import { expect, test } from 'vitest'
import { lastCompletePeriod, parsePeriod, periodOf, yearBefore } from './fiscal-period.ts'

const days = (name: string, fiscalYearStart: number): string | undefined => {
  const period = parsePeriod(name, fiscalYearStart)
  return period === undefined ? undefined : `${period.kind} ${period.name} ${period.from} ${period.to}`
}

test('a fiscal year is named after the calendar year in which it ends', () => {
  expect([1, 2, 7, 12].map((start) => days('2018-Q1', start))).toEqual([
    'quarter 2018-Q1 2018-01-01 2018-03-31',
    'quarter 2018-Q1 2017-02-01 2017-04-30',
    'quarter 2018-Q1 2017-07-01 2017-09-30',
    'quarter 2018-Q1 2017-12-01 2018-02-28',
  ])
  expect([1, 2, 7, 12].map((start) => days('2018-Q4', start))).toEqual([
    'quarter 2018-Q4 2018-10-01 2018-12-31',
    'quarter 2018-Q4 2017-11-01 2018-01-31',
    'quarter 2018-Q4 2018-04-01 2018-06-30',
    'quarter 2018-Q4 2018-09-01 2018-11-30',
  ])
})

test('a month is one of the calendar, and February has its leap day', () => {
  expect(days('2024-02', 7)).toBe('month 2024-02 2024-02-01 2024-02-29')
  expect(days('2026-02', 1)).toBe('month 2026-02 2026-02-01 2026-02-28')
  expect(days('2024-Q1', 12)).toBe('quarter 2024-Q1 2023-12-01 2024-02-29')
})

test('the last year that can be written still has an end', () => {
  expect([days('9999-Q4', 1), days('9999-12', 1)]).toEqual([
    'quarter 9999-Q4 9999-10-01 9999-12-31',
    'month 9999-12 9999-12-01 9999-12-31',
  ])
})

test('what is no name of a period is none', () => {
  const names = ['', '2017', '2017-Q0', '2017-Q5', '2017-13', '2017-00', '2017-1', '0017-Q1', '2017-Q1 ', '2017-10-01']
  expect(names.filter((name) => parsePeriod(name, 1) !== undefined)).toEqual([])
  expect(parsePeriod('2017-q4', 1)?.name).toBe('2017-Q4')
})

test('every day lies in the period that its name means, wherever the year begins', () => {
  for (let start = 1; start <= 12; start++) {
    for (const day of ['2023-12-31', '2024-01-01', '2024-02-29', '2024-03-31', '2024-06-15', '2024-11-30']) {
      for (const kind of ['quarter', 'month'] as const) {
        const period = periodOf(kind, day, start)
        expect(period).toEqual(parsePeriod(period.name, start))
        expect(period.from <= day && day <= period.to).toBe(true)
      }
    }
  }
})

test('a period is complete on its last day', () => {
  const complete = (day: string, start = 1) => lastCompletePeriod('quarter', day, start).name
  expect([complete('2017-12-31'), complete('2017-12-30'), complete('2018-01-01')]).toEqual([
    '2017-Q4',
    '2017-Q3',
    '2017-Q4',
  ])
  expect([complete('2018-01-31', 2), complete('2018-01-30', 2)]).toEqual(['2018-Q4', '2018-Q3'])
  expect(lastCompletePeriod('month', '2024-03-01', 1).name).toBe('2024-02')
})

test('the year before has the same quarter, also from a leap year', () => {
  const before = (name: string, start: number) => {
    const period = parsePeriod(name, start)
    return period === undefined ? undefined : yearBefore(period, start).name
  }
  expect([before('2018-Q1', 1), before('2018-Q4', 7), before('2024-Q1', 12), before('2024-02', 1)]).toEqual([
    '2017-Q1',
    '2017-Q4',
    '2023-Q1',
    '2023-02',
  ])
})
