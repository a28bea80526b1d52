import { expect, test } from 'vitest'
import { approvedMessage, banks, trialPlay } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { outsideSegmentCitation } from './outside-segment.ts'

const ledger = 'id,account,industry,territory\nD-18,Seven Shops,retail,East\n'

test('everything in which the deal differs is told, of the segment and of `match`', async () => {
  const files = {
    'ledger.csv': ledger,
    'segments/banks.md': banks,
    'plays/finance.md': trialPlay('[{ deal: D-18 }]', { more: 'match: { territory: { not: [East] } }' }),
  }
  expect(await findingsIn(outsideSegmentCitation, files, { withText: true })).toBe(
    'plays/finance.md:7:20 warn citation/outside-segment\n' +
      '  `D-18` (Seven Shops, $1,000, won on 2026-03-10) is not the kind of deal “Land with finance” is for (segment `banks`, narrowed by `match`): its `industry` is `retail`, not `banking` and its `territory` is `East`, which is excluded. Cite a deal of that kind, or change the segment or `match` if the play is for such customers too.',
  )
})

test('an unknown segment, or a column that the ledger lacks, leaves nothing to say', async () => {
  const play = trialPlay('[{ deal: D-18 }]')
  expect(await findingsIn(outsideSegmentCitation, { 'ledger.csv': ledger, 'plays/finance.md': play })).toBe('')
  const misspelled = banks.replace('industry', 'indsutry')
  expect(
    await findingsIn(outsideSegmentCitation, {
      'ledger.csv': ledger,
      'segments/banks.md': misspelled,
      'plays/finance.md': play,
    }),
  ).toBe('')
})

test('a message that names no segment is true everywhere', async () => {
  const files = {
    'ledger.csv': ledger,
    'segments/banks.md': banks,
    'messages/one-invoice.md': approvedMessage('[{ deal: D-18 }]'),
  }
  expect(await findingsIn(outsideSegmentCitation, files)).toBe('')
})

test('a deal in none of several segments is told their names', async () => {
  const insurers = banks.replace('Banks', 'Insurers').replace('banking', 'insurance')
  const files = {
    'ledger.csv': `${ledger}D-19,Mutual Life,insurance,West\n`,
    'segments/banks.md': banks,
    'segments/insurers.md': insurers,
    'messages/one-invoice.md': approvedMessage('[{ deal: D-18 }]', { more: 'segments: [banks, insurers]' }),
  }
  expect(await findingsIn(outsideSegmentCitation, files, { withText: true })).toBe(
    'messages/one-invoice.md:7:20 warn citation/outside-segment\n' +
      "  `D-18` (Seven Shops, $1,000, won on 2026-03-10) is in no segment of “One invoice” (`banks` or `insurers`). Cite a deal of one of these segments, or add the deal's segment to `segments` if the message is true there too.",
  )
})

test('what the deal has as it is wanted is not told', async () => {
  const files = {
    'ledger.csv': ledger,
    'segments/banks.md': banks.replace('{ industry: banking }', '{ industry: retail, territory: [West, North] }'),
    'plays/finance.md': trialPlay('[{ deal: D-18 }]'),
  }
  expect(await findingsIn(outsideSegmentCitation, files, { withText: true })).toContain(
    '(segment `banks`): its `territory` is `East`, not `West` or `North`. Cite',
  )
})
