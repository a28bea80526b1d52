/**
 * Sentences that read like a playbook and mean nothing: for pages of a realistic size and vocabulary.
 *
 * No digits and no rates, since a figure in prose needs a citation and the generated pages are to be valid.
 */
import type { Random } from './random.ts'

const split = (words: string) => words.split(' ')

const NOUNS = split(
  'auditor budget buyer champion checkout clerk committee contract controller cutover counter deadline decision desk director driver engineer escalation evaluation factory fleet forecast freeze handover hospital image invoice inventory laboratory lane launch lease ledger line manager migration network objection office operator outage owner paper peak pilot plant platform procurement proposal prototype purchase queue quote refresh region release renewal replacement report requirement review rollout sample schedule season server shelf shift shop signature site sponsor spreadsheet store supplier support team terminal trial upgrade vendor warehouse warranty week window workshop',
)
const VERBS = split(
  'accepts agrees answers approves asks avoids blocks brings builds calls carries checks closes compares confirms counts cuts decides defends delays demands describes doubts explains expects fears finds follows forgets freezes gives holds ignores invites keeps knows learns leaves loses meets moves names needs notices offers opens orders owns pays postpones prefers prepares promises protects proves questions reads refuses remembers replaces requires returns reviews saves schedules sees sells sends shows signs skips starts stops supports takes tells tests trusts understands uses visits waits wants watches writes',
)
const ADJECTIVES = split(
  'annual appointed broken busy careful central certain cheap clear cold common current daily direct early empty exact external familiar fast final firm formal former full hidden honest internal joint known large late likely local long main missing narrow new nervous next obvious old open ordinary patient plain planned private proper public quick quiet ready recent regional reliable repeated same second separate serious short silent simple single slow small special stable steady strict sudden technical tired urgent useful usual visible weekly whole written',
)
const JOINERS = split('because before until while although unless once when where whenever')
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
  const clause = () =>
    `the ${random.pick(ADJECTIVES)} ${random.pick(NOUNS)} ${random.pick(VERBS)} the ${random.pick(NOUNS)} of the ${random.pick(NOUNS)}`
  const text = random.chance(0.5) ? clause() : `${clause()} ${random.pick(JOINERS)} ${clause()}`
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

export function paragraph(random: Random, sentences: number): string {
  const parts = Array.from({ length: sentences }, () => (random.chance(0.15) ? random.pick(ASIDES) : sentence(random)))
  return parts.join(' ')
}

export function list(random: Random, items: number): string {
  return Array.from({ length: items }, () => `- ${sentence(random)}`).join('\n')
}

/** A GFM table of two columns. */
export function table(random: Random, rows: number): string {
  const row = () => `| ${random.pick(ADJECTIVES)} ${random.pick(NOUNS)} | ${sentence(random)} |`
  return ['| They say | We answer |', '| --- | --- |', ...Array.from({ length: rows }, row)].join('\n')
}

/** Two words for a title: `broken invoice`. */
export function topic(random: Random): string {
  return `${random.pick(ADJECTIVES)} ${random.pick(NOUNS)}`
}
