import { expect, test } from 'vitest'
import { amountBand, quarterOf } from './bands.ts'

const show = (amount: number) => `$${amount}`

test('an amount is told by the band it lies in, whose ends belong to the upper one', () => {
  expect([0, 999.99, 1_000, 1_999, 2_000, 4_821, 26_768, 9_999_999, 1e7].map((each) => amountBand(each, show))).toEqual(
    [
      'under $1000',
      'under $1000',
      '$1000 to $2000',
      '$1000 to $2000',
      '$2000 to $5000',
      '$2000 to $5000',
      '$20000 to $50000',
      '$5000000 to $10000000',
      'over $10000000',
    ],
  )
})

test('a day is told by its quarter', () => {
  expect(['2017-01-01', '2017-03-31', '2017-04-01', '2017-12-31'].map(quarterOf)).toEqual([
    'Q1 2017',
    'Q1 2017',
    'Q2 2017',
    'Q4 2017',
  ])
})
