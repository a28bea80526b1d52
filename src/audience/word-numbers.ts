/**
 * A number for each distinct word of many texts, in the order they are met, from 0.
 *
 * Told apart by their hashes, and then letter by letter where they stand: no string is made of a word that is known, and
 * two words with one hash are still two words.
 */
import { hashOf, type Words } from './words.ts'

export class WordNumbers {
  readonly #words: string[] = []
  readonly #ofHashes = new Map<number, number>()
  /** Of words whose hash another one had first. */
  readonly #others = new Map<string, number>()

  /** As they are compared, by their numbers. */
  get words(): readonly string[] {
    return this.#words
  }

  /** The number of a word that may be new. */
  add(words: Words, index: number): number {
    const hash = words.hashes[index] ?? 0
    const first = this.#ofHashes.get(hash)
    if (first !== undefined && words.is(index, this.#words[first] ?? '')) return first
    const word = words.folded(index)
    const number = (first === undefined ? undefined : this.#others.get(word)) ?? this.#words.push(word) - 1
    if (first === undefined) this.#ofHashes.set(hash, number)
    else this.#others.set(word, number)
    return number
  }

  /** `word` is as it is compared. */
  of(word: string): number | undefined {
    const first = this.#ofHashes.get(hashOf(word))
    return first === undefined || this.#words[first] === word ? first : this.#others.get(word)
  }
}
