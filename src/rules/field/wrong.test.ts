import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { repairedBy } from '../../testing/repaired-by.ts'
import { wrongField } from './wrong.ts'

const person = (role: string) => `---\nname: x\nrole: ${role}\n---\n`
const plan = 'period: month\nparticipants: [{ person: jo, rate: 0.05 }, { person: mia, rate: 0.05 }]\n'

test('the repair writes the word that is nearly there', async () => {
  expect(await repairedBy(wrongField, { 'people/jo.md': '---\nname: Jo\nrole: "markting"\n---\n' })).toEqual({
    'people/jo.md': '---\nname: Jo\nrole: marketing\n---\n',
  })
})

test('a blank value is reported at its field', async () => {
  expect(await findingsIn(wrongField, { 'people/jo.md': '---\nname:\nrole: ""\n---\n' }, { withText: true })).toBe(
    'people/jo.md:2:1 error field/wrong\n' +
      '  `name` is blank. Write the name.\n' +
      'people/jo.md:3:7 error field/wrong\n' +
      '  `role` is blank. Write one of `founder`, `executive`, `product`, `marketing`, `sales-lead`, `rep`, `other`.',
  )
})

test('a very long value is quoted in part', async () => {
  const found = await findingsIn(
    wrongField,
    { 'people/jo.md': `---\nname: Jo\nrole: ${'x'.repeat(5_000)}\n---\n` },
    { withText: true },
  )
  expect(found.length).toBeLessThan(250)
})

test('numbers that are ids are texts', async () => {
  const page =
    '---\ndeal: 0018\noutcome: won\ncompellingEvent: ""\nrelationship: none\nreviewers: {}\ndate: 2026-03-12\n---\n'
  expect(await findingsIn(wrongField, { 'reviews/a.md': page })).toBe('')
})

test('a settings value that is wrong is reported at the value', async () => {
  const settings = 'evidence:\n  minAccounts: three\nlimits: { maxDepth: 0 }\ncurrency: dollars\n'
  expect(await findingsIn(wrongField, { 'playbook.yaml': settings })).toBe(
    'playbook.yaml:2:16 error field/wrong\nplaybook.yaml:3:21 error field/wrong\nplaybook.yaml:4:11 error field/wrong',
  )
})

test('an address with a password, written where a name belongs, is not repeated', async () => {
  const settings = 'ledger: { deals: {}, database: "postgres://reader:hush@db.example.com/crm" }\n'
  expect(await findingsIn(wrongField, { 'playbook.yaml': settings }, { withText: true })).toBe(
    'playbook.yaml:1:32 error field/wrong\n' +
      '  `ledger.database` is something else. Write the NAME of an environment variable; the address itself stays out of files.',
  )
})

test('a compensation plan of both sides is right, and a founder counts for either', async () => {
  const people = (jo: string, mia: string) => ({
    'comp.yaml': plan,
    'people/jo.md': person(jo),
    'people/mia.md': person(mia),
  })
  expect(await findingsIn(wrongField, people('rep', 'product'))).toBe('')
  expect(await findingsIn(wrongField, people('founder', 'rep'))).toBe('')
  expect(await findingsIn(wrongField, people('marketing', 'product'))).toBe('comp.yaml:2:15 error field/wrong')
})

test('while a participant is unknown nobody can say which side is missing', async () => {
  expect(await findingsIn(wrongField, { 'comp.yaml': plan, 'people/jo.md': person('rep') })).toBe('')
})

test('a range needs a column that is declared to hold numbers or days, and bounds of that kind', async () => {
  const found = (match: string, settings: string) =>
    findingsIn(
      wrongField,
      {
        'playbook.yaml': settings,
        'segments/big.md': `---\ntitle: Big\nmatch: ${match}\n---\n`,
      },
      { withText: true },
    )
  const ledger = (types: string) =>
    `ledger: { deals: { file: l.csv }, accounts: { file: a.csv, key: account, types: ${types} } }\n`
  expect(await found('{ employees: { min: 500 } }', ledger('{}'))).toBe(
    'segments/big.md:3:28 error field/wrong\n' +
      '  `employees` is a column of text, and `min` and `max` compare numbers and dates. Declare under `ledger` of playbook.yaml what it holds, `types: { employees: number }` or `date`, or list the values.',
  )
  expect(await found('{ employees: { max: many } }', ledger('{ employees: number }'))).toBe(
    'segments/big.md:3:28 error field/wrong\n  `employees` holds numbers, and `many` is none. Write a number without grouping.',
  )
  expect(await found('{ closed: { min: 2026 } }', ledger('{}'))).toBe(
    'segments/big.md:3:25 error field/wrong\n  `closed` holds days, and `2026` is none. Write a day as `YYYY-MM-DD`.',
  )
  for (const right of ['{ employees: { min: 500 } }', '{ accounts.employees: { min: 5 } }', '{ amount: { max: 9 } }'])
    expect(await found(right, ledger('{ employees: number }'))).toBe('')
})
