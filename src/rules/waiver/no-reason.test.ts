import { expect, test } from 'vitest'
import { asText, check, findingsIn } from '../../testing/findings-in.ts'
import { rules } from '../rules.ts'
import { waiverWithoutReason } from './no-reason.ts'

const person = (waivers: string, body = '') => `---\nname: Jo\nrole: rep\n${waivers}---\n${body}`

test('blanks are no reason, and nothing is waived', async () => {
  const files = { 'people/jo.md': person('', '<!-- playproof-ignore link/broken until 2026-12-31:   -->\n[a](a.md)\n') }
  const { findings } = await check(files, rules)
  expect(asText(findings)).toBe('people/jo.md:5:1 error waiver/no-reason\npeople/jo.md:6:5 error link/broken')
})

test('a number may be a reason, such as that of a ticket', async () => {
  const waivers = 'waivers: [{ rule: link/broken, reason: 4711, until: 2026-12-31 }]\n'
  const { findings, waived } = await check({ 'people/jo.md': person(waivers, '[a](a.md)\n') }, rules)
  expect([asText(findings), asText(waived)]).toEqual(['', 'people/jo.md:6:5 error link/broken'])
})

test('a waiver of the wrong form is left to field/wrong', async () => {
  const waivers = 'waivers: [{ rule: link/broken, reason: [x] }]\n'
  expect(await findingsIn(waiverWithoutReason, { 'people/jo.md': person(waivers) })).toBe('')
})
