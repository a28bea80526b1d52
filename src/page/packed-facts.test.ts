import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Packed, packFacts, unpackFacts } from './packed-facts.ts'
import { defaultLimits, noFacts, type PageFacts } from './page.ts'
import { parsePage } from './parse-page.ts'
import { satteriEngine } from './satteri-engine.ts'

const pagesBelow = (folder: string): string[] => {
  const path = fileURLToPath(new URL(folder, import.meta.url))
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
}
const texts = [...pagesBelow('../../playbook'), ...pagesBelow('../../test/fixtures/handbooks')]

const read = (text: string): PageFacts => parsePage(text, satteriEngine, defaultLimits)
const kept = (facts: PageFacts, text: string): PageFacts =>
  unpackFacts(JSON.parse(JSON.stringify(packFacts(facts, text))) as Packed, text)

test('the facts of every page of the demonstration and of the handbooks come back as they were', () => {
  expect(texts.length).toBeGreaterThan(250)
  for (const text of texts) {
    const facts = read(text)
    expect(kept(facts, text)).toEqual(facts)
  }
})

test('facts of pages that were typed on, cut off or mixed come back as they were', () => {
  const pieces = [
    '\n## A *b* C\n',
    '\r\n',
    '🙂',
    '\ud83d',
    '"',
    "'",
    '\u200b',
    '[x](a%20b.md#c)',
    '<a id="q">',
    '62% of $4,000',
    '> ',
  ]
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.array(fc.tuple(fc.nat(4_000), fc.nat(30), fc.constantFrom(...pieces)), { maxLength: 6 }),
      (page, edits) => {
        const text = edits.reduce((now, [at, cut, piece]) => now.slice(0, at) + piece + now.slice(at + cut), page)
        const facts = read(text)
        expect(kept(facts, text)).toEqual(facts)
      },
    ),
    { numRuns: 400, seed: 5 },
  )
})

test('values that JSON does not know come back as they were', () => {
  const scalars = [
    '.nan',
    '-.inf',
    '.inf',
    '-0',
    '-0.0',
    '0007',
    '1e400',
    '0x1F',
    '1_000',
    '~',
    'null',
    '""',
    "''",
    'no',
    '12345678901234567890',
    '|\n  a\n  b',
    '"a\\tb"',
    '&a x',
    '!!str 1',
  ]
  for (const value of scalars) {
    const text = `---\ntitle: ${value}\nx-list: [${value.includes('\n') ? 1 : value}, { "quoted key": ${value.includes('\n') ? 1 : value} }]\n---\n`
    const facts = read(text)
    expect(kept(facts, text), value).toEqual(facts)
  }
})

test('facts of a page that could not be read come back as they were', () => {
  const problem = { rule: 'file/too-large' as const, range: { start: 0, end: 3 }, text: 'Too large.' }
  const facts = { ...noFacts, problems: [problem, { ...problem, replacement: '' }] }
  expect(kept(facts, 'abc')).toEqual(facts)
  expect(kept(noFacts, '')).toEqual(noFacts)
})

test('the facts of a page of the demonstration take less room than the page itself', () => {
  const size = (of: (text: string) => string) => texts.reduce((sum, text) => sum + of(text).length, 0)
  expect(size((text) => JSON.stringify(packFacts(read(text), text)))).toBeLessThan(size((text) => text))
})
