/**
 * What each page of the site shows, as plain values that can be stored.
 *
 * Made once a build from what the core computed; templates draw these and compute nothing. Numbers stay
 * numbers here and become words where they are drawn.
 */

import type { Audience } from '../../../src/audience/audience.ts'
import type { Concentration, PlayRecord, ReasonCode, Verdict } from '../../../src/evidence/evidence.ts'
import type { MonthOfRecord } from '../../../src/evidence/record-by-month.ts'
import type { EntityType } from '../../../src/model/entity-types.ts'
import type { EvidenceSettings } from '../../../src/model/ledger-settings.ts'
import type { RuleId, Severity } from '../../../src/model/rule-ids.ts'
import type { Body } from './render-markdown.ts'

/** The sign in front of a play: its verdict, or why it has none to be used by. */
export type Mark = Verdict | 'learning' | 'retired' | 'unjudged'

/** Why a page should not be relied on as it stands: it is not what somebody stood behind, that was too long ago, or nobody ever did. */
export type Doubt = 'suspect' | 'stale' | 'unconfirmed'

export interface PageLink {
  readonly title: string
  readonly href: string
}

export interface MessageLink extends PageLink {
  readonly claim: string
  readonly backed: Backing | undefined
  readonly doubt: Doubt | undefined
}

/** What an approved message rests on; `no` is nothing. */
export type Backing = 'deals' | 'product' | 'no'

export interface PlayLink extends PageLink {
  readonly mark: Mark
  readonly byFit: boolean
  readonly doubt: Doubt | undefined
}

/** What every page has. */
export interface PageBasics {
  readonly id: string
  readonly title: string
  readonly href: string
  readonly body: Body
  readonly tags: readonly string[]
  /** Only leaders have it. */
  readonly restricted: boolean
  readonly doubt: Doubt | undefined
}

export interface Owners {
  readonly marketing: PageLink | undefined
  readonly sales: PageLink | undefined
}

export interface Confirmation {
  readonly by: PageLink | undefined
  readonly date: string
  /** The day by which somebody must say so again. */
  readonly due: string
}

/** One deal in a list. Amounts are in major units. */
export interface DealLine {
  readonly deal: string
  readonly account: string
  readonly owner: string
  readonly outcome: 'won' | 'lost' | 'open' | 'void'
  readonly amount: number | null
  readonly closed: string | null
  readonly review: string | undefined
}

export interface CitationLine {
  /** Empty where the audience is not told. */
  readonly deal: string
  readonly account: string | null
  readonly owner: string | null
  readonly amount: number | null
  readonly closed: string | null
  /** The amount's band and the quarter, where amount and day are not told. */
  readonly band: string | undefined
  readonly quarter: string | undefined
  readonly eligible: boolean
  readonly reasons: readonly ReasonCode[]
  readonly shows: string | undefined
  readonly review: string | undefined
  /** What forced the buyer to act and what happened, as the review tells it. */
  readonly story: { readonly event: string; readonly html: string } | undefined
}

/** Which counts of a play are not told. */
export interface Withheld {
  readonly record: boolean
  readonly others: boolean
}

export interface RecordFigures {
  readonly verdict: Verdict
  readonly tooFew: boolean
  readonly record: PlayRecord
  readonly baseline: { readonly wins: number; readonly losses: number; readonly winRate: number | null }
  /** Which of these are nought because the audience is not told so small a number. */
  readonly withheld: Withheld | undefined
}

/** What stands in a list of plays: everything but the text. */
export interface PlayRow extends PlayLink {
  readonly id: string
  readonly group: PlayGroup
  readonly segment: PageLink | undefined
  readonly stage: string | undefined
  readonly markets: readonly PageLink[]
  readonly figures: RecordFigures | undefined
  readonly rank: number
  readonly until: string | undefined
  /** `s3 p0 p2 t* c1 r0 R2`: what it answers to each question of the play finder, see {@link FinderQuestion}. */
  readonly fit: string
}

/**
 * A question of the play finder. A play made for an answer carries `<letter><index>`; `<letter>*` fits any; with a
 * capital letter it is not made for it, but a deal that counts as its evidence was won there.
 */
export interface FinderQuestion {
  readonly key: 'segment' | 'persona' | 'stage' | 'competitor' | 'region'
  readonly letter: string
  readonly label: string
  readonly answers: readonly string[]
}

export type PlayGroup = 'proven' | 'repeatable' | 'trial' | 'learning' | 'retired'

export interface PlayProof extends RecordFigures {
  readonly citations: readonly CitationLine[]
  readonly better: number | null
  readonly p: number | null
  readonly q: number | null
  readonly m: number | null
  readonly judgedOn: string
  readonly rank: number | null
  /** The band of the median amount, where the amount is not told. */
  readonly amounts: string | undefined
  readonly concentrated: readonly (Concentration & { readonly shown: string })[]
  /** The latest of the record, won and lost side by side. */
  readonly won: readonly DealLine[]
  readonly lost: readonly DealLine[]
  /** Won and lost in each month of the record, earliest first; empty where days are not shown. */
  readonly months: readonly MonthOfRecord[]
}

export interface FeedbackNote {
  readonly anchor: string
  readonly href: string
  readonly on: PageLink | undefined
  readonly by: PageLink | undefined
  readonly date: string
  readonly result: string
  readonly deal: string | undefined
  readonly review: string | undefined
  readonly html: string
  readonly answer: { readonly by: PageLink | undefined; readonly date: string; readonly action: string } | undefined
}

/** A finding that a reader of the page should know of. */
export interface Notice {
  readonly rule: RuleId
  readonly severity: Severity
  readonly text: string
}

export interface RelatedPlay extends PlayLink {
  /** What it has in common: “the segment, IT manager”. */
  readonly shares: readonly string[]
}

export interface PlayPage extends PageBasics {
  readonly type: 'play'
  readonly row: PlayRow
  readonly status: string
  /** The status where it claims more than the ledger supports. */
  readonly claims: string | undefined
  readonly personas: readonly PageLink[]
  readonly competitors: readonly PageLink[]
  readonly messages: readonly MessageLink[]
  /** `match` in words. */
  readonly fit: string | undefined
  readonly since: string | undefined
  readonly owners: Owners
  readonly confirmed: Confirmation | undefined
  readonly hypothesis:
    | {
        readonly test: string | undefined
        readonly confirmedBy: readonly DealLine[]
        readonly refutedBy: readonly DealLine[]
      }
    | undefined
  readonly history: readonly { readonly status: string; readonly on: string; readonly why: string | undefined }[]
  readonly proof: PlayProof | undefined
  readonly notices: readonly Notice[]
  readonly feedback: readonly FeedbackNote[]
  readonly related: readonly RelatedPlay[]
  /** The page made for the call; only what can be run has one. */
  readonly callHref: string | undefined
}

export interface MessagePage extends PageBasics {
  readonly type: 'message'
  readonly status: string
  readonly pillar: string
  readonly claim: string
  readonly owners: Owners
  readonly confirmed: Confirmation | undefined
  readonly personas: readonly PageLink[]
  readonly segments: readonly PageLink[]
  readonly replaces: readonly PageLink[]
  readonly replacedBy: readonly PageLink[]
  readonly backed: Backing | undefined
  readonly source: string | undefined
  readonly citations: readonly CitationLine[]
  readonly plays: readonly PlayLink[]
  readonly notices: readonly Notice[]
  readonly feedback: readonly FeedbackNote[]
}

export interface CompetitorPage extends PageBasics {
  readonly type: 'competitor'
  readonly segments: readonly PageLink[]
  readonly confirmed: Confirmation | undefined
  readonly plays: readonly PlayLink[]
  readonly met: readonly ReviewRow[]
  readonly notices: readonly Notice[]
}

export interface PersonaPage extends PageBasics {
  readonly type: 'persona'
  readonly segments: readonly PageLink[]
  readonly goals: readonly string[]
  readonly pains: readonly string[]
  readonly plays: readonly PlayLink[]
  readonly messages: readonly MessageLink[]
}

export interface SegmentPage extends PageBasics {
  readonly type: 'segment'
  readonly description: string | undefined
  readonly match: string | undefined
  readonly deals:
    | {
        readonly deals: number
        readonly wins: number
        readonly losses: number
        readonly median: number | null
        readonly bar: number | null
        readonly elephants: number
        readonly twoPriceLevels: boolean
      }
    | undefined
  readonly plays: readonly PlayLink[]
  readonly markets: readonly PageLink[]
  readonly messages: readonly MessageLink[]
  readonly personas: readonly PageLink[]
  readonly competitors: readonly PageLink[]
}

export interface MarketPage extends PageBasics {
  readonly type: 'market'
  readonly segment: PageLink | undefined
  readonly territory: string | undefined
  readonly stage: string
  readonly since: string | undefined
  readonly history: readonly { readonly stage: string; readonly on: string; readonly why: string | undefined }[]
  readonly learning: PageLink | undefined
  readonly selling: PageLink | undefined
  readonly reps: readonly PageLink[]
  readonly branchedFrom: PageLink | undefined
  readonly branches: readonly PageLink[]
  readonly plays: readonly PlayRow[]
  readonly notices: readonly Notice[]
}

export interface PersonPage extends PageBasics {
  readonly type: 'person'
  readonly anchor: string
  readonly role: string
  readonly left: string | undefined
  readonly owns: readonly PageLink[]
  readonly seats: readonly (PageLink & { readonly seat: 'learns' | 'sells' })[]
}

export interface ReviewRow extends PageLink {
  readonly deal: string
  readonly outcome: 'won' | 'lost'
  readonly account: string | undefined
  readonly owner: string | undefined
  readonly amount: number | null
  readonly closed: string | undefined
  /** The quarter, where the day is not told. */
  readonly quarter: string | undefined
  readonly compellingEvent: string
  readonly plays: readonly PlayLink[]
}

export interface ReviewPage extends PageBasics {
  readonly type: 'review'
  readonly row: ReviewRow
  readonly relationship: string
  readonly messages: readonly PageLink[]
  readonly competitors: readonly PageLink[]
  readonly reviewers: Owners
  readonly date: string | undefined
  readonly citedBy: readonly (PageLink & {
    readonly shows: string | undefined
    readonly reasons: readonly ReasonCode[]
  })[]
  readonly notices: readonly Notice[]
}

export interface FeedbackPage extends PageBasics {
  readonly type: 'feedback'
  readonly note: FeedbackNote
}

export interface CollateralPage extends PageBasics {
  readonly type: 'collateral'
  readonly file: string
  readonly retired: boolean
  readonly owner: PageLink | undefined
  readonly messages: readonly PageLink[]
}

export type SitePage =
  | PlayPage
  | MessagePage
  | CompetitorPage
  | PersonaPage
  | SegmentPage
  | MarketPage
  | PersonPage
  | ReviewPage
  | FeedbackPage
  | CollateralPage

export type PageOf<T extends EntityType> = Extract<SitePage, { readonly type: T }>

/** One thing to do, on the work list of each of its owners. */
export interface Duty {
  /** What kind of work it is, in words. */
  readonly kind: string
  readonly severity: Severity
  readonly rule: string
  readonly text: string
  readonly page: PageLink | undefined
  readonly file: string
  readonly line: number
}

export interface WorkList {
  /** Undefined for what has no owner. */
  readonly owner: PageLink | undefined
  /** How much there is of each kind. */
  readonly kinds: readonly { readonly words: string; readonly count: number }[]
  readonly duties: readonly Duty[]
}

/** A page that changed, or a play that the ledger gave another verdict, as readers are told. */
export interface Change extends PageLink {
  /** `2026-03-14T09:26:53Z` */
  readonly on: string
  readonly what: 'new' | 'changed' | 'verdict'
  readonly type: EntityType
  /** Of a play, as it is today. */
  readonly mark: Mark | undefined
  readonly byFit: boolean
  /** The verdict before, where that changed. */
  readonly was?: Mark
}

/** Where a reader can tell what happened in the field. */
export interface Tell {
  /** `cookbook@example.com`, where mail is taken. */
  readonly mail: string | undefined
  /** The code host's page for a new file. */
  readonly newFile:
    | { readonly host: 'github' | 'gitlab'; readonly address: string; readonly folder: string }
    | undefined
  /** Some other form. */
  readonly form: string | undefined
  /** Who may have been in the field. */
  readonly people: readonly { readonly id: string; readonly name: string }[]
}

/** What every page knows of the site. */
export interface SiteFacts {
  readonly title: string
  readonly company: string
  readonly locale: string
  readonly currency: string
  readonly audience: Audience
  readonly asOf: string
  /** Judged as of a day that was fixed more than 31 days ago. */
  readonly pinned: boolean
  readonly judgedOn: string | undefined
  readonly hasScoreboard: boolean
  /** Undefined where the audience is not told. */
  readonly deals: number | undefined
  readonly ledgerSha256: string | undefined
  /** The day of the latest win in the ledger. */
  readonly latestWin: string | undefined
  /** The paragraphs of the ledger's NOTICE. */
  readonly notice: readonly string[]
  readonly repository: string | undefined
  readonly thresholds: Omit<EvidenceSettings, 'counts'>
  /** Where charts of win rates begin and end, so that all of them can be compared. */
  readonly axis: { readonly from: number; readonly to: number }
  readonly numbers: Readonly<Record<EntityType, number>>
  readonly findings: Readonly<Record<Severity, number>>
  readonly notRun: readonly { readonly reason: string; readonly rules: readonly string[] }[]
  readonly filters: readonly SearchFilter[]
  readonly finder: readonly FinderQuestion[]
  /** Latest first. */
  readonly changes: readonly Change[]
  readonly tell: Tell
}

export interface SearchFilter {
  readonly key: string
  readonly label: string
  readonly values: readonly string[]
}

export interface SearchRecord {
  readonly url: string
  readonly content: string
  readonly language: string
  readonly meta: Readonly<Record<string, string>>
  readonly filters: Readonly<Record<string, readonly string[]>>
}
