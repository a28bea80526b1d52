/**
 * What the ledger says about the playbook: the shapes every face shows.
 *
 * The JSON of `playproof evidence` is made of these values as they stand; field names are a contract.
 */
import type { Deal, LedgerColumn, Rows } from '../ledger/ledger.ts'
import type { DealGroups } from './deal-groups.ts'
import type { Orphans } from './orphans.ts'

export type Verdict = 'unproven' | 'anecdotal' | 'repeatable' | 'proven'

/** Why a cited deal does not count, in the order reasons are listed. */
export const reasonCodes = [
  'unknown-deal',
  'not-won',
  'not-counted',
  'stale',
  'no-review',
  'review-disagrees',
  'no-compelling-event',
  'not-run',
  'friends-and-family',
  'outside-segment',
  'elephant',
  'same-account',
  'churned',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

export interface CitationEvidence {
  readonly deal: string
  /** Null where the ledger has no such deal. */
  readonly account: string | null
  readonly owner: string | null
  /** Major units. */
  readonly amount: number | null
  readonly closed: string | null
  readonly eligible: boolean
  readonly reasons: readonly ReasonCode[]
}

export interface PlayRecord {
  /** By what the record belongs to the play: the ledger's `play` column, or deals that fit. */
  readonly basis: 'named' | 'matched'
  readonly wins: number
  readonly losses: number
  /** 0 to 1; null for 0 of 0. Likewise `low` and `high`, the 95% interval. */
  readonly winRate: number | null
  readonly low: number | null
  readonly high: number | null
  readonly accounts: number
  readonly sellers: number
  readonly lastWin: string | null
  readonly medianAmount: number | null
  readonly amountQ1: number | null
  readonly amountQ3: number | null
  readonly amountN: number
  readonly medianCycleDays: number | null
  readonly cycleQ1: number | null
  readonly cycleQ3: number | null
  readonly openUsed: number
  readonly openLeftOut: number
  readonly friendsLeftOut: number
  readonly undatedLeftOut: number
}

export interface PlayEvidence {
  readonly id: string
  readonly status: string | null
  readonly verdict: Verdict
  readonly tooFew: boolean
  readonly citations: readonly CitationEvidence[]
  readonly record: PlayRecord
  readonly baseline: { readonly wins: number; readonly losses: number; readonly winRate: number | null }
  readonly better: number | null
  readonly p: number | null
  readonly q: number | null
  readonly m: number | null
  readonly shrunk: { readonly mean: number; readonly low: number } | null
  readonly rank: number | null
  readonly concentrated: readonly Concentration[]
}

export interface Concentration {
  readonly dimension: 'account' | 'seller' | 'territory'
  /** The account group, the person's id (else the ledger's spelling) or the territory. */
  readonly value: string
  readonly share: number
}

/** Evidence of an approved message: its citations, and whether it is backed. */
export interface MessageEvidence {
  readonly id: string
  readonly citations: readonly CitationEvidence[]
  readonly backed: 'deals' | 'product' | 'no'
}

export interface SegmentEvidence {
  readonly id: string
  /** Deals of the segment closed within the window that count: for its page. */
  readonly deals: number
  readonly wins: number
  readonly losses: number
  /** Ids of won deals that are elephants here. */
  readonly elephants: readonly string[]
  /** Major units; null under 8 wins. */
  readonly median: number | null
  readonly bar: number | null
  /** More outliers than elephants may be: the segment holds two price levels. */
  readonly twoPriceLevels: boolean
  /** How many are above the bar. */
  readonly aboveBar: number
}

/** The deals of a market. */
export interface MarketEvidence {
  readonly id: string
  /** Deals of its segment in its territory that exist at T, count and are not void, by id. */
  readonly deals: readonly Deal[]
}

/** A won deal of the ledger and whether it is a repeatable sale, with the reasons if not. */
export interface SaleEvidence {
  /** The deal's row in the ledger, and its amount in minor units: to add up sales without making deals of them. */
  readonly row: number
  readonly amount: number | null
  readonly deal: Deal
  readonly repeatable: boolean
  readonly reasons: readonly SaleReason[]
}

/** Why a won deal is no repeatable sale, in the order reasons are listed. */
export const saleReasons = [
  'not-counted',
  'friends-and-family',
  'elephant',
  'churned',
  'no-play',
  'play-not-repeatable',
] as const
export type SaleReason = (typeof saleReasons)[number]

/** What had been won on one day, and what had been lost again. */
export interface DaySales {
  /** Deals that closed from one day to another, both inside, by id. */
  within(from: string, to: string): readonly SaleEvidence[]
  /** Deals won before `from` that churned from then to `to`, by id. */
  churnedWithin(from: string, to: string): readonly Deal[]
}

/** All that was computed for one playbook, one ledger and one day. */
export interface Evidence extends DealGroups {
  readonly asOf: string
  readonly judgedOn: string
  /** Sorted by id; all plays, drafts and retired ones too. */
  readonly plays: readonly PlayEvidence[]
  readonly messages: readonly MessageEvidence[]
  readonly segments: readonly SegmentEvidence[]
  /** Sorted by id; markets whose segment and territory the ledger can tell. */
  readonly markets: readonly MarketEvidence[]
  /** Every row of the ledger that is used, also what came after `asOf`. */
  readonly allDeals: readonly Deal[]
  /** Deals named anywhere in the playbook, by id, as the ledger has them. */
  readonly deals: ReadonlyMap<string, Deal>
  /** Nearest known ids of each id, cited or named, that the ledger lacks. */
  readonly nearest: ReadonlyMap<string, readonly string[]>
  /** Eligible-looking won deals that a play could cite and does not, best first, at most `most` (ten). */
  fitting(play: string, most?: number): readonly Deal[]
  /** How many won deals fit the play, cited or not. */
  fittingCount(play: string): number
  /** Won and lost closed deals of the play's record, latest first. */
  recordOf(play: string): readonly Deal[]
  /** The deals of {@link Evidence.recordOf}, by id. */
  recordRows(play: string): Rows
  /** Deals of a segment that exist at `asOf`, count and are not void, by id; none where nobody can tell. */
  segmentRows(segment: string): Rows
  /** The same of a market. */
  marketRows(market: string): Rows
  /** The account groups that the table of accounts has for a segment, or a market, dealt with or not; none where it cannot tell. */
  segmentAccounts(segment: string): Iterable<string>
  marketAccounts(market: string): Iterable<string>
  /** Won and lost deals in no play's record. */
  readonly orphans: Orphans
  /** The deal of a row: the same object each time. */
  deal(row: number): Deal
  /** The columns of the ledger that predicates may name. */
  readonly columns: readonly LedgerColumn[]
  /** The first won deal of each of the first accounts, the company's or a market's: by `closed`, then by id. */
  firstCustomers(most: number, market?: string): readonly Deal[]
  /** The deal of an id if it had been won by `asOf`. */
  wonDeal(id: string): Deal | undefined
  /** How many deals had been won by `asOf`, by their value in a column; blank cells are left out. */
  winsByValue(column: string): ReadonlyMap<string, number>
  /** Every won deal at `asOf`, by id. */
  readonly sales: readonly SaleEvidence[]
  /** Won deals as they were judged on any day, which costs a part of what {@link Evidence.on} does, and that only once. */
  salesOn(day: string): DaySales
  /** How many deals had been won or lost by `asOf`, by the month they closed in: `2017-10`. */
  closedByMonth(): ReadonlyMap<string, number>
  /** The segments that a deal lies in, by id. */
  segmentsOf(deal: string): readonly string[]
  /** Whether the deal of a row lies in at least one of these segments. */
  insideOf(segments: Iterable<string>): (row: number) => boolean
  /** The same playbook and ledger on another day, `YYYY-MM-DD`; the ledger is not read again. */
  on(day: string): Promise<Evidence>
}
