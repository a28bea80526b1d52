/**
 * Answers what is looked for, beside the page, which stays free for typing.
 *
 * What belongs to an answer is found here too: typing errors put right, and the nearest where nothing has all the
 * words. Only what is shown goes to the page. The first message is an `Opening`, each further one a `Question`.
 */
import { spelling } from './nearest.ts'
import type { Counts, Found, Hits, Parts, Wanted } from './open-parts.ts'
import { type Opening, shareParts } from './share-parts.ts'

/** Its turn comes back with the answer. */
export type Question = Wanted

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

interface Opened {
  readonly parts: Parts
  readonly words: Promise<readonly string[]>
}

/** The first of them are shown before the rest is read. */
const atOnce = 5
/** Milliseconds in which the next letter would come: somebody who types on does not read the rest, and it would be in the way. */
const pause = 300
/** The place of a word that is common enough to use all of the engine and rare enough not to keep it from a question. */
const familiar = 30

let opened: Opened | undefined
/** Whether the words of the site are here. */
let loaded = false
/** The turn of the last question. */
let latest = 0

addEventListener('message', ({ data }: MessageEvent<Opening | Question>) => {
  if ('folder' in data) opened = open(data)
  else {
    latest = data.turn
    void reply(data)
  }
})

function open(opening: Opening): Opened {
  const parts = shareParts(opening)
  // After what every search begins with, which it should not keep waiting.
  const words = fetch(`${opening.folder}words.json`, { priority: 'low' }).then(
    (response) => response.json() as Promise<readonly string[]>,
  )
  // Who asks will hear of it.
  words.catch(() => undefined)
  const opened = { parts, words }
  warm(opened).catch(() => undefined)
  return opened
}

/** What the engine consists of is compiled when it is first used: better before the first question than with it. */
async function warm({ parts, words }: Opened): Promise<void> {
  const word = (await words)[familiar]
  if (latest === 0 && word !== undefined)
    await parts.search({ turn: latest, words: word, filters: {}, counted: false, most: 0 })
}

async function reply(question: Question): Promise<void> {
  const { turn } = question
  const send = (message: Reply): void => postMessage(message)
  let read: (from: number, to?: number) => Promise<Found[]>
  let nearest: Hits['nearest']
  try {
    if (opened === undefined) throw new Error('Nothing was opened.')
    const { parts, words } = opened
    const { hits, said } = await ask(parts, words, question)
    nearest = hits.nearest
    read = (from, to) => Promise.all(nearest.slice(from, to).map(({ key }) => parts.read(key)))
    send({ turn, said, number: hits.number, found: await read(0, atOnce), counts: hits.counts })
  } catch {
    send({ turn, failed: true })
    return
  }
  if (nearest.length <= atOnce) return
  await new Promise((passed) => setTimeout(passed, pause))
  if (turn === latest) send({ turn, rest: await read(atOnce).catch(() => []) })
}

/** What is found, and in words what was looked for where that is not what was typed. */
async function ask(
  parts: Parts,
  site: Promise<readonly string[]>,
  question: Question,
): Promise<{ hits: Hits; said: string }> {
  const search = (words: string, filters = question.filters): Promise<Hits> =>
    parts.search({ ...question, words, filters })
  // Most words are right, so that the search need not wait for the words of the site.
  const asTyped = loaded ? undefined : search(question.words)
  asTyped?.catch(() => undefined)
  const { right, missing } = spelling(question.words, await site)
  loaded = true
  const hits = await (right === question.words && asTyped !== undefined ? asTyped : search(right))
  if (hits.number > 0) {
    const pages = said(hits.number)
    if (missing.length > 0) return { hits, said: `No page says “${missing.join(' ')}”. Without it: ${pages}` }
    if (right !== question.words) return { hits, said: `No page says “${question.words}”. For “${right}”: ${pages}` }
    return { hits, said: pages }
  }
  // Without words and filters every page would be found, and what stands in an index and is none.
  if (right === '') return { hits, said: 'Nothing with these filters.' }
  const most = await withoutOne(right.split(/\s+/), search)
  if (most !== undefined)
    return { hits: most.hits, said: `No page has all of these words. The nearest, without “${most.left}”:` }
  const anywhere = Object.keys(question.filters).length === 0 ? undefined : await search(right, {})
  return anywhere !== undefined && anywhere.number > 0
    ? { hits: anywhere, said: 'Nothing with these filters. Without them:' }
    : { hits, said: 'Nothing found. Try another word.' }
}

/** The search with the word left out whose absence finds most. */
async function withoutOne(
  words: readonly string[],
  search: (words: string) => Promise<Hits>,
): Promise<{ hits: Hits; left: string } | undefined> {
  if (words.length < 2) return undefined
  const tried = await Promise.all(
    words.map(async (left, at) => ({ left, hits: await search(words.toSpliced(at, 1).join(' ')) })),
  )
  const best = tried.reduce((one, other) => (other.hits.number > one.hits.number ? other : one))
  return best.hits.number === 0 ? undefined : best
}

function said(pages: number): string {
  return pages === 1 ? '1 page' : `${pages} pages`
}
