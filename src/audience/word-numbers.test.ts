import { expect, test } from 'vitest'
import { WordNumbers } from './word-numbers.ts'
import { hashOf, wordsOf } from './words.ts'

function numbersIn(numbers: WordNumbers, text: string): number[] {
  const words = wordsOf(text)
  return Array.from({ length: words.length }, (_, index) => numbers.add(words, index))
}

test('words have one number however they are spelled, in the order they are met', () => {
  const numbers = new WordNumbers()
  expect(numbersIn(numbers, 'Café bank CAFE \uff23\uff21\uff26\uff25 \u0301 Bank 3M Cafe\u0301')).toEqual([
    0, 1, 0, 0, 2, 1, 3, 0,
  ])
  expect(numbers.words).toEqual(['cafe', 'bank', '', '3m'])
  expect(['cafe', 'bank', '', '3m', 'Café', 'banks'].map((word) => numbers.of(word))).toEqual([
    0,
    1,
    2,
    3,
    undefined,
    undefined,
  ])
})

test('two words with one hash are two words', () => {
  const [first, second] = ['rinofudiba', 'balufuwico']
  expect(hashOf(second)).toBe(hashOf(first))
  const numbers = new WordNumbers()
  expect(numbersIn(numbers, first)).toEqual([0])
  expect(numbers.of(second)).toBe(undefined)
  expect(numbersIn(numbers, `between ${second} ${first} ${second.toUpperCase()} Rinofud\u00edba`)).toEqual([
    1, 2, 0, 2, 0,
  ])
  expect([first, second].map((word) => numbers.of(word))).toEqual([0, 2])
  expect(numbers.words).toEqual([first, 'between', second])
})
