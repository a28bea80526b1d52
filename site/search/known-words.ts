/**
 * What Pagefind makes of words: into which it parts what stands between two spaces, and to which stems it shortens them.
 *
 * Only Pagefind can shorten a word as its search does. So it is given one record, in which everything that all pages say
 * stands once, and its index of that tells the words of each; which page says which of them where is for us to write
 * ({@link layOutPart}). A record a page takes it thirty times as long, and most of its files would be made anew.
 */
import { gunzipSync, gzipSync } from 'node:zlib'
import type { CustomRecord } from 'pagefind'
import { mark } from '../src/content/joined-files.ts'
import { vocabularyField } from '../src/content/search-parts.ts'
import { readCbor } from './cbor.ts'

/** What a token is in the index: those of token `t` stand from `from[t]` up to `from[t + 1]`. */
export interface TokenWords {
  readonly from: Int32Array
  /** By the numbers that {@link Stem} has. */
  readonly words: Int32Array
  readonly weights: Uint8Array
  /** How many places behind the first of the token. */
  readonly offsets: Int32Array
  /** So many places each token takes: one, where the language has spaces. */
  readonly places: Int32Array
}

/** What words are shortened to, and found by. */
export interface Stem {
  readonly text: string
  /** The number of the words without accents. */
  readonly word: number
  /** Words that have some, which the stem has not. */
  readonly accented: readonly { readonly text: string; readonly word: number }[]
}

export interface KnownWords {
  /** In the order in which the search looks for them: by their bytes. */
  readonly stems: readonly Stem[]
  /** So many numbers of words there are. */
  readonly count: number
  readonly content: TokenWords
  readonly meta: TokenWords
  /** Each token of a content, with a mark between its parts where the language has no spaces: each is a place. */
  readonly parted: readonly string[]
  /** What stands between two tokens then. */
  readonly between: string
  /** What searches, and what it is told about an index. */
  readonly program: Program
}

export interface Program {
  readonly script: Uint8Array
  /** Packed. */
  readonly engine: Uint8Array
  readonly version: string
  readonly entry: Entry
}

interface Entry {
  readonly languages: Readonly<Record<string, { readonly hash: string; readonly wasm?: string | null }>>
}

/** Stands between the parts of a token. */
const seam = '\u200b'

/** Of tokens that stand in contents and of those in the fields beside them, each once. */
export async function knownWords(
  language: string,
  contents: readonly string[],
  metas: readonly string[],
): Promise<KnownWords> {
  const files = await indexed({
    url: '',
    language,
    // A record without any word would be left out.
    content: [...contents.map(harmless), vocabularyField].join(' '),
    meta: { [vocabularyField]: metas.map(harmless).join(' ') },
  })
  const named = (ending: string): Buffer[] =>
    [...files].filter(([path]) => path.endsWith(ending)).map(([, bytes]) => unpacked(bytes))

  const [fragment] = named('.pf_fragment')
  const said = (JSON.parse(fragment?.toString() ?? '{}') as { content?: string }).content?.split(' ') ?? []
  if (said.length !== contents.length + 1) throw changed()
  const content = new PlacesRead(said.map((token) => token.split(seam).filter((part) => part !== '').length))
  const meta = new PlacesRead(metas.map(() => 1))
  let count = 0
  const read = (pages: WordRecord[1]): number => {
    const word = count++
    for (const [, places, metaPlaces] of pages) {
      content.add(word, places)
      meta.add(word, metaPlaces)
    }
    return word
  }
  const stems = named('.pf_index')
    .flatMap((bytes) => (readCbor(bytes) as readonly [readonly WordRecord[]])[0])
    .map((record) => ({ record, bytes: Buffer.from(record[0]).toString('latin1') }))
    .sort((one, other) => (one.bytes < other.bytes ? -1 : 1))
    .map(({ record: [text, pages, accented] }) => ({
      text,
      word: read(pages),
      accented: accented.map(([text, pages]) => ({ text, word: read(pages) })),
    }))
  return {
    stems,
    count,
    content: content.words(),
    meta: meta.words(),
    parted: contents.map((token, at) => (harmless(token) === token ? (said[at] ?? '').replace(/^\u200b/, '') : token)),
    between: said.some((token) => token.includes(seam)) ? ` ${seam}` : ' ',
    program: programOf(files, named('.pf_meta')[0]),
  }
}

/** A stem, the pages that have it as it is, and those that have it with accents. */
type WordRecord = readonly [string, readonly PageRecord[], readonly (readonly [string, readonly PageRecord[]])[]]
/** Its number, the places in its content, and those in its fields. */
type PageRecord = readonly [number, readonly number[], readonly number[]]

/** Which words stand on which places of the record, by its tokens. */
class PlacesRead {
  readonly #places: Int32Array
  readonly #tokens: Int32Array
  readonly #firsts: Int32Array
  readonly #found: {
    readonly token: number
    readonly word: number
    readonly weight: number
    readonly offset: number
  }[] = []

  /** So many places each token takes. */
  constructor(places: readonly number[]) {
    this.#places = Int32Array.from(places)
    this.#tokens = Int32Array.from(places.flatMap((length, token) => Array.from({ length }, () => token)))
    this.#firsts = new Int32Array(places.length)
    for (let token = 1; token < places.length; token++)
      this.#firsts[token] = (this.#firsts[token - 1] ?? 0) + (places[token - 1] ?? 0)
  }

  /** A number below zero is a weight, or a field, and the next is a place; each other one is so far behind that before it. */
  add(word: number, numbers: readonly number[]): void {
    let weight = 25
    let place = 0
    for (const number of numbers) {
      if (number < 0) {
        weight = -1 - number
        place = 0
        continue
      }
      place += number
      const token = this.#tokens[place]
      if (token === undefined) throw changed()
      this.#found.push({ token, word, weight, offset: place - (this.#firsts[token] ?? 0) })
    }
  }

  words(): TokenWords {
    const found = this.#found.sort((one, other) => one.token - other.token || one.offset - other.offset)
    const from = new Int32Array(this.#places.length + 1)
    for (const { token } of found) from[token + 1] = (from[token + 1] ?? 0) + 1
    for (let token = 0; token < this.#places.length; token++)
      from[token + 1] = (from[token + 1] ?? 0) + (from[token] ?? 0)
    return {
      from,
      words: Int32Array.from(found, ({ word }) => word),
      weights: Uint8Array.from(found, ({ weight }) => weight),
      offsets: Int32Array.from(found, ({ offset }) => offset),
      places: this.#places,
    }
  }
}

/** The files of an index with this record alone, by their paths. */
async function indexed(record: CustomRecord): Promise<ReadonlyMap<string, Uint8Array>> {
  const { createIndex } = await import('pagefind')
  const { index, errors } = await createIndex()
  if (index === undefined) throw new Error(`The search index cannot be made: ${errors.join(' ')}`)
  try {
    const added = await index.addCustomRecord(record)
    if (added.errors.length > 0) throw new Error(`The search index cannot be made: ${added.errors.join(' ')}`)
    return new Map((await index.getFiles()).files.map(({ path, content }) => [path, content]))
  } finally {
    await index.deleteIndex()
  }
}

/** What begins so is an order to Pagefind; it takes a place all the same. */
function harmless(token: string): string {
  return token.includes('___') && /___(?:END_)?PAGEFIND_/.test(token) ? '-' : token
}

function programOf(files: ReadonlyMap<string, Uint8Array>, meta: Buffer | undefined): Program {
  const entry = JSON.parse(new TextDecoder().decode(files.get('pagefind-entry.json'))) as Entry
  // Pagefind brings a second engine, for languages whose words it cannot shorten.
  const { wasm } = Object.values(entry.languages)[0] ?? {}
  const [script, searches] = [files.get('pagefind.js'), files.get(`wasm.${wasm ?? 'unknown'}.pagefind`)]
  if (script === undefined || searches === undefined || meta === undefined) throw changed()
  const [version] = readCbor(meta) as readonly [string]
  return { script, engine: gzipSync(gunzipSync(searches)), version, entry }
}

function unpacked(bytes: Uint8Array): Buffer {
  const whole = gunzipSync(bytes)
  if (whole.toString('latin1', 0, mark.length) !== mark) throw changed()
  return whole.subarray(mark.length)
}

function changed(): Error {
  return new Error('The search index is not made as it was.')
}
