import { expect, test } from 'vitest'
import { recordByMonth } from './record-by-month.ts'

test('wins and losses are counted by the month they closed in, across a year and over empty months', () => {
  const record = [
    { closed: '2018-01-02', outcome: 'won' as const },
    { closed: '2017-10-31', outcome: 'lost' as const },
    { closed: '2017-10-01', outcome: 'won' as const },
    { closed: '2018-01-31', outcome: 'won' as const },
  ]
  expect(recordByMonth(record)).toEqual([
    { month: '2017-10', wins: 1, losses: 1 },
    { month: '2017-11', wins: 0, losses: 0 },
    { month: '2017-12', wins: 0, losses: 0 },
    { month: '2018-01', wins: 2, losses: 0 },
  ])
})

test('an open deal belongs to no month, and an empty record has none', () => {
  expect(recordByMonth([])).toEqual([])
  expect(recordByMonth([{ closed: null, outcome: 'open' }])).toEqual([])
})
