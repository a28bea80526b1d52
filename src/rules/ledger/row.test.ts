import { expect, test } from 'vitest'
import { check, findingsIn } from '../../testing/findings-in.ts'
import { ledgerRow } from './row.ts'

test('a ledger without a required header is told at line 1, although nothing else can be run', async () => {
  const files = {
    'playbook.yaml': 'ledger: { deals: { file: deals.csv } }\n',
    'deals.csv': 'id,account,owner,outcome,created,closed\nD-18,Northwind Bank,Jo Park,won,2026-01-10,2026-03-10\n',
  }
  expect(await findingsIn(ledgerRow, files)).toBe('deals.csv:1:1 error ledger/row')
})

test('a row is recognised when it moves: by its deal and what is wrong', async () => {
  const subjects = async (ledger: string) =>
    (await check({ 'ledger.csv': ledger }, [ledgerRow])).findings.map(({ subject }) => subject)
  const first = await subjects('id,amount\nD-17,-5\nD-18,-5\n')
  expect(new Set(first).size).toBe(2)
  expect(await subjects('id,amount\nD-16,5\nD-17,-5\nD-18,-5\n')).toEqual(first)
})

test('without a ledger it is not run', async () => {
  const { notRun } = await check({}, [ledgerRow])
  expect(notRun).toEqual([{ rule: 'ledger/row', reason: 'no ledger' }])
})
