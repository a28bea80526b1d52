/**
 * How the records of a large playbook are laid out for the search.
 */
import { expect, test } from 'vitest'
import type { SearchRecord } from '../../site/src/content/page-types.ts'
import { inParts, numberOfParts, thinned, vocabularyField } from '../../site/src/content/search-parts.ts'

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
  expect(thinned(records).records).toBe(records)
})

test('a large playbook is several parts: each page in one of them, and in each part every word', () => {
  const records = pages(1_600, (page) => (page === 7 ? '“Countermate”, McDuff says.' : 'the counter'))
  const parts = inParts(records)
  expect([parts.length, numberOfParts(records.length)]).toEqual([3, 3])
  const all = parts.flat()
  expect(all.filter(({ url }) => url !== '').toSorted(byAddress)).toEqual(records.toSorted(byAddress))
  const vocabularies = all.filter(({ url }) => url === '')
  expect(vocabularies.length).toBe(3)
  for (const { meta } of vocabularies) {
    const words = meta[vocabularyField]?.split(' ') ?? []
    expect(words).toEqual(
      expect.arrayContaining(['the', 'counter', 'countermate', 'McDuff', 'says', 'play', '7', '1599']),
    )
    expect(new Set(words).size).toBe(words.length)
  }
})

test('a page stays in its part when others come', () => {
  const records = pages(1_600, () => 'the counter')
  const part = (of: readonly SearchRecord[]) =>
    inParts(of).map((part) => part.some(({ url }) => url === '/plays/play-1599/'))
  expect(part(records.slice(50))).toEqual(part(records))
})

test('of a word said everywhere the first places are kept, and a page is read as it was written', () => {
  const text = 'The lease, the desk.\nSee “the” end\ue000of the lease: the, THE end.'
  const records = pages(2_000, (page) => (page === 3 ? 'One lease' : text))
  const { records: thin, whole } = thinned(records)
  expect(thin[0]?.content).toBe('The lease, the desk. See \ue000 end of \ue000 lease: \ue000 \ue000 end.')
  expect(whole('/plays/play-0/', thin[0]?.content ?? '')).toBe(text.replace(/[\n\ue000]/g, ' '))
  expect(whole('/plays/play-3/', thin[3]?.content ?? '')).toBe('One lease')
})

function byAddress(one: SearchRecord, other: SearchRecord): number {
  return one.url < other.url ? -1 : 1
}
