/**
 * Looks for secrets in one text of a built site.
 *
 * A text comes here decoded: entities, escapes and compression are gone. What it is decides what is asked of it: single
 * words are not looked for in code, where every word may be a variable, and a name in decoded noise has to be long.
 */
import { phraseLength } from './find-phrases.ts'
import { type Secret, type Secrets, surroundings } from './secrets.ts'
import { Beginnings, WordRoom, type Words, wordsOf } from './words.ts'

export interface SearchedText {
  readonly text: string
  /** Scripts, styles; fonts and programs; the words of a search index; what was read from something that may be no text. */
  readonly kind: 'text' | 'code' | 'bytes' | 'stems' | 'decoded'
  /** Days of the build and of changes are no days of deals. */
  readonly datesChanges: boolean
}

export interface FoundSecret {
  readonly secret: Secret
  /** Into the text. */
  readonly start: number
  readonly end: number
}

/** Knows how each secret begins, and so can look through text after text. */
export class LeakFinder {
  readonly #secrets: Secrets
  /** Of names, ids and single words. */
  readonly #beginnings = new Beginnings()
  readonly #stems = new Map<string, Secret>()
  readonly #room = new WordRoom()

  constructor(secrets: Secrets) {
    this.#secrets = secrets
    this.#beginnings.include(secrets.names.beginnings)
    for (const id of secrets.ids.keys()) this.#beginnings.add(wordsOf(id).all())
    for (const [word, secret] of secrets.words) {
      this.#beginnings.add([word])
      for (let length = Math.max(5, word.length - 3); length < word.length; length++)
        this.#stems.set(word.slice(0, length), secret)
    }
  }

  find(searched: SearchedText): FoundSecret[] {
    const words = wordsOf(searched.text, this.#room)
    const at = this.#beginnings.in(words)
    const names = [...this.#names(searched, words, at)]
    const phrases = this.#secrets.phrases.find(words).map(({ value: secret, first }) => ({
      secret,
      start: words.start(first),
      end: words.end(first + phraseLength - 1),
    }))
    return [
      ...names,
      ...this.#ids(words, at),
      ...phrases,
      ...this.#singleWords(searched, words, at, names),
      ...amountsIn(searched.text, this.#secrets),
    ]
  }

  *#names({ text, kind, datesChanges }: SearchedText, words: Words, at: readonly number[]): Iterable<FoundSecret> {
    const { names, excused } = this.#secrets
    for (const { value: secret, start, end, first, last } of names.find(text, words, at)) {
      if (secret.kind === 'day' && datesChanges) continue
      // In noise `3M` stands by chance.
      if ((kind === 'decoded' || kind === 'bytes') && end - start < 5) continue
      if (secret.kind === 'customer' && surroundings(words, first, last).some((place) => excused.has(place))) continue
      yield { secret, start, end }
    }
  }

  /** An id stands by itself, or with the ending of a file. */
  *#ids(words: Words, at: readonly number[]): Iterable<FoundSecret> {
    const { ids } = this.#secrets
    if (ids.size === 0) return
    for (const index of at) {
      const start = words.start(index)
      idAt.lastIndex = start
      const [token] = idAt.exec(words.text) ?? ['']
      const small = token.toLowerCase()
      const secret = ids.get(small) ?? ids.get(small.replace(/\.[a-z0-9]{2,5}$/, ''))
      if (secret === undefined) continue
      if (!/[\p{L}\p{N}][._-]*$/u.test(words.text.slice(Math.max(0, start - 64), start)))
        yield { secret, start, end: start + token.length }
    }
  }

  /** In an index a word stands as its stem: the beginning of the word, which is no beginning of an open one. */
  *#singleWords(
    { kind }: SearchedText,
    words: Words,
    at: readonly number[],
    names: readonly FoundSecret[],
  ): Iterable<FoundSecret> {
    const secrets = this.#secrets
    if (kind === 'code' || kind === 'bytes' || secrets.words.size === 0) return
    for (const index of kind === 'stems' ? words.hashes.keys() : at) {
      const word = words.folded(index)
      const secret =
        secrets.words.get(word) ?? (kind !== 'stems' || secrets.mayBegin(word) ? undefined : this.#stems.get(word))
      if (secret === undefined) continue
      const [start, end] = [words.start(index), words.end(index)]
      // A word of a name that was found there is told with it.
      if (!names.some((name) => name.start <= start && end <= name.end)) yield { secret, start, end }
    }
  }
}

const idAt = /[\p{L}\p{N}][\p{L}\p{N}._-]*[\p{L}\p{N}]/uy

/** Money by its sign or code, and numbers under a key that means an amount. */
function* amountsIn(text: string, { amounts, currency }: Secrets): Iterable<FoundSecret> {
  if (amounts.size === 0) return
  for (const pattern of [signBefore, signAfter, key])
    for (const { 0: money, 1: sign = '', 2: number = '', index } of text.matchAll(pattern)) {
      if (/^[A-Z]{3}$/.test(sign) && sign !== currency) continue
      const secret = amounts.get(number.replace(/[.,]\d{2}$/, '').replace(/\D/g, ''))
      if (secret !== undefined) yield { secret, start: index, end: index + money.length }
    }
}

const signBefore = /([$€£¥]|\b[A-Z]{3}(?=[\s\u00a0\d]))[\s\u00a0]?(\d[\d.,'’\u00a0\u202f]*\d)/g
const signAfter =
  /(?<![\d.,'’\u00a0\u202f])(?=\d[\d.,'’\u00a0\u202f]*\d[\s\u00a0]?([€£$]|[A-Z]{3}\b))(\d[\d.,'’\u00a0\u202f]*\d)/g
const key = /\b(amount|price|median\w*|bar)["']?\s*[:=]\s*["']?(\d[\d.]*)/gi
