/** What a predicate may say, and what it says back where it cannot be read. */
import { expect, test } from 'vitest'
import { parseYaml } from '../page/parse-yaml.ts'
import { fixedColumns, parsePredicate, predicateKey } from './predicate.ts'

function parse(text: string) {
  const { data } = parseYaml(text)
  if (data === undefined) throw new Error('the test wants YAML')
  return parsePredicate(data)
}

test('a value, a list, a range and a not are conditions', () => {
  const { predicate, problems } = parse(
    'industry: retail\nproduct: [A, null]\nemployees: { min: 500 }\ntype: { not: [Renewal] }\n',
  )
  expect(problems).toEqual([])
  expect(predicate.clauses.map(({ column, condition }) => [column, condition.kind])).toEqual([
    ['industry', 'any'],
    ['product', 'any'],
    ['employees', 'range'],
    ['type', 'not'],
  ])
})

test('an unquoted number keeps its spelling beside its value', () => {
  const [clause] = parse('code: 0007').predicate.clauses
  expect(clause?.condition).toMatchObject({ values: [{ value: 7, text: '0007' }] })
})

test.each(['a: []', 'a:', 'a: { foo: 1 }', 'a: { min: }', 'a: { min: 1, x: 2 }', 'a: [[1]]', 'a: { not: { b: 1 } }'])(
  '`%s` is a problem at its place and leaves the other clauses',
  (text) => {
    const { predicate, problems } = parse(`${text}\nindustry: retail\n`)
    expect(problems).toHaveLength(1)
    expect(predicate.clauses.map(({ column }) => column)).toEqual(['industry'])
  },
)

test('the same predicate has the same key in any order and layout', () => {
  expect(predicateKey(parse('a: [x, y]\nb: 1').predicate)).toBe(predicateKey(parse('{ b: 1, a: [y, x] }').predicate))
  expect(predicateKey(parse('a: x').predicate)).not.toBe(predicateKey(parse('a: { not: [x] }').predicate))
  expect(predicateKey(parse('a: [null]').predicate)).not.toBe(predicateKey(parse('a: ["null"]').predicate))
})

test('a column with exactly one allowed value is fixed', () => {
  expect(fixedColumns(parse('territory: West\nindustry: [a, b]\ntype: { not: [c] }').predicate)).toEqual(['territory'])
})
