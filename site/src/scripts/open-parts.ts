/**
 * Some parts of the search index, opened together in this worker: what they find, the nearest first, and what is read of it.
 *
 * Pagefind has a worker of its own, but that hands over every result, and the page then makes a function of each and
 * lets go of it with a message: thousands for a word of thousands of pages. Here its module runs in the worker
 * itself, and only the nearest are told, by a key with which they can be read.
 */
import { vocabularyField } from '../content/search-parts.ts'
import { answerWith, type IndexFiles } from './index-files.ts'

/** Where the index lies, the language of the site, and the folders of the parts, beside what lies in the folder itself. */
export interface Share {
  readonly folder: string
  readonly language: string
  readonly parts: readonly string[]
}

export interface Wanted {
  /** All that is wanted to answer one question has the same; what an earlier one found can no longer be read. */
  readonly turn: number
  readonly words: string
  readonly filters: Readonly<Record<string, string>>
  /** Whether to count what each choice would leave. */
  readonly counted: boolean
  /** So many are told, at most. */
  readonly most: number
}

export interface Hits {
  /** Of all pages found. */
  readonly number: number
  /** The nearest of them, in this order. */
  readonly nearest: readonly { readonly key: number; readonly score: number }[]
  readonly counts: Counts
}

export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>

export interface Found {
  readonly url: string
  readonly excerpt: string
  readonly meta: Readonly<Record<string, string | undefined>>
}

export interface Parts {
  search(wanted: Wanted): Promise<Hits>
  read(key: number): Promise<Found>
}

interface Result {
  readonly score: number
  readonly matchedMetaFields?: readonly string[]
  data(): Promise<Found>
}

interface Options {
  readonly baseUrl: string
}

interface Index {
  options(options: Options): Promise<void>
  init(): Promise<void>
  mergeIndex(folder: string, options: Options): Promise<void>
  filters(): Promise<unknown>
  search(
    words: string | null,
    options: { filters: Readonly<Record<string, string>> },
  ): Promise<{ readonly results: readonly Result[]; readonly filters: Counts }>
}

/** Once in a worker: the module of the index is one. */
export function openParts(share: Share, files: IndexFiles): Parts {
  const opened = open(share, files)
  // Who searches will hear of it.
  opened.catch(() => undefined)
  let told: { readonly turn: number; readonly results: Result[] } = { turn: 0, results: [] }
  return {
    async search({ turn, words, filters, counted, most }) {
      const index = await opened
      if (counted) await index.filters()
      const { results, filters: counts } = await index.search(words === '' ? null : words, { filters })
      const pages = results.filter((result) => isPage(result))
      if (told.turn !== turn) told = { turn, results: [] }
      const { results: kept } = told
      const nearest = pages.slice(0, most).map((result) => ({ key: kept.push(result) - 1, score: result.score }))
      return { number: pages.length, nearest, counts }
    },
    async read(key) {
      const result = told.results[key]
      if (result === undefined) throw new Error('Another question was asked since.')
      const { url, excerpt, meta } = await result.data()
      return { url, excerpt, meta }
    },
  }
}

async function open({ folder, language, parts }: Share, files: IndexFiles): Promise<Index> {
  // The index asks the page for its language, by which it parts words; a worker has no page.
  Object.assign(globalThis, { document: { querySelector: () => ({ getAttribute: () => language }) } })
  answerWith(files, folder)
  const patient = globalThis.setTimeout
  // It looks every 50 milliseconds whether its engine is there, for each part again.
  Object.assign(globalThis, { setTimeout: (work: () => void) => patient(work, 2) })
  try {
    const index = (await import(/* @vite-ignore */ `${folder}pagefind.js`)) as Index
    // The records hold whole addresses; by itself the index would put the base path before them once more.
    const options = { baseUrl: '/' }
    await index.options(options)
    await index.init()
    await Promise.all(parts.map((part) => index.mergeIndex(`${folder}${part}/`, options)))
    return index
  } finally {
    Object.assign(globalThis, { setTimeout: patient })
  }
}

function isPage({ matchedMetaFields }: Result): boolean {
  return matchedMetaFields?.includes(vocabularyField) !== true
}
