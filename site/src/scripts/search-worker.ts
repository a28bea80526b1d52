/**
 * Answers what is looked for, beside the page, which stays free for typing.
 *
 * Pagefind has a worker of its own, but that hands over every result, and the page then makes a function of each and
 * lets go of it with a message: thousands for a word of thousands of pages. Here its module runs in the worker
 * itself, and only what is shown goes to the page. What belongs to an answer is found here too: typing errors put right,
 * and the nearest where nothing has all the words.
 */
import { vocabularyField } from '../content/search-parts.ts'
import { type Spelling, spelling } from './nearest.ts'

/** The first message to this worker: where the index lies, and the language of the site. */
export interface Opening {
  readonly folder: string
  readonly language: string
}

export interface Question {
  /** Comes back with the answer. */
  readonly turn: number
  readonly words: string
  readonly filters: Readonly<Record<string, string>>
  /** Whether to count what each choice would leave. */
  readonly counted: boolean
  /** So many results in all. */
  readonly most: number
}

export interface Found {
  readonly url: string
  readonly excerpt: string
  readonly meta: Readonly<Record<string, string | undefined>>
}

/** First with the text that says what was found, then, unless a question followed, with the rest of what is shown. */
export type Reply =
  | {
      readonly turn: number
      readonly said: string
      readonly number: number
      readonly found: readonly Found[]
      readonly counts: Counts
    }
  | { readonly turn: number; readonly rest: readonly Found[] }
  | { readonly turn: number; readonly failed: true }

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>

interface Result {
  readonly matchedMetaFields?: readonly string[]
  data(): Promise<Found>
}

interface Answer {
  readonly results: readonly Result[]
  readonly filters: Counts
}

interface Index {
  options(options: { baseUrl: string }): Promise<void>
  init(): Promise<void>
  mergeIndex(folder: string, options: { baseUrl: string }): Promise<void>
  filters(): Promise<unknown>
  search(words: string | null, options: { filters: Readonly<Record<string, string>> }): Promise<Answer>
}

interface Loaded {
  readonly index: Index
  spelling(words: string): Spelling
}

/** The first of them are shown before the rest is read. */
const atOnce = 5
/** Milliseconds in which the next letter would come: somebody who types on does not read the rest. */
const pause = 100

let loaded: Promise<Loaded> | undefined
/** The turn of the last question. */
let latest = 0

addEventListener('message', ({ data }: MessageEvent<Opening | Question>) => {
  if ('folder' in data) {
    loaded = load(data)
    // Who asks will hear of it.
    loaded.catch(() => undefined)
  } else {
    latest = data.turn
    void reply(data)
  }
})

async function reply(question: Question): Promise<void> {
  const { turn, most } = question
  const read = (results: readonly Result[]): Promise<Found[]> => Promise.all(results.map((result) => shown(result)))
  const send = (message: Reply): void => postMessage(message)
  let results: readonly Result[] = []
  try {
    const { answer, said } = await ask(await opened(), question)
    results = answer.results.slice(0, most)
    const found = await read(results.slice(0, atOnce))
    send({ turn, said, number: answer.results.length, found, counts: answer.filters })
  } catch {
    send({ turn, failed: true })
    return
  }
  if (results.length <= atOnce) return
  await new Promise((passed) => setTimeout(passed, pause))
  if (turn !== latest) return
  const rest = await read(results.slice(atOnce)).catch(() => [])
  send({ turn, rest })
}

async function opened(): Promise<Loaded> {
  if (loaded === undefined) throw new Error('Nothing was opened.')
  return loaded
}

async function shown(result: Result): Promise<Found> {
  const { url, excerpt, meta } = await result.data()
  return { url, excerpt, meta }
}

async function load({ folder, language }: Opening): Promise<Loaded> {
  // The index asks the page for its language, by which it parts words; a worker has no page.
  Object.assign(globalThis, { document: { querySelector: () => ({ getAttribute: () => language }) } })
  const [index, { parts, words }] = await Promise.all([
    import(/* @vite-ignore */ `${folder}pagefind.js`) as Promise<Index>,
    fetch(`${folder}words.json`).then(
      (response) => response.json() as Promise<{ parts: number; words: readonly string[] }>,
    ),
  ])
  // The records hold whole addresses; by itself the index would put the base path before them once more.
  const options = { baseUrl: '/' }
  await index.options(options)
  await index.init()
  const others = Array.from({ length: parts - 1 }, (_, at) => `${folder}${at + 1}/`)
  await Promise.all(others.map((other) => index.mergeIndex(other, options)))
  return { index, spelling: (wanted) => spelling(wanted, words) }
}

/** What is found, and in words what was looked for where that is not what was typed. */
async function ask(
  { index, spelling }: Loaded,
  { words, filters, counted }: Question,
): Promise<{ answer: Answer; said: string }> {
  if (counted) await index.filters()
  const search = async (wanted: string, within = filters): Promise<Answer> => {
    const answer = await index.search(wanted === '' ? null : wanted, { filters: within })
    return { ...answer, results: answer.results.filter((result) => isPage(result)) }
  }
  const { right, missing } = spelling(words)
  const answer = await search(right)
  const found = answer.results.length
  if (found > 0) {
    if (missing.length > 0) return { answer, said: `No page says “${missing.join(' ')}”. Without it: ${said(found)}` }
    if (right !== words) return { answer, said: `No page says “${words}”. For “${right}”: ${said(found)}` }
    return { answer, said: said(found) }
  }
  const most = await withoutOne(right.split(/\s+/), search)
  if (most !== undefined)
    return { answer: most.answer, said: `No page has all of these words. The nearest, without “${most.left}”:` }
  const anywhere = Object.keys(filters).length === 0 ? undefined : await search(right, {})
  return anywhere !== undefined && anywhere.results.length > 0
    ? { answer: anywhere, said: 'Nothing with these filters. Without them:' }
    : { answer, said: 'Nothing found. Try another word.' }
}

function isPage({ matchedMetaFields }: Result): boolean {
  return matchedMetaFields?.includes(vocabularyField) !== true
}

/** The search with the word left out whose absence finds most. */
async function withoutOne(
  words: readonly string[],
  search: (words: string) => Promise<Answer>,
): Promise<{ answer: Answer; left: string } | undefined> {
  if (words.length < 2) return undefined
  const tried = await Promise.all(
    words.map(async (left, at) => ({ left, answer: await search(words.toSpliced(at, 1).join(' ')) })),
  )
  const best = tried.reduce((one, other) => (other.answer.results.length > one.answer.results.length ? other : one))
  return best.answer.results.length === 0 ? undefined : best
}

function said(pages: number): string {
  return pages === 1 ? '1 page' : `${pages} pages`
}
