/**
 * YAML that is right keeps its places; YAML that is wrong or hostile gives a problem at its place, at once.
 */
import { expect, test } from 'vitest'
import { nodeAt, plainValue } from './data-node.ts'
import { parseYaml } from './parse-yaml.ts'

const problems = (text: string): string[] =>
  parseYaml(text).problems.map(({ range, text: what }) => `${range.start}-${range.end} ${what}`)

test('values keep the range they were written in, quotes included', () => {
  const text = 'title: "Land it"\nevidence:\n  - { deal: 0007 }\n'
  const { data } = parseYaml(text, 100)
  expect(data && nodeAt(data, ['title'])).toMatchObject({ value: 'Land it', range: { start: 107, end: 116 } })
  expect(data && nodeAt(data, ['evidence', 0, 'deal'])).toMatchObject({
    source: '0007',
    range: { start: 139, end: 143 },
  })
})

test('a key named like a part of JavaScript is a key like any other', () => {
  const { data } = parseYaml('__proto__: { polluted: true }\nconstructor: x\n')
  expect(data?.entries.map(({ key }) => key)).toEqual(['__proto__', 'constructor'])
  expect(data && Object.keys(plainValue(data) as object)).toEqual(['__proto__', 'constructor'])
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})

test('all errors of a text are told at once, each at its place', () => {
  expect(problems('a: 1\na: 2\nc: "x\n')).toEqual([
    '5-6 This field is given twice. Keep one of them.',
    expect.stringMatching(/^\d+-\d+ .*quote/),
  ])
})

test('tags, dangling aliases and second documents are told and never obeyed', () => {
  expect(problems('a: !!js/function x')).toHaveLength(1)
  expect(problems('a: *nope')).toHaveLength(1)
  expect(problems('a: b\n---\nc: d')).toHaveLength(1)
})

test.each([
  ['flow lists', '['.repeat(50_000), 'levels deep'],
  ['dashes', '- '.repeat(50_000), 'levels deep'],
  ['indentation', `a:\n${Array.from({ length: 300 }, (_, i) => `${' '.repeat(i + 1)}b:`).join('\n')}`, 'levels deep'],
  ['fields', Array.from({ length: 3_000 }, (_, i) => `k${i}: 1`).join('\n'), '1000 fields'],
  ['aliases', `a: &a x\nb: [${'*a, '.repeat(200)}]`, '100 aliases'],
  [
    'aliases of aliases',
    [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdef'.split('').map((key, i) => `${key}: &${key} [${`*${'abcde'[i]},`.repeat(9)}]`),
    ].join('\n'),
    'multiply',
  ],
  ['an alias of itself', 'a: &a [*a]', 'deep'],
  ['stray scalars', `a: ${'"x" '.repeat(200_000)}`, 'more here than fields need'],
])('too many or too deep %s are one problem, found quickly', (_, text, what) => {
  const started = performance.now()
  const found = parseYaml(text).problems
  expect(found).toHaveLength(1)
  expect(found[0]?.text).toContain(what)
  // A hang would be minutes; the bound leaves room for a busy machine.
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('a slip is one problem, in words that somebody understands who does not know YAML', () => {
  const told = (text: string): string[] => parseYaml(text).problems.map((each) => `${each.range.start} ${each.text}`)
  const list = '- a\nstatus: x\nowners: { marketing: mia, sales: jo }\nsegment: banks\n'
  expect(told(list)).toEqual([
    '4 Nobody can tell what this belongs to. Write each field as `name: value` on a line of its own, and text that begins with a special character in quotes.',
  ])
  expect(told('title: [Open\nstatus: x\n')).toEqual([
    '13 A bracket is opened before this and not closed. Write the `]` that is missing, or put text that begins with a bracket in quotes.',
  ])
  expect(told('title: @home\n')).toEqual(['7 A text cannot begin with `@`. Put it in quotes.'])
  expect(told('owners: { marketing: mia sales: jo }\n')).toEqual([
    '21 A comma is missing here: between brackets entries are separated by commas, and no line begins with `-`.',
  ])
  expect(told('a: 1\nb\n')).toEqual(['5 A field is written as `name: value`, and the colon is missing here.'])
  // What stands on lines of its own is wrong for itself.
  expect(told('a: 1\na: 2\nb: "x\n').map((each) => each.slice(0, 25))).toEqual([
    '5 This field is given twi',
    '13 A quote is opened here',
  ])
})
