import { expect, test } from 'vitest'
import { review, trialPlay } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { notRunCitation } from './not-run.ts'

test('both places that could say it are told', async () => {
  const files = {
    'ledger.csv': 'id,play\nD-18,\n',
    'reviews/D-18.md': review('D-18', { plays: '[open-day, trade-in]' }),
    'plays/finance.md': trialPlay('[{ deal: D-18 }]'),
  }
  expect(await findingsIn(notRunCitation, files, { withText: true })).toBe(
    'plays/finance.md:7:20 warn citation/not-run\n' +
      '  Nobody recorded that “Land with finance” was run on `D-18` (Account of D-18, $1,000, won on 2026-03-10): the review names `open-day` and `trade-in` under `plays` and the ledger names none in the column `play`. If it was, add `finance` under `plays` of `playbook/reviews/D-18.md`; else cite a deal it was run on.',
  )
})

test('without a review the ledger is asked, if it has the column', async () => {
  const play = trialPlay('[{ deal: D-18 }]')
  expect(await findingsIn(notRunCitation, { 'ledger.csv': 'id\nD-18\n', 'plays/finance.md': play })).toBe('')
  expect(
    await findingsIn(
      notRunCitation,
      { 'ledger.csv': 'id,play\nD-18,open-day\n', 'plays/finance.md': play },
      { withText: true },
    ),
  ).toBe(
    'plays/finance.md:7:20 warn citation/not-run\n' +
      "  Nobody recorded that “Land with finance” was run on `D-18` (Account of D-18, $1,000, won on 2026-03-10): the ledger names `open-day` in the column `play`. If it was, add `finance` in the CRM's play field; else cite a deal it was run on.",
  )
})

test('a ledger without the column is not asked', async () => {
  const files = {
    'ledger.csv': 'id\nD-18\n',
    'reviews/D-18.md': review('D-18', { plays: '[]' }),
    'plays/finance.md': trialPlay('[{ deal: D-18 }]'),
  }
  expect(await findingsIn(notRunCitation, files, { withText: true })).toContain(
    ': the review names none under `plays`. If it was, add `finance` under `plays` of `playbook/reviews/D-18.md`',
  )
})
