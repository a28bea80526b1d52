/**
 * How the records of a large playbook are laid out, so that a word of nearly all pages is found as quickly as a rare one.
 *
 * Pagefind looks for the places of each page found among those of all pages found, so twice as many pages take four
 * times as long; and it hands over every place. So there are several small indexes, which it asks together and whose
 * answers it joins. A small playbook is one.
 */
import type { SearchRecord } from './page-types.ts'

/** The field of the record in each part that has the words of all; whoever searches leaves that record out. */
export const vocabularyField = 'vocabulary'

/** So many pages in one part. */
const pagesInPart = 750
/** The index of a single part lies in its folder, those of several in numbered folders there. */
export function numberOfParts(pages: number): number {
  return Math.max(1, Math.ceil(pages / pagesInPart))
}

/**
 * The records in as many parts as they need, in the order of their folders; a page stays in its part while their number
 * stays. What searches comes with an index of its own: that of several parts has no page, and ends none of them.
 */
export function inParts(records: readonly SearchRecord[]): readonly (readonly SearchRecord[])[] {
  const none = noPage(records[0]?.language ?? 'en')
  // An index without a page would be none, and then nobody could be told that nothing is found.
  if (records.length === 0) return [[none]]
  const parts = Array.from({ length: numberOfParts(records.length) }, (): SearchRecord[] => [])
  for (const record of records) parts[numberOf(record.url) % parts.length]?.push(record)
  if (parts.length === 1) return parts
  for (const part of parts) part.push(none)
  return [[none], ...parts]
}

/** What stands in an index beside its pages, for words of which it has none; an index without any word would be none. */
function noPage(language: string): SearchRecord {
  return { url: '', content: vocabularyField, language, meta: { [vocabularyField]: vocabularyField }, filters: {} }
}

function numberOf(url: string): number {
  let number = 0
  for (const letter of url) number = (number * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return number
}
