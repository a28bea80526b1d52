/**
 * Whether a cited deal counts, and every reason why it does not.
 *
 * The reasons and their order are those of {@link reasonCodes}. What is wrong is said per citation;
 * whether it deserves a finding is for the rules.
 */
import type { EvidenceSettings } from '../model/ledger-settings.ts'
import { type DealTable, noCode, noDay, state, stateOn } from './deal-table.ts'
import type { CitationEvidence, ReasonCode } from './evidence.ts'
import type { CompetitorInput, ReviewInput } from './evidence-input.ts'
import { type Period, periodBefore } from './period.ts'
import { majorUnits } from './record.ts'

/** What all citations of a playbook are judged by. */
export interface Bench {
  readonly table: DealTable
  /** T. */
  readonly today: number
  /** The months in which a win is fresh enough to cite. */
  readonly fresh: Period
  /** Minor units in a major one. */
  readonly unit: number
  /** By row. */
  readonly reviews: ReadonlyMap<number, ReviewInput>
  readonly competitors: ReadonlyMap<string, CompetitorInput>
  /** Whether the ledger says which plays were run. */
  readonly namesPlays: boolean
}

export interface BenchOptions {
  readonly asOf: string
  readonly settings: Pick<EvidenceSettings, 'maxAgeMonths'>
  readonly unit: number
  readonly reviews: readonly ReviewInput[]
  readonly competitors: readonly CompetitorInput[]
  readonly namesPlays: boolean
}

/** A second review of one deal is not heard: the pages' rules report it. */
export function bench(
  table: DealTable,
  { asOf, settings, unit, reviews, competitors, namesPlays }: BenchOptions,
): Bench {
  const fresh = periodBefore(asOf, settings.maxAgeMonths)
  return {
    table,
    today: fresh.to,
    fresh,
    unit,
    reviews: new Map(reviews.map((review) => [table.rowOf(review.deal) ?? noRow, review] as const).reverse()),
    competitors: new Map(competitors.map((competitor) => [competitor.id, competitor] as const)),
    namesPlays,
  }
}

/** Stands for the deals that the ledger does not have. */
const noRow = -1

/** What a deal is cited for. */
export interface Cause {
  /** The play that must have been run; undefined for a message. */
  readonly play: string | undefined
  /** Whether the deal's row is of the right kind; undefined where the segment is unknown, so that nobody can say. */
  readonly fits: ((row: number) => boolean) | undefined
  readonly isElephant: (row: number) => boolean
  /** Whether one account may be cited once only. */
  readonly onceAnAccount: boolean
}

/** Each citation with its reasons, in the order cited: an earlier eligible one takes the account. */
export function judgeCitations(
  bench: Bench,
  cited: readonly { readonly deal: string }[],
  cause: Cause,
): CitationEvidence[] {
  const { table } = bench
  const taken = new Set<number>()
  return cited.map(({ deal: id }) => {
    const row = table.rowOf(id)
    if (row === undefined || stateOn(table, row, bench.today) === state.absent) {
      return {
        deal: id,
        account: null,
        owner: null,
        amount: null,
        closed: null,
        eligible: false,
        reasons: ['unknown-deal'],
      }
    }
    const deal = table.deal(row)
    const account = table.account.codes[row] as number
    const reasons = reasonsAgainst(bench, row, cause, cause.onceAnAccount && taken.has(account))
    const eligible = reasons.length === 0
    if (eligible && account !== noCode) taken.add(account)
    return {
      deal: id,
      account: deal.account,
      owner: deal.owner,
      amount: majorUnits(deal.amount, bench.unit),
      closed: deal.closed,
      eligible,
      reasons,
    }
  })
}

/** Why an existing deal does not count; `taken` where its account is cited already. */
export function reasonsAgainst(bench: Bench, row: number, cause: Cause, taken: boolean): ReasonCode[] {
  const { table, today } = bench
  if (stateOn(table, row, today) !== state.won) return ['not-won']
  const reasons: ReasonCode[] = []
  const review = bench.reviews.get(row)
  const fits = cause.fits?.(row) ?? true
  if (table.counted[row] === 0) reasons.push('not-counted')
  if ((table.closed[row] as number) < bench.fresh.from) reasons.push('stale')
  if (review === undefined) reasons.push('no-review')
  if (review !== undefined && contradicts(bench, row, review)) reasons.push('review-disagrees')
  if (review?.compellingEvent?.trim() === '') reasons.push('no-compelling-event')
  if (cause.play !== undefined && !wasRun(bench, row, cause.play, review)) reasons.push('not-run')
  if (table.friend[row] === 1) reasons.push('friends-and-family')
  if (!fits) reasons.push('outside-segment')
  if (fits && cause.isElephant(row)) reasons.push('elephant')
  if (taken) reasons.push('same-account')
  if (hasChurned(table, row, today)) reasons.push('churned')
  return reasons
}

export function hasChurned(table: DealTable, row: number, today: number): boolean {
  const churned = table.churned[row] as number
  return churned !== noDay && churned <= today
}

/** Where neither a review nor the ledger could say which plays were run, nobody asks. */
function wasRun(bench: Bench, row: number, play: string, review: ReviewInput | undefined): boolean {
  if (review === undefined && !bench.namesPlays) return true
  if (review?.plays.includes(play) === true) return true
  const { codes, values } = bench.table.plays
  return bench.namesPlays && values[codes[row] as number]?.includes(play) === true
}

/** Whether the review of a won deal says otherwise; what either side leaves blank contradicts nothing. */
function contradicts(bench: Bench, row: number, review: ReviewInput): boolean {
  const deal = bench.table.deal(row)
  if (review.outcome !== undefined && review.outcome !== 'won') return true
  if (review.amount !== undefined && deal.amount !== null && Math.round(review.amount * bench.unit) !== deal.amount)
    return true
  if (review.closed !== undefined && deal.closed !== null && review.closed !== deal.closed) return true
  if (deal.competitor === '' || review.competitors.length === 0) return false
  const names = review.competitors.map((id) => bench.competitors.get(id)?.ledgerName)
  // A competitor whose name in the ledger nobody knows may be the one that the ledger names.
  return !names.includes(deal.competitor) && !names.includes(undefined)
}
