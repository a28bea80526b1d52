import { expect, test } from 'vitest'
import { banks, review, trialPlay } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { openedTooEarlyMarket } from './opened-too-early.ts'

const market = (fields: string, segment = 'banks') =>
  `---\ntitle: Market\nsegment: ${segment}\nterritory: {}\n${fields}\n---\n`
const three = '[{ deal: D-18 }, { deal: D-19 }, { deal: D-20 }]'
const files = {
  'ledger.csv': 'id,owner,industry\nD-18,Jo Park,banking\nD-19,Lee Hart,banking\nD-20,Lee Hart,banking\n',
  'segments/banks.md': banks,
  'segments/shops.md': '---\ntitle: Shops\nmatch: { industry: retail }\n---\n',
  'reviews/D-18.md': review('D-18'),
  'reviews/D-19.md': review('D-19'),
  'reviews/D-20.md': review('D-20'),
  'plays/finance.md': trialPlay(three),
}
const found = (more: Record<string, string>, withText = false) =>
  findingsIn(openedTooEarlyMarket, { ...files, ...more }, { withText })

test('a play that names its markets is for no other one of its segment', async () => {
  const creation = market('stage: creation\nsince: 2026-01-01')
  expect(await found({ 'markets/a.md': creation })).toBe('')
  const elsewhere = trialPlay(three, { more: 'markets: [b]' })
  expect(await found({ 'markets/a.md': creation, 'plays/finance.md': elsewhere }, true)).toBe(
    'markets/a.md:5:8 error market/opened-too-early\n' +
      '  “Market” is in `creation`, where reps repeat what has been learned, but no play is for it: nothing is repeatable yet. Go back to `stage: validation`, with the reason under `history`, until a play is.',
  )
})

test('drafts and retired plays open no market, whatever they cite', async () => {
  const creation = market('stage: creation\nsince: 2026-01-01')
  for (const status of ['draft', 'retired']) {
    expect(await found({ 'markets/a.md': creation, 'plays/finance.md': trialPlay(three, { status }) })).not.toBe('')
  }
})

test('the verdicts of its plays are told', async () => {
  const one = {
    'plays/finance.md': trialPlay('[{ deal: D-18 }]'),
    'markets/a.md': market('stage: building\nsince: 2026-01-01'),
  }
  expect(await found(one, true)).toContain('but of its plays `finance` is anecdotal: nothing is repeatable yet.')
})

test('a branched market has six months from the day it left school', async () => {
  const parent = { 'markets/a.md': market('stage: creation\nsince: 2026-01-01') }
  const branched = (since: string, more = '') => ({
    ...parent,
    'markets/b.md': market(`stage: creation\nsince: ${since}\nbranchedFrom: a${more}`, 'shops'),
  })
  expect(await found(branched('2025-12-30'))).toBe('')
  expect(await found(branched('2025-12-29'), true)).toContain('The 6 months that a branched market has are over.')
  const later = '\nhistory: [{ stage: creation, on: 2025-01-01 }, { stage: validation, on: 2025-06-01 }]'
  expect(await found(branched('2025-12-30', later))).toBe('')
  expect(await found({ ...branched('2026-03-01'), 'playbook.yaml': 'evidence: { graceMonths: 3 }\n' })).not.toBe('')
})

test('a market cannot take along what its parent does not have', async () => {
  const all = {
    'plays/finance.md': trialPlay(three, { more: 'markets: [b]' }),
    'markets/a.md': market('stage: creation\nsince: 2026-05-01'),
    'markets/b.md': market('stage: creation\nsince: 2026-06-01\nbranchedFrom: a'),
  }
  expect(await found(all, true)).toContain(
    'markets/b.md:5:8 error market/opened-too-early\n' +
      '  “Market” was branched from “Market”, which is in `creation` without a repeatable play. There is no cookbook to bring along yet: let that market graduate first, or begin here in `discovery` without `branchedFrom`.',
  )
})

test('unknown segments and parents, broken stages and stages to come are left alone', async () => {
  expect(await found({ 'markets/a.md': market('stage: creation\nsince: 2026-01-01', 'bnaks') })).toBe('')
  expect(await found({ 'markets/a.md': market('stage: discovery\nsince: 2026-01-01\nbranchedFrom: x') })).toBe('')
  expect(await found({ 'markets/a.md': market('stage: create\nsince: 2026-01-01', 'shops') })).toBe('')
  expect(await found({ 'markets/a.md': market('stage: creation\nsince: 2026-07-01', 'shops') })).toBe('')
})
