/**
 * Joins the parts by which a site is searched: what is needed to begin is one file, and so are the words of one range in
 * all of them.
 *
 * Pagefind cuts each index by itself, so that a word would be a request to each part of a large playbook; here all are cut
 * at the same words.
 */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { engine, joined, opening } from '../src/content/joined-files.ts'
import { CborWriter } from './cbor.ts'
import type { KnownWords } from './known-words.ts'
import type { Part } from './lay-out-part.ts'

/** With so many bytes of words a file is full; gzip makes a third of them. */
const bytesInPiece = 48 * 1024
/** So many are packed at a time. */
const inTurn = 8

const packed = promisify(gzip)

/** Words from one stem up to another, that one left out. */
interface Piece {
  readonly from: number
  readonly to: number
}

/** What a search needs of all parts but for the texts of the pages: files by path. */
export async function* joinParts(
  parts: readonly Part[],
  { stems, program }: KnownWords,
  fields: readonly string[],
): AsyncIterable<readonly [path: string, content: Uint8Array]> {
  yield ['pagefind.js', program.script]
  yield [engine, program.engine]

  const cuts = new CborWriter()
  const pieces = cut(parts, stems.length)
  cuts.array(pieces.length)
  for (let first = 0; first < pieces.length; first += inTurn) {
    const some = pieces.slice(first, first + inTurn).map((piece) => {
      const file = named(
        'index',
        'pf_index',
        parts.map((part) => [part.folder, wordsOf(part, piece)]),
      )
      cuts.array(3)
      for (const text of [stems[piece.from]?.text, stems[piece.to - 1]?.text, file.hash]) cuts.text(text ?? '')
      return file
    })
    yield* await Promise.all(some.map(async ({ path, content }) => [path, await packed(content)] as const))
  }

  const filters = new Map<string, string>()
  for (const filter of new Set(parts.flatMap((part) => [...part.filters.keys()]))) {
    const { path, hash, content } = named(
      'filter',
      'pf_filter',
      parts.flatMap(({ folder, filters }) => {
        const bytes = filters.get(filter)
        return bytes === undefined ? [] : [[folder, bytes]]
      }),
    )
    filters.set(filter, hash)
    yield [path, await packed(content)]
  }

  const begin = parts.flatMap((part): [string, Uint8Array | string][] => {
    const entry = entryOf(program.entry, part)
    return [
      [`${part.folder}pagefind-entry.json`, JSON.stringify(entry)],
      [`${part.folder}pagefind.${Object.values(entry.languages)[0]?.hash}.pf_meta`, metaOf(part)],
    ]
  })
  yield [opening, await packed(joined(new Map(begin)))]

  function metaOf(part: Part): Uint8Array {
    const meta = new CborWriter().array(6).text(program.version).array(part.pages.length)
    for (const { hash, places } of part.pages) meta.array(2).text(hash).number(places)
    meta.items(cuts.written()).array(part.filters.size)
    for (const filter of part.filters.keys())
      meta
        .array(2)
        .text(filter)
        .text(filters.get(filter) ?? '')
    // No page is sorted but by how near it is.
    meta.array(0).array(fields.length)
    for (const field of fields) meta.text(field)
    return meta.written()
  }
}

function entryOf(entry: KnownWords['program']['entry'], { pages }: Part): KnownWords['program']['entry'] {
  const languages = Object.entries(entry.languages).map(([name, language]) => [
    name,
    { ...language, page_count: pages.length },
  ])
  return { ...entry, languages: Object.fromEntries(languages) }
}

/** What Pagefind asks for by the same name in each folder, in one file. */
function named(
  folder: string,
  ending: string,
  parts: readonly (readonly [folder: string, content: Uint8Array])[],
): { readonly path: string; readonly hash: string; readonly content: Uint8Array } {
  const sum = createHash('sha256')
  for (const [, bytes] of parts) sum.update(bytes)
  const hash = sum.digest('hex').slice(0, 10)
  const path = `${folder}/${hash}.${ending}`
  return { path, hash, content: joined(new Map(parts.map(([part, bytes]) => [`${part}${path}`, bytes]))) }
}

/** Those of a part, as Pagefind has them in a file. */
function wordsOf({ bytes, begins }: Part, { from, to }: Piece): Uint8Array {
  let count = 0
  for (let stem = from; stem < to; stem++) if ((begins[stem] ?? 0) < (begins[stem + 1] ?? 0)) count++
  return new CborWriter().array(1).array(count).items(bytes.subarray(begins[from], begins[to])).written()
}

/**
 * The words of all, cut into pieces of about equal size. A word that alone is too much ends a piece and does not begin
 * one, so that it is found by its first letters: what they would be as a word lies before it.
 */
function cut(parts: readonly Part[], stems: number): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  let size = 0
  for (let stem = 0; stem < stems; stem++) {
    for (const { begins } of parts) size += (begins[stem + 1] ?? 0) - (begins[stem] ?? 0)
    if (size < bytesInPiece && stem + 1 < stems) continue
    pieces.push({ from, to: stem + 1 })
    from = stem + 1
    size = 0
  }
  return pieces
}
