import { expect, test } from 'vitest'
import { banks } from '../../testing/example-pages.ts'
import { check, findingsIn } from '../../testing/findings-in.ts'
import { unknownValuePredicate } from './unknown-value.ts'

const ledger = 'id,industry,outcome\nD-17,retail,lost\nD-18,Health care,won\nD-19,retail,won\n'
const matching = (match: string) => ({
  'ledger.csv': ledger,
  'segments/banks.md': banks.replace('{ industry: banking }', match),
})

test('a value to be left out is asked like one to be let in, and so is `counts`', async () => {
  expect(await findingsIn(unknownValuePredicate, matching('{ industry: { not: [retial] } }'))).toBe(
    'segments/banks.md:3:28 warn predicate/unknown-value',
  )
  const counts = {
    ...matching('{ industry: retail }'),
    'playbook.yaml': 'evidence: { counts: { outcome: [won, wonn] } }\n',
  }
  expect(await findingsIn(unknownValuePredicate, counts)).toBe('playbook.yaml:1:38 warn predicate/unknown-value')
})

test('values compare exactly, and the fix writes the one of the ledger so that YAML reads it', async () => {
  const { findings } = await check(matching('{ industry: "health care" }'), [unknownValuePredicate])
  expect(findings.map(({ text, fixes }) => [text, fixes.map(({ edits }) => edits[0]?.newText)])).toEqual([
    [
      'The ledger has no `health care` in the column `industry`, and values compare exactly. Did you mean `Health care`?',
      ['"Health care"'],
    ],
  ])
})

test('where nothing is near, what the column has is told, most frequent first', async () => {
  expect(await findingsIn(unknownValuePredicate, matching('{ industry: aviation }'), { withText: true })).toBe(
    'segments/banks.md:3:20 warn predicate/unknown-value\n' +
      '  The ledger has no `aviation` in the column `industry`, and values compare exactly. The column has `retail` and `Health care`. Write the value as the ledger has it, or remove it.',
  )
})

test('a value that only a joined table has is known', async () => {
  const files = {
    'playbook.yaml': 'ledger:\n  deals: { file: ledger.csv }\n  accounts: { file: accounts.csv, key: account }\n',
    'ledger.csv': 'id,account\nD-18,Northwind Bank\n',
    'accounts.csv': 'account,sector\nNorthwind Bank,banking\nMutual Life,insurance\n',
    'segments/banks.md': banks.replace('industry: banking', 'sector: [insurance, aviation]'),
  }
  expect(await findingsIn(unknownValuePredicate, files)).toBe('segments/banks.md:3:30 warn predicate/unknown-value')
})

test('a number in a column of numbers is compared as a number', async () => {
  const files = {
    'playbook.yaml': 'ledger: { deals: { file: ledger.csv, types: { seats: number } } }\n',
    'ledger.csv': 'id,seats\nD-18,50.0\n',
    'segments/banks.md': banks.replace('industry: banking', 'seats: [50, 60]'),
  }
  expect(await findingsIn(unknownValuePredicate, files)).toBe('segments/banks.md:3:22 warn predicate/unknown-value')
})

test('an unknown column is left to predicate/unknown-column', async () => {
  expect(await findingsIn(unknownValuePredicate, matching('{ sector: aviation }'))).toBe('')
})
