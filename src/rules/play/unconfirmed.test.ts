import { expect, test } from 'vitest'
import { confirmed, confirmedOn } from '../../testing/confirmed-pages.ts'
import { banks, trialPlay } from '../../testing/example-pages.ts'
import { check, findingsIn } from '../../testing/findings-in.ts'
import { rules } from '../rules.ts'
import { unconfirmedPlay } from './unconfirmed.ts'

const ledger = { 'ledger.csv': 'id,industry\nD-18,banking\n', 'segments/banks.md': banks }
const old = await confirmed({
  ...ledger,
  'plays/a.md': trialPlay('[{ deal: D-18 }]', { more: confirmedOn('2025-11-02') }),
})

test('the finding says what to do, and for how long it then holds', async () => {
  expect(await findingsIn(unconfirmedPlay, { 'plays/a.md': trialPlay('[]') }, { withText: true })).toBe(
    'plays/a.md:2:8 warn play/unconfirmed\n' +
      '  Nobody has said yet that “Land with finance” is right. Read it through; whoever stands behind it runs `playproof confirm plays/a --by <person>`.',
  )
  expect(await findingsIn(unconfirmedPlay, old, { withText: true })).toBe(
    'plays/a.md:8:12 warn play/unconfirmed\n' +
      '  mia stood behind “Land with finance” on 2025-11-02, and that holds for 6 months. Read it again, put right what has changed, and say so with `playproof confirm plays/a --by <person>`.',
  )
})

test('playbook.yaml says how long it holds', async () => {
  const longer = { ...old, 'playbook.yaml': 'evidence: { confirmMonths: { play: 9 } }\n' }
  expect(await findingsIn(unconfirmedPlay, longer)).toBe('')
})

test('a suspect play is not told that it is due as well', async () => {
  const changed = { ...old, 'plays/a.md': (old['plays/a.md'] ?? '').replace('Land with', 'Begin with') }
  const { findings } = await check(changed, rules)
  const told = findings.map(({ rule }) => rule).filter((rule) => /suspect|unconfirmed/.test(rule))
  expect(told).toEqual(['play/suspect'])
})

test('a confirmation that cannot be read is a wrong field, and no missing one', async () => {
  const broken = trialPlay('[{ deal: D-18 }]', { more: 'confirmed: { by: mia, date: soon, fingerprint: x }' })
  expect(await findingsIn(unconfirmedPlay, { ...ledger, 'plays/a.md': broken })).toBe('')
})
