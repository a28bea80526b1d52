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
    let [low, high] = [0, 0]
    for (const hash of hashes.subarray(first, first + phraseLength)) {
      low = (Math.imul(low, lowStep) + hash) | 0
      high = (Math.imul(high, highStep) + hash) | 0
    }
    const key = keyOf(low, high)
    if (this.#values.has(key)) return
    this.#sieve.add(low)
    this.#values.set(key, value)
  }

  /** Takes no run of this text for anything. */
  forget(words: Words): void {
    for (const { key } of this.find(words)) this.#values.delete(key)
  }

  find({ hashes }: Words): FoundPhrase<T>[] {
    const found: FoundPhrase<T>[] = []
    if (this.#values.size === 0) return found
    let [low, high] = [0, 0]
    for (let last = 0; last < hashes.length; last++) {
      const first = last - phraseLength + 1
      const hash = hashes[last] ?? 0
      const left = first > 0 ? (hashes[first - 1] ?? 0) : 0
      low = (Math.imul(low - Math.imul(left, lowOfFirst), lowStep) + hash) | 0
      high = (Math.imul(high - Math.imul(left, highOfFirst), highStep) + hash) | 0
      if (first < 0 || !this.#sieve.has(low)) continue
      const key = keyOf(low, high)
      const value = this.#values.get(key)
      if (value !== undefined) found.push({ value, key, first })
    }
    return found
  }
}

/** One number for a run; of two runs the same once in nine thousand billion. */
function keyOf(low: number, high: number): number {
  return ((high >>> 0) & 0x1fffff) * 0x100000000 + (low >>> 0)
}

const lowStep = 0x01000193
const highStep = 0x5bd1e995
const lowOfFirst = power(lowStep)
const highOfFirst = power(highStep)

/** What the first word of a run counts in it. */
function power(step: number): number {
  let product = 1
  for (let index = 1; index < phraseLength; index++) product = Math.imul(product, step)
  return product
}
