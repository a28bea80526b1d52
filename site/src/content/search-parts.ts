/**
 * How the records of a large playbook are laid out, so that a word of nearly all pages is found as quickly as a rare one.
 *
 * Pagefind looks for the places of each page found among those of all pages found, so twice as many pages take four
 * times as long; and it hands over every place. So there are several small indexes, which it asks together and whose
 * answers it joins, and of the few words said everywhere only the first places on a page are kept. A small playbook is
 * laid out as it is.
 */
import type { SearchRecord } from './page-types.ts'

/** The field of the record in each part that has the words of all; whoever searches leaves that record out. */
export const vocabularyField = 'vocabulary'

/** So many pages in one part. */
const pagesInPart = 750
/** A word with more places than this is found by its first ones on each page. */
const mostPlaces = 10_000
const placesKept = 2
/** Stands in the index where a word was taken out, so that the others keep their places. No page has it: it is for private use. */
const gap = '\ue000'

/** The index of a single part lies in its folder, those of several in numbered folders there. */
export function numberOfParts(pages: number): number {
  return Math.max(1, Math.ceil(pages / pagesInPart))
}

/** The records in as many parts as they need; a page stays in its part while their number stays. */
export function inParts(records: readonly SearchRecord[]): SearchRecord[][] {
  const parts = Array.from({ length: numberOfParts(records.length) }, (): SearchRecord[] => [])
  for (const record of records) parts[numberOf(record.url) % parts.length]?.push(record)
  const [first] = records
  if (first === undefined || parts.length === 1) return parts
  // A part that lacks a word would take what the word begins with for it: “counter” for “countermate”.
  const vocabulary = vocabularyOf(records)
  return parts.map((part) => [...part, noPage(first.language, vocabulary)])
}

/** What stands in an index for words that it has no page for; an index without any word would be none. */
export function noPage(language: string, vocabulary: readonly string[] = [vocabularyField]): SearchRecord {
  return {
    url: '',
    content: vocabularyField,
    language,
    meta: { [vocabularyField]: vocabulary.join(' ') },
    filters: {},
  }
}

export interface ThinnedRecords {
  readonly records: readonly SearchRecord[]
  /** The text of a page as its author wrote it, from the text that the index was given. */
  whole(url: string, indexed: string): string
}

/** The records without the many places of words that are said everywhere. */
export function thinned(records: readonly SearchRecord[]): ThinnedRecords {
  const everywhere = tokensSaidEverywhere(records)
  const taken = new Map<string, readonly string[]>()
  return {
    records: everywhere.size === 0 ? records : records.map((record) => ({ ...record, content: thin(record) })),
    whole(url, indexed) {
      const words = taken.get(url)?.values()
      return words === undefined ? indexed : indexed.replaceAll(gap, (found) => words.next().value ?? found)
    },
  }

  function thin({ url, content }: SearchRecord): string {
    const seen = new Map<string, number>()
    const out: string[] = []
    const left = tokensOf(content).map((token) => {
      const word = everywhere.get(token)
      if (word === undefined) return token
      const before = seen.get(word) ?? 0
      seen.set(word, before + 1)
      if (before < placesKept) return token
      out.push(token)
      return gap
    })
    taken.set(url, out)
    return left.join(' ')
  }
}

/** What stands between the spaces of a text. */
export function tokensOf(text: string): string[] {
  return text.replaceAll(gap, ' ').split(/\s+/)
}

/** Each spelling of a word that is said everywhere, with the word. */
function tokensSaidEverywhere(records: readonly SearchRecord[]): ReadonlyMap<string, string> {
  const tokens = new Map<string, number>()
  for (const { content } of records)
    for (const token of tokensOf(content)) tokens.set(token, (tokens.get(token) ?? 0) + 1)
  const words = new Map<string, number>()
  for (const [token, count] of tokens) words.set(wordOf(token), (words.get(wordOf(token)) ?? 0) + count)
  return new Map(
    [...tokens.keys()]
      .map((token) => [token, wordOf(token)] as const)
      .filter(([, word]) => word !== '' && (words.get(word) ?? 0) > mostPlaces),
  )
}

/** Every word once, as the index parts them. */
function vocabularyOf(records: readonly SearchRecord[]): string[] {
  const tokens = new Set<string>()
  for (const { content, meta } of records)
    for (const text of [content, ...Object.values(meta)]) for (const token of text.split(/\s+/)) tokens.add(token)
  const words = [...tokens].flatMap((token) => {
    const word = token.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    // A capital inside parts a word into two that are found too.
    return word === '' ? [] : [/.\p{Lu}/u.test(word) ? word : word.toLowerCase()]
  })
  return [...new Set([vocabularyField, ...words])]
}

/** As the index takes it: in small letters, without signs. */
function wordOf(token: string): string {
  return token.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function numberOf(url: string): number {
  let number = 0
  for (const letter of url) number = (number * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return number
}
