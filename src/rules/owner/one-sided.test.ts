import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { oneSidedOwner } from './one-sided.ts'

const play = (owners: string, status = 'repeatable') => `---\ntitle: Land\nstatus: ${status}\nowners: ${owners}\n---\n`
const person = (role: string, until = '') => `---\nname: x\nrole: ${role}\n${until}---\n`
const team = { 'people/jo.md': person('rep'), 'people/mia.md': person('marketing') }

test('one person on both sides is said once, whatever the role', async () => {
  expect(
    await findingsIn(
      oneSidedOwner,
      { ...team, 'plays/a.md': play('{ sales: mia, marketing: mia }') },
      { withText: true },
    ),
  ).toBe(
    'plays/a.md:4:9 error owner/one-sided\n' +
      '  “Land” is not owned by one person of sales and one of marketing. `mia` stands for both: name somebody else for one of the two.',
  )
})

test('two flaws of one page are one finding', async () => {
  const found = await findingsIn(oneSidedOwner, { ...team, 'plays/a.md': play('{ sales: mia }') }, { withText: true })
  expect(found.match(/owner\/one-sided/g)).toHaveLength(1)
  expect(found).toContain('`mia` is `role: marketing`')
  expect(found).toContain('Add `marketing: <person>`')
})

test('unknown people, unknown roles and broken or missing owners are left to others', async () => {
  const files = {
    ...team,
    'people/lee.md': person('wizard'),
    'plays/a.md': play('{ sales: nobody, marketing: mia }'),
    'plays/b.md': play('{ sales: lee, marketing: mia }'),
    'plays/c.md': play('{ sales: jo, marketng: mia }'),
    'plays/d.md': '---\ntitle: D\nstatus: repeatable\n---\n',
  }
  expect(await findingsIn(oneSidedOwner, files)).toBe('')
})

test('where only one founder is left of the company it is a hint', async () => {
  const files = {
    'people/ada.md': person('founder'),
    'people/jo.md': person('rep', 'until: 2026-06-29\n'),
    'plays/a.md': play('{ sales: ada, marketing: ada }'),
  }
  expect(await findingsIn(oneSidedOwner, files)).toBe('plays/a.md:4:9 hint owner/one-sided')
  const here = { ...files, 'people/jo.md': person('rep', 'until: 2026-06-30\n') }
  expect(await findingsIn(oneSidedOwner, here)).toBe('plays/a.md:4:9 error owner/one-sided')
})

test('where people/ holds a single person it is a hint, whoever that is', async () => {
  const files = { 'people/jo.md': person('rep', 'until: 2020-01-31\n'), 'plays/a.md': play('{ sales: jo }') }
  expect(await findingsIn(oneSidedOwner, files)).toBe('plays/a.md:4:9 hint owner/one-sided')
})

test('where the one person left is no founder, it is an error', async () => {
  const gone = person('marketing', 'until: 2026-01-31\n')
  const files = { 'people/jo.md': person('rep'), 'people/mia.md': gone, 'plays/a.md': play('{ sales: jo }') }
  expect(await findingsIn(oneSidedOwner, files)).toBe('plays/a.md:4:9 error owner/one-sided')
})

test('drafts and retired pages may wait', async () => {
  const files = {
    ...team,
    'plays/a.md': play('{ sales: jo }', 'draft'),
    'messages/b.md': play('{ sales: jo }', 'retired'),
  }
  expect(await findingsIn(oneSidedOwner, files)).toBe('')
})
