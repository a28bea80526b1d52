/**
 * What an audience may read, as far as secrets are told by it: whether it says some words in a row, has a word or begins
 * one.
 *
 * It is most of the playbook, so it is read once and kept as the numbers of its words. It lives as long as secrets are
 * gathered; what is handed out holds nothing of it.
 */
import type { Evidence } from '../evidence/evidence.ts'
import type { Playbook } from '../graph/playbook.ts'
import type { Deal } from '../ledger/ledger.ts'
import { once } from '../model/once.ts'
import type { SourceText } from '../source/text.ts'
import { type Audience, isBuilt } from './audience.ts'
import { dayForms } from './day-forms.ts'
import { namingOf } from './naming.ts'
import { only, shownRanges } from './shown-text.ts'
import { WordNumbers } from './word-numbers.ts'
import { folded, WordRoom, type Words, wordsOf } from './words.ts'

export interface OpenTextInput {
  readonly playbook: Playbook
  readonly sources: ReadonlyMap<string, SourceText>
  readonly evidence: Evidence | undefined
  /** The site's own words. */
  readonly siteText: string
}

export class OpenText {
  readonly #numbers = new WordNumbers()
  readonly #read: (words: Words) => void
  readonly #room = new WordRoom()
  /** The number of every word in turn, with {@link endOfText} after each text. */
  #sequence = new Int32Array(1_024)
  #length = 0
  readonly #allPlaces = once(() => placesOf(this.#sequence, this.#numbers.words.length))
  readonly #siteSpellings: () => ReadonlySet<string>
  readonly #siteWords: () => ReadonlySet<string>

  /** `read` is given the words of each text, for the time of the call. */
  constructor(audience: Audience, input: OpenTextInput, read: (words: Words) => void) {
    const { playbook, sources, evidence, siteText } = input
    const { settings } = playbook
    this.#read = read
    this.#siteSpellings = once(() => new Set(siteText.match(/[\p{L}\p{N}]+/gu)))
    this.#siteWords = once(() => new Set([...this.#siteSpellings()].map((word) => folded(word))))
    for (const entity of playbook.entities) {
      if (!isBuilt(entity, audience)) continue
      this.#add(entity.id)
      const text = sources.get(entity.path)?.text ?? ''
      this.#add(only(text, shownRanges(entity, text), () => ' '))
    }
    for (const text of [settings.site.title, settings.company, settings.repository ?? '', ...settings.stages])
      this.#add(text)
    for (const value of valuesFor(audience, playbook, evidence?.allDeals ?? [])) this.#add(value)
    for (let month = 1; month <= 12; month++)
      for (const form of dayForms(`2001-${String(month).padStart(2, '0')}-07`, settings.locale)) this.#add(form)
    this.#sequence = this.#sequence.subarray(0, this.#length)
  }

  #add(text: string): void {
    const words = wordsOf(text, this.#room)
    this.#read(words)
    const end = this.#length + words.length
    if (end >= this.#sequence.length) {
      const longer = new Int32Array(2 * (end + 1))
      longer.set(this.#sequence)
      this.#sequence = longer
    }
    const [sequence, numbers, start] = [this.#sequence, this.#numbers, this.#length]
    for (let index = 0; index < words.length; index++) sequence[start + index] = numbers.add(words, index)
    sequence[end] = endOfText
    this.#length = end + 1
  }

  /** Whether these words stand in a row in what the audience may read. */
  says(name: string): boolean {
    const numbers: number[] = []
    for (const word of wordsOf(name).all()) {
      const number = this.#numbers.of(word)
      if (number === undefined) return false
      numbers.push(number)
    }
    if (numbers.length < 2) return true
    const places = numbers.map((number) => this.#places(number))
    let rarest = 0
    for (const [index, { length }] of places.entries()) if (length < (places[rarest]?.length ?? 0)) rarest = index
    const empty = this.#numbers.of('')
    const fits = (number: number, place: number): boolean =>
      // The end of a text passes for a sign without a letter, as an emoji at the end of a name brings one.
      this.#sequence[place] === number || (number === empty && this.#sequence[place] === endOfText)
    return (
      places[rarest]?.some((place) => numbers.every((number, index) => fits(number, place - rarest + index))) ?? false
    )
  }

  /** Where the word of this number stands in the sequence. */
  #places(number: number): Int32Array {
    const { from, places } = this.#allPlaces()
    return places.subarray(from[number], from[number + 1])
  }

  /** `word` is as it is compared. */
  has(word: string): boolean {
    return this.#numbers.of(word) !== undefined || this.isSiteWord(word)
  }

  /** Whether the site itself has a word, which is as it is compared. */
  isSiteWord(word: string): boolean {
    return this.#siteWords().has(word)
  }

  /** Whether a name is one word that the site writes the same way itself. */
  isSiteName(name: string): boolean {
    return wordsOf(name).length === 1 && this.#siteSpellings().has(name.trim())
  }

  /** With what these words begin, where some word that the audience may read begins so too. */
  beginnings(words: readonly string[]): ReadonlySet<string> {
    const stems = new Set(words.flatMap(stemsOf))
    if (stems.size === 0) return stems
    const others = new Set(stems)
    for (const word of [...this.#numbers.words, ...this.#siteWords()])
      for (const stem of stemsOf(word)) others.delete(stem)
    for (const stem of others) stems.delete(stem)
    return stems
  }
}

function stemsOf(word: string): string[] {
  const stems: string[] = []
  for (let length = 4; length <= Math.min(word.length, longestStem); length++) stems.push(word.slice(0, length))
  return stems
}

/** No word that anybody searches for is longer. */
const longestStem = 40

const endOfText = -1

/** Where each word stands in a sequence: word `n` at `places[from[n]]` up to the one before `places[from[n + 1]]`. */
function placesOf(sequence: Int32Array, words: number): { readonly from: Int32Array; readonly places: Int32Array } {
  const from = new Int32Array(words + 1)
  for (let place = 0; place < sequence.length; place++) {
    const number = sequence[place] ?? endOfText
    if (number !== endOfText) from[number + 1] = (from[number + 1] ?? 0) + 1
  }
  for (let number = 0; number < words; number++) from[number + 1] = (from[number + 1] ?? 0) + (from[number] ?? 0)
  const places = new Int32Array(from[words] ?? 0)
  const next = from.slice()
  for (let place = 0; place < sequence.length; place++) {
    const number = sequence[place] ?? endOfText
    if (number === endOfText) continue
    const at = next[number] ?? 0
    places[at] = place
    next[number] = at + 1
  }
  return { from, places }
}

/** What the audience may read of deals, each once. */
function valuesFor(audience: Audience, playbook: Playbook, deals: readonly Deal[]): Set<string> {
  const naming = namingOf(playbook, deals)
  const found = new Set<string>()
  for (const deal of deals) {
    for (const value of cellsFor(audience, deal)) found.add(value)
    for (const name of [deal.account, deal.accountGroup]) if (naming.mayName(name, audience)) found.add(name)
  }
  return found
}

function cellsFor(audience: Audience, deal: Deal): string[] {
  const open = [deal.territory, deal.cell('industry') ?? '']
  return audience === 'partners' ? open : [...open, deal.id, deal.owner]
}
