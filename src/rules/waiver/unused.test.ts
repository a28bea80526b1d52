import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { repairedBy } from '../../testing/repaired-by.ts'
import { unusedWaiver } from './unused.ts'

const page = (body: string) => ({ 'people/jo.md': `---\nname: Jo Park\nrole: rep\n---\n${body}` })

test('the repair takes the comment out with its line, and only the comment where other text stands there', async () => {
  const comment = '<!-- playproof-ignore link/broken until 2026-12-31: x -->'
  expect(await repairedBy(unusedWaiver, page(`One.\n  ${comment}\nTwo.\n`))).toEqual(page('One.\nTwo.\n'))
  expect(await repairedBy(unusedWaiver, page(`One. ${comment}\n`))).toEqual(page('One. \n'))
})

test('a finding two lines on is not waived, so the waiver is unused', async () => {
  const body = '<!-- playproof-ignore link/broken until 2026-12-31: x -->\nOne.\n\n[a](a.md)\n'
  expect(await findingsIn(unusedWaiver, page(body))).toBe('people/jo.md:5:1 warn waiver/unused')
})

test('each of two waivers in one comment block is judged by itself', async () => {
  const comment = '<!-- playproof-ignore link/broken until 2026-12-31: x -->'
  expect(await findingsIn(unusedWaiver, page(`${comment}\n${comment}\n[a](a.md)\n`))).toBe(
    'people/jo.md:6:1 warn waiver/unused',
  )
})

test('a waiver of a rule that was not run may be in use for all anybody knows', async () => {
  const play = '---\ntitle: Land\nstatus: repeatable\n---\n<!-- playproof-ignore citation/stale: x -->\n'
  expect(await findingsIn(unusedWaiver, { 'plays/a.md': play })).toBe('')
  const ledger = { 'ledger.csv': 'id,outcome\nD-18,won\n' }
  expect(await findingsIn(unusedWaiver, { ...ledger, 'plays/a.md': play })).toBe('plays/a.md:5:1 warn waiver/unused')
})

test('a waiver that is misspelt is neither removed nor made to hold unasked', async () => {
  expect(await repairedBy(unusedWaiver, page('<!-- playproof-ignore link/brokn: x -->\n'))).toEqual({})
})

test('a rule that is off leaves nothing to waive', async () => {
  const files = {
    ...page('<!-- playproof-ignore link/retired: x -->\n'),
    'playbook.yaml': 'rules: { link/retired: off }\n',
  }
  expect(await findingsIn(unusedWaiver, files, { withText: true })).toBe(
    'people/jo.md:5:1 warn waiver/unused\n  `link/retired` is off in playbook.yaml, so there is nothing to waive. Remove the waiver.',
  )
})

test('waivers of a page that cannot be read are not judged', async () => {
  expect(
    await findingsIn(unusedWaiver, { 'people/jo.md': '---\nname: [\n---\n<!-- playproof-ignore link/broken: x -->\n' }),
  ).toBe('')
})
