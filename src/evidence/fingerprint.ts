/**
 * What a page and its deals were when somebody stood behind it, in a line of text.
 *
 * Each part has a hash of its own, so that a later look can say what moved and not only that something did. Layout
 * is no part: re-wrapped text gives the same line. It guards against forgetting, not against forgery.
 */
import type { Outcome } from '../model/ledger-settings.ts'

export interface FingerprintParts {
  /** By name (`title`, `claim`, `match`, …): what is said there, or nothing. */
  readonly fields: Readonly<Record<string, string | undefined>>
  readonly deals: readonly FingerprintDeal[]
  /** By heading: the text of each section; what stands before the first has the heading ''. */
  readonly sections: readonly { readonly heading: string; readonly text: string }[]
}

export interface FingerprintDeal {
  readonly id: string
  readonly account: string
  readonly outcome: Outcome
  /** Minor units. */
  readonly amount: number | null
  readonly closed: string | null
}

/** What moved between two fingerprints. */
export interface Moved {
  readonly kind: 'field' | 'deal' | 'section'
  readonly name: string
  readonly how: 'changed' | 'added' | 'removed'
  /** Of what changed: which facts of the deal, or whether words or figures of the section. Empty where nobody can tell. */
  readonly what: readonly Detail[]
}

export const dealFacts = ['account', 'outcome', 'amount', 'closed'] as const
const sectionDetails = ['words', 'figures'] as const
export type Detail = (typeof dealFacts)[number] | (typeof sectionDetails)[number]

const version = '1'

/**
 * `1;deal.D-18=…;section.Talk%20track=…;title=4f0zk1q8`, parts in a fixed order: a hash of the part, then a short one for
 * each of its details, `deal.D-18=4m9krna246.0a81fz.t5x20d.91hzq3.k2m4c7`.
 */
export function fingerprintOf({ fields, deals, sections }: FingerprintParts): string {
  const parts = [
    ...Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [words(value)]] as const],
    ),
    ...deals.map((deal) => {
      const facts = dealFacts.map((fact) => deal[fact])
      return [
        `deal.${escaped(deal.id)}`,
        [JSON.stringify(facts), ...facts.map((fact) => JSON.stringify(fact))],
      ] as const
    }),
    // Two sections of one name are one part, so that neither hides the other.
    ...[...Map.groupBy(sections, ({ heading }) => heading)].map(([heading, all]) => {
      const text = words(all.map((section) => section.text).join(' '))
      const [figures, others] = [text.split(' ').filter(isFigure), text.split(' ').filter((word) => !isFigure(word))]
      return [`section.${escaped(heading)}`, [text, others.join(' '), figures.join(' ')]] as const
    }),
  ]
  const sorted = [...parts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const hashes = ([whole = '', ...details]: readonly string[]): string =>
    [hash(whole), ...details.map((detail) => hash(detail).slice(-6))].join('.')
  return [version, ...sorted.map(([name, values]) => `${name}=${hashes(values)}`)].join(';')
}

/** What moved since `before`; undefined where it is a fingerprint of another version, which says nothing. */
export function movedSince(before: string, now: string): Moved[] | undefined {
  const [old, current] = [partsOf(before), partsOf(now)]
  if (old === undefined || current === undefined) return undefined
  const names = [...new Set([...old.keys(), ...current.keys()])].sort()
  return names.flatMap((name): Moved[] => {
    const [was = '', ...wasDetails] = old.get(name)?.split('.') ?? []
    const [is = '', ...isDetails] = current.get(name)?.split('.') ?? []
    if (was === is && old.has(name) && current.has(name)) return []
    const how = !old.has(name) ? 'added' : !current.has(name) ? 'removed' : 'changed'
    const [kind, rest] = name.startsWith('deal.')
      ? (['deal', name.slice(5)] as const)
      : name.startsWith('section.')
        ? (['section', name.slice(8)] as const)
        : (['field', name] as const)
    const details = kind === 'deal' ? dealFacts : kind === 'section' ? sectionDetails : []
    const told = how === 'changed' && wasDetails.length === details.length && isDetails.length === details.length
    const what = told ? details.filter((_, index) => wasDetails[index] !== isDetails[index]) : []
    return [{ kind, name: unescaped(rest), how, what }]
  })
}

function partsOf(fingerprint: string): Map<string, string> | undefined {
  const [first, ...parts] = fingerprint.split(';')
  if (first !== version) return undefined
  return new Map(
    parts.map((part): [string, string] => [
      part.slice(0, part.lastIndexOf('=')),
      part.slice(part.lastIndexOf('=') + 1),
    ]),
  )
}

/**
 * The words without the layout: line ends, indentation, quote marks and bullets are where an editor wraps, and bold is
 * as plain a word. Comments are no words: a waiver is written into a page that was confirmed.
 */
function words(text: string): string {
  return withoutComments(text)
    .normalize('NFC')
    .split(/\s+/)
    .filter((word) => !/^(?:>+|#{1,6}|[-*+|]|\|?[-:|]+\|?)$/.test(word))
    .map((word) => word.replace(/[*~]+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, ''))
    .filter((word) => word !== '')
    .join(' ')
}

/** Found without going back: a page may hold thousands that never end. */
function withoutComments(text: string): string {
  const kept: string[] = []
  let from = 0
  for (let start = text.indexOf('<!--'); start >= 0; start = text.indexOf('<!--', from)) {
    const end = text.indexOf('-->', start + 4)
    if (end < 0) break
    kept.push(text.slice(from, start))
    from = end + 3
  }
  return [...kept, text.slice(from)].join(' ')
}

/** An address has figures that say nothing. */
function isFigure(word: string): boolean {
  return /\p{N}/u.test(word) && !word.includes('/')
}

function escaped(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll(';', '%3B').replaceAll('=', '%3D')
}

/** A line that somebody wrote by hand may be no escape at all. */
function unescaped(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** cyrb53 (bryc, public domain): 53 bits, so that two different texts share a hash once in 10^15. */
function hash(text: string): string {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36)
}
