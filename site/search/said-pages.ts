/**
 * What the pages say, in numbers: what stands between two spaces is a token, and has one number wherever it stands.
 *
 * Everything that is asked of the words of all pages is asked of each token once.
 */
import type { SearchRecord } from '../src/content/page-types.ts'

export interface SaidPage {
  readonly record: SearchRecord
  readonly content: Int32Array
  /** By the names of its fields, in their order. */
  readonly meta: readonly (readonly [field: string, tokens: Int32Array])[]
}

export interface SaidPages {
  readonly pages: readonly SaidPage[]
  /** The tokens of contents by their numbers, and those of the fields. */
  readonly contents: readonly string[]
  readonly metas: readonly string[]
}

export function saidPages(records: readonly SearchRecord[]): SaidPages {
  const contents = new Tokens()
  const metas = new Tokens()
  const pages = records.map((record) => ({
    record,
    content: contents.of(record.content.replaceAll('\u200b', '')),
    meta: Object.entries(record.meta)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([field, text]) => [field, metas.of(text)] as const),
  }))
  return { pages, contents: contents.all, metas: metas.all }
}

/** So many words are compared with one that nobody wrote; rarer ones are left out. */
const mostWords = 30_000

/** The words of all pages, the common ones first: what a typing error may have meant. */
export function commonWords({ pages, contents }: SaidPages): string[] {
  const numbers = new Map<string, number>()
  const wordsOf = contents.map((token) =>
    (token.toLowerCase().match(/\p{L}[\p{L}\p{N}]{1,29}/gu) ?? []).map((word) => numberIn(numbers, word)),
  )
  const counts = new Int32Array(numbers.size)
  const last = new Int32Array(numbers.size).fill(-1)
  for (const [page, { record, content }] of pages.entries()) {
    if (record.url === '') continue
    for (const token of content)
      for (const word of wordsOf[token] ?? []) {
        if (last[word] === page) continue
        last[word] = page
        counts[word] = (counts[word] ?? 0) + 1
      }
  }
  return [...numbers]
    .filter(([, number]) => (counts[number] ?? 0) > 0)
    .sort(([one, a], [other, b]) => (counts[b] ?? 0) - (counts[a] ?? 0) || (one < other ? -1 : 1))
    .slice(0, mostWords)
    .map(([word]) => word)
}

/** A word with more places than this is found by its first ones on each page: the search hands over every place. */
const mostPlaces = 10_000

/** For each token the number of a word that is said everywhere, whose spellings share it; -1 for any other. */
export function saidEverywhere({ pages, contents }: SaidPages): Int32Array {
  const counts = new Int32Array(contents.length)
  for (const { content } of pages) for (const token of content) counts[token] = (counts[token] ?? 0) + 1
  const numbers = new Map<string, number>()
  const wordOf = Int32Array.from(contents, (token) => {
    // As the index takes it: in small letters, without signs.
    const word = token.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
    return word === '' ? -1 : numberIn(numbers, word)
  })
  const places = new Int32Array(numbers.size)
  for (const [token, word] of wordOf.entries())
    if (word !== -1) places[word] = (places[word] ?? 0) + (counts[token] ?? 0)
  return wordOf.map((word) => ((places[word] ?? 0) > mostPlaces ? word : -1))
}

class Tokens {
  readonly #numbers = new Map<string, number>()

  get all(): string[] {
    return [...this.#numbers.keys()]
  }

  of(text: string): Int32Array {
    // As Pagefind parts them, to which U+0085 is a space; what is half a letter it would not take.
    const tokens = text.toWellFormed().split(/[\s\u0085]+/)
    const numbers = new Int32Array(tokens.length)
    let count = 0
    for (const token of tokens) if (token !== '') numbers[count++] = numberIn(this.#numbers, token)
    return numbers.subarray(0, count)
  }
}

function numberIn(numbers: Map<string, number>, of: string): number {
  const known = numbers.get(of)
  if (known !== undefined) return known
  numbers.set(of, numbers.size)
  return numbers.size - 1
}
