import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { repairedBy } from '../../testing/repaired-by.ts'
import { unknownField } from './unknown.ts'

test('the repair corrects the name and leaves the value alone', async () => {
  const files = {
    'people/jo.md': '---\nname: Jo Park\n"rolle": rep # since March\n---\n',
    'playbook.yaml': 'rules: { link/retird: off }\n',
  }
  expect(await repairedBy(unknownField, files)).toEqual({
    'people/jo.md': '---\nname: Jo Park\nrole: rep # since March\n---\n',
    'playbook.yaml': 'rules: { link/retired: off }\n',
  })
})

test('a name that the page has already is not suggested again', async () => {
  const found = await findingsIn(
    unknownField,
    { 'people/jo.md': '---\nname: Jo\nnames: Jo\nrole: rep\n---\n' },
    { withText: true },
  )
  expect(found).toBe(
    'people/jo.md:3:1 error field/unknown\n' +
      '  `names` is no field of a person. Remove it, or begin its name with `x-` if it is your own.',
  )
})

test('a key that means something to JavaScript means nothing here', async () => {
  const page = '---\nname: Jo\nrole: rep\n__proto__: { role: founder }\nconstructor: x\n---\n'
  expect(await findingsIn(unknownField, { 'people/jo.md': page })).toBe(
    'people/jo.md:4:1 error field/unknown\npeople/jo.md:5:1 error field/unknown',
  )
})

test('a field of your own is free only at the top', async () => {
  const page =
    '---\nname: Jo\nrole: rep\nx-desk: 4\nwaivers: [{ rule: owner/left, reason: back soon, x-by: me }]\n---\n'
  expect(await findingsIn(unknownField, { 'people/jo.md': page })).toBe('people/jo.md:5:50 error field/unknown')
})
