/**
 * Names in a text, however they are spelled there: in any case, across line breaks, with hyphens or none.
 *
 * Works on words, so that a customer called Ace is not found in “place”. A name of one word that is also an ordinary
 * word (Target, Apple) counts only as the ledger spells it, or in capitals, and not at the start of a sentence, where
 * every word has a capital. The short form of a company's name counts too: “Acme” for “Acme Corporation”.
 */

import { Beginnings, hashOf, pairHash, Sieve, type Words, wordsOf } from './words.ts'

export interface FoundName<T> {
  readonly value: T
  readonly start: number
  readonly end: number
  /** Its first and its last word, among those of the text. */
  readonly first: number
  readonly last: number
  /** An ordinary word that opens a sentence: perhaps the name, perhaps not. */
  readonly doubtful: boolean
}

export class NameFinder<T> {
  /** How each name begins. */
  readonly beginnings = new Beginnings()
  /** Names of one word by that word, longer ones by the hash of their first two. */
  readonly #single = new Map<string, Pattern<T>>()
  readonly #singleHashes = new Sieve()
  readonly #longer = new Map<number, Pattern<T>[]>()
  readonly #isOrdinary: (word: string) => boolean

  /** `isOrdinary` says of a folded word whether it is used as one. */
  constructor(isOrdinary: (word: string) => boolean = () => false) {
    this.#isOrdinary = isOrdinary
  }

  /** Whoever is named by `name` is `value`, or whoever was first. A name without letters or digits names nobody. */
  add(name: string, value: T, options: { readonly shortForm: boolean } = { shortForm: true }): void {
    const words = wordsOf(name).all()
    if (words.length === 0) return
    this.#addPattern({ words, spelled: name.trim().normalize('NFC'), value })
    const joined = words.join('')
    if (words.length > 1 && joined.length >= 6) this.#addPattern({ words: [joined], spelled: undefined, value })
    const short = options.shortForm ? shortForm(name) : undefined
    if (short !== undefined) this.#addPattern({ words: wordsOf(short).all(), spelled: short, value })
  }

  #addPattern(added: Omit<Pattern<T>, 'hashes'>): void {
    const pattern = { ...added, hashes: added.words.map(hashOf) }
    const [first = '', second] = pattern.words
    this.beginnings.add(pattern.words)
    if (second === undefined) {
      if (!this.#single.has(first)) this.#single.set(first, pattern)
      this.#singleHashes.add(hashOf(first))
      return
    }
    const key = pairHash(hashOf(first), hashOf(second))
    const known = this.#longer.get(key)
    if (known === undefined) this.#longer.set(key, [pattern])
    else known.push(pattern)
  }

  /**
   * Every name in a text by where it stands; of names that begin at one word the longest. `words` are those of the text,
   * `at` those of them at which a name may begin.
   */
  *find(
    text: string,
    words: Words = wordsOf(text),
    at: readonly number[] = this.beginnings.in(words),
  ): Iterable<FoundName<T>> {
    for (const index of at) {
      const found = this.#longest(words, index) ?? this.#one(words, index)
      if (found === undefined) continue
      const last = index + found.words.length - 1
      const start = words.start(index)
      const doubt = this.#doubt(found, words, index)
      if (doubt !== 'no name')
        yield { value: found.value, start, end: words.end(last), first: index, last, doubtful: doubt === 'perhaps' }
    }
  }

  #one(words: Words, index: number): Pattern<T> | undefined {
    return this.#singleHashes.has(words.hashes[index] ?? 0) ? this.#single.get(words.folded(index)) : undefined
  }

  #longest(words: Words, index: number): Pattern<T> | undefined {
    let longest: Pattern<T> | undefined
    for (const pattern of this.#longer.get(pairHash(words.hashes[index] ?? 0, words.hashes[index + 1] ?? 0)) ?? [])
      if (pattern.words.length > (longest?.words.length ?? 1) && fits(pattern, words, index)) longest = pattern
    return longest
  }

  #doubt({ words, spelled }: Pattern<T>, of: Words, index: number): 'name' | 'perhaps' | 'no name' {
    if (words.length > 1 || spelled === undefined || !this.#isOrdinary(of.folded(index))) return 'name'
    const written = of.written(index).normalize('NFC')
    if (written !== spelled && written !== spelled.toUpperCase()) return 'no name'
    return opensSentence(of.text, of.start(index)) ? 'perhaps' : 'name'
  }
}

interface Pattern<T> {
  readonly words: readonly string[]
  /** Those of the words, by which most texts are told from it without a look at a letter. */
  readonly hashes: readonly number[]
  /** As the ledger has it; undefined for words run together. */
  readonly spelled: string | undefined
  readonly value: T
}

function fits<T>({ words, hashes }: Pattern<T>, of: Words, index: number): boolean {
  if (!hashes.every((hash, offset) => of.hashes[index + offset] === hash)) return false
  return words.every(
    (word, offset) =>
      of.folded(index + offset) === word &&
      (offset === 0 || isJoint(of.text, of.end(index + offset - 1), of.start(index + offset))),
  )
}

/** What may stand between two words of a name: a few signs and spaces, and at most one end of a line. */
function isJoint(text: string, from: number, to: number): boolean {
  return to - from <= 12 && !/\n\s*\n|[<>|{}[\]]/.test(text.slice(from, to))
}

/** The name without what a register adds; undefined where nothing is left to know it by. */
function shortForm(name: string): string | undefined {
  const short = name.replace(registered, '').replace(/[\s,&+]+$/u, '')
  return short !== name && wordsOf(short).length > 0 && short.length >= 4 ? short : undefined
}

const registered =
  /[\s,]+(?:&\s*)?(?:inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|gmbh|ag|kg|se|sa|sas|srl|spa|bv|nv|ab|as|oy|aps|pty|kk|group|holding|holdings)\.?$/iu

/** At the start of the text, after the end of a sentence, or where a heading, list item or cell begins. */
function opensSentence(text: string, start: number): boolean {
  return /(?:^|[.!?:"“”'‘’>|#*]|\n)[\s"“‘'(*_]*$|^\s*(?:[-*+]|\d+\.)\s+$/u.test(
    text.slice(Math.max(0, start - 12), start),
  )
}
