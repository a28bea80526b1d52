/**
 * The words of a text: runs of letters, digits and marks, compared without case, accents or width.
 *
 * A built site has millions of them, most of which nobody asks for. So a word is kept as its place and one number; the
 * number says in passing what a word is not, and only where it says “perhaps” is the word itself made and compared.
 */
import { unitAt } from '../source/unit-at.ts'

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

  /** Whether `folded(index)` is this word. Where it is written in plain letters and digits, no string is made of it. */
  is(index: number, word: string): boolean {
    const [start, end] = [this.start(index), this.end(index)]
    let at = start
    if (end - start === word.length) while (at < end && signs[unitAt(this.text, at)] === unitAt(word, at - start)) at++
    return at === end || this.folded(index) === word
  }

  written(index: number): string {
    return this.text.slice(this.start(index), this.end(index))
  }

  /** All of them, as they are compared. */
  all(): string[] {
    return Array.from({ length: this.length }, (_, index) => this.folded(index))
  }
}

/** What is given a room is good until another text is put there. */
export function wordsOf(text: string, room: WordRoom = new WordRoom((text.length >> 2) + 8)): Words {
  let { starts, ends, hashes } = room
  let length = 0
  const end = text.length
  let at = 0
  while (at < end) {
    let sign = signs[unitAt(text, at)] ?? between
    if (sign === between) {
      at++
      continue
    }
    const start = at
    let hash = firstHash
    // Plain letters and digits, by far the most, are folded and hashed as they are read.
    while (sign >= firstPlain) {
      hash = Math.imul(hash ^ sign, hashStep)
      sign = ++at < end ? (signs[unitAt(text, at)] ?? between) : between
    }
    if (sign !== between && isInWord(text, at)) {
      at = endOfWord(text, at)
      hash = hashOf(folded(text.slice(start, at)))
    } else if (at === start) {
      at += isPair(text, at) ? 2 : 1
      continue
    } else {
      hash = mixed(hash)
    }
    if (length === starts.length) {
      room.grow()
      ;({ starts, ends, hashes } = room)
    }
    starts[length] = start
    ends[length] = at
    hashes[length++] = hash
  }
  return new Words(text, length, starts, ends, hashes)
}

/** Where the words of one text after another are put, so that each needs no room of its own. */
export class WordRoom {
  starts: Int32Array<ArrayBuffer>
  ends: Int32Array<ArrayBuffer>
  hashes: Int32Array<ArrayBuffer>

  constructor(size = 1_024) {
    this.starts = new Int32Array(size)
    this.ends = new Int32Array(size)
    this.hashes = new Int32Array(size)
  }

  grow(): void {
    const larger = new WordRoom(this.starts.length * 2)
    larger.starts.set(this.starts)
    larger.ends.set(this.ends)
    larger.hashes.set(this.hashes)
    this.starts = larger.starts
    this.ends = larger.ends
    this.hashes = larger.hashes
  }
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

  include(others: Beginnings): void {
    this.#single.include(others.#single)
    this.#pairs.include(others.#pairs)
  }

  /** The words of a text at which one of them may begin. At no other does one. */
  in({ hashes }: Words): number[] {
    const found: number[] = []
    if (this.#single.isEmpty && this.#pairs.isEmpty) return found
    let next = hashes[0] ?? 0
    for (let index = 0; index < hashes.length; index++) {
      const hash = next
      next = hashes[index + 1] ?? 0
      if (this.#single.has(hash) || this.#pairs.has(pairHash(hash, next))) found.push(index)
    }
    return found
  }
}

/** One hash of the hashes of two words that follow each other. */
export function pairHash(first: number, second: number): number {
  return mixed(Math.imul(first, hashStep) ^ second)
}

/** A set of well mixed numbers of 32 bits that says at once of most numbers that it has them not. */
export class Sieve {
  readonly #numbers = new Set<number>()
  #bits = new Uint32Array(64)
  #mask = 2047

  get isEmpty(): boolean {
    return this.#numbers.size === 0
  }

  add(hash: number): void {
    this.#numbers.add(hash)
    if (this.#numbers.size * 32 > this.#mask + 1 && this.#mask < 0x7ffffff) {
      this.#bits = new Uint32Array(this.#bits.length * 4)
      this.#mask = this.#bits.length * 32 - 1
      for (const number of this.#numbers) this.#set(number)
    } else this.#set(hash)
  }

  include(others: Sieve): void {
    for (const hash of others.#numbers) this.add(hash)
  }

  has(hash: number): boolean {
    const bit = hash & this.#mask
    return ((this.#bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0 && this.#numbers.has(hash)
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
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ unitAt(word, at), hashStep)
  return mixed(hash)
}

/** Every bit of it depends on every letter. */
function mixed(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

const between = 0
const unknown = 1
const inWord = 2
const firstPlain = '0'.charCodeAt(0)

/** For plain letters and digits their small form; what is known of everything else. */
const signs = Uint8Array.from({ length: 0x10000 }, (_, code) => {
  if (code > 127) return unknown
  const sign = String.fromCharCode(code)
  return /[a-z0-9]/i.test(sign) ? sign.toLowerCase().charCodeAt(0) : between
})

function endOfWord(text: string, from: number): number {
  let at = from
  while (at < text.length && isInWord(text, at)) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return at
}

function isInWord(text: string, at: number): boolean {
  const code = unitAt(text, at)
  const known = signs[code] ?? unknown
  if (known !== unknown) return known !== between
  const point = text.codePointAt(at) ?? code
  const fits = /[\p{L}\p{N}\p{M}]/u.test(String.fromCodePoint(point))
  // Half of a pair says nothing about other pairs.
  if (code < 0xd800 || code > 0xdfff) signs[code] = fits ? inWord : between
  return fits
}

function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff
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
