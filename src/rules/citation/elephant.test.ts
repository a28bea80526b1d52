import { expect, test } from 'vitest'
import { banks, trialPlay } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { elephantCitation } from './elephant.ts'
import { outsideSegmentCitation } from './outside-segment.ts'

const usual = (count: number) => Array.from({ length: count }, (_, index) => `D-${30 + index},500,banking\n`).join('')
const files = { 'segments/banks.md': banks, 'plays/finance.md': trialPlay('[{ deal: D-18 }]') }

test('under eight won deals nothing is an elephant', async () => {
  expect(
    await findingsIn(elephantCitation, {
      ...files,
      'ledger.csv': `id,amount,industry\nD-18,9000,banking\n${usual(6)}`,
    }),
  ).toBe('')
  expect(
    await findingsIn(elephantCitation, {
      ...files,
      'ledger.csv': `id,amount,industry\nD-18,9000,banking\n${usual(7)}`,
    }),
  ).toBe('plays/finance.md:7:20 warn citation/elephant')
})

test('a large deal that the play is not for is outside of its segment, and not an elephant too', async () => {
  const ledger = { ...files, 'ledger.csv': `id,amount,industry\nD-18,9000,banking\n${usual(8)}` }
  const narrowed = trialPlay('[{ deal: D-18 }]', { more: 'match: { amount: { max: 1000 } }' })
  expect(await findingsIn(elephantCitation, ledger)).toBe('plays/finance.md:7:20 warn citation/elephant')
  expect(await findingsIn(elephantCitation, { ...ledger, 'plays/finance.md': narrowed })).toBe('')
  expect(await findingsIn(outsideSegmentCitation, { ...ledger, 'plays/finance.md': narrowed })).toBe(
    'plays/finance.md:7:20 warn citation/outside-segment',
  )
})

test('the size is told beside the usual one', async () => {
  const ledger = `id,amount,industry,account\nD-18,5000.01,banking,Northwind Bank\n${usual(8).replaceAll('banking', 'banking,Usual')}`
  expect(await findingsIn(elephantCitation, { ...files, 'ledger.csv': ledger }, { withText: true })).toContain(
    '`D-18` (Northwind Bank, $5,000.01, won on 2026-03-10) is an elephant: more than 10 times the median of segment `banks` ($500).',
  )
})
