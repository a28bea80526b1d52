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
import { dayForms } from './day-forms.ts'
import { NameFinder } from './find-names.ts'
import { PhraseFinder, phraseLength } from './find-phrases.ts'
import { namingOf } from './naming.ts'
import { OpenText } from './open-text.ts'
import { only, shownRanges, unshownRanges } from './shown-text.ts'
import { folded, hashOf, Sieve, WordRoom, type Words, wordsOf } from './words.ts'

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
  /** Whether words that the audience may read begin as one of {@link words} does: what a search index keeps of a word is its stem. */
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
  const hidden = input.playbook.entities.filter((entity) => !isBuilt(entity, audience))
  const texts = hiddenTexts(audience, hidden, input)
  const phrases = phrasesOf(texts)
  const open = new OpenText(audience, input, (words) => phrases.forget(words))
  const names = new Map<string, Secret>()
  const notLookedFor = new Set<string>()
  const customers = customersFor(audience, input)
  for (const secret of customers) names.set(secret.value, secret)
  for (const secret of [...sellersFor(audience, input), ...hidden.flatMap((page) => namesOfPage(page, input))])
    if (!open.says(secret.value) && !names.has(secret.value)) names.set(secret.value, secret)
  const candidates = wordsFor(texts, [...names.values()], open)
  const ordinary = ordinaryWords(wordsInQuestion(hidden, [...names.values()], candidates), input, open)
  const words = new Map([...candidates].filter(([word]) => !ordinary.has(word)))
  const finder = new NameFinder<Secret>((word) => ordinary.has(word))
  for (const [name, secret] of names) {
    if (open.isSiteName(name)) notLookedFor.add(name)
    else finder.add(name, secret, { shortForm: secret.kind === 'customer' })
  }
  for (const { text, secret } of texts) addShortSentence(text, secret, finder, open)
  for (const [day, secret] of daysFor(audience, input, open))
    for (const form of dayForms(day, input.playbook.settings.locale)) finder.add(form, secret, { shortForm: false })
  const beginnings = open.beginnings([...words.keys()])
  return {
    audience,
    names: finder,
    ids: idsFor(audience, hidden, input, open, ordinary),
    phrases,
    words,
    mayBegin: (stem) => beginnings.has(stem),
    currency: input.playbook.settings.currency,
    amounts: amountsFor(audience, input, open),
    excused: excusedPlaces(audience, input, customers, ordinary),
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

/** Words that would be looked for by themselves, as they are compared. */
function wordsInQuestion(
  hidden: readonly AnyEntity[],
  names: readonly Secret[],
  candidates: ReadonlyMap<string, Secret>,
): Set<string> {
  const inQuestion = new Set(candidates.keys())
  const add = (text: string, hasShortForm: boolean): void => {
    const words = wordsOf(text)
    if (hasShortForm || words.length === 1) for (const word of words.all()) inQuestion.add(word)
  }
  for (const { id } of hidden) add(id, false)
  for (const { kind, value } of names) add(value, kind === 'customer')
  return inQuestion
}

/** Those of them that the site has, or that a page writes small anywhere in its file. */
function ordinaryWords(
  inQuestion: ReadonlySet<string>,
  { playbook, sources }: SecretsInput,
  open: OpenText,
): ReadonlySet<string> {
  const ordinary = new Set([...inQuestion].filter((word) => open.isSiteWord(word)))
  const others = new Set([...inQuestion].filter((word) => !ordinary.has(word)))
  if (others.size === 0) return ordinary
  const hashes = new Sieve()
  for (const word of others) hashes.add(hashOf(word))
  const room = new WordRoom()
  for (const { path } of playbook.entities) {
    const words = wordsOf(sources.get(path)?.text ?? '', room)
    for (let index = 0; index < words.length; index++) {
      if (!hashes.has(words.hashes[index] ?? 0)) continue
      const word = words.folded(index)
      if (others.has(word) && !ordinary.has(word) && /^[\p{Ll}\p{M}]+$/u.test(words.written(index))) ordinary.add(word)
    }
  }
  return ordinary
}

/** Four to six words are looked for as a whole, where the audience has not read them. */
function addShortSentence(text: string, secret: Secret, finder: NameFinder<Secret>, open: OpenText): void {
  const words = wordsOf(text)
  if (words.length < 4 || words.length >= phraseLength || text.length < 20 || open.says(text)) return
  finder.add(text, secret, { shortForm: false })
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
    const stretches = ranges(page, source.text)
    if (stretches.length === 0) return []
    return paragraphs(only(source.text, stretches)).map(({ start, text }) => ({
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
function phrasesOf(texts: readonly HiddenText[]): PhraseFinder<Secret> {
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
  return phrases
}

/** The sentence of each word, and whether it is long enough to be known again by itself. */
function sentencesOf(text: string, words: Words): { readonly long: boolean }[] {
  const ends = pieces(text).flatMap(({ start, end }) =>
    sentencesIn(text.slice(start, end)).map((sentence) => start + sentence.end),
  )
  const sentences: { long: boolean }[] = []
  let sentence = { long: false }
  let [first, number] = [0, 0]
  for (let index = 0; index < words.length; index++) {
    if (words.start(index) >= (ends[number] ?? Number.POSITIVE_INFINITY)) {
      while (words.start(index) >= (ends[number] ?? Number.POSITIVE_INFINITY)) number++
      sentence = { long: false }
      first = index
    }
    if (index + 1 - first >= phraseLength) sentence.long = true
    sentences.push(sentence)
  }
  return sentences
}

/** Items of a list, lines of a quote and cells of a table: a sentence ends with each, whatever mark it ends with. */
function pieces(text: string): Range[] {
  const starts = [0, ...[...text.matchAll(/\n(?=[ \t]*(?:[-*+>#|]|\d+[.)]))|\|/g)].map(({ index }) => index + 1)]
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }))
}

/** Words that only hidden text has: names, codes, addresses, and some that are ordinary words. */
function wordsFor(texts: readonly HiddenText[], names: readonly Secret[], open: OpenText): Map<string, Secret> {
  const found = new Map<string, Secret>()
  const add = (word: string, secret: Secret, shortest: number): void => {
    const key = folded(word)
    if (key.length < shortest || found.has(key) || open.has(key)) return
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
  ordinary: ReadonlySet<string>,
): ReadonlyMap<string, Secret> {
  const shown = new Set(playbook.entities.filter((page) => isBuilt(page, audience)).map(({ id }) => id))
  const found = new Map<string, Secret>()
  for (const page of hidden) {
    const known = sources.has(page.path) && !shown.has(page.id) && !open.says(page.id)
    const telling =
      wordsOf(page.id).length > 1 ? page.id.length >= 7 : page.id.length >= 5 && !ordinary.has(folded(page.id))
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

/** Where pages of the audience use a customer's name as a word, or somebody waived it. */
function excusedPlaces(
  audience: Audience,
  { playbook, sources, waived }: SecretsInput,
  customers: readonly Secret[],
  ordinary: ReadonlySet<string>,
): ReadonlySet<string> {
  const excused = new Set<string>()
  if (customers.length === 0) return excused
  const finder = new NameFinder<Secret>((word) => ordinary.has(word))
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
