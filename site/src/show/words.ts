/**
 * The words for what the core says in codes.
 */
import type { ReasonCode } from '../../../src/evidence/evidence.ts'
import type { EntityType } from '../../../src/model/entity-types.ts'
import type { RuleId, Severity } from '../../../src/model/rule-ids.ts'
import type { Backing, Doubt, Mark, PlayGroup, SiteFacts, Tell } from '../content/page-types.ts'

const marks: Readonly<Record<Mark, string>> = {
  proven: 'Proven',
  repeatable: 'Repeatable',
  anecdotal: 'Anecdotal',
  unproven: 'Unproven',
  learning: 'Hypothesis',
  retired: 'Retired',
  unjudged: 'Not judged',
}

export function markWord(mark: Mark, byFit = false): string {
  return byFit ? `${marks[mark]} (by fit)` : marks[mark]
}

/** What a message is backed by, in a word. */
export function messageVerdict(backed: 'deals' | 'product' | 'no' | undefined): string {
  if (backed === undefined) return 'not judged'
  return { deals: 'backed by deals', product: 'proved by the product', no: 'not backed' }[backed]
}

/** How many of the four steps of the mark are filled. */
export const steps: Readonly<Record<Mark, number>> = {
  proven: 4,
  repeatable: 2,
  anecdotal: 1,
  unproven: 0,
  learning: 0,
  retired: 0,
  unjudged: 0,
}

/** The verdict in one sentence. */
export const verdictMeaning: Readonly<Record<Mark, string>> = {
  proven: 'Several accounts and sellers, and a record that is better than the rest of its segment beyond chance.',
  repeatable: 'Several accounts and sellers, and a record that does not speak against it.',
  anecdotal: 'At least one deal counts, which shows that it can work, not that it works again.',
  unproven: 'No cited deal counts yet.',
  learning: 'Being tested. Not a play to run.',
  retired: 'No longer run. Kept for what it taught.',
  unjudged: 'There is no ledger to judge it by.',
}

export const doubtWords: Readonly<Record<Doubt, string>> = {
  suspect: 'Suspect',
  stale: 'Stale',
  unconfirmed: 'Unconfirmed',
}

const noticeTitles: Readonly<Partial<Record<RuleId, string>>> = {
  'play/suspect': 'Suspect: changed since its owner stood behind it',
  'message/suspect': 'Suspect: changed since its owner stood behind it',
  'play/unconfirmed': 'Nobody stands behind this at present',
  'message/unconfirmed': 'Nobody stands behind this at present',
  'competitor/unconfirmed': 'Nobody stands behind this at present',
  'play/trial-expired': 'The trial is over, and nobody has decided',
  'play/dead': 'No deal has closed with this',
  'play/overclaimed': 'The page claims more than the ledger supports',
  'message/overclaimed': 'No won deal counts for this',
  'market/opened-too-early': 'Opened too early',
  'seat/shared': 'One person holds both seats',
  'review/one-sided': 'Signed by one side only',
}

export function noticeTitle(rule: RuleId): string {
  return noticeTitles[rule] ?? 'To be put right'
}

export const backingWords: Readonly<Record<Backing, string>> = {
  deals: 'Backed by deals',
  product: 'Proved by the product',
  no: 'Not backed',
}

export const groupTitles: Readonly<Record<PlayGroup, string>> = {
  proven: 'Proven',
  repeatable: 'Repeatable',
  trial: 'On trial',
  learning: 'Being learned',
  retired: 'Retired',
}

export const typeWords: Readonly<Record<EntityType, string>> = {
  play: 'Play',
  message: 'Message',
  segment: 'Segment',
  persona: 'Persona',
  competitor: 'Battlecard',
  market: 'Market',
  person: 'Person',
  review: 'Review',
  feedback: 'Feedback',
  collateral: 'Collateral',
}

export const roleWords: Readonly<Record<string, string>> = {
  founder: 'Founder',
  executive: 'Executive',
  product: 'Product',
  marketing: 'Marketing',
  'sales-lead': 'Sales lead',
  rep: 'Rep',
  other: 'Other',
}

export const relationshipWords: Readonly<Record<string, string>> = {
  none: 'None',
  'existing-customer': 'Existing customer',
  friend: 'A friend',
  family: 'Family',
  investor: 'An investor',
  'former-colleague': 'A former colleague',
}

export const stageWords: Readonly<Record<string, string>> = {
  discovery: 'Discovery',
  validation: 'Validation',
  creation: 'Creation',
  building: 'Building',
}

export const severityWords: Readonly<Record<Severity, string>> = { error: 'Error', warn: 'Warning', hint: 'Hint' }

export const resultWords: Readonly<Record<string, string>> = {
  worked: 'It worked',
  changed: 'It had to be changed',
  failed: 'It failed',
}

/** Why a cited deal does not count, as a sentence about the deal. */
export function reasonSentence(reason: ReasonCode, { thresholds }: Pick<SiteFacts, 'thresholds'>): string {
  const sentences: Readonly<Record<ReasonCode, string>> = {
    'unknown-deal': 'The ledger has no such deal.',
    'not-won': 'It was not won.',
    'not-counted': 'It is of a kind that does not count.',
    stale: `It closed more than ${thresholds.maxAgeMonths} months ago.`,
    'no-review': 'No review tells its story.',
    'review-disagrees': 'Its review and the ledger disagree.',
    'no-compelling-event': 'Nothing forced the buyer to act, says its review.',
    'not-run': 'Nobody recorded that this play was run.',
    'friends-and-family': 'It came through friends, family or an investor.',
    'outside-segment': 'It is outside the segment this is for.',
    elephant: `It is an elephant: more than ${thresholds.elephantTimes} times the median of its segment.`,
    'same-account': 'Its account is cited above already and counts once.',
    churned: 'The customer has left since.',
  }
  return sentences[reason]
}

/** `listed(['a', 'b', 'c'])` is “a, b and c”. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`
}

/** Whether a reader can tell anything anywhere. */
export function hasWays({ mail, newFile, form }: Tell): boolean {
  return mail !== undefined || newFile !== undefined || form !== undefined
}
