/**
 * Joins the files of the indexes by which a site is searched: what is needed to begin is one file, and so are the words
 * of one range in all of them.
 *
 * Pagefind cuts each index by itself, so that a word was a request to each part of a large playbook; here all are cut
 * at the same words. Its files are CBOR (RFC 8949) behind a mark: the records of words are moved and not read.
 */
import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { engine, joined, opening } from './src/content/joined-files.ts'

type Files = ReadonlyMap<string, Uint8Array>

/** With so many bytes of words a file is full; gzip makes a third of them. */
const bytesInPiece = 48 * 1024
const mark = 'pagefind_dcd'

/** An index of Pagefind, in pieces. */
export interface Index {
  /** Where it is asked for, below the folder of the first: `3/`. */
  readonly folder: string
  readonly entry: string
  readonly name: string
  /** Version, pages, pieces, filters, and what else there may be. */
  readonly meta: readonly Buffer[]
  /** By the bytes of the word, a letter each. */
  readonly words: ReadonlyMap<string, Buffer>
  readonly filters: ReadonlyMap<string, Buffer>
  /** What searches, by the paths at which it lies; none where another index brings it. */
  readonly program: ReadonlyMap<string, Uint8Array>
}

interface Piece {
  readonly hash: string
  /** The bytes of the first and of the last word. */
  readonly from: string
  readonly to: string
}

/** What a search needs of all indexes but for the texts of the pages: files by path. */
export function joinIndexes(read: readonly Index[]): Map<string, Uint8Array> {
  const files = new Map(read.flatMap(({ program }) => [...program]))
  const put = (name: string, of: ReadonlyMap<string, Buffer | string>): unknown => files.set(name, gzipSync(joined(of)))

  const pieces = cut(read).map((words): Piece => {
    const of = new Map(
      read.map((index) => [index.folder, array([array(words.flatMap((word) => index.words.get(word) ?? []))])]),
    )
    const hash = hashOf(of)
    const path = (folder: string): string => `${folder}index/${hash}.pf_index`
    put(path(''), new Map([...of].map(([folder, bytes]) => [path(folder), bytes])))
    return { hash, from: words[0] ?? '', to: words.at(-1) ?? '' }
  })
  const filters = new Map<string, string>()
  for (const filter of new Set(read.flatMap((index) => [...index.filters.keys()]))) {
    const of = new Map(
      read.flatMap((index): [string, Buffer][] => {
        const bytes = index.filters.get(filter)
        return bytes === undefined ? [] : [[index.folder, bytes]]
      }),
    )
    const hash = hashOf(of)
    const path = (folder: string): string => `${folder}filter/${hash}.pf_filter`
    put(path(''), new Map([...of].map(([folder, bytes]) => [path(folder), bytes])))
    filters.set(filter, hash)
  }

  const cuts = array(pieces.map(({ from, to, hash }) => array([from, to, hash].map(text))))
  const begin = read.flatMap(({ folder, entry, name, meta, filters: own }): [string, Buffer | string][] => [
    [`${folder}pagefind-entry.json`, entry],
    [
      `${folder}${name}`,
      array(
        meta
          .with(2, cuts)
          .with(3, array([...own.keys()].map((filter) => array([filter, filters.get(filter) ?? ''].map(text))))),
      ),
    ],
  ])
  put(opening, new Map(begin))
  return files
}

/**
 * The words of all, cut into pieces of about equal size. A word that alone is too much ends a piece and does not begin
 * one, so that it is found by its first letters: what they would be as a word lies before it.
 */
function cut(indexes: readonly Index[]): string[][] {
  const sizes = new Map<string, number>()
  for (const { words } of indexes)
    for (const [word, { length }] of words) sizes.set(word, (sizes.get(word) ?? 0) + length)
  const pieces: string[][] = []
  let size = bytesInPiece
  for (const [word, length] of [...sizes].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (size >= bytesInPiece) {
      pieces.push([])
      size = 0
    }
    pieces.at(-1)?.push(word)
    size += length
  }
  return pieces
}

/** Takes the files of an index apart; `folder` is where they are asked for, none for the one with the engine. */
export function readIndex(folder: string, files: Files): Index {
  const named = (ending: RegExp): [string, Buffer][] =>
    [...files].filter(([path]) => ending.test(path)).map(([path, bytes]) => [path, unpacked(bytes)])
  const [meta] = named(/\.pf_meta$/)
  const entry = files.get('pagefind-entry.json')
  if (meta === undefined || entry === undefined) throw new Error('The search index cannot be read.')
  const records = named(/\.pf_index$/).flatMap(([, bytes]) => items(bytes).flatMap((words) => items(words)))
  return {
    folder,
    entry: new TextDecoder().decode(entry),
    name: meta[0],
    meta: items(meta[1]),
    words: new Map(records.map((record) => [textOf(items(record)[0]), record])),
    filters: new Map(named(/\.pf_filter$/).map(([, bytes]) => [textOf(items(bytes)[0]), bytes])),
    program: folder === '' ? programOf(files) : new Map(),
  }
}

function programOf(files: Files): ReadonlyMap<string, Uint8Array> {
  const [script, searches] = [files.get('pagefind.js'), files.get(engineOf(files))]
  if (script === undefined || searches === undefined) throw new Error('The search index cannot be read.')
  return new Map([
    ['pagefind.js', script],
    [engine, gzipSync(gunzipSync(searches))],
  ])
}

/** Pagefind brings a second one, for languages whose words it cannot shorten. */
function engineOf(files: Files): string {
  const { languages } = JSON.parse(new TextDecoder().decode(files.get('pagefind-entry.json'))) as {
    languages: Record<string, { wasm?: string | null }>
  }
  return `wasm.${Object.values(languages)[0]?.wasm ?? 'unknown'}.pagefind`
}

function unpacked(bytes: Uint8Array): Buffer {
  const whole = gunzipSync(bytes)
  if (whole.toString('latin1', 0, mark.length) !== mark) throw new Error('A file of the search index cannot be read.')
  return whole.subarray(mark.length)
}

function hashOf(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256')
  for (const bytes of files.values()) hash.update(bytes)
  return hash.digest('hex').slice(0, 10)
}

/** The items of an array, each as its bytes. */
function items(bytes: Buffer): Buffer[] {
  const { major, count, inside } = head(bytes, 0)
  if (major !== 4) throw new Error('The search index is not made as it was.')
  let at = inside
  return Array.from({ length: count }, () => {
    const from = at
    at = end(bytes, from)
    return bytes.subarray(from, at)
  })
}

function end(bytes: Buffer, at: number): number {
  const { major, count, inside } = head(bytes, at)
  if (major === 3) return inside + count
  let next = inside
  if (major === 4) for (let item = 0; item < count; item++) next = end(bytes, next)
  return next
}

function head(bytes: Buffer, at: number): { major: number; count: number; inside: number } {
  const first = bytes.readUInt8(at)
  const [major, low] = [first >> 5, first & 31]
  // Whole numbers, texts, arrays of known length, and what is one byte by itself: Pagefind writes nothing else.
  if (![0, 1, 3, 4, 7].includes(major) || low > 26) throw new Error('The search index is not made as it was.')
  const width = low < 24 ? 0 : 2 ** (low - 24)
  return { major, count: width === 0 ? low : bytes.readUIntBE(at + 1, width), inside: at + 1 + width }
}

function textOf(bytes: Buffer | undefined): string {
  return bytes === undefined ? '' : bytes.toString('latin1', head(bytes, 0).inside)
}

function array(of: readonly Buffer[]): Buffer {
  return Buffer.concat([written(4, of.length), ...of])
}

/** Of the bytes of a text, a letter each. */
function text(bytes: string): Buffer {
  return Buffer.concat([written(3, bytes.length), Buffer.from(bytes, 'latin1')])
}

function written(major: number, count: number): Buffer {
  const bytes = Buffer.alloc(5)
  bytes.writeUInt8((major << 5) | 26)
  bytes.writeUInt32BE(count, 1)
  return bytes
}
