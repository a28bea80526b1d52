/**
 * How the records of a large playbook are laid out for the search.
 */
import { expect, test } from 'vitest'
import type { SearchRecord } from '../../site/src/content/page-types.ts'
import { inParts, numberOfParts, vocabularyField } from '../../site/src/content/search-parts.ts'

const pages = (count: number, text: (page: number) => string): SearchRecord[] =>
  Array.from({ length: count }, (_, page) => ({
    url: `/plays/play-${page}/`,
    content: text(page),
    language: 'en',
    meta: { title: `Play ${page}` },
    filters: { type: ['Play'] },
  }))

test('a small playbook is one part, with nothing but its pages', () => {
  const records = pages(750, () => 'The refresh before the freeze.')
  expect(inParts(records)).toEqual([records])
})

test('a large playbook is several parts: each page in one of them, and at the end of each what is no page', () => {
  const records = pages(1_600, () => 'the counter')
  const [first, ...parts] = inParts(records)
  expect([parts.length, numberOfParts(records.length)]).toEqual([3, 3])
  expect(parts.flatMap((part) => part.slice(0, -1)).toSorted(byAddress)).toEqual(records.toSorted(byAddress))
  const none = { url: '', content: vocabularyField, language: 'en', meta: { vocabulary: vocabularyField }, filters: {} }
  expect([first, ...parts.map((part) => part.slice(-1))]).toEqual([[none], [none], [none], [none]])
})

test('where there is no page, there is what is no page', () => {
  expect(inParts([]).map((part) => part.map(({ url }) => url))).toEqual([['']])
})

test('a page stays in its part when others come', () => {
  const records = pages(1_600, () => 'the counter')
  const part = (of: readonly SearchRecord[]) =>
    inParts(of).map((part) => part.some(({ url }) => url === '/plays/play-1599/'))
  expect(part(records.slice(50))).toEqual(part(records))
})

function byAddress(one: SearchRecord, other: SearchRecord): number {
  return one.url < other.url ? -1 : 1
}
