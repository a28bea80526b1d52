/**
 * A page's facts: places of headings, links and waivers; and what stops a page from being read.
 */
import { expect, test } from 'vitest'
import { decodeFile } from './decode-file.ts'
import { defaultLimits, type PageFacts } from './page.ts'
import { parsePage } from './parse-page.ts'
import { satteriEngine } from './satteri-engine.ts'

const head = '---\ntitle: x\n---\n'
const parse = (text: string): PageFacts => parsePage(text, satteriEngine, defaultLimits)
const rulesOf = (facts: PageFacts): string[] => facts.problems.map(({ rule }) => rule)
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

test('the address of a link is found as it was written', () => {
  const text = `${head}[a](b.md "t") ![i](<c d.png>) [x][d] <https://y.example>\n\n[d]: ../z.md#q\n`
  const written = parse(text).links.map(({ range }) => text.slice(range.start, range.end))
  expect(written).toEqual(['b.md', 'c d.png', 'https://y.example', '../z.md#q'])
})

test('a section with nothing but comments and deeper headings is empty', () => {
  const { headings } = parse(`${head}## A\n\n<!-- todo -->\n\n### B\n\n## C\n\ntext\n`)
  expect(headings.map(({ text, empty }) => [text, empty])).toEqual([
    ['A', true],
    ['B', true],
    ['C', false],
  ])
})

test('a waiver covers its own line and the next line with text', () => {
  const text = `${head}<!-- playproof-ignore link/broken until 2027-01-31: moved -->\n\nfirst\nsecond\n`
  const [waiver] = parse(text).waivers
  expect(waiver).toMatchObject({ rule: 'link/broken', until: '2027-01-31', reason: 'moved' })
  expect(waiver && text.slice(waiver.covers.start, waiver.covers.end)).toContain('first')
  expect(waiver && text.slice(waiver.covers.start, waiver.covers.end)).not.toContain('second')
})

test('a page without fields, and one whose fields never end, say so at the top', () => {
  expect(parse('# Title\n').problems).toMatchObject([{ rule: 'file/frontmatter', range: { start: 0, end: 0 } }])
  expect(parse('---\ntitle: x\n').problems).toMatchObject([{ rule: 'file/frontmatter', range: { start: 0, end: 3 } }])
  expect(rulesOf(parse('---js\nmodule.exports = {}\n---\n'))).toEqual(['file/frontmatter'])
})

test.each([
  ['quotes', '>'.repeat(10_000)],
  ['quotes with spaces', '> '.repeat(10_000)],
  ['lists in a line', '- '.repeat(10_000)],
  ['lists by indentation', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i * 2)}- a`).join('\n')],
  ['emphasis', `${'*'.repeat(3_000)}a${'*'.repeat(3_000)}`],
])('deeply nested %s are one finding at their place', (_, body) => {
  const { problems } = parse(`${head}${body} x\n`)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ rule: 'file/too-large' })
  expect(problems[0]?.range.start).toBeGreaterThanOrEqual(head.length)
})

test('a line of five million characters is one finding', () => {
  expect(rulesOf(parse(`${head}${'x'.repeat(5_000_000)}`))).toEqual(['file/too-large'])
})

test('characters that nobody sees are found, but not those inside an emoji', () => {
  const { problems } = parse(`${head}pay\u200bment \u202eabc 👩‍💻 ✅️\n`)
  expect(problems.map(({ range, replacement }) => [range.end - range.start, replacement])).toEqual([
    [1, ''],
    [1, ''],
  ])
})

test('bytes that are no UTF-8 are told with their place and never guessed at', () => {
  const latin = decodeFile('a.md', bytes(0x2d, 0x0a, 0x63, 0x61, 0x66, 0xe9, 0x0a), 1_000)
  expect(latin.problem).toMatchObject({ rule: 'file/encoding', range: { start: 5, end: 5 } })
  expect(latin.problem?.text).toContain('0xe9')
  expect(decodeFile('a.md', bytes(0xff, 0xfe, 0x61, 0), 1_000).problem?.text).toContain('UTF-16')
  expect(decodeFile('a.md', bytes(0x61, 0x0a, 0), 1_000).problem).toMatchObject({ range: { start: 2, end: 2 } })
  expect(decodeFile('a.md', new Uint8Array(2_000), 1_000).problem).toMatchObject({ rule: 'file/too-large' })
})

test('a byte order mark is kept apart and counts in no column', () => {
  const { source } = decodeFile('a.md', bytes(0xef, 0xbb, 0xbf, 0x61, 0x62), 1_000)
  expect([source.bom, source.text, source.positionAt(1)]).toEqual([true, 'ab', { line: 1, column: 2 }])
})

test('each waiver of one comment block has its own place, in a quote too', () => {
  const comment = '<!-- playproof-ignore link/broken: moved -->'
  const text = `${head}${comment}\n${comment}\n\n> <!-- a\n> b -->\n> ${comment}\n`
  const { waivers } = parse(text)
  expect(waivers.map(({ range }) => text.slice(range.start, range.end))).toEqual([comment, comment, comment])
  expect(new Set(waivers.map(({ range }) => range.start)).size).toBe(3)
})

test('what is taken out with a waiver is its line where it stands alone', () => {
  const comment = '<!-- playproof-ignore link/broken: moved -->'
  const text = `${head}a ${comment}\n  ${comment} \r\nb\n${comment}`
  expect(parse(text).waivers.map(({ line }) => text.slice(line.start, line.end))).toEqual([
    comment,
    `  ${comment} \r\n`,
    comment,
  ])
})

test('thousands of comments, tags that never end and headings take no longer than their letters', () => {
  const many = `${'<!-- -->'.repeat(1_000)}x\n\n${'# a\n'.repeat(4_000)}\n<div>\n${'<a <!-- playproof-ignore a:\n'.repeat(10_000)}`
  expect(parse(`${head}${many}`).headings).toHaveLength(4_000)
})
