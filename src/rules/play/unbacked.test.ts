import { expect, test } from 'vitest'
import { banks, trialPlay } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { unbackedPlay } from './unbacked.ts'

test('an unknown deal number is left to citation/unknown-deal', async () => {
  const files = { 'ledger.csv': 'id,outcome\nD-17,lost\n', 'plays/finance.md': trialPlay('[{ deal: D-99 }]') }
  expect(await findingsIn(unbackedPlay, files)).toBe('')
})

test('a play without `evidence` is reported where its frontmatter begins', async () => {
  const files = { 'plays/finance.md': trialPlay('[]').replace('evidence: []\n', '') }
  expect(await findingsIn(unbackedPlay, files)).toBe('plays/finance.md:1:1 error play/unbacked')
})

test('an `evidence` that is no list of deals is left to field/wrong', async () => {
  expect(await findingsIn(unbackedPlay, { 'plays/finance.md': trialPlay('D-18') })).toBe('')
  expect(await findingsIn(unbackedPlay, { 'plays/finance.md': trialPlay('[{ shows: It works. }]') })).toBe('')
})

test('a retired play needs no deal any more', async () => {
  expect(await findingsIn(unbackedPlay, { 'plays/finance.md': trialPlay('[]', { status: 'retired' }) })).toBe('')
})

test('with a ledger the finding says how many won deals would fit', async () => {
  const files = {
    'ledger.csv': 'id,industry,outcome\nD-17,banking,lost\nD-18,banking,won\nD-19,banking,won\nD-20,retail,won\n',
    'segments/banks.md': banks,
    'plays/finance.md': trialPlay('[]'),
  }
  expect(await findingsIn(unbackedPlay, files, { withText: true })).toBe(
    'plays/finance.md:7:11 error play/unbacked\n' +
      '  “Land with finance” cites no deal. Cite one of the 2 won deals that fit it under `evidence`, or set `status: draft`.',
  )
})

test('a play whose status nobody can tell is left to that: it may be a draft', async () => {
  const play = trialPlay('[]')
  for (const text of [play.replace('status: trial', 'status: trail'), play.replace('status: trial\n', '')])
    expect(await findingsIn(unbackedPlay, { 'plays/finance.md': text })).toBe('')
})
