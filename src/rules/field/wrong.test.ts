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
