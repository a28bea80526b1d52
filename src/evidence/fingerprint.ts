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
}

const version = '1'

/** `1;title=4f0zk1q8;deal.D-18=…;section.talk-track=…`, parts in a fixed order. */
export function fingerprintOf({ fields, deals, sections }: FingerprintParts): string {
  const parts = [
    ...Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, words(value)] as const])),
    ...deals.map(
      ({ id, account, outcome, amount, closed }) =>
        [`deal.${escaped(id)}`, JSON.stringify([account, outcome, amount, closed])] as const,
    ),
    // Two sections of one name are one part, so that neither hides the other.
    ...[...Map.groupBy(sections, ({ heading }) => heading)].map(
      ([heading, all]) => [`section.${escaped(heading)}`, words(all.map(({ text }) => text).join(' '))] as const,
    ),
  ]
  const sorted = [...parts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return [version, ...sorted.map(([name, value]) => `${name}=${hash(value)}`)].join(';')
}

/** What moved since `before`; undefined where it is a fingerprint of another version, which says nothing. */
export function movedSince(before: string, now: string): Moved[] | undefined {
  const [old, current] = [partsOf(before), partsOf(now)]
  if (old === undefined || current === undefined) return undefined
  const names = [...new Set([...old.keys(), ...current.keys()])].sort()
  return names.flatMap((name): Moved[] => {
    if (old.get(name) === current.get(name)) return []
    const how = !old.has(name) ? 'added' : !current.has(name) ? 'removed' : 'changed'
    const [kind, rest] = name.startsWith('deal.')
      ? (['deal', name.slice(5)] as const)
      : name.startsWith('section.')
        ? (['section', name.slice(8)] as const)
        : (['field', name] as const)
    return [{ kind, name: unescaped(rest), how }]
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

/** The words without the layout: line ends, indentation, quote marks and bullets are where an editor wraps. */
function words(text: string): string {
  return text
    .normalize('NFC')
    .split(/\s+/)
    .filter((word) => word !== '' && !/^(?:>+|[-*+|]|\|?[-:|]+\|?)$/.test(word))
    .join(' ')
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
