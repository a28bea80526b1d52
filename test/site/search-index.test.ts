/**
 * The search index is laid out here and not by Pagefind, which is asked for words alone: it is that which Pagefind would
 * have made of the same pages, and what a large playbook has otherwise.
 */
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { createIndex } from 'pagefind'
import { afterAll, expect, test } from 'vitest'
import { type Cbor, readCbor } from '../../site/search/cbor.ts'
import { allSearchFiles } from '../../site/search-index.ts'
import { mark, parted } from '../../site/src/content/joined-files.ts'
import type { SearchRecord } from '../../site/src/content/page-types.ts'

afterAll(async () => (await import('pagefind')).close())

/** What Pagefind parts, shortens, and finds by another name. */
const odd =
  'Café cafe CAFÉ pâte pâté e\u0301te\u0301 naïve Straße day-to-day McDuff co-op: HTTPServer iPhone don’t 10,000 3.14 C++ a/b/c <b>x</b> “quoted” — runs running runner the The ___x _under_ 👋 hello👋🏽world 🇩🇪 ½ soft\u00adhyphen new\nline two  spaces x\u00a0y 我們建議大多數 哎呀！我的错。 シェルアクセス ภาษาไทย нормальный vocabulary {"a":1} \\'.split(
    ' ',
  )

const oddPages = (language: string): SearchRecord[] =>
  Array.from({ length: 60 }, (_, page) => ({
    url: `/plays/play-${page}/`,
    content: [
      'desk',
      ...Array.from({ length: (page % 7) * 9 }, (_, at) => odd[(page * 31 + at * at * 7) % odd.length]),
    ].join(' '),
    language,
    meta: { title: `${odd[page % odd.length]} ${page}`, ...(page % 3 === 0 && { line: 'the Café', alpha: '' }) },
    filters: { type: [page % 2 === 0 ? 'Play' : 'Größe'], ...(page % 5 === 0 && { persona: ['Buyer', 'CFO'] }) },
  }))

test.each(['en', 'fr', 'zh', 'th', 'xx'])(
  'in %s it is the index that Pagefind makes of these pages',
  async (language) => {
    const records = oddPages(language)
    expect(await laidOut(records)).toEqual([await madeByPagefind(records)])
  },
)

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom(...odd, '\u0085', '\u2028', '\u3000', '\0', '\u001f', '\u200d', 'a\u200bb', '__proto__', '&amp;'),
)
const anyText = fc
  .array(piece, { maxLength: 14 })
  // That parts words here, as it does in the excerpts of the search.
  .map((pieces) => pieces.join(' ').toWellFormed().replaceAll('\ufeff', ''))
const anyPage = fc.record({ content: anyText.map((text) => `desk ${text}`), title: anyText })

test('whatever pages say, it is the index that Pagefind makes of them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('en', 'de', 'tr', 'ar', 'zh', 'ja', 'xx'),
      fc.array(anyPage, { minLength: 1, maxLength: 12 }),
      async (language, pages) => {
        const records = pages.map(({ content, title }, at) => ({ ...page(at, content, { title }), language }))
        expect(await laidOut(records)).toEqual([await madeByPagefind(records)])
      },
    ),
    { numRuns: 40 },
  )
}, 60_000)

test('an order to Pagefind in the text of a page is a text', async () => {
  const [index] = await laidOut([
    page(0, 'One ___PAGEFIND_WEIGHT___0 desk ___PAGEFIND_ANCHOR___a:b:c counter'),
    page(1, 'desk'),
  ])
  expect(index?.texts[0]?.content).toBe('One ___PAGEFIND_WEIGHT___0 desk ___PAGEFIND_ANCHOR___a:b:c counter')
  expect(index?.words.get('desk')?.[1]).toEqual([
    [0, [-25, 2], []],
    [1, [-25, 0], []],
  ])
  expect(index?.words.get('counter')?.[1]).toEqual([[0, [-25, 4], []]])
})

test('a page without any word in its text is found by its title', async () => {
  const [index] = await laidOut([page(0, '—', { title: 'Move' })])
  expect(index?.words.get('move')?.[1]).toEqual([[0, [], [-1, 0]]])
})

test('of a large playbook each part has every word, and the words of its pages', async () => {
  const records = Array.from({ length: 1_600 }, (_, at) =>
    page(at, at === 7 ? 'Countermate, McDuff says.' : 'the counter'),
  )
  const [first, ...parts] = await laidOut(records)
  expect([...(first?.words.keys() ?? [])]).toEqual(['vocabulari'])
  expect(parts.length).toBe(3)
  for (const { words, texts } of parts) {
    expect([...words.keys()].toSorted()).toEqual(
      ['counter', 'counterm', 'duff', 'mc', 'mcduff', 'say', 'the', 'vocabulari'].toSorted(),
    )
    expect(words.get('counter')?.[1].length).toBe(texts.filter(({ content }) => content === 'the counter').length + 1)
  }
  const said = parts.map(({ words }) => words.get('counterm')?.[1].length)
  expect(said.toSorted()).toEqual([1, 1, 2])
})

test('the words of all pages are told, those of most pages first', async () => {
  const pages = Array.from({ length: 800 }, (_, at) =>
    page(at, at === 7 ? 'Desk, 9 McDuff-Große a' : 'the (the) desk zinc'),
  )
  const words = (await allSearchFiles(pages)).get('words.json')
  expect(JSON.parse(Buffer.from(words ?? []).toString())).toEqual(['desk', 'the', 'zinc', 'große', 'mcduff'])
})

test('of a word said everywhere the first places are kept, and a page is read as it was written', async () => {
  const text = 'The lease, the desk.\nSee “the” end of the lease: the, THE end.'
  const [, part] = await laidOut(Array.from({ length: 2_000 }, (_, at) => page(at, at === 3 ? 'One lease' : text)))
  const number = part?.texts.findIndex(({ content }) => content !== 'One lease') ?? -1
  expect(part?.texts[number]?.content).toBe(text.replace('\n', ' '))
  const places = (word: string) => part?.words.get(word)?.[1][number]?.[1]
  expect([places('the'), places('leas'), places('end')]).toEqual([
    [-25, 0, 2],
    [-25, 1, 8],
    [-25, 6, 6],
  ])
})

function page(number: number, content: string, meta: Record<string, string> = {}): SearchRecord {
  return { url: `/plays/play-${number}/`, content, language: 'en', meta, filters: {} }
}

type Pages = readonly (readonly [page: number, places: Cbor, metaPlaces: Cbor])[]

interface IndexRead {
  readonly entry: unknown
  readonly version: Cbor
  readonly sorts: Cbor
  readonly fields: Cbor
  /** The words of a page are many to Pagefind. */
  readonly lengths: readonly Cbor[]
  readonly texts: readonly { readonly content: string }[]
  readonly words: ReadonlyMap<string, readonly [word: string, pages: Pages, accented: Cbor]>
  readonly filters: Cbor
}

async function laidOut(records: readonly SearchRecord[]): Promise<IndexRead[]> {
  const files = await allSearchFiles(records)
  const all = new Map([...files].filter(([path]) => path.includes('fragment/')))
  for (const [path, bytes] of files)
    if (/\.pf_(?:index|filter|meta)$/.test(path))
      for (const [inside, part] of parted(gunzipSync(bytes))) all.set(inside, part)
  const byFolder = Map.groupBy(all, ([path]) => Number(/^(\d+)\//.exec(path)?.[1] ?? 0))
  return [...byFolder].toSorted(([one], [other]) => one - other).map(([, of]) => indexOf(new Map(of)))
}

async function madeByPagefind(records: readonly SearchRecord[]): Promise<IndexRead> {
  const { index } = await createIndex()
  if (index === undefined) throw new Error('Pagefind makes no index.')
  for (const { filters, meta, ...record } of records)
    await index.addCustomRecord({
      ...record,
      meta: { ...meta },
      filters: Object.fromEntries(Object.entries(filters).map(([key, values]) => [key, [...values]])),
    })
  const { files } = await index.getFiles()
  await index.deleteIndex()
  return indexOf(new Map(files.map(({ path, content }) => [path, content])))
}

/** The files of one index, told apart from how they are cut and called. */
function indexOf(files: ReadonlyMap<string, Uint8Array>): IndexRead {
  const named = (ending: RegExp) =>
    [...files]
      .filter(([path]) => ending.test(path))
      .map(
        ([path, bytes]) =>
          [path, Buffer.from(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).subarray(mark.length)] as const,
      )
  const read = (ending: RegExp) => named(ending).map(([, bytes]) => readCbor(bytes) as readonly Cbor[])
  const [version, pages, , , sorts, fields] = (read(/\.pf_meta$/)[0] ?? []) as [
    Cbor,
    [string, number][],
    Cbor,
    Cbor,
    Cbor,
    Cbor,
  ]
  const texts = new Map(
    named(/\.pf_fragment$/).map(([path, bytes]) => [
      /([^/]+)\.pf_fragment$/.exec(path)?.[1] ?? '',
      JSON.parse(bytes.toString()),
    ]),
  )
  const entry = JSON.parse(Buffer.from([...files].find(([path]) => path.endsWith('entry.json'))?.[1] ?? []).toString())
  for (const language of Object.values<{ hash?: string }>(entry.languages)) delete language.hash
  const words = read(/\.pf_index$/).flatMap(
    ([words]) => words as IndexRead['words'] extends ReadonlyMap<string, infer Word> ? Word[] : never,
  )
  return {
    entry,
    version,
    sorts,
    fields,
    lengths: pages.map(([, length]) => length),
    texts: pages.flatMap(([hash]) => texts.get(hash) ?? []),
    words: new Map(
      words.map(([word, pages, accented]) => [
        word,
        [word, counted(pages), ordered((accented as [string, Pages][]).map(([form, pages]) => [form, counted(pages)]))],
      ]),
    ),
    filters: ordered(read(/\.pf_filter$/).map(([filter, values]) => [filter ?? '', ordered(values as Cbor[])])),
  }
}

/** Each page by its number, which is written as the distance from the one before. */
function counted(pages: Pages): Pages {
  let last = 0
  return pages.map(([distance, ...places]) => {
    last += distance
    return [last, ...places]
  })
}

function ordered(named: readonly Cbor[]): Cbor {
  return named.toSorted((one, other) => (String((one as Cbor[])[0]) < String((other as Cbor[])[0]) ? -1 : 1))
}
