import { expect, test } from 'vitest'
import { asText, check, findingsIn } from '../../testing/findings-in.ts'
import { rules } from '../rules.ts'
import { unreadableFrontmatter } from './frontmatter.ts'

test('fields that nobody can read are the only thing said about a page, broken links included', async () => {
  const page = '---\nstatus: [trial\nsegment: nowhere\n---\n\n[a](b.md)\n'
  const { findings } = await check({ 'plays/finance.md': page }, rules)
  expect(asText(findings)).toMatch(/^plays\/finance\.md:\d+:\d+ error file\/frontmatter$/)
})

test('fields between other marks than three hyphens are no fields', async () => {
  expect(await findingsIn(unreadableFrontmatter, { 'plays/a.md': '+++\ntitle = "x"\n+++\n' })).toBe(
    'plays/a.md:1:1 error file/frontmatter',
  )
  expect(await findingsIn(unreadableFrontmatter, { 'plays/a.md': '---js\n({})\n---\n' })).toBe(
    'plays/a.md:1:1 error file/frontmatter',
  )
})

test('fields that never end are reported where they begin', async () => {
  const found = await findingsIn(
    unreadableFrontmatter,
    { 'plays/a.md': '---\ntitle: Land with finance\n' },
    { withText: true },
  )
  expect(found).toContain('plays/a.md:1:1 error file/frontmatter\n  The fields begin here with `---`')
})

test('aliases that multiply are one finding', async () => {
  const bomb = Array.from({ length: 12 }, (_, i) => `x-${i}: &a${i} [${Array(9).fill(i === 0 ? 'lol' : `*a${i - 1}`)}]`)
  expect(await findingsIn(unreadableFrontmatter, { 'plays/a.md': `---\n${bomb.join('\n')}\n---\n` })).toMatch(
    /^plays\/a\.md:\d+:\d+ error file\/frontmatter$/,
  )
})

test('a README needs no fields', async () => {
  expect(await findingsIn(unreadableFrontmatter, { 'plays/README.md': '# Our plays\n' })).toBe('')
})
