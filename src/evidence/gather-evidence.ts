/**
 * Everything the ledger says about a playbook on one day.
 *
 * The engine is asked once for all deals and once for each predicate; from there on all is arithmetic
 * over rows, so that every engine yields the same verdict. For another day, gather again.
 */
import type { Deal, LedgerEngine } from '../ledger/ledger.ts'
import { dayNumber, lastQuarterEnd } from '../model/dates.ts'
import { everything, fixedColumns, type Predicate } from '../model/predicate.ts'
import { closedIn, probabilityBetter, type WinsAndLosses } from './better.ts'
import { concentrationOf } from './concentration.ts'
import { type DealTable, dealTable, noDay, type Seller, state, stateOn } from './deal-table.ts'
import { type Elephants, elephantsAmong } from './elephants.ts'
import { type Bench, bench, type Cause, judgeCitations } from './eligibility.ts'
import type { CitationEvidence, Evidence, MessageEvidence, PlayEvidence, SegmentEvidence } from './evidence.ts'
import type { EvidenceInput, MessageInput, PlayInput, SegmentInput } from './evidence-input.ts'
import { fittingRows, suggestedRows } from './fitting.ts'
import { discoveries, placings, type Standing } from './judged-plays.ts'
import { orphansOf } from './orphans.ts'
import { closedWithin, type Period, periodBefore } from './period.ts'
import { type Belonging, majorUnits, playRecord, recordRows, tally, winRate } from './record.ts'
import { salesOf } from './sales.ts'
import { holds, keep, type RowQuestion, type Rows, type SelectedRows, selectRows, shared } from './select-rows.ts'
import { isRepeatable, verdictOf } from './verdict.ts'

export type { EvidenceInput } from './evidence-input.ts'

/**
 * Gathers the evidence as of `input.asOf`.
 *
 * A play whose segment `input.segments` lacks, or whose predicates name a column that the ledger lacks, has an empty
 * record, null for every figure that needs one, and a verdict by its citations alone. Rejects only as the engine does.
 */
export async function gatherEvidence(input: EvidenceInput, engine: LedgerEngine): Promise<Evidence> {
  const { asOf, settings } = input
  const judgedOn = lastQuarterEnd(asOf, input.fiscalYearStart)
  const now = periodBefore(asOf, settings.windowMonths)
  const then = periodBefore(judgedOn, settings.windowMonths)
  const unit = 10 ** input.currencyDigits

  const table = dealTable(await engine.matching({ all: [] }), { ...input, friendsSources: settings.friendsSources })
  const segmentInputs = new Map(input.segments.map((segment) => [segment.id, segment] as const).reverse())
  const selected = await selectRows(engine, table, questionsOf(input, segmentInputs))
  if (settings.counts !== undefined) markCounted(table, selected([settings.counts]))
  const judge = bench(table, { ...input, unit, namesPlays: engine.has('play') })

  const herds = new Map(
    [...segmentInputs.values()].map((segment) => [
      segment.id,
      herdOf(table, segment, selected, now, settings.elephantTimes),
    ]),
  )
  const scopes = scopeTallies(table)
  const named = judge.namesPlays ? rowsByPlay(table) : undefined
  const byId = <T extends { readonly id: string }>(a: T, b: T): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  const plays = [...input.plays].sort(byId).map((play) => studyPlay(play))

  function studyPlay(play: PlayInput): StudiedPlay {
    const segment = play.segment === undefined ? undefined : segmentInputs.get(play.segment)
    const matched = segment === undefined ? undefined : selected(fitOf(segment, play.match))
    const herd = segment === undefined ? undefined : herds.get(segment.id)
    // One without the other would be a record of deals that nobody can place.
    const known =
      matched === undefined || herd === undefined || segment === undefined ? undefined : { segment, herd, matched }
    const belonging: Belonging = {
      basis: named === undefined ? 'matched' : 'named',
      rows:
        known === undefined
          ? noRows
          : named === undefined
            ? known.matched
            : shared(named.get(play.id) ?? noRows, known.herd.members),
      since: play.since === undefined ? noDay : dayNumber(play.since),
    }
    const cause: Cause = {
      play: play.id,
      fits: known === undefined ? undefined : (row) => holds(known.matched, row),
      isElephant: (row) => known?.herd.elephants.rows.has(row) === true,
      onceAnAccount: true,
    }
    const recorded = recordRows(table, belonging, now)
    const standingIn = (period: Period): Standing | undefined => {
      if (known === undefined) return undefined
      const record = tally(table, belonging.rows, period, belonging.since)
      return { record, baseline: less(scopes(known.segment.id, known.herd.members, period, belonging.since), record) }
    }
    const standing = standingIn(now)
    return {
      play,
      belonging,
      cause,
      recorded,
      matched: known?.matched ?? noRows,
      standing,
      judged: then.to === now.to ? standing : standingIn(then),
      fixed: new Set([...fixedColumns(segment?.match ?? everything), ...fixedColumns(play.match ?? everything)]),
    }
  }

  const inUse = <T>(studied: StudiedPlay, value: T): T | undefined =>
    studied.play.status === 'retired' ? undefined : value
  const found = discoveries(
    plays.map((studied) => inUse(studied, studied.judged)),
    settings.minBaseline,
  )
  const placed = placings(plays.map((studied) => inUse(studied, studied.standing)?.record))

  const playEvidence = plays.map((studied, index): PlayEvidence => {
    const { play, standing, recorded } = studied
    const citations = judgeCitations(judge, play.evidence, studied.cause)
    const record = playRecord(table, studied.belonging, recorded, now, unit)
    const baseline = standing?.baseline ?? { wins: 0, losses: 0 }
    const better =
      closedIn(record) < settings.minBaseline || closedIn(baseline) < settings.minBaseline
        ? null
        : probabilityBetter(record, baseline)
    const concentrated = concentrationOf(table, recorded, studied.fixed, settings.maxShare)
    const { p, q, m } = found[index] ?? { p: null, q: null, m: null }
    const { shrunk, rank } = placed[index] ?? { shrunk: null, rank: null }
    const verdict = verdictOf(
      { ...backers(table, citations), closed: closedIn(record), better, q, concentrated },
      settings,
    )
    return {
      id: play.id,
      status: play.status ?? null,
      verdict,
      tooFew: closedIn(record) < settings.minClosed,
      citations,
      record,
      baseline: { ...baseline, winRate: winRate(baseline) },
      better,
      p,
      q,
      m,
      shrunk,
      rank,
      concentrated,
    }
  })

  const lending = plays.flatMap(({ play, recorded }, index) =>
    play.status === 'draft' ? [] : [{ recorded, repeatable: isRepeatable(playEvidence[index]?.verdict ?? 'unproven') }],
  )
  const placeOf = new Map(plays.map(({ play }, index) => [play.id, index] as const).reverse())
  const fitting = (id: string): Rows => {
    const studied = plays[placeOf.get(id) ?? -1]
    return studied === undefined ? noRows : fittingRows(judge, studied.matched, studied.cause)
  }
  const dealAt = (row: number): Deal => table.deals[row] as Deal
  const mentioned = mentionedDeals(input)

  return {
    asOf,
    judgedOn,
    plays: playEvidence,
    messages: [...input.messages].sort(byId).map((message) => judgeMessage(judge, message, segmentInputs, selected)),
    segments: [...segmentInputs.values()]
      .sort(byId)
      .map(({ id }) => segmentEvidence(table, id, herds.get(id), now, unit)),
    deals: new Map(
      mentioned.flatMap((id) => (table.rowOf.has(id) ? [[id, dealAt(table.rowOf.get(id) as number)] as const] : [])),
    ),
    nearest: await nearestIds(engine, table, now.to, mentioned),
    fitting(id) {
      const index = placeOf.get(id) ?? -1
      const studied = plays[index]
      if (studied === undefined) return []
      return suggestedRows(judge, fitting(id), studied.cause, playEvidence[index]?.citations ?? [])
        .slice(0, 10)
        .map(dealAt)
    },
    fittingCount: (id) => fitting(id).length,
    recordOf(id) {
      const rows = Array.from(plays[placeOf.get(id) ?? -1]?.recorded ?? noRows)
      return rows.sort((a, b) => (table.closed[b] as number) - (table.closed[a] as number) || a - b).map(dealAt)
    },
    orphans: orphansOf(
      table,
      now,
      plays.map(({ recorded }) => recorded),
    ),
    sales: salesOf(
      table,
      now.to,
      lending,
      [...herds.values()].filter((herd) => herd !== undefined),
    ),
  }
}

const noRows: Rows = new Int32Array(0)

/** A segment's deals and its elephants; undefined where its predicate names a column that the ledger lacks. */
interface Herd {
  readonly members: Rows
  readonly elephants: Elephants
}

interface StudiedPlay {
  readonly play: PlayInput
  readonly belonging: Belonging
  readonly cause: Cause
  /** The record at T. */
  readonly recorded: Rows
  /** Deals that match segment and `match`, of any day and outcome. */
  readonly matched: Rows
  /** At T, and at the day of judgement; undefined where the segment is unknown. */
  readonly standing: Standing | undefined
  readonly judged: Standing | undefined
  readonly fixed: ReadonlySet<string>
}

function fitOf(segment: SegmentInput, match: Predicate | undefined): readonly Predicate[] {
  return match === undefined ? [segment.match] : [segment.match, match]
}

function questionsOf({ plays, settings }: EvidenceInput, segments: ReadonlyMap<string, SegmentInput>): RowQuestion[] {
  return [
    ...(settings.counts === undefined ? [] : [{ all: [settings.counts] }]),
    ...[...segments.values()].map(({ match }) => ({ all: [match] })),
    ...plays.flatMap(({ segment: id, match }) => {
      const segment = id === undefined ? undefined : segments.get(id)
      return segment === undefined ? [] : [{ all: fitOf(segment, match), within: [segment.match] }]
    }),
  ]
}

/** A `counts` that the ledger cannot answer is reported elsewhere, and every deal counts. */
function markCounted(table: DealTable, rows: Rows | undefined): void {
  if (rows === undefined) return
  table.counted.fill(0)
  for (const row of rows) table.counted[row] = 1
}

function herdOf(
  table: DealTable,
  { match }: SegmentInput,
  selected: SelectedRows,
  period: Period,
  times: number,
): Herd | undefined {
  const members = selected([match])
  return members === undefined ? undefined : { members, elephants: elephantsAmong(table, members, period, times) }
}

/** Wins and losses of a segment's scope, which the plays of a segment share unless their `since` differs. */
function scopeTallies(
  table: DealTable,
): (segment: string, members: Rows, period: Period, since: number) => WinsAndLosses {
  const tallies = new Map<string, WinsAndLosses>()
  return (segment, members, period, since) => {
    const key = `${period.to} ${since} ${segment}`
    const known = tallies.get(key) ?? tally(table, members, period, since)
    tallies.set(key, known)
    return known
  }
}

function less(scope: WinsAndLosses, record: WinsAndLosses): WinsAndLosses {
  return { wins: scope.wins - record.wins, losses: scope.losses - record.losses }
}

/** The deals whose `play` cell names each play. */
function rowsByPlay(table: DealTable): ReadonlyMap<string, Rows> {
  const rows = new Map<string, number[]>()
  table.deals.forEach((deal, row) => {
    for (const play of new Set(deal.plays)) {
      const list = rows.get(play)
      if (list === undefined) rows.set(play, [row])
      else list.push(row)
    }
  })
  return new Map([...rows].map(([play, list]) => [play, Int32Array.from(list)]))
}

/** Who stands behind the eligible citations. */
function backers(
  table: DealTable,
  citations: readonly CitationEvidence[],
): { eligible: number; accounts: number; sellers: number } {
  const rows = citations.flatMap(({ deal, eligible }) => (eligible ? [table.rowOf.get(deal) as number] : []))
  const accounts = new Set(rows.map((row) => table.account.values[table.account.codes[row] as number]))
  accounts.delete(undefined)
  const sellers = new Set(rows.map((row): Seller | undefined => table.seller.values[table.seller.codes[row] as number]))
  return {
    eligible: rows.length,
    accounts: accounts.size,
    sellers: [...sellers].filter((seller) => seller?.leads === false).length,
  }
}

function judgeMessage(
  judge: Bench,
  message: MessageInput,
  segments: ReadonlyMap<string, SegmentInput>,
  selected: SelectedRows,
): MessageEvidence {
  const members = message.segments.map((id) => {
    const segment = segments.get(id)
    return segment === undefined ? undefined : selected([segment.match])
  })
  // Where one segment is unknown the deal may be in that one.
  const isKnown = members.length > 0 && members.every((rows) => rows !== undefined)
  const citations = judgeCitations(judge, message.evidence, {
    play: undefined,
    fits: isKnown ? (row) => members.some((rows) => rows !== undefined && holds(rows, row)) : undefined,
    isElephant: () => false,
    onceAnAccount: false,
  })
  const byProduct = message.proof === 'product' && message.source !== undefined && message.source !== ''
  return {
    id: message.id,
    citations,
    backed: citations.some(({ eligible }) => eligible) ? 'deals' : byProduct ? 'product' : 'no',
  }
}

function segmentEvidence(
  table: DealTable,
  id: string,
  herd: Herd | undefined,
  period: Period,
  unit: number,
): SegmentEvidence {
  const closed = keep(herd?.members ?? noRows, (row) => table.counted[row] === 1 && closedWithin(table, row, period))
  const wins = keep(closed, (row) => table.outcome[row] === state.won).length
  const {
    rows = new Set<number>(),
    median = null,
    bar = null,
    twoPriceLevels = false,
    aboveBar = 0,
  } = herd?.elephants ?? {}
  return {
    id,
    deals: closed.length,
    wins,
    losses: closed.length - wins,
    elephants: [...rows].map((row) => table.deals[row]?.id ?? ''),
    median: majorUnits(median, unit),
    bar: majorUnits(bar, unit),
    twoPriceLevels,
    aboveBar,
  }
}

function citedDeals({ plays, messages }: EvidenceInput): string[] {
  return [...plays, ...messages].flatMap(({ evidence }) => evidence.map(({ deal }) => deal))
}

function mentionedDeals(input: EvidenceInput): string[] {
  return [...new Set([...citedDeals(input), ...input.reviews.map(({ deal }) => deal), ...input.namedDeals])]
}

/** Ids like those that the ledger lacks on the day; a deal that did not exist yet is no suggestion. */
async function nearestIds(
  engine: LedgerEngine,
  table: DealTable,
  today: number,
  named: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const exists = (id: string): boolean => {
    const row = table.rowOf.get(id)
    return row !== undefined && stateOn(table, row, today) !== state.absent
  }
  const unknown = named.filter((id) => !exists(id))
  const found = await Promise.all(
    unknown.map(async (id) => [id, (await engine.nearestIds(id)).filter(exists)] as const),
  )
  return new Map(found)
}
