import { expect, test } from 'vitest'
import { asText, check, findingsIn } from '../../testing/findings-in.ts'
import { rules } from '../rules.ts'
import { tooLargeFile } from './too-large.ts'

const head = '---\ntitle: Land with finance\n---\n'

test('a page above the limit is reported with both sizes, and nothing else about it', async () => {
  const files = { 'playbook.yaml': 'limits: { maxFileBytes: 1024 }\n', 'plays/a.md': `${head}${'word '.repeat(400)}` }
  const { findings } = await check(files, rules)
  expect(asText(findings, true)).toBe(
    'plays/a.md:1:1 error file/too-large\n' +
      '  This file is 2,033 bytes; pages may have 1,024. Split it, or raise `limits.maxFileBytes` in playbook.yaml.',
  )
})

test('a line above 100,000 characters is reported where it stands', async () => {
  expect(await findingsIn(tooLargeFile, { 'plays/a.md': `${head}${'x'.repeat(100_000)}\n` })).toBe('')
  expect(await findingsIn(tooLargeFile, { 'plays/a.md': `${head}${'x'.repeat(100_001)}\n` })).toBe(
    'plays/a.md:4:1 error file/too-large',
  )
})

test('the 5,001st link is one too many', async () => {
  const links = (count: number) => `${head}${'[a](#top)\n'.repeat(count)}`
  expect(await findingsIn(tooLargeFile, { 'plays/a.md': links(5_000) })).toBe('')
  expect(await findingsIn(tooLargeFile, { 'plays/a.md': links(5_001) })).toMatch(
    /^plays\/a\.md:5004:\d+ error file\/too-large$/,
  )
})

test('the other pages are checked all the same', async () => {
  const files = { 'plays/a.md': `${head}${'x'.repeat(100_001)}\n`, 'plays/b.md': `${head}[a](a.md) [c](c.md)\n` }
  const { findings } = await check(files, rules)
  const found = asText(findings)
  expect(found).toContain('plays/b.md:4:15 error link/broken')
  expect(found).not.toContain('plays/b.md:4:5')
})
