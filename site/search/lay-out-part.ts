/**
 * Lays out a part of the search index as Pagefind's search reads it: which pages it has, on which places of each its
 * words stand, and which pages a filter leaves.
 *
 * The words come in the same order in each part, so that a range of them is a range of bytes ({@link joinParts}).
 */

import { vocabularyField } from '../src/content/search-parts.ts'
import { CborWriter } from './cbor.ts'
import type { KnownWords, TokenWords } from './known-words.ts'
import type { SaidPage } from './said-pages.ts'

/** A page of the index: how long it is, in places, and what its text is called. */
interface PageOf {
  readonly hash: string
  readonly places: number
}

export interface Part {
  /** Where it is asked for, below the folder of the first: `3/`. */
  readonly folder: string
  readonly pages: readonly PageOf[]
  /** What stands of each stem, one behind the other. */
  readonly bytes: Uint8Array
  /** Where what stands of a stem begins, and last where all ends; of a stem of no page the next begins at the same place. */
  readonly begins: Int32Array
  /** By the name of the filter, as Pagefind has it in a file. */
  readonly filters: ReadonlyMap<string, Uint8Array>
}

interface PartOrder {
  readonly folder: string
  readonly pages: readonly SaidPage[]
  /** Of each page, as its text is called. */
  readonly hashes: readonly string[]
  /** The fields of all pages. */
  readonly fields: readonly string[]
  /** For each token as {@link saidEverywhere} has it. */
  readonly everywhere: Int32Array
  /** Whether its last page has every word. */
  readonly everyWord: boolean
}

/** Of a word that is said everywhere so many places on a page. */
const placesKept = 2

export function layOutPart(order: PartOrder, known: KnownWords): Part {
  const { folder, pages, hashes } = order
  const inContents = placesInContents(order, known)
  const inFields = placesInFields(order, known)
  const has = (word: number): boolean => inContents.has(word) || inFields.has(word)
  const writer = new CborWriter()
  const begins = new Int32Array(known.stems.length + 1)
  for (const [number, stem] of known.stems.entries()) {
    begins[number] = writer.length
    const accented = stem.accented.filter(({ word }) => has(word))
    if (accented.length === 0 && !has(stem.word)) continue
    writer.array(3).text(stem.text)
    writePages(writer, stem.word, inContents, inFields)
    writer.array(accented.length)
    for (const { text, word } of accented) {
      writer.array(2).text(text)
      writePages(writer, word, inContents, inFields)
    }
  }
  begins[known.stems.length] = writer.length
  return {
    folder,
    pages: pages.map(({ content }, page) => ({ hash: hashes[page] ?? '', places: placesIn(content, known) })),
    bytes: writer.written(),
    begins,
    filters: filtersOf(pages),
  }
}

/** So long is a page to the search. */
export function placesIn(content: Int32Array, known: KnownWords): number {
  let places = 0
  for (const token of content) places += known.content.places[token] ?? 0
  return Math.max(1, places)
}

function placesInContents({ pages, everywhere }: PartOrder, { content: words, count }: KnownWords): Places {
  const places = new Places()
  for (const [page, { content }] of pages.entries()) {
    const seen = new Map<number, number>()
    let place = 0
    for (const token of content) {
      const word = everywhere[token] ?? -1
      const before = word === -1 ? 0 : (seen.get(word) ?? 0)
      if (word !== -1) seen.set(word, before + 1)
      if (before < placesKept) addWords(places, words, token, page, place)
      place += words.places[token] ?? 0
    }
  }
  return places.sorted(count)
}

function addWords(places: Places, words: TokenWords, token: number, page: number, place: number, field?: number): void {
  const end = words.from[token + 1] ?? 0
  for (let at = words.from[token] ?? 0; at < end; at++)
    places.add(words.words[at] ?? 0, page, field ?? words.weights[at] ?? 0, place + (words.offsets[at] ?? 0))
}

function placesInFields({ pages, fields, everyWord }: PartOrder, { meta: words, stems, count }: KnownWords): Places {
  const places = new Places()
  for (const [page, { meta }] of pages.entries()) {
    if (everyWord && page === pages.length - 1) {
      const field = fields.indexOf(vocabularyField)
      for (const { word } of stems) places.add(word, page, field, 0)
      continue
    }
    for (const [name, tokens] of meta) {
      const field = fields.indexOf(name)
      for (const [place, token] of tokens.entries()) addWords(places, words, token, page, place, field)
    }
  }
  return places.sorted(count)
}

/** Where words stand, gathered page after page, and each page in its order. */
class Places {
  /** Four numbers for each place: the word, and what {@link all} has. */
  #found = new Int32Array(64 * 1024)
  #length = 0
  #from = new Int32Array()
  /** Three numbers for each place: the page, the weight or the field, and the place. */
  all = new Int32Array()

  add(word: number, page: number, sign: number, place: number): void {
    if (this.#length === this.#found.length) {
      const larger = new Int32Array(2 * this.#length)
      larger.set(this.#found)
      this.#found = larger
    }
    this.#found[this.#length++] = word
    this.#found[this.#length++] = page
    this.#found[this.#length++] = sign
    this.#found[this.#length++] = place
  }

  /** Lays those of each of so many words together, in the order in which they came. */
  sorted(words: number): this {
    const found = this.#found.subarray(0, this.#length)
    const from = new Int32Array(words + 1)
    for (let at = 0; at < found.length; at += 4) {
      const next = (found[at] ?? 0) + 1
      from[next] = (from[next] ?? 0) + 3
    }
    for (let word = 0; word < words; word++) from[word + 1] = (from[word + 1] ?? 0) + (from[word] ?? 0)
    const free = from.slice()
    const all = new Int32Array(from[words] ?? 0)
    for (let at = 0; at < found.length; at += 4) {
      const word = found[at] ?? 0
      let to = free[word] ?? 0
      free[word] = to + 3
      all[to++] = found[at + 1] ?? 0
      all[to++] = found[at + 2] ?? 0
      all[to] = found[at + 3] ?? 0
    }
    this.#from = from
    this.all = all
    this.#found = new Int32Array()
    return this
  }

  begin(word: number): number {
    return this.#from[word] ?? 0
  }

  has(word: number): boolean {
    return this.begin(word) < this.begin(word + 1)
  }

  /** Where those of another page begin. */
  after(from: number, end: number, page: number): number {
    let at = from
    while (at < end && this.all[at] === page) at += 3
    return at
  }
}

/** The pages of a word, each as the distance from that before it, and its places in the content and in the fields. */
function writePages(writer: CborWriter, word: number, inContents: Places, inFields: Places): void {
  let content = inContents.begin(word)
  let field = inFields.begin(word)
  const [contentEnd, fieldEnd] = [inContents.begin(word + 1), inFields.begin(word + 1)]
  const pageOf = (places: Places, at: number, end: number): number =>
    at < end ? (places.all[at] ?? 0) : Number.POSITIVE_INFINITY
  // Their number comes before them.
  const begin = writer.length
  let count = 0
  let last = 0
  while (content < contentEnd || field < fieldEnd) {
    const page = Math.min(pageOf(inContents, content, contentEnd), pageOf(inFields, field, fieldEnd))
    writer.array(3).number(page - last)
    content = writePlaces(writer, inContents, content, inContents.after(content, contentEnd, page))
    field = writePlaces(writer, inFields, field, inFields.after(field, fieldEnd, page))
    last = page
    count++
  }
  writer.arrayBefore(begin, count)
}

/** Those with one weight, or of one field, together: its number below zero, a place, and how far each other is from that before it. */
function writePlaces(writer: CborWriter, { all }: Places, from: number, to: number): number {
  const signs = signsIn(all, from, to)
  writer.array((to - from) / 3 + signs.length)
  for (const sign of signs) {
    writer.number(-1 - sign)
    let last = 0
    for (let at = from; at < to; at += 3) {
      if (all[at + 1] !== sign) continue
      const place = all[at + 2] ?? 0
      writer.number(place - last)
      last = place
    }
  }
  return to
}

const none: readonly number[] = []

function signsIn(all: Int32Array, from: number, to: number): readonly number[] {
  if (from === to) return none
  const first = all[from + 1] ?? 0
  let alike = from + 3
  while (alike < to && all[alike + 1] === first) alike += 3
  if (alike === to) return [first]
  const signs = new Set<number>()
  for (let at = from; at < to; at += 3) signs.add(all[at + 1] ?? 0)
  return [...signs].sort((one, other) => one - other)
}

/** By the name of each filter: its values, with the pages that have them. */
function filtersOf(pages: readonly SaidPage[]): ReadonlyMap<string, Uint8Array> {
  const filters = new Map<string, Map<string, number[]>>()
  for (const [page, { record }] of pages.entries())
    for (const [filter, values] of Object.entries(record.filters)) {
      const of = filters.get(filter) ?? new Map<string, number[]>()
      filters.set(filter, of)
      for (const value of values) {
        const known = of.get(value)
        if (known === undefined) of.set(value, [page])
        else known.push(page)
      }
    }
  return new Map(
    [...filters].map(([filter, values]) => {
      const writer = new CborWriter().array(2).text(filter).array(values.size)
      for (const [value, having] of values) {
        writer.array(2).text(value).array(having.length)
        for (const page of having) writer.number(page)
      }
      return [filter, writer.written()]
    }),
  )
}
