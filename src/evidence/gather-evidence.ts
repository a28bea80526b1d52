/**
 * Everything the ledger says about a playbook on one day.
 *
 * The engine hands out its columns and is asked once for each predicate; from there on all is arithmetic
 * over rows, so that every engine yields the same verdict, and another day costs no other question.
 */
import type { Deal, LedgerEngine } from '../ledger/ledger.ts'
import { lastQuarterEnd } from '../model/dates.ts'
import { once } from '../model/once.ts'
import type { Predicate } from '../model/predicate.ts'
import { closedIn, probabilityBetter, type WinsAndLosses } from './better.ts'
import { concentrationOf } from './concentration.ts'
import { type Backers, backersAmong, dealGroups } from './deal-groups.ts'
import { type DealTable, dealTable, noCode, state, stateOn } from './deal-table.ts'
import { type Bench, bench, judgeCitations } from './eligibility.ts'
import type { CitationEvidence, DaySales, Evidence, PlayEvidence, Verdict } from './evidence.ts'
import type { EvidenceInput } from './evidence-input.ts'
import { firstCustomers } from './first-customers.ts'
import { fittingRows, suggestedRows } from './fitting.ts'
import { type Herd, herdsOf, segmentEvidence } from './herd.ts'
import { type Discovery, discoveries, type Placing, placings } from './judged-plays.ts'
import { existing, marketEvidence, marketQuestions, marketRows } from './markets.ts'
import { messageEvidence } from './message-evidence.ts'
import { orphansOf } from './orphans.ts'
import { type Period, periodBefore } from './period.ts'
import { playRecord, winRate } from './record.ts'
import { closedByMonth, type Sales, salesOf } from './sales.ts'
import { segmentsOf } from './segments-of.ts'
import { noRows, type Rows, type SelectedRows, selectRows } from './select-rows.ts'
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
  const table = dealTable(engine, { ...input, friendsSources: settings.friendsSources })
  await breathe()
  const selected = await selectRows(engine, questionsOf(input), breathe)
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

/** The plays of one day and the deals of each, before any figure is worked out. */
interface Day {
  /** As of that day. */
  readonly input: EvidenceInput
  readonly period: Period
  readonly herds: ReadonlyMap<string, Herd>
  readonly judge: Bench
  readonly studied: readonly StudiedPlay[]
}

/** `judgedOn` is the day of p and q. */
function dayOf({ table, selected, named, ...answers }: Answers, asOf: string, judgedOn: string): Day {
  const input = { ...answers.input, asOf }
  const { settings, segments } = input
  const now = periodBefore(asOf, settings.windowMonths)
  const then = periodBefore(judgedOn, settings.windowMonths)
  const herds = herdsOf(table, segments, selected, now, settings.elephantTimes)
  return {
    input,
    period: now,
    herds,
    judge: bench(table, { ...input, unit: 10 ** input.currencyDigits, namesPlays: named !== undefined }),
    studied: studyPlays({ table, herds, selected, named, now, then }, [...input.plays].sort(byId)),
  }
}

async function evidenceOn(answers: Answers, asOf: string): Promise<Evidence> {
  const { engine, table, selected, breathe } = answers
  const judgedOn = lastQuarterEnd(asOf, answers.input.fiscalYearStart)
  const day = dayOf(answers, asOf, judgedOn)
  const { input, period: now, herds, judge, studied } = day
  const { settings, segments } = input
  await breathe()
  const inUse = studied.map((one) => (one.play.status === 'retired' ? undefined : one))
  const found = discoveries(
    inUse.map((one) => one?.judged()),
    settings.minBaseline,
  )
  const placed = placings(inUse.map((one) => one?.standing()?.record))
  const plays: PlayEvidence[] = []
  for (const [index, one] of studied.entries()) {
    if (index % 50 === 0) await breathe()
    plays.push(playEvidence(one, judge, { input, period: now, found: found[index], placed: placed[index] }))
  }
  const mentioned = mentionedDeals(input)
  const sales = once(() =>
    daySales(
      table,
      day,
      studied.map((_, index) => plays[index]?.verdict ?? 'unproven'),
    ),
  )
  const otherDays = new Map<string, DaySales>()
  const inSegments = new Map<string, Rows>()
  const allSales = once(() => sales().all())
  const allDeals = once(() => Array.from({ length: table.size }, (_, row) => table.deal(row)))
  const orphans = once(() =>
    orphansOf(
      table,
      now,
      studied.map(({ recorded }) => recorded),
    ),
  )
  return {
    asOf,
    judgedOn,
    plays,
    messages: [...input.messages].sort(byId).map((message) => messageEvidence(judge, message, herds)),
    segments: [...segments].sort(byId).map(({ id }) => segmentEvidence(table, id, herds.get(id), now, judge.unit)),
    markets: marketEvidence(table, input, selected, now.to),
    get allDeals() {
      return allDeals()
    },
    deals: dealsById(table, mentioned),
    nearest: await nearestIds(engine, table, now.to, mentioned),
    ...askedLater(judge, studied, plays),
    ...dealGroups(table, engine, now.to),
    deal: (row) => table.deal(row),
    segmentRows(id) {
      const known = inSegments.get(id) ?? existing(table, herds.get(id)?.members ?? noRows, now.to)
      inSegments.set(id, known)
      return known
    },
    segmentAccounts: (id) => accountsOf(engine, segments.find((segment) => segment.id === id)?.match),
    marketAccounts(id) {
      const market = input.markets.find((other) => other.id === id)
      const within = segments.find((segment) => segment.id === market?.segment)?.match
      return accountsOf(engine, within, market?.territory)
    },
    marketRows: (id) => existing(table, rowsOfMarket(answers, id) ?? noRows, now.to),
    columns: engine.columns,
    ...segmentsOf(table, herds),
    get orphans() {
      return orphans()
    },
    get sales() {
      return allSales()
    },
    salesOn(other) {
      if (other === asOf) return sales()
      const known = otherDays.get(other) ?? salesOn(answers, other)
      otherDays.set(other, known)
      return known
    },
    closedByMonth: () => closedByMonth(table, now.to),
    firstCustomers: (most, market) => firstCustomers(table, now.to, most, rowsOfMarket(answers, market)),
    ...wins(answers, now.to),
    on: (other) => evidenceOn(answers, other),
  }
}

/** The sales of a day, for which only the citations and the wins and losses of each play have to be known. */
function salesOn(answers: Answers, asOf: string): DaySales {
  const { table } = answers
  const day = dayOf(answers, asOf, asOf)
  const { settings } = day.input
  const verdicts = day.studied.map(({ play, cause, standing }) => {
    const cited = backers(table, judgeCitations(day.judge, play.evidence, cause))
    // Whether it is proven as well makes no difference to a sale.
    const verdictWith = (better: number | null): Verdict =>
      verdictOf({ ...cited, closed: 0, better, q: null, concentrated: [] }, settings)
    const best = verdictWith(null)
    if (!isRepeatable(best)) return best
    const { record, baseline } = standing() ?? { record: nothing, baseline: nothing }
    return verdictWith(betterThan(record, baseline, settings.minBaseline))
  })
  return daySales(table, day, verdicts)
}

const nothing: WinsAndLosses = { wins: 0, losses: 0 }

/** `verdicts` of the day's plays, in their order. */
function daySales(table: DealTable, { period, herds, studied }: Day, verdicts: readonly Verdict[]): Sales {
  const lending = studied.flatMap(({ play, recorded }, index) =>
    play.status === 'draft' ? [] : [{ recorded, repeatable: isRepeatable(verdicts[index] ?? 'unproven') }],
  )
  return salesOf(table, period.to, lending, [...herds.values()])
}

/** Undefined for the whole ledger; no rows where nobody can tell which deals are the market's. */
function rowsOfMarket({ input, selected }: Answers, market: string | undefined): Rows | undefined {
  if (market === undefined) return undefined
  const found = input.markets.find(({ id }) => id === market)
  return (found && marketRows(found, input.segments, selected)) ?? noRows
}

/** What is asked of won deals without looking at each of them as a deal. */
function wins({ engine, table }: Answers, today: number): Pick<Evidence, 'wonDeal' | 'winsByValue'> {
  return {
    wonDeal(id) {
      const row = table.rowOf(id)
      return row !== undefined && stateOn(table, row, today) === state.won ? table.deal(row) : undefined
    },
    winsByValue(column) {
      const { values, codes } = engine.texts(column) ?? { values: [], codes: new Uint8Array(0) }
      const byCode = new Uint32Array(values.length)
      for (let row = 0; row < codes.length; row++) {
        if (stateOn(table, row, today) === state.won)
          byCode[codes[row] as number] = (byCode[codes[row] as number] as number) + 1
      }
      const counts = new Map<string, number>()
      values.forEach((value, code) => {
        const deals = byCode[code] as number
        if (value !== '' && deals > 0) counts.set(value, (counts.get(value) ?? 0) + deals)
      })
      return counts
    },
  }
}

/** What is asked of few plays, and is worked out when it is. */
function askedLater(
  judge: Bench,
  studied: readonly StudiedPlay[],
  plays: readonly PlayEvidence[],
): Pick<Evidence, 'fitting' | 'fittingCount' | 'recordOf' | 'recordRows'> {
  const { table } = judge
  const indexOf = new Map(plays.map(({ id }, index) => [id, index] as const).reverse())
  const dealAt = (row: number): Deal => table.deal(row)
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
    recordRows: (id) => find(id)?.recorded ?? noRows,
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
  const { play, recorded } = studied
  const { table, unit } = judge
  const { settings } = input
  const citations = judgeCitations(judge, play.evidence, studied.cause)
  const record = playRecord(table, studied.belonging, recorded, period, unit)
  const closed = closedIn(record)
  const baseline = studied.standing()?.baseline ?? nothing
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

/** Who stands behind the eligible citations. */
function backers(table: DealTable, citations: readonly CitationEvidence[]): { eligible: number } & Backers {
  const rows = citations.flatMap(({ deal, eligible }) => (eligible ? [table.rowOf(deal) as number] : []))
  return { eligible: rows.length, ...backersAmong(table, Int32Array.from(rows)) }
}

function questionsOf(input: EvidenceInput): (readonly Predicate[])[] {
  const { plays, segments, settings } = input
  const known = new Map(segments.map((segment) => [segment.id, segment] as const).reverse())
  return [
    ...(settings.counts === undefined ? [] : [[settings.counts]]),
    ...segments.map(({ match }) => [match]),
    ...plays.flatMap(({ segment: id, match }) => {
      const segment = id === undefined ? undefined : known.get(id)
      return segment === undefined ? [] : [fitOf(segment, match)]
    }),
    ...marketQuestions(input),
  ]
}

/** Where the ledger cannot answer `counts`, which is reported elsewhere, every deal counts. */
function markCounted(table: DealTable, rows: Rows | undefined): void {
  if (rows === undefined) return
  table.counted.fill(0)
  for (let i = 0; i < rows.length; i++) table.counted[rows[i] as number] = 1
}

/** None where a predicate is missing: then nobody can tell. */
function accountsOf(engine: LedgerEngine, ...predicates: readonly (Predicate | undefined)[]): Iterable<string> {
  const all = predicates.filter((predicate) => predicate !== undefined)
  return (all.length === predicates.length && engine.accounts({ all })) || []
}

/** The deals whose `play` cell names each play. */
function rowsByPlay(table: DealTable): ReadonlyMap<string, Rows> {
  const rows = new Map<string, number[]>()
  const { codes, values } = table.plays
  const listsOf = values.map((plays) =>
    [...new Set(plays)].map((play) => {
      const list = rows.get(play) ?? []
      rows.set(play, list)
      return list
    }),
  )
  codes.forEach((code, row) => {
    if (code !== noCode) for (const list of listsOf[code] ?? []) list.push(row)
  })
  return new Map([...rows].map(([play, list]) => [play, Int32Array.from(list)]))
}

function mentionedDeals({ plays, messages, reviews, namedDeals }: EvidenceInput): string[] {
  const cited = [...plays, ...messages].flatMap(({ evidence }) => evidence.map(({ deal }) => deal))
  return [...new Set([...cited, ...reviews.map(({ deal }) => deal), ...namedDeals])]
}

function dealsById(table: DealTable, ids: readonly string[]): ReadonlyMap<string, Deal> {
  const found = new Map<string, Deal>()
  for (const id of ids) {
    const row = table.rowOf(id)
    if (row !== undefined) found.set(id, table.deal(row))
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
    const row = table.rowOf(id)
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
