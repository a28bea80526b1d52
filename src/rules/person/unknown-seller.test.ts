import { expect, test } from 'vitest'
import { check, findingsIn } from '../../testing/findings-in.ts'
import { unknownSellerPerson } from './unknown-seller.ts'

const person = (name: string, more = '') => `---\nname: ${name}\nrole: rep\n${more}---\n`

test('each owner is told once, with its deals, at the first', async () => {
  const files = { 'ledger.csv': 'id,owner\nD-1,Zoe Ray\nD-2,Ann Lee\nD-3,Zoe Ray\n' }
  expect(await findingsIn(unknownSellerPerson, files, { withText: true })).toBe(
    'ledger.csv:2:5 warn person/unknown-seller\n' +
      '  2 deals of the ledger belong to `Zoe Ray`, and no person has that `ledgerName`. Make a page for the person with `playproof new person`, or put the owner right in the CRM.\n' +
      'ledger.csv:3:5 warn person/unknown-seller\n' +
      '  1 deal of the ledger belongs to `Ann Lee`, and no person has that `ledgerName`. Make a page for the person with `playproof new person`, or put the owner right in the CRM.',
  )
})

test('a person of that name without a `ledgerName` is pointed out', async () => {
  const files = { 'ledger.csv': 'id,owner\nD-1,Ann Lee\n', 'people/ann.md': person('Ann Lee') }
  expect(await findingsIn(unknownSellerPerson, files, { withText: true })).toBe(
    'ledger.csv:2:5 warn person/unknown-seller\n' +
      '  1 deal of the ledger belongs to `Ann Lee`, and no person has that `ledgerName`. If this is Ann Lee, add `ledgerName: Ann Lee` to `playbook/people/ann.md`.',
  )
})

test('another spelling is not taken for the person', async () => {
  const files = { 'ledger.csv': 'id,owner\nD-1,ann lee\n', 'people/ann.md': person('Ann Lee', 'ledgerName: Ann Lee\n') }
  expect(await findingsIn(unknownSellerPerson, files, { withText: true })).toContain(
    "If it is a spelling of `Ann Lee`, add it to that person's `ledgerName` as one of a list.",
  )
})

test('an owner is recognised when its rows move', async () => {
  const { findings } = await check({ 'ledger.csv': 'id,owner\nD-1,Zoe Ray\nD-2,Ann Lee\n' }, [unknownSellerPerson])
  expect(findings.map(({ subject }) => subject)).toEqual(['Zoe Ray', 'Ann Lee'])
})
