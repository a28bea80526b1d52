/**
 * The words of a text: runs of letters, digits and marks, compared without case, accents or width.
 *
 * A built site has millions of them, most of which nobody asks for. So a word is kept as its place and one number; the
 * number says in passing what a word is not, and only where it says “perhaps” is the word itself made and compared.
 */

export class Words {
  readonly text: string
  readonly length: number
  readonly #starts: Int32Array
  readonly #ends: Int32Array
  /** 32 bits a word, the same for words that are compared as the same. */
  readonly hashes: Int32Array

  constructor(text: string, length: number, starts: Int32Array, ends: Int32Array, hashes: Int32Array) {
    this.text = text
    this.length = length
    this.#starts = starts
    this.#ends = ends
    this.hashes = hashes.subarray(0, length)
  }

  start(index: number): number {
    return this.#starts[index] ?? 0
  }

  end(index: number): number {
    return this.#ends[index] ?? 0
  }

  /** As it is compared: `ＣＡＦÉ` is `cafe`. Empty where there is no such word. */
  folded(index: number): string {
    return index >= 0 && index < this.length ? folded(this.written(index)) : ''
  }

  written(index: number): string {
    return this.text.slice(this.start(index), this.end(index))
  }

  /** All of them, as they are compared. */
  all(): string[] {
    return Array.from({ length: this.length }, (_, index) => this.folded(index))
  }
}

export function wordsOf(text: string): Words {
  let room = (text.length >> 2) + 8
  let starts = new Int32Array(room)
  let ends = new Int32Array(room)
  let hashes = new Int32Array(room)
  let length = 0
  const end = text.length
  let at = 0
  while (at < end) {
    const start = at
    let hash = firstHash
    let code = 0
    // Plain letters and digits, by far the most, are folded and hashed as they are read.
    for (; at < end; at++) {
      code = text.charCodeAt(at)
      const small = code < 128 ? plain[code] : 0
      if (!small) break
      hash = Math.imul(hash ^ small, hashStep)
    }
    if (at < end && code > 127 && isInWord(text, at)) {
      at = endOfWord(text, at)
      hash = hashOf(folded(text.slice(start, at)))
    } else if (at === start) {
      at += code >= 0xd800 && code < 0xdc00 && isLow(text.charCodeAt(at + 1)) ? 2 : 1
      continue
    } else {
      hash = mixed(hash)
    }
    if (length === room) {
      room *= 2
      ;[starts, ends, hashes] = [grown(starts, room), grown(ends, room), grown(hashes, room)]
    }
    starts[length] = start
    ends[length] = at
    hashes[length++] = hash
  }
  return new Words(text, length, starts, ends, hashes)
}

/** Rows of words by how they begin, to pass quickly over all that begins otherwise. */
export class Beginnings {
  readonly #single = new Sieve()
  readonly #pairs = new Sieve()

  /** Words as they are compared. */
  add([first, second]: readonly string[]): void {
    if (first === undefined) return
    if (second === undefined) this.#single.add(hashOf(first))
    else this.#pairs.add(pairHash(hashOf(first), hashOf(second)))
  }

  /** Whether one of them may begin at this word of a text. Where it says no, none does. */
  may(words: Words, index: number): boolean {
    const hash = words.hashes[index] ?? 0
    return this.#single.may(hash) || this.#pairs.may(pairHash(hash, words.hashes[index + 1] ?? 0))
  }
}

/** One hash of the hashes of two words that follow each other. */
export function pairHash(first: number, second: number): number {
  return mixed(Math.imul(first, hashStep) ^ second)
}

/** A set of numbers of 32 bits that may say “perhaps” of one in thirty that it does not have. */
export class Sieve {
  #bits = new Uint32Array(64)
  #mask = 2047
  #kept: number[] = []

  add(hash: number): void {
    this.#kept.push(hash)
    if (this.#kept.length * 32 > this.#mask + 1 && this.#mask < 0x7ffffff) {
      this.#bits = new Uint32Array(this.#bits.length * 4)
      this.#mask = this.#bits.length * 32 - 1
      for (const kept of this.#kept) this.#set(kept)
    } else this.#set(hash)
  }

  may(hash: number): boolean {
    const bit = hash & this.#mask
    return ((this.#bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0
  }

  #set(hash: number): void {
    const bit = hash & this.#mask
    this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31))
  }
}

const firstHash = 0x811c9dc5 | 0
const hashStep = 0x01000193

export function hashOf(word: string): number {
  let hash = firstHash
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), hashStep)
  return mixed(hash)
}

/** Every bit of it depends on every letter. */
function mixed(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

function grown(numbers: Int32Array<ArrayBuffer>, room: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(room)
  larger.set(numbers)
  return larger
}

/** For plain letters and digits their small form, for everything else 0. */
const plain = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code)
  return /[a-z0-9]/i.test(sign) ? sign.toLowerCase().charCodeAt(0) : 0
})

function endOfWord(text: string, from: number): number {
  let at = from
  while (at < text.length && isInWord(text, at)) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return at
}

const unknown = 0
const inWord = 1
const between = 2
const kinds = new Uint8Array(0x10000)

function isInWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  const known = kinds[code]
  if (known !== unknown) return known === inWord
  const point = text.codePointAt(at) ?? code
  const fits = /[\p{L}\p{N}\p{M}]/u.test(String.fromCodePoint(point))
  // Half of a pair says nothing about other pairs.
  if (code < 0xd800 || code > 0xdfff) kinds[code] = fits ? inWord : between
  return fits
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000
}

const foldings = new Map<string, string>()

/** `folded('Ｃafé')` is `cafe`. */
export function folded(word: string): string {
  const known = foldings.get(word)
  if (known !== undefined) return known
  const made = word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  // Playbooks use few words, but a stranger's file may hold millions.
  if (foldings.size > 200_000) foldings.clear()
  foldings.set(word, made)
  return made
}
