/**
 * Looks for secrets in one text of a built site.
 *
 * A text comes here decoded: entities, escapes and compression are gone. What it is decides what is asked of it: single
 * words are not looked for in code, where every word may be a variable, and a name in decoded noise has to be long.
 */
import { type Word, wordsOf } from './find-names.ts'
import { phraseKey, phraseLength, type Secret, type Secrets, surroundings } from './secrets.ts'

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

export function* findLeaks(searched: SearchedText, secrets: Secrets): Iterable<FoundSecret> {
  const { text } = searched
  const words = wordsOf(text)
  const names = [...namesIn(searched, words, secrets)]
  yield* names
  yield* idsIn(text, secrets)
  for (let index = 0; index + phraseLength <= words.length; index++) {
    const secret = secrets.phrases.get(phraseKey(words, index))
    const last = words[index + phraseLength - 1]
    if (secret !== undefined && last !== undefined) yield { secret, start: words[index]?.start ?? 0, end: last.end }
  }
  if (searched.kind !== 'code' && searched.kind !== 'bytes') yield* wordsIn(searched, words, secrets, names)
  yield* amountsIn(text, secrets)
}

function* namesIn(
  { text, kind, datesChanges }: SearchedText,
  words: readonly Word[],
  secrets: Secrets,
): Iterable<FoundSecret> {
  let at = 0
  for (const { value: secret, start, end } of secrets.names.find(text, words)) {
    if (secret.kind === 'day' && datesChanges) continue
    // In noise `3M` stands by chance.
    if ((kind === 'decoded' || kind === 'bytes') && end - start < 5) continue
    while ((words[at]?.start ?? start) < start) at++
    if (secret.kind === 'customer') {
      let last = at
      while ((words[last]?.end ?? end) < end) last++
      if (surroundings(words, at, last).some((place) => secrets.excused.has(place))) continue
    }
    yield { secret, start, end }
  }
}

function* idsIn(text: string, { ids }: Secrets): Iterable<FoundSecret> {
  if (ids.size === 0) return
  for (const { 0: token, index } of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}._-]*[\p{L}\p{N}]/gu)) {
    const secret = ids.get(token.toLowerCase()) ?? ids.get(token.toLowerCase().replace(/\.[a-z0-9]{2,5}$/, ''))
    if (secret !== undefined) yield { secret, start: index, end: index + token.length }
  }
}

/** In an index a word stands as its stem: the beginning of the word, which is no beginning of an open one. */
function* wordsIn(
  { kind }: SearchedText,
  words: readonly Word[],
  secrets: Secrets,
  names: readonly FoundSecret[],
): Iterable<FoundSecret> {
  const stems = kind === 'stems' ? stemsOf(secrets) : undefined
  for (const { folded: word, start, end } of words) {
    const secret = secrets.words.get(word) ?? (secrets.mayBegin(word) ? undefined : stems?.get(word))
    // A word of a name that was found there is told with it.
    if (secret !== undefined && !names.some((name) => name.start <= start && end <= name.end))
      yield { secret, start, end }
  }
}

const stemsBySecrets = new WeakMap<Secrets, ReadonlyMap<string, Secret>>()

function stemsOf(secrets: Secrets): ReadonlyMap<string, Secret> {
  const known = stemsBySecrets.get(secrets)
  if (known !== undefined) return known
  const stems = new Map<string, Secret>()
  for (const [word, secret] of secrets.words)
    for (let length = Math.max(5, word.length - 3); length < word.length; length++)
      stems.set(word.slice(0, length), secret)
  stemsBySecrets.set(secrets, stems)
  return stems
}

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
