/**
 * Coverage: which markets and segments the plays reach, who sells there, what is won without a play, and where to open next.
 */

import type { Verdict } from '../evidence/evidence.ts'
import { hasGraduated, playsFor } from '../evidence/markets.ts'
import { monthsBefore } from '../model/dates.ts'
import type { Entity } from '../model/entity.ts'
import { type MarketStage, stageOn } from '../model/market.ts'
import { predicateWords } from '../model/predicate-words.ts'
import { verdicts } from '../rules/play/claims.ts'
import { deadPlays } from '../rules/play/dead.ts'
import { type Ground, groundsOf, type MarketPlace, marketPlaces, type Opening, openingsOn } from './open-next.ts'
import { type OrphanGroups, orphanGroups } from './orphan-groups.ts'
import {
  type Cell,
  type Column,
  defineReport,
  type LedgerReportInput,
  type ReportValue,
  type Sheet,
  type Table,
} from './report.ts'
import { type Tally, tallyOf } from './tally.ts'

export interface CoverageValue extends ReportValue {
  readonly asOf: string
  /** Wins, losses and amounts are of deals that closed on this day or later. */
  readonly from: string
  readonly markets: readonly MarketCoverage[]
  readonly segments: readonly SegmentCoverage[]
  /** What markets are divided by: the columns of the map. */
  readonly places: readonly MarketPlace[]
  /** The fields of the map: segments in places, wherever there is a deal. */
  readonly grounds: readonly Ground[]
  readonly openNext: readonly Opening[]
  readonly orphans: OrphanGroups
  readonly dead: readonly { readonly id: string; readonly status: string; readonly since: string }[]
}

interface Reached extends Tally {
  readonly id: string
  /** The plays in use for it, the strongest first. */
  readonly plays: readonly { readonly id: string; readonly verdict: Verdict }[]
}

export interface MarketCoverage extends Reached {
  readonly segment: string | null
  /** In words; null where the market means the whole segment. */
  readonly territory: string | null
  /** Null before its first stage. */
  readonly stage: MarketStage | null
  readonly graduated: boolean
  readonly branchedFrom: string | null
  readonly learning: string | null
  readonly selling: string | null
  readonly reps: readonly string[]
}

export interface SegmentCoverage extends Reached {
  readonly markets: readonly string[]
}

const mostOpenings = 12

export const coverageReport = defineReport({
  name: 'coverage',
  about: 'Which markets and segments the plays reach, what is won without one, and where to open next.',
  needs: 'ledger',
  periods: [],
  value: coverageOf,
  sheet: sheetOf,
})

function coverageOf(input: LedgerReportInput): CoverageValue {
  const { playbook, evidence } = input
  const { asOf, columns } = evidence
  const from = monthsBefore(asOf, playbook.settings.evidence.windowMonths)
  const places = marketPlaces(input)
  const grounds = groundsOf(places, input, from)
  return {
    version: 1,
    asOf,
    from,
    markets: playbook.of('market').map((market) => marketCoverage(market, input, from)),
    segments: playbook.of('segment').map((segment) => segmentCoverage(segment, input, from)),
    places,
    grounds,
    openNext: openingsOn(grounds, input).slice(0, mostOpenings),
    orphans: orphanGroups(input, from),
    dead: [...deadPlays({ playbook, evidence, columns, asOf })].map(({ play, since }) => ({
      id: play.id,
      status: play.data.status ?? '',
      since,
    })),
  }
}

function marketCoverage(market: Entity<'market'>, input: LedgerReportInput, from: string): MarketCoverage {
  const { playbook, evidence } = input
  const { segment, branchedFrom, seats, reps } = market.data
  return {
    id: market.id,
    segment: segment ?? null,
    territory: predicateWords(market.predicates.territory) ?? null,
    stage: stageOn(market.data, evidence.asOf) ?? null,
    graduated: hasGraduated(market, playbook, evidence),
    branchedFrom: branchedFrom ?? null,
    learning: seats?.learning ?? null,
    selling: seats?.selling ?? null,
    reps,
    plays: judged(playsFor(market, playbook), input),
    ...tallyOf(evidence.marketRows(market.id), input, from),
  }
}

function segmentCoverage(segment: Entity<'segment'>, input: LedgerReportInput, from: string): SegmentCoverage {
  const { playbook, evidence } = input
  const plays = playbook
    .of('play')
    .filter(({ data }) => data.segment === segment.id && data.status !== 'draft' && data.status !== 'retired')
  return {
    id: segment.id,
    markets: playbook
      .of('market')
      .filter(({ data }) => data.segment === segment.id)
      .map(({ id }) => id),
    plays: judged(plays, input),
    ...tallyOf(evidence.segmentRows(segment.id), input, from),
  }
}

function judged(plays: readonly Entity<'play'>[], { evidence }: LedgerReportInput): Reached['plays'] {
  const found = new Map(evidence.plays.map(({ id, verdict }) => [id, verdict]))
  return plays
    .map(({ id }) => ({ id, verdict: found.get(id) ?? 'unproven' }))
    .sort((a, b) => verdicts.indexOf(b.verdict) - verdicts.indexOf(a.verdict) || (a.id < b.id ? -1 : 1))
}

function sheetOf(report: CoverageValue): Sheet {
  const { markets, segments, orphans, dead, openNext } = report
  const graduated = markets.filter((market) => market.graduated).length
  const bare = segments.filter(({ plays, wins }) => plays.length === 0 && wins > 0).length
  return {
    title: 'Coverage',
    lines: [
      markets.length === 0
        ? 'No market is written down yet, so nobody can say where it repeats.'
        : `${graduated} of ${inWords(markets.length, 'market')} graduated: reps repeat there what was learned.`,
      `${orphans.wins.toLocaleString('en-US')} won deals are in no play’s record${orphans.wins > 0 ? ': the next play is among them' : ''}.`,
      ...(bare > 0 ? [`${inWords(bare, 'segment')} with wins ${bare === 1 ? 'has' : 'have'} no play in use.`] : []),
    ],
    tables: [
      marketTable(report),
      segmentTable(segments),
      openTable(openNext),
      orphanTable(orphans),
      largestTable(orphans),
      deadTable(dead),
    ],
  }
}

const figures: readonly Column[] = [
  { name: 'wins', title: 'Won', kind: 'count' },
  { name: 'losses', title: 'Lost', kind: 'count' },
  { name: 'winRate', title: 'Win rate', kind: 'share' },
  { name: 'amount', title: 'Won amount', kind: 'money' },
  { name: 'customers', title: 'Customers', kind: 'count' },
  { name: 'targets', title: 'Targets', kind: 'count' },
]

function figuresOf({ wins, losses, winRate, tooFew, amount, customers, targets }: Tally): Cell[] {
  return [wins, losses, tooFew ? null : winRate, amount, customers, targets]
}

const figuresNote =
  'Won and lost within the window. Customers are accounts that have bought; targets are accounts with a deal and none won yet. A win rate is left out where there are too few to say.'

function marketTable({ markets }: CoverageValue): Table {
  return {
    name: 'markets',
    title: 'Markets',
    note: figuresNote,
    columns: [
      { name: 'market', title: 'Market', kind: 'market' },
      { name: 'stage', title: 'Stage', kind: 'text' },
      { name: 'verdict', title: 'Best play', kind: 'verdict' },
      { name: 'plays', title: 'Plays', kind: 'play' },
      { name: 'reps', title: 'Reps', kind: 'count' },
      ...figures,
    ],
    rows: markets.map((market) => [
      market.id,
      market.stage,
      market.plays[0]?.verdict ?? null,
      market.plays.map(({ id }) => id),
      market.reps.length,
      ...figuresOf(market),
    ]),
    empty: 'No market yet. Write one with `playproof new market`.',
  }
}

function segmentTable(segments: readonly SegmentCoverage[]): Table {
  return {
    name: 'segments',
    title: 'Segments',
    note: undefined,
    columns: [
      { name: 'segment', title: 'Segment', kind: 'segment' },
      { name: 'verdict', title: 'Best play', kind: 'verdict' },
      { name: 'plays', title: 'Plays', kind: 'play' },
      { name: 'markets', title: 'Markets', kind: 'market' },
      ...figures,
    ],
    rows: segments.map((segment) => [
      segment.id,
      segment.plays[0]?.verdict ?? null,
      segment.plays.map(({ id }) => id),
      segment.markets,
      ...figuresOf(segment),
    ]),
    empty: 'No segment yet. Write one with `playproof new segment`.',
  }
}

function openTable(openings: readonly Opening[]): Table {
  return {
    name: 'open-next',
    title: 'Where to open next',
    note: 'Where a segment is bought and no market is. The same customers in another place come first, by what the cookbook’s plays already won there.',
    columns: [
      { name: 'segment', title: 'Segment', kind: 'segment' },
      { name: 'place', title: 'In', kind: 'text' },
      { name: 'from', title: 'Branch from', kind: 'market' },
      { name: 'plays', title: 'Bring', kind: 'play' },
      { name: 'playWins', title: 'Won by these', kind: 'count' },
      { name: 'playLosses', title: 'Lost by these', kind: 'count' },
      ...figures.filter(({ name }) => name !== 'targets'),
    ],
    rows: openings.map((opening) => [
      opening.segment,
      opening.value,
      opening.from,
      opening.plays.map(({ id }) => id),
      opening.plays.reduce((sum, { wins }) => sum + wins, 0),
      opening.plays.reduce((sum, { losses }) => sum + losses, 0),
      ...figuresOf(opening).slice(0, -1),
    ]),
    empty:
      'No graduated market has a segment with wins where no market is. Graduate one first: a play for it has to be repeatable.',
  }
}

function orphanTable({ by, groups, groupsLeftOut }: OrphanGroups): Table {
  return {
    name: 'orphans',
    title: 'Won without a play',
    note: `Orphan wins by ${by.join(' and ') || 'nothing: no column groups them'}, largest amount first${groupsLeftOut > 0 ? `; ${inWords(groupsLeftOut, 'smaller group')} left out` : ''}. Lost deals beside them are in no play’s record either. Where a play could become repeatable, once enough of the deals have a review, it says which deals that play would mean.`,
    columns: [
      ...by.map((column): Column => ({ name: camel(column), title: spoken(column), kind: 'text' })),
      { name: 'wins', title: 'Won', kind: 'count' },
      { name: 'losses', title: 'Lost', kind: 'count' },
      { name: 'winRate', title: 'Win rate', kind: 'share' },
      { name: 'amount', title: 'Won amount', kind: 'money' },
      { name: 'customers', title: 'Customers', kind: 'count' },
      { name: 'example', title: 'Example', kind: 'deal' },
      { name: 'playSegment', title: 'A play for', kind: 'segment' },
      { name: 'playMatch', title: 'with `match`', kind: 'text' },
    ],
    rows: groups.map((group) => [
      ...group.values,
      group.wins,
      group.losses,
      group.tooFew ? null : group.winRate,
      group.amount,
      group.customers,
      group.example,
      group.play?.segment ?? null,
      group.play?.match ?? null,
    ]),
    empty: 'Every won deal is in the record of a play.',
  }
}

function largestTable({ largest, wins }: OrphanGroups): Table {
  return {
    name: 'orphan-deals',
    title: 'The largest won without a play',
    note: wins > largest.length ? `${largest.length} of ${wins.toLocaleString('en-US')}.` : undefined,
    columns: [
      { name: 'deal', title: 'Deal', kind: 'deal' },
      { name: 'account', title: 'Account', kind: 'account' },
      { name: 'owner', title: 'Sold by', kind: 'person' },
      { name: 'closed', title: 'Closed', kind: 'day' },
      { name: 'amount', title: 'Amount', kind: 'money' },
    ],
    rows: largest.map(({ deal, account, owner, closed, amount }) => [deal, account, owner, closed, amount]),
    empty: 'Every won deal is in the record of a play.',
  }
}

function deadTable(dead: CoverageValue['dead']): Table {
  return {
    name: 'dead',
    title: 'Dead plays',
    note: 'In use for half a year or longer without one closed deal.',
    columns: [
      { name: 'play', title: 'Play', kind: 'play' },
      { name: 'status', title: 'Status', kind: 'text' },
      { name: 'since', title: 'In use since', kind: 'day' },
    ],
    rows: dead.map(({ id, status, since }) => [id, status, since]),
    empty: 'None.',
  }
}

function inWords(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}

/** `accounts.office_location` is `officeLocation`. */
function camel(column: string): string {
  return column
    .replace(/^.*\./, '')
    .replace(/[^\p{L}\p{N}]+(.)?/gu, (_, next: string | undefined) => (next ?? '').toUpperCase())
}

/** `office_location` is `Office location`. */
function spoken(column: string): string {
  const words = column.replace(/^.*\./, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
