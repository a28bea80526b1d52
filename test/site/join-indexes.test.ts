/**
 * How the files of the search indexes are joined, and what Pagefind gets when it asks for one.
 */
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { allSearchFiles } from '../../site/search-index.ts'
import { joined, joinedIn, parted } from '../../site/src/content/joined-files.ts'
import type { SearchRecord } from '../../site/src/content/page-types.ts'

afterAll(async () => (await import('pagefind')).close())

const pages = (count: number): SearchRecord[] =>
  Array.from({ length: count }, (_, page) => ({
    url: `/plays/play-${page}/`,
    content: `The desk of number ${page}. ${'Große Theke. '.repeat(20)}`,
    language: 'en',
    meta: { title: `Move ${page}` },
    filters: { type: ['Play'], ...(page === 3 && { persona: ['Buyer'] }) },
  }))

test('files that were joined are got back as they were, with the mark by which Pagefind knows them', () => {
  const whole = joined(
    new Map<string, Uint8Array | string>([
      ['1/index/a.pf_index', Buffer.from([0x81, 0x80])],
      ['pagefind-entry.json', '{"version":"größer"}'],
      ['2/index/a.pf_index', Buffer.from([0x80])],
    ]),
  )
  expect([...parted(whole)].map(([path, bytes]) => [path, Buffer.from(bytes).toString('latin1')])).toEqual([
    ['1/index/a.pf_index', 'pagefind_dcd\u0081\u0080'],
    ['pagefind-entry.json', Buffer.from('{"version":"größer"}').toString('latin1')],
    ['2/index/a.pf_index', 'pagefind_dcd\u0080'],
  ])
})

test('what Pagefind asks for lies in the file that its path names, or alone', () => {
  expect(
    [
      'pagefind-entry.json',
      '12/pagefind.en_1.pf_meta',
      'wasm.en.pagefind',
      'index/a.pf_index',
      '12/index/a.pf_index',
      '3/filter/b.pf_filter',
      '3/fragment/c.pf_fragment',
      'words.json',
    ].map(joinedIn),
  ).toEqual([
    'opening.pf_meta',
    'opening.pf_meta',
    'engine.pagefind',
    'index/a.pf_index',
    'index/a.pf_index',
    'filter/b.pf_filter',
    undefined,
    undefined,
  ])
})

test('an index of several parts is cut at the same words in each, and no word or filter is lost', async () => {
  const files = await allSearchFiles(pages(1_600))
  const names = [...files.keys()]
    .filter((path) => !path.includes('fragment/'))
    .map((path) => path.replace(/\/.*\./, '/….'))
  expect([...new Set(names)].toSorted()).toEqual([
    'engine.pagefind',
    'filter/….pf_filter',
    'index/….pf_index',
    'opening.pf_meta',
    'pagefind.js',
    'words.json',
  ])
  const inside = (of: RegExp) =>
    [...files].filter(([path]) => of.test(path)).map(([, bytes]) => parted(gunzipSync(bytes)))
  const opening = inside(/opening/)[0] ?? new Map()
  const metas = [...opening]
    .filter(([path]) => path.endsWith('.pf_meta'))
    .map(([, bytes]) => Buffer.from(bytes).toString('latin1'))
  expect(metas.length).toBe(4)
  const pieces = inside(/^index/)
  expect(pieces.length).toBeGreaterThan(1)
  for (const piece of pieces) {
    const [path = ''] = piece.keys()
    expect([...piece.keys()]).toEqual(['', '1/', '2/', '3/'].map((folder) => `${folder}${path}`))
    const hash = /([^/]+)\.pf_index$/.exec(path)?.[1] ?? 'none'
    for (const meta of metas) expect(meta).toContain(hash)
  }
  const words = pieces
    .map((piece) => [...piece.values()].map((bytes) => Buffer.from(bytes).toString('utf8')).join(' '))
    .join(' ')
  for (const word of ['desk', 'große', 'thek', 'move', '1599']) expect(words).toContain(word)
  expect(
    inside(/^filter/)
      .map((filter) => filter.size)
      .toSorted(),
  ).toEqual([1, 3])
})
