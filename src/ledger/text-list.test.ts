import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextList, TextListBuilder } from './text-list.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'b', '0', '\0', 'ÿ', '𝔸', '\uffff'), maxLength: 4 })
const many = (beginning: string): string[] => Array.from({ length: 10_000 }, (_, i) => `${beginning}${i % 977}`)

test('a list has the texts that it was given, in their order', () => {
  const property = fc.property(fc.array(text, { maxLength: 20 }), (texts) => {
    expect([...TextList.of(texts)]).toEqual(texts)
  })
  fc.assert(property)
  expect([...TextList.of(many('\u0001'))]).toEqual(many('\u0001'))
})

test('texts compare as `<` compares', () => {
  const property = fc.property(text, text, (one, other) => {
    const expected = one < other ? -1 : one > other ? 1 : 0
    expect(Math.sign(TextList.of([one, other]).compare(0, 1))).toBe(expected)
  })
  fc.assert(property, { numRuns: 1_000 })
})

test('what is asked of a text does not look into the next one', () => {
  const list = TextList.of(['ab', 'abab', '', 'b'])
  expect([list.alike(0, 1, 9), list.alike(1, 0, 1), list.alike(2, 3, 9)]).toEqual([2, 1, 0])
  expect([list.firstUnit(1), list.firstUnit(2)]).toEqual([97, Number.NaN])
  expect(list.key(0, 1)).toBe(98 * 256 ** 5)
  expect(list.key(0, 7)).toBe(0)
})

test('another order has the same texts, and an order of that one too', () => {
  const turned = TextList.of(['a', 'b', 'c']).inOrder(Uint32Array.of(2, 0))
  expect([[...turned], [...turned.inOrder(Uint32Array.of(1, 0))]]).toEqual([
    ['c', 'a'],
    ['a', 'c'],
  ])
})

test('a text with separators is split into as many as are expected, or not at all', () => {
  for (const texts of [[], [''], ['a'], ['', ''], ['a', '', 'b'], many('D-')]) {
    const split = TextList.split(texts.join('\u0001'), texts.length)
    expect(split && [...split]).toEqual(texts)
    expect(TextList.split(`${texts.join('\u0001')}\u0001x`, texts.length)).toBeUndefined()
    expect(TextList.split(texts.join('\u0001'), texts.length + 2)).toBeUndefined()
  }
})

test('lists are put together from parts of others', () => {
  const first = many('D-')
  const list = TextList.split(first.join('\u0001'), first.length) as TextList
  for (const [before, from, to] of [
    [[], 0, 10_000],
    [[], 3, 9_000],
    [['x'], 0, 10_000],
    [first.slice(0, 4_096), 4_096, 8_195],
  ] as const) {
    const builder = new TextListBuilder()
    for (const text of before) builder.push(text)
    builder.pushAll(list, from, to)
    builder.push('last')
    expect([...builder.finish()]).toEqual([...before, ...first.slice(from, to), 'last'])
  }
})
