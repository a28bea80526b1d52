/**
 * Everything the ledger says about a playbook on one day.
 *
 * The engine is asked once for all deals and once for each predicate; from there on all is arithmetic
 * over rows, so that every engine yields the same verdict, and another day costs no other question.
 */
import type { Deal, LedgerEngine } from '../ledger/ledger.ts'
import { lastQuarterEnd } from '../model/dates.ts'
import { closedIn, probabilityBetter, type WinsAndLosses } from './better.ts'
import { concentrationOf } from './concentration.ts'
import { type DealTable, dealTable, type Seller, state, stateOn } from './deal-table.ts'
import { type Bench, bench, judgeCitations } from './eligibility.ts'
import type { CitationEvidence, Evidence, PlayEvidence } from './evidence.ts'
import type { EvidenceInput } from './evidence-input.ts'
import { fittingRows, suggestedRows } from './fitting.ts'
import { herdsOf, segmentEvidence } from './herd.ts'
import { type Discovery, discoveries, type Placing, placings } from './judged-plays.ts'
import { marketEvidence, marketQuestions } from './markets.ts'
import { messageEvidence } from './message-evidence.ts'
import { orphansOf } from './orphans.ts'
import { type Period, periodBefore } from './period.ts'
import { playRecord, winRate } from './record.ts'
import { salesOf } from './sales.ts'
import { noRows, type RowQuestion, type Rows, type SelectedRows, selectRows } from './select-rows.ts'
import { fitOf, type StudiedPlay, studyPlays } from './study-play.ts'
import { isRepeatable, verdictOf } from './verdict.ts'

export type { EvidenceInput } from './evidence-input.ts'

/**
 * Gathers the evidence as of `input.asOf`.
 *
 * A play whose segment `input.segments` lacks, or whose predicates name a column that the ledger lacks, has an empty
 * record, null for every figure that needs one, and a verdict by its citations alone. Rejects only as the engine does.
 *
 * `breathe` is awaited between steps of some milliseconds, so that an editor stays awake meanwhile.
 */
export async function gatherEvidence(
  input: EvidenceInput,
  engine: LedgerEngine,
  breathe: () => Promise<void> = async () => {},
): Promise<Evidence> {
  const { settings } = input
  const table = dealTable(await engine.matching({ all: [] }), { ...input, friendsSources: settings.friendsSources })
  await breathe()
  const selected = await selectRows(engine, table, questionsOf(input), breathe)
  if (settings.counts !== undefined) markCounted(table, selected([settings.counts]))
  const named = engine.has('play') ? rowsByPlay(table) : undefined
  return evidenceOn({ input, engine, table, selected, named, breathe }, input.asOf)
}

/** The ledger's answers, which are the same on every day. */
interface Answers {
  readonly input: EvidenceInput
  readonly engine: LedgerEngine
  readonly table: DealTable
  readonly selected: SelectedRows
  readonly named: ReadonlyMap<string, Rows> | undefined
  readonly breathe: () => Promise<void>
}

async function evidenceOn(answers: Answers, asOf: string): Promise<Evidence> {
  const { engine, table, selected, named, breathe } = answers
  const input = { ...answers.input, asOf }
  const { settings, segments } = input
  const judgedOn = lastQuarterEnd(asOf, input.fiscalYearStart)
  const now = periodBefore(asOf, settings.windowMonths)
  const then = periodBefore(judgedOn, settings.windowMonths)
  const unit = 10 ** input.currencyDigits

  const herds = herdsOf(table, segments, selected, now, settings.elephantTimes)
  const judge = bench(table, { ...input, unit, namesPlays: named !== undefined })
  await breathe()
  const studied = studyPlays({ table, herds, selected, named, now, then }, [...input.plays].sort(byId))
  const inUse = studied.map((one) => (one.play.status === 'retired' ? undefined : one))
  const found = discoveries(
    inUse.map((one) => one?.judged),
    settings.minBaseline,
  )
  const placed = placings(inUse.map((one) => one?.standing?.record))
  const plays: PlayEvidence[] = []
  for (const [index, one] of studied.entries()) {
    if (index % 50 === 0) await breathe()
    plays.push(playEvidence(one, judge, { input, period: now, found: found[index], placed: placed[index] }))
  }

  const lending = studied.flatMap(({ play, recorded }, index) =>
    play.status === 'draft' ? [] : [{ recorded, repeatable: isRepeatable(plays[index]?.verdict ?? 'unproven') }],
  )
  const mentioned = mentionedDeals(input)
  await breathe()
  return {
    asOf,
    judgedOn,
    plays,
    messages: [...input.messages].sort(byId).map((message) => messageEvidence(judge, message, herds)),
    segments: [...segments].sort(byId).map(({ id }) => segmentEvidence(table, id, herds.get(id), now, unit)),
    markets: marketEvidence(table, input, selected, now.to),
    deals: dealsById(table, mentioned),
    nearest: await nearestIds(engine, table, now.to, mentioned),
    ...askedLater(judge, studied, plays),
    orphans: orphansOf(
      table,
      now,
      studied.map(({ recorded }) => recorded),
    ),
    sales: salesOf(table, now.to, lending, [...herds.values()]),
    on: (day) => evidenceOn(answers, day),
  }
}

/** What is asked of few plays, and is worked out when it is. */
function askedLater(
  judge: Bench,
  studied: readonly StudiedPlay[],
  plays: readonly PlayEvidence[],
): Pick<Evidence, 'fitting' | 'fittingCount' | 'recordOf'> {
  const { table } = judge
  const indexOf = new Map(plays.map(({ id }, index) => [id, index] as const).reverse())
  const dealAt = (row: number): Deal => table.deals[row] as Deal
  const fittingOf = (one: StudiedPlay): Rows => fittingRows(judge, one.matched, one.cause)
  const find = (id: string): StudiedPlay | undefined => studied[indexOf.get(id) ?? -1]
  return {
    fitting(id, most = 10) {
      const one = find(id)
      if (one === undefined) return []
      const citations = plays[indexOf.get(id) ?? -1]?.citations ?? []
      return suggestedRows(judge, fittingOf(one), one.cause, citations).slice(0, most).map(dealAt)
    },
    fittingCount(id) {
      const one = find(id)
      return one === undefined ? 0 : fittingOf(one).length
    },
    recordOf(id) {
      const rows = Array.from(find(id)?.recorded ?? noRows)
      return rows.sort((a, b) => (table.closed[b] as number) - (table.closed[a] as number) || a - b).map(dealAt)
    },
  }
}

interface PlayContext {
  readonly input: EvidenceInput
  readonly period: Period
  readonly found: Discovery | undefined
  readonly placed: Placing | undefined
}

function playEvidence(studied: StudiedPlay, judge: Bench, { input, period, found, placed }: PlayContext): PlayEvidence {
  const { play, recorded, standing } = studied
  const { table, unit } = judge
  const { settings } = input
  const citations = judgeCitations(judge, play.evidence, studied.cause)
  const record = playRecord(table, studied.belonging, recorded, period, unit)
  const closed = closedIn(record)
  const baseline = standing?.baseline ?? { wins: 0, losses: 0 }
  const better = betterThan(record, baseline, settings.minBaseline)
  const concentrated = concentrationOf(table, recorded, studied.fixed, settings.maxShare)
  const q = found?.q ?? null
  return {
    id: play.id,
    status: play.status ?? null,
    verdict: verdictOf({ ...backers(table, citations), closed, better, q, concentrated }, settings),
    tooFew: closed < settings.minClosed,
    citations,
    record,
    baseline: { ...baseline, winRate: winRate(baseline) },
    better,
    p: found?.p ?? null,
    q,
    m: found?.m ?? null,
    shrunk: placed?.shrunk ?? null,
    rank: placed?.rank ?? null,
    concentrated,
  }
}

/** Null where either side has too few deals to compare. */
function betterThan(record: WinsAndLosses, baseline: WinsAndLosses, fewest: number): number | null {
  if (closedIn(record) < fewest || closedIn(baseline) < fewest) return null
  return probabilityBetter(record, baseline)
}

/** Who stands behind the eligible citations; a blank account or owner is nobody. */
function backers(
  { rowOf, account, seller }: DealTable,
  citations: readonly CitationEvidence[],
): { eligible: number; accounts: number; sellers: number } {
  const rows = citations.flatMap(({ deal, eligible }) => (eligible ? [rowOf.get(deal) as number] : []))
  const accounts = new Set(rows.flatMap((row) => account.values[account.codes[row] as number] ?? []))
  const sellers = new Set(rows.flatMap((row): Seller | [] => seller.values[seller.codes[row] as number] ?? []))
  return {
    eligible: rows.length,
    accounts: accounts.size,
    sellers: [...sellers].filter(({ leads }) => !leads).length,
  }
}

function questionsOf(input: EvidenceInput): RowQuestion[] {
  const { plays, segments, settings } = input
  const known = new Map(segments.map((segment) => [segment.id, segment] as const).reverse())
  return [
    ...(settings.counts === undefined ? [] : [{ all: [settings.counts] }]),
    ...segments.map(({ match }) => ({ all: [match] })),
    ...plays.flatMap(({ segment: id, match }) => {
      const segment = id === undefined ? undefined : known.get(id)
      return segment === undefined ? [] : [{ all: fitOf(segment, match), within: [segment.match] }]
    }),
    ...marketQuestions(input),
  ]
}

/** Where the ledger cannot answer `counts`, which is reported elsewhere, every deal counts. */
function markCounted(table: DealTable, rows: Rows | undefined): void {
  if (rows === undefined) return
  table.counted.fill(0)
  for (const row of rows) table.counted[row] = 1
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

function mentionedDeals({ plays, messages, reviews, namedDeals }: EvidenceInput): string[] {
  const cited = [...plays, ...messages].flatMap(({ evidence }) => evidence.map(({ deal }) => deal))
  return [...new Set([...cited, ...reviews.map(({ deal }) => deal), ...namedDeals])]
}

function dealsById({ rowOf, deals }: DealTable, ids: readonly string[]): ReadonlyMap<string, Deal> {
  const found = new Map<string, Deal>()
  for (const id of ids) {
    const deal = deals[rowOf.get(id) ?? -1]
    if (deal !== undefined) found.set(id, deal)
  }
  return found
}

/** Ids like those that the ledger lacks on the day; a deal that did not exist yet is no suggestion. */
async function nearestIds(
  engine: LedgerEngine,
  table: DealTable,
  today: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const exists = (id: string): boolean => {
    const row = table.rowOf.get(id)
    return row !== undefined && stateOn(table, row, today) !== state.absent
  }
  const unknown = ids.filter((id) => !exists(id))
  return new Map(
    await Promise.all(unknown.map(async (id) => [id, (await engine.nearestIds(id)).filter(exists)] as const)),
  )
}

function byId<T extends { readonly id: string }>(a: T, b: T): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
