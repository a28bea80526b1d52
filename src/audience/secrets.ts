/**
 * What an audience may not read, as things that can be looked for in a built site.
 *
 * A secret is a customer's name; a name, id or title of a page the audience has not; a deal; a run of seven words, a
 * short sentence or a word that only hidden text has; an exact amount or the day of a deal. What pages of the audience
 * say themselves is none: that is their authors' affair, and of customers' names `naming/leak` speaks.
 */
import type { Evidence } from '../evidence/evidence.ts'
import type { Playbook } from '../graph/playbook.ts'
import type { Deal } from '../ledger/ledger.ts'
import { minorDigitsOf } from '../ledger/money.ts'
import type { AnyEntity } from '../model/entity.ts'
import { sentencesIn } from '../page/sentences.ts'
import type { Range, SourceText } from '../source/text.ts'
import { shortened } from '../source/visible.ts'
import { type Audience, isBuilt } from './audience.ts'
import { NameFinder } from './find-names.ts'
import { PhraseFinder, phraseLength } from './find-phrases.ts'
import { namingOf } from './naming.ts'
import { shownRanges, unshownRanges } from './shown-text.ts'
import { folded, type Words, wordsOf } from './words.ts'

export interface Secret {
  readonly kind: 'customer' | 'seller' | 'deal' | 'page' | 'text' | 'word' | 'amount' | 'day'
  /** As its source has it. */
  readonly value: string
  /** Where it stands in the playbook, for the builder only. */
  readonly from: { readonly file: string; readonly line: number }
}

export interface SecretsInput {
  readonly playbook: Playbook
  readonly sources: ReadonlyMap<string, SourceText>
  /** Undefined without a ledger. */
  readonly evidence: Evidence | undefined
  readonly asOf: string
  /** Places of waived `naming/leak` findings. */
  readonly waived: readonly { readonly file: string; readonly start: number }[]
  /** The site's own words: what its templates and rules say whatever the playbook holds. */
  readonly siteText: string
}

export interface Secrets {
  readonly audience: Audience
  readonly names: NameFinder<Secret>
  /** Ids by themselves, as written. */
  readonly ids: ReadonlyMap<string, Secret>
  readonly phrases: PhraseFinder<Secret>
  readonly words: ReadonlyMap<string, Secret>
  /** Whether words that the audience may read begin so: what a search index keeps of a word is its stem. */
  readonly mayBegin: (stem: string) => boolean
  /** The playbook's currency, `USD`: money is known by it or by a sign. */
  readonly currency: string
  /** Exact amounts by their digits. */
  readonly amounts: ReadonlyMap<string, Secret>
  /** Places where a name is a word, or was waived: the words before and after it. */
  readonly excused: ReadonlySet<string>
  /** Names that cannot be told from the site's own words. */
  readonly notLookedFor: readonly string[]
}

export function secretsFor(audience: Audience, input: SecretsInput): Secrets {
  const open = new OpenText(audience, input)
  const names = new Map<string, Secret>()
  const notLookedFor = new Set<string>()
  const hidden = input.playbook.entities.filter((entity) => !isBuilt(entity, audience))
  const customers = customersFor(audience, input)
  for (const secret of customers) names.set(secret.value, secret)
  for (const secret of [...sellersFor(audience, input), ...hidden.flatMap((page) => namesOfPage(page, input))])
    if (!open.says(secret.value) && !names.has(secret.value)) names.set(secret.value, secret)
  const finder = new NameFinder<Secret>((word) => open.isOrdinary(word))
  for (const [name, secret] of names) {
    if (open.isSiteWord(name)) notLookedFor.add(name)
    else finder.add(name, secret, { shortForm: secret.kind === 'customer' })
  }
  const texts = hiddenTexts(audience, hidden, input)
  for (const { text, secret } of texts) open.addShortSentence(text, secret, finder)
  for (const [day, secret] of daysFor(audience, input, open))
    for (const form of dayForms(day, input.playbook.settings.locale)) finder.add(form, secret, { shortForm: false })
  return {
    audience,
    names: finder,
    ids: idsFor(audience, hidden, input, open),
    phrases: phrasesOf(texts, open),
    words: wordsFor(texts, [...names.values()], open),
    mayBegin: open.beginnings(),
    currency: input.playbook.settings.currency,
    amounts: amountsFor(audience, input, open),
    excused: excusedPlaces(audience, input, customers, open),
    notLookedFor: [...notLookedFor].sort(),
  }
}

/** The words around a name, by which a place is known again. */
export function surroundings(words: Words, first: number, last: number): string[] {
  const name = Array.from({ length: last + 1 - first }, (_, index) => words.folded(first + index)).join(' ')
  return [
    ...(first === 0 ? [] : [`${words.folded(first - 1)} ${name} `]),
    ...(last + 1 === words.length ? [] : [` ${name} ${words.folded(last + 1)}`]),
  ]
}

/** What the audience may read, and what follows from it. */
class OpenText {
  readonly #texts: string[] = []
  /** Every word in turn, with an empty one after each text. */
  readonly #sequence: string[] = []
  /** Where each word stands in the sequence. */
  readonly #places = new Map<string, number[]>()
  readonly #stems = new Set<string>()
  readonly #siteWords: ReadonlySet<string>
  readonly #siteSpellings: ReadonlySet<string>
  readonly #lower = new Set<string>()
  readonly #values: Set<string> = new Set()

  constructor(audience: Audience, { playbook, sources, evidence, siteText }: SecretsInput) {
    const { settings } = playbook
    this.#siteSpellings = new Set(siteText.match(/[\p{L}\p{N}]+/gu))
    this.#siteWords = new Set([...this.#siteSpellings].map((word) => folded(word)))
    for (const entity of playbook.entities) {
      if (!isBuilt(entity, audience)) continue
      this.#add(entity.id)
      const text = sources.get(entity.path)?.text ?? ''
      this.#add(only(text, shownRanges(entity, text)))
    }
    for (const text of [settings.site.title, settings.company, settings.repository ?? '', ...settings.stages])
      this.#add(text)
    const deals = evidence?.allDeals ?? []
    const naming = namingOf(playbook, deals)
    for (const deal of deals) {
      for (const value of cellsFor(audience, deal)) this.#addValue(value)
      for (const name of [deal.account, deal.accountGroup]) if (naming.mayName(name, audience)) this.#addValue(name)
    }
    for (let month = 1; month <= 12; month++)
      for (const form of dayForms(`2001-${String(month).padStart(2, '0')}-07`, settings.locale)) this.#add(form)
    this.#addSmallWords(playbook.entities.map(({ path }) => sources.get(path)?.text ?? ''))
    for (const word of [...this.#places.keys(), ...this.#siteWords])
      for (let length = 4; length <= Math.min(word.length, longestStem); length++)
        this.#stems.add(word.slice(0, length))
  }

  #add(text: string): void {
    this.#texts.push(text)
    const words = wordsOf(text)
    for (let index = 0; index < words.length; index++) {
      const word = words.folded(index)
      const places = this.#places.get(word)
      if (places === undefined) this.#places.set(word, [this.#sequence.length])
      else places.push(this.#sequence.length)
      this.#sequence.push(word)
    }
    this.#sequence.push('')
  }

  #addValue(value: string): void {
    if (value === '' || this.#values.has(value)) return
    this.#values.add(value)
    this.#add(value)
  }

  #addSmallWords(texts: readonly string[]): void {
    const seen = new Set<string>()
    for (const text of texts) {
      const words = wordsOf(text)
      for (let index = 0; index < words.length; index++) {
        const word = words.written(index)
        if (seen.has(word)) continue
        seen.add(word)
        if (/^[\p{Ll}\p{M}]+$/u.test(word)) this.#lower.add(folded(word))
      }
    }
  }

  /** Whether these words stand in a row in what the audience may read. */
  says(name: string): boolean {
    const words = wordsOf(name).all()
    let rarest = 0
    for (const [index, word] of words.entries()) {
      const places = this.#places.get(word)
      if (places === undefined) return false
      if (places.length < (this.#places.get(words[rarest] ?? '')?.length ?? 0)) rarest = index
    }
    if (words.length < 2) return true
    const places = this.#places.get(words[rarest] ?? '') ?? []
    return places.some((place) => words.every((word, index) => this.#sequence[place - rarest + index] === word))
  }

  has(word: string): boolean {
    return this.#places.has(word) || this.#siteWords.has(word)
  }

  /** The texts that the audience may read. */
  get texts(): readonly string[] {
    return this.#texts
  }

  /** Whether some word begins so. What is handed out keeps nothing else in memory: it lives as long as a build. */
  beginnings(): (stem: string) => boolean {
    const stems = this.#stems
    return (stem) => stems.has(stem)
  }

  isOrdinary(word: string): boolean {
    return this.#lower.has(word) || this.#siteWords.has(word)
  }

  /** Whether a name is one word that the site writes the same way itself. */
  isSiteWord(name: string): boolean {
    return wordsOf(name).length === 1 && this.#siteSpellings.has(name.trim())
  }

  /** Four to six words are looked for as a whole, where the audience has not read them. */
  addShortSentence(text: string, secret: Secret, finder: NameFinder<Secret>): void {
    const words = wordsOf(text)
    if (words.length < 4 || words.length >= phraseLength || text.length < 20 || this.says(text)) return
    finder.add(text, secret, { shortForm: false })
  }
}

/** No word that anybody searches for is longer. */
const longestStem = 40

/** What the audience may read of a deal. */
function cellsFor(audience: Audience, deal: Deal): string[] {
  const open = [deal.territory, deal.cell('industry') ?? '']
  return audience === 'partners' ? open : [...open, deal.id, deal.owner]
}

function customersFor(audience: Audience, { playbook, evidence }: SecretsInput): Secret[] {
  if (evidence === undefined) return []
  return [...namingOf(playbook, evidence.allDeals).hiddenFrom(audience)].map(([value, from]) => ({
    kind: 'customer' as const,
    value,
    from,
  }))
}

/** Who sold: partners are not told. */
function sellersFor(audience: Audience, { evidence }: SecretsInput): Secret[] {
  if (audience !== 'partners' || evidence === undefined) return []
  const first = new Map<string, Deal>()
  for (const deal of evidence.allDeals) if (deal.owner !== '' && !first.has(deal.owner)) first.set(deal.owner, deal)
  return [...first].map(([value, { place }]) => ({ kind: 'seller' as const, value, from: place }))
}

/** The title of a page that the audience has not, where it is more than a word; of a person the name and addresses. */
function namesOfPage(page: AnyEntity, { sources }: SecretsInput): Secret[] {
  const own = page.type === 'person' ? page.data.name : 'title' in page.data ? page.data.title : undefined
  const names = [own, ...(page.type === 'person' ? [page.data.email ?? []].flat() : [])].filter(
    (name) => name !== undefined,
  )
  const text = sources.get(page.path)
  return names
    .filter((name) => wordsOf(name).length > 1)
    .map((value) => ({
      kind: 'page',
      value,
      from: { file: page.path, line: text?.positionAt(Math.max(0, text.text.indexOf(value))).line ?? 1 },
    }))
}

interface HiddenText {
  readonly text: string
  readonly secret: Secret
}

/** All sentences of hidden pages, and of the others what no page draws. */
function hiddenTexts(audience: Audience, hidden: readonly AnyEntity[], input: SecretsInput): HiddenText[] {
  const textsOf = (page: AnyEntity, ranges: (page: AnyEntity, text: string) => Range[]): HiddenText[] => {
    const source = input.sources.get(page.path)
    if (source === undefined) return []
    const words = only(source.text, ranges(page, source.text))
    return paragraphs(words).map(({ start, text }) => ({
      text,
      secret: {
        kind: 'text' as const,
        value: shortened(text, 200),
        from: { file: page.path, line: source.positionAt(start).line },
      },
    }))
  }
  const isHidden = new Set(hidden)
  return input.playbook.entities.flatMap((page) =>
    isHidden.has(page)
      ? [...textsOf(page, shownRanges), ...textsOf(page, unshownRanges)]
      : isBuilt(page, audience)
        ? textsOf(page, unshownRanges)
        : [],
  )
}

/** A text with blanks in place of all but some stretches, so that places stay what they are. */
function only(text: string, ranges: readonly Range[]): string {
  const parts: string[] = []
  let at = 0
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (start < at) continue
    parts.push(text.slice(at, start).replace(/[^\n]/g, ' '), text.slice(start, end))
    at = end
  }
  return parts.join('')
}

/** Lines with words, joined up to the next line without. */
function paragraphs(text: string): { readonly start: number; readonly text: string }[] {
  const found: { start: number; text: string }[] = []
  let open: { start: number; lines: string[] } | undefined
  const close = (): void => {
    if (open !== undefined) found.push({ start: open.start, text: open.lines.join('\n').trim() })
    open = undefined
  }
  let start = 0
  for (const line of text.split('\n')) {
    if (line.trim() === '') close()
    else {
      open ??= { start: start + line.search(/\S/), lines: [] }
      open.lines.push(line)
    }
    start += line.length + 1
  }
  close()
  return found
}

/** Seven words in a row of one sentence; where sentences are shorter than that, of several. */
function phrasesOf(texts: readonly HiddenText[], open: OpenText): PhraseFinder<Secret> {
  const phrases = new PhraseFinder<Secret>()
  for (const { text, secret } of texts) {
    const words = wordsOf(text)
    const sentences = sentencesOf(text, words)
    for (let index = 0; index + phraseLength <= words.length; index++) {
      const [first, last] = [sentences[index], sentences[index + phraseLength - 1]]
      // A stock sentence behind another with the same last words is a coincidence; each of the two is looked for by itself.
      if (first !== last && first?.long && last?.long) continue
      phrases.add(words, index, secret)
    }
  }
  for (const text of open.texts) phrases.forget(wordsOf(text))
  return phrases
}

/** The sentence of each word, and whether it is long enough to be known again by itself. */
function sentencesOf(text: string, words: Words): { readonly long: boolean }[] {
  const ends = pieces(text).flatMap(({ start, end }) =>
    sentencesIn(text.slice(start, end)).map((sentence) => start + sentence.end),
  )
  const numbers: number[] = []
  let number = 0
  for (let index = 0; index < words.length; index++) {
    while (words.start(index) >= (ends[number] ?? Number.POSITIVE_INFINITY)) number++
    numbers.push(number)
  }
  const sizes = Map.groupBy(numbers, (each) => each)
  const sentences = new Map([...sizes].map(([each, { length }]) => [each, { long: length >= phraseLength }]))
  return numbers.map((each) => sentences.get(each) ?? { long: false })
}

/** Items of a list, lines of a quote and cells of a table: a sentence ends with each, whatever mark it ends with. */
function pieces(text: string): Range[] {
  const starts = [0, ...[...text.matchAll(/\n(?=[ \t]*(?:[-*+>#|]|\d+[.)]))|\|/g)].map(({ index }) => index + 1)]
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }))
}

/** Words that only hidden text has, and that nobody writes small: names, codes, addresses. */
function wordsFor(texts: readonly HiddenText[], names: readonly Secret[], open: OpenText): ReadonlyMap<string, Secret> {
  const found = new Map<string, Secret>()
  const add = (word: string, secret: Secret, shortest: number): void => {
    const key = folded(word)
    if (key.length < shortest || open.has(key) || open.isOrdinary(key) || found.has(key)) return
    found.set(key, { ...secret, kind: secret.kind === 'text' ? 'word' : secret.kind, value: word })
  }
  for (const secret of names)
    for (const word of written(secret.value)) if (!/^\p{N}+$/u.test(word)) add(word, secret, 5)
  for (const { text, secret } of texts)
    for (const word of distinctiveWords(text)) add(word, secret, /\p{N}/u.test(word) ? 6 : 5)
  return found
}

function written(text: string): string[] {
  const words = wordsOf(text)
  return Array.from({ length: words.length }, (_, index) => words.written(index))
}

/** A capital anywhere in it, letters with digits, or what stands before the sign of an address. */
function* distinctiveWords(text: string): Iterable<string> {
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}]+/gu))
    if (/\p{Lu}/u.test(word) || (/\p{L}/u.test(word) && /\p{N}/u.test(word)) || text[index + word.length] === '@')
      yield word
}

function idsFor(
  audience: Audience,
  hidden: readonly AnyEntity[],
  { playbook, evidence, sources }: SecretsInput,
  open: OpenText,
): ReadonlyMap<string, Secret> {
  const shown = new Set(playbook.entities.filter((page) => isBuilt(page, audience)).map(({ id }) => id))
  const found = new Map<string, Secret>()
  for (const page of hidden) {
    const known = sources.has(page.path) && !shown.has(page.id) && !open.says(page.id)
    const telling =
      wordsOf(page.id).length > 1 ? page.id.length >= 7 : page.id.length >= 5 && !open.isOrdinary(folded(page.id))
    if (known && telling && !/^[\d-]+$/.test(page.id))
      found.set(page.id.toLowerCase(), { kind: 'page', value: page.id, from: { file: page.path, line: 1 } })
  }
  if (audience === 'partners')
    for (const { id, place } of evidence?.allDeals ?? [])
      if (isTelling(id) && !shown.has(id) && !open.says(id))
        found.set(id.toLowerCase(), { kind: 'deal', value: id, from: place })
  return found
}

/** An id that cannot be an ordinary number or word. */
function isTelling(id: string): boolean {
  return /^\d+$/.test(id) ? id.length >= 6 : id.length >= 4 && /\d/.test(id)
}

/** Whole amounts from a thousand on, but not round ones: those a price list has as well. */
function amountsFor(
  audience: Audience,
  { playbook, evidence }: SecretsInput,
  open: OpenText,
): ReadonlyMap<string, Secret> {
  const found = new Map<string, Secret>()
  if (audience !== 'partners') return found
  const unit = 10 ** minorDigitsOf(playbook.settings.currency)
  for (const { amount, place } of evidence?.allDeals ?? []) {
    const major = amount === null ? 0 : Math.round(amount / unit)
    if (major < 1_000 || major % 100 === 0 || open.says(major.toLocaleString('en-US'))) continue
    const digits = String(major)
    if (!found.has(digits)) found.set(digits, { kind: 'amount', value: digits, from: place })
  }
  return found
}

/** Days on which deals began or closed, but for those that pages of the audience say. */
function daysFor(
  audience: Audience,
  { playbook, sources, evidence, asOf }: SecretsInput,
  open: OpenText,
): Map<string, Secret> {
  const found = new Map<string, Secret>()
  if (audience !== 'partners' || evidence === undefined) return found
  const said = new Set([asOf, evidence.judgedOn])
  for (const page of playbook.entities)
    if (isBuilt(page, audience))
      for (const { 0: day } of (sources.get(page.path)?.text ?? '').matchAll(/\d{4}-\d{2}-\d{2}/g)) said.add(day)
  for (const { created, closed, place } of evidence.allDeals)
    for (const day of [created, closed])
      if (
        day !== null &&
        !said.has(day) &&
        !found.has(day) &&
        !dayForms(day, playbook.settings.locale).some((form) => open.says(form))
      )
        found.set(day, { kind: 'day', value: day, from: place })
  return found
}

const dayFormats = new Map<string, Intl.DateTimeFormat[]>()

/** A day as data and as the site writes it. */
function dayForms(day: string, locale: string): string[] {
  const formats = dayFormats.get(locale) ?? [
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
    new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
  ]
  dayFormats.set(locale, formats)
  const date = new Date(`${day}T00:00:00Z`)
  return [day, ...formats.map((format) => format.format(date))]
}

/** Where pages of the audience use a customer's name as a word, or somebody waived it. */
function excusedPlaces(
  audience: Audience,
  { playbook, sources, waived }: SecretsInput,
  customers: readonly Secret[],
  open: OpenText,
): ReadonlySet<string> {
  const excused = new Set<string>()
  if (customers.length === 0) return excused
  const finder = new NameFinder<Secret>((word) => open.isOrdinary(word))
  for (const customer of customers) finder.add(customer.value, customer)
  for (const page of playbook.entities) {
    if (!isBuilt(page, audience)) continue
    const text = sources.get(page.path)?.text ?? ''
    const pardons = waived.filter(({ file }) => file === page.path)
    for (const range of shownRanges(page, text)) {
      const part = text.slice(range.start, range.end)
      const words = wordsOf(part)
      for (const { start, first, last, doubtful } of finder.find(part, words)) {
        if (!doubtful && !pardons.some((pardon) => pardon.start === start + range.start)) continue
        for (const place of surroundings(words, first, last)) excused.add(place)
      }
    }
  }
  return excused
}
