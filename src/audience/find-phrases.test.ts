import { expect, test } from 'vitest'
import { PhraseFinder } from './find-phrases.ts'
import { wordsOf } from './words.ts'

const spoken = 'one two three four five six seven eight nine ten'

function finderOf(text: string): PhraseFinder<string> {
  const finder = new PhraseFinder<string>()
  const words = wordsOf(text)
  for (let first = 0; first + 7 <= words.length; first++) finder.add(words, first, `from ${words.folded(first)}`)
  return finder
}
const found = (finder: PhraseFinder<string>, text: string) =>
  [...finder.find(wordsOf(text))].map(({ value, first }) => [value, first])

test('seven words in a row are found wherever they stand, and six are not', () => {
  const finder = finderOf(spoken)
  expect(found(finder, `zero, ${spoken}`)).toEqual([
    ['from one', 1],
    ['from two', 2],
    ['from three', 3],
    ['from four', 4],
  ])
  expect(found(finder, 'Two-three, FOUR five\nsix seven eight')).toEqual([['from two', 0]])
  expect(found(finder, 'one two three four five six eight nine ten')).toEqual([])
  expect(found(finder, 'two one three four five six seven')).toEqual([])
})

test('of two that say the same the first counts', () => {
  const finder = finderOf(spoken)
  finder.add(wordsOf(spoken), 0, 'another')
  expect(found(finder, 'one two three four five six seven')).toEqual([['from one', 0]])
})

test('what is said openly is forgotten, and the rest is not', () => {
  const finder = finderOf(spoken)
  finder.forget(wordsOf('They said: two three four five six seven eight.'))
  expect(found(finder, spoken).map(([value]) => value)).toEqual(['from one', 'from three', 'from four'])
})
