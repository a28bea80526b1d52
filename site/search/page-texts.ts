/**
 * The text of a page that a search shows where it found something: a file by itself, as Pagefind's search reads it.
 */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { mark } from '../src/content/joined-files.ts'
import type { KnownWords } from './known-words.ts'
import { placesIn } from './lay-out-part.ts'
import type { SaidPage } from './said-pages.ts'

export interface PageText {
  readonly hash: string
  /** Below the folder of its part. */
  readonly path: string
  readonly content: Uint8Array
}

/** `taken` are the hashes in the part so far, to which that of this is added. */
export function pageText({ record, content }: SaidPage, known: KnownWords, taken: Set<string>): PageText {
  const text = JSON.stringify({
    url: record.url,
    content: Array.from(content, (token) => known.parted[token] ?? '').join(known.between),
    word_count: placesIn(content, known),
    filters: record.filters,
    meta: record.meta,
    anchors: [],
  })
  const hash = shortened(createHash('sha256').update(text).digest('hex'), taken)
  taken.add(hash)
  // A copy, because Node puts many small ones into one piece of memory, which each of them would keep.
  return { hash, path: `fragment/${hash}.pf_fragment`, content: new Uint8Array(gzipSync(`${mark}${text}`)) }
}

/** What every search begins with has that of each page. */
function shortened(hash: string, taken: ReadonlySet<string>): string {
  let length = 7
  while (length < hash.length && taken.has(hash.slice(0, length))) length++
  return hash.slice(0, length)
}
