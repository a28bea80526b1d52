import { expect, test } from 'vitest'
import { banks } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { twoPriceLevelsSegment } from './two-price-levels.ts'

const rows = (from: number, count: number, amount: string) =>
  Array.from({ length: count }, (_, index) => `D-${from + index},banking,${amount}\n`).join('')

test('two of forty are 5%, which are elephants; two of thirty-nine are more, which are a price level', async () => {
  const of = (usual: number) => ({
    'segments/banks.md': banks,
    'ledger.csv': `id,industry,amount\n${rows(100, usual, '500')}${rows(200, 2, '9000')}`,
  })
  expect(await findingsIn(twoPriceLevelsSegment, of(38))).toBe('')
  expect(await findingsIn(twoPriceLevelsSegment, of(37), { withText: true })).toBe(
    'segments/banks.md:2:8 hint segment/two-price-levels\n' +
      '  “Banks” holds two price levels: 2 of its 39 won deals are above $5,000, 10 times the median of $500. Until they are told apart none of them is an elephant. Make two segments, for example with `product` or a bound on `amount`, so that each play is judged among its like.',
  )
})
