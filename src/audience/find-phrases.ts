/**
 * Runs of seven words in a text, which are no coincidence: who writes them has read them.
 *
 * A run is kept as one number made of the numbers of its words, which rolls on from word to word.
 */
import { Sieve, type Words } from './words.ts'

/** So many words in a row are no coincidence. */
export const phraseLength = 7

interface FoundPhrase<T> {
  readonly value: T
  readonly key: number
  /** Its first word, among those of the text. */
  readonly first: number
}

export class PhraseFinder<T> {
  readonly #sieve = new Sieve()
  readonly #values = new Map<number, T>()

  /** The run that begins at this word is `value`, or what it was first. */
  add({ hashes }: Words, first: number, value: T): void {
    const key = keyOf(hashes, first)
    if (this.#values.has(key)) return
    this.#sieve.add(key | 0)
    this.#values.set(key, value)
  }

  /** Takes no run of this text for anything. */
  forget(words: Words): void {
    for (const { key } of this.find(words)) this.#values.delete(key)
  }

  find({ hashes }: Words): FoundPhrase<T>[] {
    const found: FoundPhrase<T>[] = []
    if (this.#values.size === 0) return found
    let low = 0
    for (let last = 0; last < hashes.length; last++) {
      const first = last - phraseLength + 1
      const left = first > 0 ? (hashes[first - 1] ?? 0) : 0
      low = (Math.imul(low - Math.imul(left, lowOfFirst), lowStep) + (hashes[last] ?? 0)) | 0
      if (first < 0 || !this.#sieve.has(low)) continue
      const key = keyOf(hashes, first)
      const value = this.#values.get(key)
      if (value !== undefined) found.push({ value, key, first })
    }
    return found
  }
}

/** One number for a run, with `low` as its last 32 bits; of two runs the same once in nine thousand billion. */
function keyOf(hashes: Int32Array, first: number): number {
  let [low, high] = [0, 0]
  for (let index = first; index < first + phraseLength; index++) {
    const hash = hashes[index] ?? 0
    low = (Math.imul(low, lowStep) + hash) | 0
    high = (Math.imul(high, highStep) + hash) | 0
  }
  return ((high >>> 0) & 0x1fffff) * 0x100000000 + (low >>> 0)
}

const lowStep = 0x01000193
const highStep = 0x5bd1e995
/** What the first word of a run counts in its `low`. */
const lowOfFirst = Array.from({ length: phraseLength - 1 }, () => lowStep).reduce(Math.imul, 1)
