import { expect, test } from 'vitest'
import { asText, check, findingsIn } from '../../testing/findings-in.ts'
import { rules } from '../rules.ts'
import { weakenedConfig } from './weakened.ts'

const change = (before: string, after: string) => ({ 'playbook.yaml on main': before, 'playbook.yaml': after })

test('every setting that judges is compared, stricter ones too', async () => {
  const before =
    'evidence:\n  counts: { type: [New] }\n  friendsSources: [Founder]\n  confirmMonths: { play: 6 }\nledger: { deals: { file: a.csv }, publicKey: AAAA }\n'
  const after =
    'evidence:\n  counts: { type: [New, Renewal] }\n  friendsSources: []\n  confirmMonths: { play: 3 }\n  minAccounts: 4\nledger: { deals: { file: a.csv }, publicKey: BBBB }\nasOf: 2026-01-31\nlimits: { maxDepth: 50 }\nrules: { link/broken: hint }\n'
  expect(await findingsIn(weakenedConfig, change(before, after))).toBe(
    [
      'playbook.yaml:2:11 error config/weakened',
      'playbook.yaml:3:19 error config/weakened',
      'playbook.yaml:4:26 error config/weakened',
      'playbook.yaml:5:16 error config/weakened',
      'playbook.yaml:6:46 error config/weakened',
      'playbook.yaml:7:7 error config/weakened',
      'playbook.yaml:8:21 error config/weakened',
      'playbook.yaml:9:23 error config/weakened',
    ].join('\n'),
  )
})

test('the same predicate in another order, and a severity that is the default anyway, change nothing', async () => {
  const before = 'evidence: { counts: { type: [New, Upsell], industry: bank } }\nrules: { link/retired: warn }\n'
  const after = 'evidence: { counts: { industry: [bank], type: [Upsell, New] } }\n'
  expect(await findingsIn(weakenedConfig, change(before, after))).toBe('')
})

test('a value that is wrong is a field problem only', async () => {
  const { findings } = await check(change('evidence: { minAccounts: 5 }\n', 'evidence: { minAccounts: some }\n'), rules)
  expect(asText(findings)).toBe('playbook.yaml:1:26 error field/wrong')
})

test('a change cannot switch this rule off', async () => {
  const found = await findingsIn(weakenedConfig, change('', 'rules: { config/weakened: off }\n'), { withText: true })
  expect(found).toContain(
    'playbook.yaml:1:27 error config/weakened\n  `rules.config/weakened` is changed from `error` to `off`',
  )
})

test('without a base there is nothing to compare, and the rule is not listed as not run', async () => {
  const { findings, notRun } = await check({ 'playbook.yaml': 'rules: { link/broken: off }\n' }, [weakenedConfig])
  expect([findings, notRun]).toEqual([[], []])
})

test('how the ledger is read judges too, once there is a ledger', async () => {
  const reading = (won: string) => `ledger: { deals: { file: a.csv, outcomes: { won: [${won}] } } }\n`
  expect(await findingsIn(weakenedConfig, change(reading('Won'), reading('Won, Lost')))).toBe(
    'playbook.yaml:1:43 error config/weakened',
  )
  expect(await findingsIn(weakenedConfig, change('company: Halyard\n', reading('Won')))).toBe('')
})
