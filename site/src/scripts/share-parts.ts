/**
 * All parts of the search index: those of a large playbook are searched at the same time, in as many workers as there is
 * room for, and what they find is put together by its nearness.
 */
import { engine, opening } from '../content/joined-files.ts'
import { indexFiles, loaded } from './index-files.ts'
import { type Counts, type Found, type Hits, openParts, type Parts, type Share, type Wanted } from './open-parts.ts'
import type { PartAnswer, PartFile, PartReply, PartRequest } from './part-worker.ts'

/** More would keep the page from its work, and each loads the engine once more. */
const mostShares = 4

export interface Opening {
  readonly folder: string
  readonly language: string
  /** Their folders are numbered from one; a single part lies in the folder itself. */
  readonly parts: number
}

/** Opens one share here and the others in workers of their own. */
export function shareParts({ folder, language, parts }: Opening): Parts {
  const shares = Array.from(
    { length: Math.max(1, Math.min(parts, navigator.hardwareConcurrency, mostShares)) },
    (): string[] => [],
  )
  if (parts > 1) for (let part = 1; part <= parts; part++) shares[part % shares.length]?.push(String(part))
  const [own = [], ...others] = shares
  const files = indexFiles(async (name) => {
    const file = loaded(folder, name)
    const bytes = await file.catch(() => undefined)
    // All parts are cut at the same words, so that what one needs the others do: who had to ask would wait for this one's search.
    for (const { take } of beside) take({ name, ...(bytes !== undefined && { bytes }) })
    return file
  })
  for (const name of [opening, engine]) files.begin(name)
  const beside = others.map((each) => inWorker({ folder, language, parts: each }, files.begin))
  const here = openParts({ folder, language, parts: own }, files)
  return beside.length === 0 ? here : together([...beside, here])
}

function together(owners: readonly Parts[]): Parts {
  return {
    async search(wanted) {
      const found = await Promise.all(owners.map((owner) => owner.search(wanted)))
      return {
        number: found.reduce((sum, { number }) => sum + number, 0),
        nearest: found
          .flatMap(({ nearest }, at) => nearest.map(({ key, score }) => ({ key: key * owners.length + at, score })))
          .toSorted((one, other) => other.score - one.score)
          .slice(0, wanted.most),
        counts: sumOf(found.map(({ counts }) => counts)),
      }
    },
    async read(key) {
      const owner = owners[key % owners.length]
      if (owner === undefined) throw new Error('Nobody has this.')
      return owner.read(Math.floor(key / owners.length))
    },
  }
}

function sumOf(all: readonly Counts[]): Counts {
  const sum: Record<string, Record<string, number>> = {}
  for (const counts of all)
    for (const [filter, values] of Object.entries(counts)) {
      sum[filter] ??= {}
      for (const [value, count] of Object.entries(values)) sum[filter][value] = (sum[filter][value] ?? 0) + count
    }
  return sum
}

interface PartsBeside extends Parts {
  take(file: PartFile): void
}

/** Files are loaded once for all: they come from here. */
function inWorker(share: Share, begin: (name: string) => void): PartsBeside {
  const worker = new Worker(new URL('./part-worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, (answer: PartAnswer['answer']) => void>()
  const broken = new Promise<never>((_, reject) =>
    worker.addEventListener('error', () => reject(new Error('A part of the search does not run.'))),
  )
  // Who asks will hear of it.
  broken.catch(() => undefined)
  let last = 0
  worker.addEventListener('message', ({ data }: MessageEvent<PartReply>) => {
    if ('needs' in data) begin(data.needs)
    else {
      waiting.get(data.id)?.(data.answer)
      waiting.delete(data.id)
    }
  })
  worker.postMessage(share)
  const ask = async (what: { readonly wanted: Wanted } | { readonly key: number }): Promise<unknown> => {
    const id = ++last
    const answer = new Promise<PartAnswer['answer']>((told) => waiting.set(id, told))
    worker.postMessage({ id, ...what } satisfies PartRequest)
    if ((await Promise.race([broken, answer])) === undefined) throw new Error('A part of the index cannot be searched.')
    return answer
  }
  return {
    search: (wanted) => ask({ wanted }) as Promise<Hits>,
    read: (key) => ask({ key }) as Promise<Found>,
    take: (file) => worker.postMessage(file),
  }
}
