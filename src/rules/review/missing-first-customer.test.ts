import { expect, test } from 'vitest'
import { banks, review } from '../../testing/example-pages.ts'
import { check, findingsIn } from '../../testing/findings-in.ts'
import { missingFirstCustomerReview } from './missing-first-customer.ts'

const two = { 'playbook.yaml': 'evidence: { firstCustomers: 2 }\n' }

test('the finding tells whose story is missing and how to begin it', async () => {
  const files = { ...two, 'ledger.csv': 'id,account,amount\nD-18,Northwind Bank,45000\n' }
  expect(await findingsIn(missingFirstCustomerReview, files, { withText: true })).toBe(
    'ledger.csv:2:1 error review/missing-first-customer\n' +
      '  With `D-18` (Northwind Bank, $45,000, won on 2026-03-10) customer 1 of the first 2 was won, and no review tells why they bought. Ask while somebody remembers: `playproof new review D-18` fills in what the ledger knows, and `D-18` needs the compelling event and both signatures.',
  )
})

test('without a number nobody is asked, and a ledger of lost deals has no customers', async () => {
  expect(await findingsIn(missingFirstCustomerReview, { 'ledger.csv': 'id\nD-18\n' })).toBe('')
  expect(await findingsIn(missingFirstCustomerReview, { ...two, 'ledger.csv': 'id,outcome\nD-17,lost\n' })).toBe('')
})

test('accounts of one parent are one customer, and of two wins on one day the smaller id is the first', async () => {
  const ledger =
    'id,account,parent,closed\nD-20,North,Wind Group,2026-02-02\nD-19,South,Wind Group,2026-02-02\nD-18,East,,2026-04-01\n'
  expect(await findingsIn(missingFirstCustomerReview, { ...two, 'ledger.csv': ledger })).toBe(
    'ledger.csv:3:1 error review/missing-first-customer\nledger.csv:4:1 error review/missing-first-customer',
  )
})

test('a review of a later deal does not tell of the first', async () => {
  const files = {
    'playbook.yaml': 'evidence: { firstCustomers: 1 }\n',
    'ledger.csv': 'id,account,closed\nD-18,Northwind Bank,2026-02-02\nD-19,Northwind Bank,2026-02-20\n',
  }
  expect(await findingsIn(missingFirstCustomerReview, { ...files, 'reviews/D-19.md': review('D-19') })).toBe(
    'ledger.csv:2:1 error review/missing-first-customer',
  )
  expect(await findingsIn(missingFirstCustomerReview, { ...files, 'reviews/D-18.md': review('D-18') })).toBe('')
})

test('a renewal that does not count, and a deal won after the day, are nobody’s first', async () => {
  const files = {
    'playbook.yaml': 'evidence: { firstCustomers: 1, counts: { type: { not: [Renewal] } } }\n',
    'ledger.csv':
      'id,account,type,closed\nD-18,North,Renewal,2026-02-02\nD-19,South,New,2026-08-01\nD-20,East,New,2026-05-01\n',
  }
  expect(await findingsIn(missingFirstCustomerReview, files)).toBe('ledger.csv:4:1 error review/missing-first-customer')
})

test('a deal that is first in the company and in a market is said once', async () => {
  const market =
    '---\ntitle: Banks\nsegment: banks\nterritory: { industry: banking }\nstage: discovery\nsince: 2026-01-01\nfirstCustomers: 1\n---\n'
  const files = {
    ...two,
    'ledger.csv': 'id,industry\nD-18,banking\n',
    'segments/banks.md': banks,
    'markets/m.md': market,
  }
  expect(await findingsIn(missingFirstCustomerReview, files)).toBe('ledger.csv:2:1 error review/missing-first-customer')
})

test('the finding stands on the whole id, wherever its column is and however it is quoted', async () => {
  const ledger = 'account,id\n"Northwind, Bank",D-18\n"North\nwind","D-19"\n'
  const { findings } = await check({ ...two, 'ledger.csv': ledger }, [missingFirstCustomerReview])
  expect(findings.map(({ range }) => range)).toEqual([
    { start: { line: 2, column: 19 }, end: { line: 2, column: 23 } },
    { start: { line: 4, column: 7 }, end: { line: 4, column: 13 } },
  ])
})
