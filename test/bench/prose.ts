/**
 * Sentences that read like a playbook and mean nothing: for pages of a realistic size and vocabulary.
 *
 * Words are as frequent as in real text: some 15,000 by Zipf's law, the frequent ones real, the others made of
 * syllables. Of the words with a meaning (titles, prose) every other one stands on more than 6 % of 5,000 plays; it is
 * 8 % in the demonstration, and 10 to 17 % in published handbooks of sales, which have twenty to a hundred pages. The
 * hundred most frequent words are 60 % of the text (demonstration 58 %, handbooks 47 to 55 %). No digits and no rates,
 * since a figure in prose needs a citation and the generated pages are to be valid.
 */
import { Random } from './random.ts'

const split = (words: string) => words.split(' ')

const BEGINNINGS = split('con re in de pro com ex dis en per sub')
const CONSONANTS = split('b c d f g l m n p r s t v br ch cl dr gr pl pr sh sp st tr')
const VOWELS = split('a e i o u ea')

// Frequent words first; as many in all as `Random.word` makes use of.
const NOUNS = vocabulary(
  'buyer contract renewal team budget quote vendor support pilot line upgrade report network review warranty week auditor champion checkout clerk committee controller cutover counter deadline decision desk director driver engineer escalation evaluation factory fleet forecast freeze handover hospital image invoice inventory laboratory lane launch lease ledger manager migration objection office operator outage owner paper peak plant platform procurement proposal prototype purchase queue refresh region release replacement requirement rollout sample schedule season server shelf shift shop signature site sponsor spreadsheet store supplier terminal trial warehouse window workshop',
  8_184,
  ['n', 'r', 'l', 'nt', 'ment', 'tion', 'ty', 'ck', 'st'],
)
const VERBS = vocabulary(
  'needs asks uses sends shows pays signs wants runs knows keeps takes finds gives tells sees accepts agrees answers approves avoids blocks brings builds calls carries checks closes compares confirms counts cuts decides defends delays demands describes doubts explains expects fears follows forgets freezes holds ignores invites learns leaves loses meets moves names notices offers opens orders owns postpones prefers prepares promises protects proves questions reads refuses remembers replaces requires returns reviews saves schedules sells skips starts stops supports tests trusts understands visits waits watches writes',
  4_088,
  ['ds', 'ns', 'ps', 'rts', 'tes', 'zes', 'sts', 'cks'],
)
const ADJECTIVES = vocabulary(
  'new open large common ready same usual small local technical regional simple current late clear annual appointed broken busy careful central certain cheap cold daily direct early empty exact external familiar fast final firm formal former full hidden honest internal joint known likely long main missing narrow nervous next obvious old ordinary patient plain planned private proper public quick quiet recent reliable repeated second separate serious short silent single slow special stable steady strict sudden tired urgent useful visible weekly whole written',
  4_088,
  ['d', 'l', 'nt', 'nal', 'tic', 'tive', 'rous', 'ble'],
)
/** A for an adjective, N for a noun, V for a verb. */
const CLAUSES = [
  'the A N V their N of the N',
  'the N V a A N for this N',
  'he V no N without the N of a N',
  'she V our A N with every N',
  'this N V and V the N',
  'each N V what the A N V',
  'a N from the N V it to their N',
  'nobody V the N or V a N',
  'who V the N V it in the N',
  'no A N V before the N',
  'your N V as a N and is A',
  'it is the A N that V a N',
]
const JOINERS = split('because before until while although unless once when where but and so')
const ASIDES = [
  'Ask who signs, and write the name down.',
  'Do not send a deck before the second call.',
  'A friendly buyer without a date is not a deal.',
  'Say what we cannot do in the first meeting.',
  'If nobody loses anything by waiting, they will wait.',
  'Bring the engineer, and let the engineer speak.',
  'Repeat their words, not ours.',
]

export function sentence(random: Random): string {
  const words: Readonly<Record<string, readonly string[]>> = { A: ADJECTIVES, N: NOUNS, V: VERBS }
  const clause = () =>
    random
      .pick(CLAUSES)
      .replace(/[ANV]/g, (slot) => random.word(words[slot] ?? []))
      .replace(/\ba (?=[aeiou])/g, 'an ')
  const text = random.chance(0.5) ? clause() : `${clause()} ${random.pick(JOINERS)} ${clause()}`
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

export function paragraph(random: Random, sentences: number): string {
  const parts = Array.from({ length: sentences }, () => (random.chance(0.05) ? random.pick(ASIDES) : sentence(random)))
  return parts.join(' ')
}

export function list(random: Random, items: number): string {
  return Array.from({ length: items }, () => `- ${sentence(random)}`).join('\n')
}

/** A GFM table of two columns. */
export function table(random: Random, rows: number): string {
  const row = () => `| ${random.word(ADJECTIVES)} ${random.word(NOUNS)} | ${sentence(random)} |`
  return ['| They say | We answer |', '| --- | --- |', ...Array.from({ length: rows }, row)].join('\n')
}

/** Titles are made of words that other pages have as well. */
const wordsOfTitles = 504

/** Two words for a title: `broken invoice`. */
export function topic(random: Random): string {
  return `${random.word(ADJECTIVES.slice(0, wordsOfTitles))} ${random.word(NOUNS.slice(0, wordsOfTitles))}`
}

/** The words, and behind them made ones until there are so many. */
function vocabulary(words: string, size: number, endings: readonly string[]): readonly string[] {
  const random = new Random(size)
  const syllable = () => random.pick(CONSONANTS) + random.pick(VOWELS)
  const all = new Set(split(words))
  // Half of the long words of English begin in a few ways, and what is looked for begins so as well.
  while (all.size < size)
    all.add((random.chance(0.4) ? random.pick(BEGINNINGS) : syllable()) + syllable() + random.pick(endings))
  return [...all]
}
