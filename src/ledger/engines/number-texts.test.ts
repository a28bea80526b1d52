import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slotBytes, TextNumbers, TextsInOrder } from './number-texts.ts'

/** Texts as DuckDB holds them: in each slot a length and twelve bytes. */
function slotsOf(texts: readonly string[], slots: number): Int32Array[] {
  return Array.from({ length: slots }, (_, slot) => {
    const words = new Int32Array(texts.length * 4)
    texts.forEach((text, row) => {
      const bytes = Buffer.from(text).subarray(slot * slotBytes, (slot + 1) * slotBytes)
      words[row * 4] = bytes.length
      new Uint8Array(words.buffer).set(bytes, row * 16 + 4)
    })
    return words
  })
}

const text = fc.oneof(
  fc
    .string({ unit: 'grapheme', maxLength: 8 })
    .filter((each) => !each.includes('\u0001') && Buffer.byteLength(each) < 25),
  fc.integer({ min: 0, max: 5_000 }).map((number) => `Halyard Bank ${number}`),
  fc.constantFrom('', 'a', 'a\0', '\0', 'twelve bytes', 'twelve bytes!'),
)

test('each row has its text, each distinct one stands once in the order of the rows, and the blank is first', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 9_000, size: 'max' }), fc.integer({ min: 1, max: 700 }), (texts, step) => {
      const numbers = new TextNumbers(3, texts.length)
      const listed = new TextsInOrder()
      for (let from = 0; from < texts.length; from += step) {
        const some = texts.slice(from, from + step)
        numbers.take(slotsOf(some, 3), some.length)
        listed.take(slotsOf(some, 3), some.length)
      }
      const { values, codes } = numbers.finish()
      expect(Array.from(codes, (code) => values[code])).toEqual(texts)
      expect(values).toEqual([...new Set(['', ...texts])])
      expect([...listed.finish()]).toEqual(texts)
    }),
    { numRuns: 60 },
  )
})

test('texts that were made to have one hash are given up soon', () => {
  // Two words that differ so have one hash, whatever stood before them.
  const pairs = 14
  const cells = Array.from({ length: 1 << pairs }, (_, row) =>
    Int32Array.from({ length: pairs * 2 }, (_, word) =>
      ((row >> (word >> 1)) & 1) === 0
        ? 0x01010101
        : word % 2 === 0
          ? 0x01010101 ^ 0x80000000
          : 0x01010101 ^ 0x80010000,
    ),
  )
  const slots = Array.from({ length: 10 }, (_, slot) =>
    Int32Array.from(
      cells.flatMap((words) => [slotBytes, ...[0, 1, 2].map((word) => words[slot * 3 + word] ?? 0x02020202)]),
    ),
  )
  const started = performance.now()
  expect(() => new TextNumbers(10, cells.length).take(slots, cells.length)).toThrow('the texts are too much alike')
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('a cell that does not stand in its slots is no text', () => {
  expect(() => new TextNumbers(1, 1).take([Int32Array.of(13, 0, 0, 0)], 1)).toThrow('a cell is longer than its slots')
})
