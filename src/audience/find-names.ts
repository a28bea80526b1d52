/**
 * Names in a text, however they are spelled there: in any case, across line breaks, with hyphens or none.
 *
 * Works on words, so that a customer called Ace is not found in “place”. A name of one word that is also an ordinary
 * word (Target, Apple) counts only as the ledger spells it, or in capitals, and not at the start of a sentence, where
 * every word has a capital. The short form of a company's name counts too: “Acme” for “Acme Corporation”.
 */

export interface FoundName<T> {
  readonly value: T
  readonly start: number
  readonly end: number
  /** An ordinary word that opens a sentence: perhaps the name, perhaps not. */
  readonly doubtful: boolean
}

/** A word of a text: folded for comparing, with its place. */
export interface Word {
  readonly folded: string
  readonly start: number
  readonly end: number
}

export class NameFinder<T> {
  readonly #byFirst = new Map<string, Pattern<T>[]>()
  readonly #isOrdinary: (word: string) => boolean

  /** `isOrdinary` says of a folded word whether it is used as one. */
  constructor(isOrdinary: (word: string) => boolean = () => false) {
    this.#isOrdinary = isOrdinary
  }

  /** Whoever is named by `name` is `value`. A name without letters or digits names nobody. */
  add(name: string, value: T, options: { readonly shortForm: boolean } = { shortForm: true }): void {
    const words = wordsOf(name).map(({ folded }) => folded)
    if (words.length === 0) return
    this.#addPattern({ words, spelled: name.trim().normalize('NFC'), value })
    const joined = words.join('')
    if (words.length > 1 && joined.length >= 6) this.#addPattern({ words: [joined], spelled: undefined, value })
    const short = options.shortForm ? shortForm(name) : undefined
    if (short !== undefined)
      this.#addPattern({ words: wordsOf(short).map(({ folded }) => folded), spelled: short, value })
  }

  #addPattern(pattern: Pattern<T>): void {
    const first = pattern.words[0] ?? ''
    this.#byFirst.set(first, [...(this.#byFirst.get(first) ?? []), pattern])
  }

  /** Every name in a text by where it stands; of names that begin at one word the longest. `words` are those of the text. */
  *find(text: string, words: readonly Word[] = wordsOf(text)): Iterable<FoundName<T>> {
    for (let index = 0; index < words.length; index++) {
      const patterns = this.#byFirst.get(words[index]?.folded ?? '')
      if (patterns === undefined) continue
      const found = patterns
        .filter((pattern) => fits(pattern, words, index, text))
        .sort((a, b) => b.words.length - a.words.length)[0]
      const first = words[index]
      const last = words[index + (found?.words.length ?? 1) - 1]
      if (found === undefined || first === undefined || last === undefined) continue
      const doubt = this.#doubt(found, text, first)
      if (doubt !== 'no name')
        yield { value: found.value, start: first.start, end: last.end, doubtful: doubt === 'perhaps' }
    }
  }

  #doubt({ words, spelled }: Pattern<T>, text: string, { folded, start, end }: Word): 'name' | 'perhaps' | 'no name' {
    if (words.length > 1 || spelled === undefined || !this.#isOrdinary(folded)) return 'name'
    const written = text.slice(start, end).normalize('NFC')
    if (written !== spelled && written !== spelled.toUpperCase()) return 'no name'
    return opensSentence(text, start) ? 'perhaps' : 'name'
  }
}

interface Pattern<T> {
  readonly words: readonly string[]
  /** As the ledger has it; undefined for words run together. */
  readonly spelled: string | undefined
  readonly value: T
}

function fits<T>({ words }: Pattern<T>, of: readonly Word[], index: number, text: string): boolean {
  for (const [offset, word] of words.entries()) {
    const here = of[index + offset]
    if (here?.folded !== word) return false
    const before = of[index + offset - 1]
    if (offset > 0 && before !== undefined && !isJoint(text, before.end, here.start)) return false
  }
  return true
}

/** What may stand between two words of a name: a few signs and spaces, and at most one end of a line. */
function isJoint(text: string, from: number, to: number): boolean {
  return to - from <= 12 && !/\n\s*\n|[<>|{}[\]]/.test(text.slice(from, to))
}

/** The words of a text in order: runs of letters and digits, compared without case, accents or width. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu))
    words.push({ folded: folded(word), start: index, end: index + word.length })
  return words
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

/** The name without what a register adds; undefined where nothing is left to know it by. */
function shortForm(name: string): string | undefined {
  const short = name.replace(registered, '').replace(/[\s,&+]+$/u, '')
  return short !== name && wordsOf(short).join('') !== '' && short.length >= 4 ? short : undefined
}

const registered =
  /[\s,]+(?:&\s*)?(?:inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|gmbh|ag|kg|se|sa|sas|srl|spa|bv|nv|ab|as|oy|aps|pty|kk|group|holding|holdings)\.?$/iu

/** At the start of the text, after the end of a sentence, or where a heading, list item or cell begins. */
function opensSentence(text: string, start: number): boolean {
  return /(?:^|[.!?:"“”'‘’>|#*]|\n)[\s"“‘'(*_]*$|^\s*(?:[-*+]|\d+\.)\s+$/u.test(
    text.slice(Math.max(0, start - 12), start),
  )
}
