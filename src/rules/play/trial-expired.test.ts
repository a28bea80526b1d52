import { expect, test } from 'vitest'
import { banks, review, trialPlay } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { trialExpiredPlay } from './trial-expired.ts'

const ended = (status = 'trial') =>
  trialPlay('[{ deal: D-1 }, { deal: D-2 }, { deal: D-3 }]', { status }).replace('2027-06-30', '2026-05-31')
const ledger =
  'id,account,owner,industry\nD-1,Northwind,Jo Park,banking\nD-2,Southwind,Ann Lee,banking\nD-3,Eastwind,Jo Park,banking\n'

test('with a ledger the finding says whether the play may be promoted', async () => {
  const files = {
    'ledger.csv': ledger,
    'segments/banks.md': banks,
    'reviews/D-1.md': review('D-1'),
    'plays/finance.md': ended(),
  }
  expect(await findingsIn(trialExpiredPlay, files, { withText: true })).toBe(
    'plays/finance.md:4:8 error play/trial-expired\n' +
      '  The trial of “Land with finance” ended on 2026-05-31, and nobody has decided what became of it. Its evidence does not support more than a trial: set `status: retired`, or, if more time will tell, set a later `until` and say why under `history`.',
  )
  const more = { 'reviews/D-2.md': review('D-2'), 'reviews/D-3.md': review('D-3') }
  expect(await findingsIn(trialExpiredPlay, { ...files, ...more }, { withText: true })).toContain(
    'Its evidence supports `status: repeatable`: promote it, or set `status: retired`.',
  )
})

test('only a trial expires: a promoted play may keep its `until`', async () => {
  for (const status of ['repeatable', 'proven', 'draft', 'retired']) {
    expect(await findingsIn(trialExpiredPlay, { 'plays/finance.md': ended(status) })).toBe('')
  }
})

test('a trial without `until`, or with one that is no day, is left to the field rules', async () => {
  expect(await findingsIn(trialExpiredPlay, { 'plays/finance.md': ended().replace(/until.*\n/, '') })).toBe('')
  expect(await findingsIn(trialExpiredPlay, { 'plays/finance.md': ended().replace('2026-05-31', '2026-02-30') })).toBe(
    '',
  )
})
