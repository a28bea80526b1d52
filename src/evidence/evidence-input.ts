/**
 * What evidence is gathered from: the playbook as plain data, without pages or places.
 *
 * A field that an author left out or that could not be read is undefined; each question below says
 * what it then leaves unasked.
 */
import type { EvidenceSettings } from '../model/ledger-settings.ts'
import type { Predicate } from '../model/predicate.ts'

export interface EvidenceInput {
  /** T, `YYYY-MM-DD`: the day everything is computed for. */
  readonly asOf: string
  /** The month (1 to 12) in which fiscal years begin. */
  readonly fiscalYearStart: number
  readonly settings: EvidenceSettings
  /** Digits of the currency's minor unit: 2 for USD, 0 for JPY. */
  readonly currencyDigits: number
  readonly plays: readonly PlayInput[]
  readonly messages: readonly MessageInput[]
  readonly segments: readonly SegmentInput[]
  readonly markets: readonly MarketInput[]
  readonly reviews: readonly ReviewInput[]
  readonly people: readonly PersonInput[]
  readonly competitors: readonly CompetitorInput[]
  /** Deals that pages name beside citations and reviews: for {@link Evidence.deals}. */
  readonly namedDeals: readonly string[]
}

export interface PlayInput {
  readonly id: string
  readonly status?: string | undefined
  /** A segment that `segments` does not have leaves everything that depends on it unsaid. */
  readonly segment?: string | undefined
  readonly match?: Predicate | undefined
  /** `YYYY-MM-DD`. */
  readonly since?: string | undefined
  readonly evidence: readonly { readonly deal: string }[]
}

export interface MessageInput {
  readonly id: string
  readonly status?: string | undefined
  readonly segments: readonly string[]
  readonly proof?: string | undefined
  /** The link that `proof: product` needs. */
  readonly source?: string | undefined
  readonly evidence: readonly { readonly deal: string }[]
}

export interface SegmentInput {
  readonly id: string
  readonly match: Predicate
}

export interface MarketInput {
  readonly id: string
  /** A segment that `segments` does not have leaves the market's deals unsaid. */
  readonly segment: string | undefined
  readonly territory: Predicate
}

export interface ReviewInput {
  readonly deal: string
  readonly outcome?: string | undefined
  /** Blank where the review says that there was none. */
  readonly compellingEvent?: string | undefined
  readonly relationship?: string | undefined
  /** Ids of the plays that were run. */
  readonly plays: readonly string[]
  /** Ids of competitors. */
  readonly competitors: readonly string[]
  /** Major units of the playbook's currency. */
  readonly amount?: number | undefined
  readonly closed?: string | undefined
}

export interface PersonInput {
  readonly id: string
  readonly role?: string | undefined
  readonly ledgerNames: readonly string[]
}

export interface CompetitorInput {
  readonly id: string
  readonly ledgerName?: string | undefined
}
