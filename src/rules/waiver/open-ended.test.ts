import { expect, test } from 'vitest'
import { asText, check, findingsIn } from '../../testing/findings-in.ts'
import { rules } from '../rules.ts'
import { openEndedWaiver } from './open-ended.ts'

const person = (waivers: string, body: string) => `---\nname: Jo\nrole: rep\n${waivers}---\n${body}`

test('an end that is no day waives nothing', async () => {
  const files = { 'people/jo.md': person('', '<!-- playproof-ignore link/broken until soon: x -->\n[a](a.md)\n') }
  const { findings } = await check(files, rules)
  expect(asText(findings)).toBe('people/jo.md:5:1 error waiver/open-ended\npeople/jo.md:6:5 error link/broken')
})

test('in the frontmatter such an end is a field problem, and is said once', async () => {
  const waivers = 'waivers: [{ rule: link/broken, reason: x, until: soon }]\n'
  const { findings } = await check({ 'people/jo.md': person(waivers, '[a](a.md)\n') }, rules)
  expect(asText(findings)).toBe('people/jo.md:4:50 error field/wrong\npeople/jo.md:6:5 error link/broken')
})

test('what counts is the severity that this playbook gives the rule', async () => {
  const page = person('', '<!-- playproof-ignore link/broken: x -->\n[a](a.md)\n')
  expect(await findingsIn(openEndedWaiver, { 'people/jo.md': page })).toBe('people/jo.md:5:1 error waiver/open-ended')
  expect(
    await findingsIn(openEndedWaiver, { 'people/jo.md': page, 'playbook.yaml': 'rules: { link/broken: warn }\n' }),
  ).toBe('')
})
