import { expect, test } from 'vitest'
import { asText, check } from '../../testing/findings-in.ts'
import { rules } from '../rules.ts'

test('what an expired waiver was for is reported beside it', async () => {
  const page = '---\nname: Jo\nrole: rep\n---\n<!-- playproof-ignore link/broken until 2026-06-29: x -->\n[a](a.md)\n'
  const { findings, waived } = await check({ 'people/jo.md': page }, rules)
  expect(asText(findings)).toBe('people/jo.md:5:1 error waiver/expired\npeople/jo.md:6:5 error link/broken')
  expect(waived).toEqual([])
})

test('a waiver that holds goes before one that has expired', async () => {
  const waiver = (until: string) => `<!-- playproof-ignore link/broken until ${until}: x -->\n`
  const page = `---\nname: Jo\nrole: rep\n---\n${waiver('2026-06-29')}${waiver('2026-06-30')}[a](a.md)\n`
  const { findings, waived } = await check({ 'people/jo.md': page }, rules)
  expect(asText(findings)).toBe('people/jo.md:5:1 error waiver/expired')
  expect(asText(waived)).toBe('people/jo.md:7:5 error link/broken')
})
