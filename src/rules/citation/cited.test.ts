import { expect, test } from 'vitest'
import { approvedMessage, banks, review, trialPlay } from '../../testing/example-pages.ts'
import { asText, check, type Files } from '../../testing/findings-in.ts'
import { rules } from '../rules.ts'

const citationRules = rules.filter(({ id }) => id.startsWith('citation/'))

async function citationFindings(files: Files): Promise<string[]> {
  const { findings } = await check(files, citationRules)
  return asText(findings)
    .split('\n')
    .filter((line) => line !== '')
}

const old =
  'id,industry,type,source,churned,created,closed,account\nD-18,retail,Renewal,Investors,2026-01-01,2023-01-10,2023-03-10,Northwind Bank\n'
const settings = 'evidence: { counts: { type: { not: [Renewal] } }, friendsSources: [Investors] }\n'

test('every reason that applies is reported at the deal', async () => {
  const files = {
    'playbook.yaml': settings,
    'ledger.csv': `${old}D-19,banking,New,,,2026-01-10,2026-03-10,Northwind Bank\n`,
    'segments/banks.md': banks,
    'reviews/D-18.md': review('D-18', { event: '', plays: '[open-day]', more: 'closed: 2023-03-11' }),
    'reviews/D-19.md': review('D-19'),
    'plays/finance.md': trialPlay('[{ deal: D-19 }, { deal: D-18 }]'),
  }
  expect(await citationFindings(files)).toEqual([
    'plays/finance.md:7:36 warn citation/churned',
    'plays/finance.md:7:36 warn citation/friends-and-family',
    'plays/finance.md:7:36 warn citation/no-compelling-event',
    'plays/finance.md:7:36 warn citation/not-counted',
    'plays/finance.md:7:36 warn citation/not-run',
    'plays/finance.md:7:36 warn citation/outside-segment',
    'plays/finance.md:7:36 error citation/review-disagrees',
    'plays/finance.md:7:36 warn citation/same-account',
    'plays/finance.md:7:36 warn citation/stale',
  ])
})

test('of a deal that was not won nothing else is said', async () => {
  const files = {
    'playbook.yaml': settings,
    'ledger.csv': old.replace('account\n', 'account,outcome\n').replace('Bank\n', 'Bank,lost\n'),
    'segments/banks.md': banks,
    'plays/finance.md': trialPlay('[{ deal: D-18 }]'),
  }
  expect(await citationFindings(files)).toEqual(['plays/finance.md:7:20 error citation/not-won'])
})

test('without a review nobody asks what it would say', async () => {
  const files = { 'ledger.csv': 'id\nD-18\n', 'plays/finance.md': trialPlay('[{ deal: D-18 }]') }
  expect(await citationFindings(files)).toEqual(['plays/finance.md:7:20 warn citation/no-review'])
})

test('a message is not asked whether it was run, nor for elephants, nor for an account twice', async () => {
  const usual = Array.from({ length: 9 }, (_, index) => `D-${30 + index},Account ${index},banking,500`).join('\n')
  const files = {
    'ledger.csv': `id,account,industry,amount\nD-18,Northwind Bank,banking,9000\nD-19,Northwind Bank,banking,500\n${usual}\n`,
    'segments/banks.md': banks,
    'reviews/D-18.md': review('D-18', { plays: '[]' }),
    'reviews/D-19.md': review('D-19', { plays: '[]' }),
    'messages/one-invoice.md': approvedMessage('[{ deal: D-19 }, { deal: D-18 }]', { more: 'segments: [banks]' }),
    'plays/finance.md': trialPlay('[{ deal: D-19 }, { deal: D-18 }]'),
  }
  expect(await citationFindings(files)).toEqual([
    'plays/finance.md:7:20 warn citation/not-run',
    'plays/finance.md:7:36 warn citation/elephant',
    'plays/finance.md:7:36 warn citation/not-run',
  ])
})

test('citations of a draft, or of a page whose `evidence` has a field problem, are left in peace', async () => {
  const files = {
    'ledger.csv': 'id,outcome\nD-17,lost\n',
    'plays/draft.md': trialPlay('[{ deal: D-17 }]', { status: 'draft' }),
    'plays/retired.md': trialPlay('[{ deal: D-17 }]', { status: 'retired' }),
    'plays/misspelled.md': trialPlay('[{ deal: D-17, shwos: It works. }]'),
    'messages/draft.md': approvedMessage('[{ deal: D-17 }]', { status: 'draft' }),
  }
  expect(await citationFindings(files)).toEqual([])
})

test('without a ledger they are not run, with the reason', async () => {
  const { findings, notRun } = await check({ 'plays/finance.md': trialPlay('[{ deal: D-17 }]') }, citationRules)
  expect(findings).toEqual([])
  expect(notRun).toEqual(citationRules.map(({ id }) => ({ rule: id, reason: 'no ledger' })))
})
