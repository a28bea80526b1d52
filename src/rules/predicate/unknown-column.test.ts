import { expect, test } from 'vitest'
import { banks, trialPlay } from '../../testing/example-pages.ts'
import { check, findingsIn } from '../../testing/findings-in.ts'
import { unknownColumnPredicate } from './unknown-column.ts'

const ledger = 'id,industry\nD-18,banking\n'

test('every predicate is asked: of segments, plays, markets and `counts`, drafts too', async () => {
  const files = {
    'playbook.yaml': 'evidence:\n  counts: { tier: gold }\n',
    'ledger.csv': ledger,
    'segments/banks.md': banks.replace('industry', 'sector'),
    'plays/finance.md': trialPlay('[]', { status: 'draft', more: 'match: { tier: gold }' }),
    'markets/east.md': '---\ntitle: East\nsegment: banks\nterritory: { region: East, industry: banking }\n---\n',
  }
  expect(await findingsIn(unknownColumnPredicate, files)).toBe(
    [
      'markets/east.md:4:14 error predicate/unknown-column',
      'playbook.yaml:2:13 error predicate/unknown-column',
      'plays/finance.md:8:10 error predicate/unknown-column',
      'segments/banks.md:3:10 error predicate/unknown-column',
    ].join('\n'),
  )
})

test('a column that two tables share is offered by both names, each as a fix', async () => {
  const files = {
    'playbook.yaml':
      'ledger:\n  deals: { file: ledger.csv }\n  accounts: { file: accounts.csv, key: account }\n  sellers: { file: sellers.csv, key: owner }\n',
    'ledger.csv': 'id,account\nD-18,Northwind Bank\n',
    'accounts.csv': 'account,region\nNorthwind Bank,North\n',
    'sellers.csv': 'owner,region\nJo Park,East\n',
    'segments/banks.md': banks.replace('industry: banking', '"region": North'),
  }
  const { findings } = await check(files, [unknownColumnPredicate])
  expect(findings.map(({ text }) => text)).toEqual([
    'The ledger has no column `region`, so nobody can say which deals `match` means. Did you mean `accounts.region` or `sellers.region`?',
  ])
  expect(findings[0]?.fixes.map(({ edits }) => edits[0])).toEqual([
    {
      file: 'playbook/segments/banks.md',
      range: { start: { line: 3, column: 10 }, end: { line: 3, column: 18 } },
      newText: 'accounts.region',
    },
    {
      file: 'playbook/segments/banks.md',
      range: { start: { line: 3, column: 10 }, end: { line: 3, column: 18 } },
      newText: 'sellers.region',
    },
  ])
})

test('a predicate with a field problem is left to that', async () => {
  const files = {
    'playbook.yaml': 'evidence: { counts: { type: [], tier: gold } }\n',
    'ledger.csv': ledger,
    'segments/banks.md': banks.replace('industry: banking', 'industry: [], sector: banking'),
  }
  expect(await findingsIn(unknownColumnPredicate, files)).toBe('')
})
