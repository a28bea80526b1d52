import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Beginnings, folded, hashOf, Sieve, WordRoom, wordsOf } from './words.ts'

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Acme',
        'acme',
        'ACME',
        'Café',
        'Cafe\u0301',
        '\uff23\uff21\uff26\uff25',
        '李商行',
        '½',
        '\u{1d400}b',
        '\ud800',
        '3M',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom(' ', '-', '.', '\n', '\u00a0', '\u{1f600}'),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''))

test('words are runs of letters, digits and marks, with one number for all that are compared as the same', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const words = wordsOf(text)
      const expected = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map(({ 0: word, index }) => ({
        start: index,
        end: index + word.length,
        written: word,
        folded: folded(word),
        hash: hashOf(folded(word)),
      }))
      const found = expected.map((_, index) => ({
        start: words.start(index),
        end: words.end(index),
        written: words.written(index),
        folded: words.folded(index),
        hash: words.hashes[index],
      }))
      expect(words.length).toBe(expected.length)
      expect(found).toEqual(expected)
    }),
    { numRuns: 2_000 },
  )
})

test('case, accents and width do not tell words apart', () => {
  expect(wordsOf('Café CAFE Cafe\u0301 \uff23\uff21\uff26\uff25').all()).toEqual(['cafe', 'cafe', 'cafe', 'cafe'])
})

test('a sieve knows all that it was given, however much that is, and little else', () => {
  const sieve = new Sieve()
  const hash = (index: number) => hashOf(`word ${index}`)
  for (let index = 0; index < 20_000; index++) sieve.add(hash(index))
  const known = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => hash(from + index)).filter((each) => sieve.has(each)).length
  expect(known(0, 20_000)).toBe(20_000)
  expect(known(20_000, 40_000)).toBeLessThan(3)
})

test('what begins with two other words is passed over', () => {
  const beginnings = new Beginnings()
  beginnings.add(['acme', 'bank', 'north'])
  beginnings.add(['bramble'])
  expect(beginnings.in(wordsOf('Acme, Bank. The bank ACME bramble acme'))).toEqual([0, 5])
})

test('a room holds one text after another, however long', () => {
  const room = new WordRoom(2)
  for (const text of ['one', 'one two three four five six', 'two'])
    expect(wordsOf(text, room).all()).toEqual(text.split(' '))
})
