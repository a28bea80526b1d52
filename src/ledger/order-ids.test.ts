import fc from 'fast-check'
import { expect, test } from 'vitest'
import { copyInOrder, rowOf, sortedById } from './order-ids.ts'
import { TextList } from './text-list.ts'

const id = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '0', '\0', 'ÿ', 'Ā', '𝔸', '\uffff'), maxLength: 9 }),
  fc.nat(50).map((number) => `006f4000002NAb${number}`),
)

test('ids are ordered as their texts compare, and one that stands twice keeps the order of the file', () => {
  const property = fc.property(
    fc.array(id, { maxLength: 40 }),
    fc.constantFrom('', '006f4', 'Ā'),
    (endings, beginning) => {
      const ids = endings.map((ending) => beginning + ending)
      const expected = [...ids.keys()].sort((a, b) =>
        (ids[a] ?? '') < (ids[b] ?? '') ? -1 : (ids[a] ?? '') > (ids[b] ?? '') ? 1 : a - b,
      )
      const { rows, repeated } = sortedById(TextList.of(ids))
      expect([...rows]).toEqual(expected)
      expect(repeated).toBe(new Set(ids).size < ids.length)
    },
  )
  fc.assert(property, { numRuns: 1_000 })
})

test('an id is found in the order, and only if it is there', () => {
  const ids = ['0007', '7', 'D-17', 'D-18', 'd-17']
  expect([...ids, '', 'D-1', 'D-170', 'z'].map((id) => rowOf(TextList.of(ids), id))).toEqual([
    0, 1, 2, 3, 4, -1, -1, -1, -1,
  ])
  expect(rowOf(TextList.of([]), 'D-17')).toBe(-1)
})

test('numbers are copied in the order of their rows, whatever stretches it has', () => {
  const stretch = fc.tuple(fc.nat(150), fc.nat(90))
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 8 }), (stretches) => {
      const order = stretches.flatMap(([from, length]) => Array.from({ length }, (_, index) => from + index))
      const numbers = Uint16Array.from({ length: 240 }, (_, row) => row * 3 + 1)
      const copied = copyInOrder(numbers, Uint32Array.from(order), new Uint16Array(order.length))
      expect([...copied]).toEqual(order.map((row) => row * 3 + 1))
    }),
  )
})
