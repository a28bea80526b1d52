/**
 * `report scoreboard`: the one number both sides answer for, quarter by quarter, and the plays it comes from.
 *
 * A quarter is judged on its last day, or on T, as its compensation statement is, so that both say the same number.
 */
import { type PlayEvidence, type SaleReason, saleReasons, type Verdict } from '../evidence/evidence.ts'
import type { Playbook } from '../graph/playbook.ts'
import { type FiscalPeriod, yearBefore } from '../model/fiscal-period.ts'
import { type Focus, focusMaker } from './market-focus.ts'
import { majorAmount, Sum, sumOf, type Total } from './money.ts'
import { quartersShown, quartersWithDeals } from './quarters.ts'
import { type Cell, defineReport, type LedgerReportInput, type ReportValue, type Sheet, type Table } from './report.ts'
import { type Statement, statementOf } from './statement.ts'
import { verdictWords } from './verdict-words.ts'

/** Amounts are in major units of the playbook's currency. */
export interface Scoreboard extends ReportValue {
  readonly asOf: string
  /** In order of time. */
  readonly quarters: readonly Quarter[]
  /** Plays in use, the best first. */
  readonly plays: readonly RankedPlay[]
}

interface Quarter extends QuarterFigures {
  readonly from: string
  readonly to: string
  /** Whether it has ended by T. */
  readonly complete: boolean
  /** Why deals are no repeatable sales; a deal with two reasons is in both. */
  readonly reasons: readonly ({ readonly reason: SaleReason } & Total)[]
  readonly focus: Focus
  /** The same quarter of the year before; null where the ledger has no deal that closed in it. */
  readonly yearBefore: QuarterFigures | null
}

interface QuarterFigures {
  readonly quarter: string
  readonly judgedOn: string
  readonly won: Total
  readonly repeatable: Total
  readonly notRepeatable: Total
  /** Deals of earlier quarters that churned in this one. */
  readonly clawbacks: Total
  /** The repeatable deals less the clawbacks: what everybody is paid on. */
  readonly repeatableAmount: number
}

interface RankedPlay extends Pick<PlayEvidence, 'id' | 'status' | 'verdict' | 'tooFew' | 'rank'> {
  readonly basis: 'named' | 'matched'
  readonly wins: number
  readonly losses: number
  readonly winRate: number | null
  readonly low: number | null
  readonly high: number | null
}

export const scoreboardReport = defineReport({
  name: 'scoreboard',
  about: 'The repeatable amount of each quarter against the year before, and the plays it comes from.',
  needs: 'ledger',
  periods: ['quarter'],
  value(input): Scoreboard {
    const { playbook, evidence } = input
    const { fiscalYearStart } = playbook.settings
    const known = quartersWithDeals(evidence, fiscalYearStart)
    const names = new Set(known.map(({ name }) => name))
    const focusOf = focusMaker(playbook, evidence)
    const statements = new Map<string, Statement>()
    const statementIn = (period: FiscalPeriod): Statement => {
      const statement = statements.get(period.name) ?? statementOf(period, evidence, fiscalYearStart)
      statements.set(period.name, statement)
      return statement
    }
    const quarters: Quarter[] = []
    for (const period of quartersShown(input, known)) {
      const statement = statementIn(period)
      const earlier = yearBefore(period, fiscalYearStart)
      quarters.push({
        ...figuresOf(statement, playbook),
        from: period.from,
        to: period.to,
        complete: period.to <= evidence.asOf,
        reasons: reasonsOf(statement, playbook),
        focus: focusOf(statement.sales).focus,
        yearBefore: names.has(earlier.name) ? figuresOf(statementIn(earlier), playbook) : null,
      })
    }
    return { version: 1, asOf: evidence.asOf, quarters, plays: rankedPlays(evidence.plays) }
  },
  sheet: sheetOf,
})

function figuresOf({ period, judgedOn, sales, clawbacks }: Statement, playbook: Playbook): QuarterFigures {
  const repeatable = new Sum()
  const others = new Sum()
  for (const sale of sales) (sale.repeatable ? repeatable : others).add(sale)
  const back = sumOf(clawbacks.map(({ deal }) => deal))
  return {
    quarter: period.name,
    judgedOn,
    won: {
      deals: repeatable.deals + others.deals,
      amount: majorAmount(repeatable.minor + others.minor, playbook),
    },
    repeatable: repeatable.total(playbook),
    notRepeatable: others.total(playbook),
    clawbacks: back.total(playbook),
    repeatableAmount: majorAmount(repeatable.minor - back.minor, playbook),
  }
}

/** In the order in which reasons are always listed, those that hold for no deal left out. */
function reasonsOf({ sales }: Statement, playbook: Playbook): Quarter['reasons'] {
  const sums = new Map<SaleReason, Sum>()
  for (const sale of sales) {
    for (const reason of sale.reasons) {
      const sum = sums.get(reason) ?? new Sum()
      sums.set(reason, sum)
      sum.add(sale)
    }
  }
  return saleReasons.flatMap((reason) => {
    const sum = sums.get(reason)
    return sum === undefined ? [] : [{ reason, ...sum.total(playbook) }]
  })
}

const strength: Readonly<Record<Verdict, number>> = { proven: 0, repeatable: 1, anecdotal: 2, unproven: 3 }

function rankedPlays(plays: readonly PlayEvidence[]): RankedPlay[] {
  const last = Number.MAX_SAFE_INTEGER
  return plays
    .filter(({ status }) => status !== 'draft' && status !== 'retired')
    .toSorted(
      (a, b) =>
        strength[a.verdict] - strength[b.verdict] || (a.rank ?? last) - (b.rank ?? last) || (a.id < b.id ? -1 : 1),
    )
    .map(({ id, status, verdict, tooFew, rank, record }) => ({
      id,
      status,
      verdict,
      tooFew,
      rank,
      basis: record.basis,
      wins: record.wins,
      losses: record.losses,
      winRate: record.winRate,
      low: record.low,
      high: record.high,
    }))
}

function sheetOf({ asOf, quarters, plays }: Scoreboard, { playbook, evidence }: LedgerReportInput): Sheet {
  const newest = quarters.toReversed()
  const running = newest.find(({ complete }) => !complete)
  return {
    title: 'Scoreboard: what sales and marketing made repeatable',
    lines: [
      `As of ${asOf}. The repeatable amount is what was won in the record of a repeatable or proven play, less what churned. Each quarter is judged on its last day.`,
      ...(running === undefined ? [] : [unfinished(running, asOf)]),
      ...(playbook.compensation?.plan.period === 'month'
        ? ['comp.yaml pays by the month, each judged on its own last day: its months may add up to another number.']
        : []),
    ],
    tables: [
      quartersTable(newest),
      salesTable(newest),
      reasonsTable(newest),
      playsTable(plays, evidence.plays, playbook),
    ],
  }
}

function unfinished({ quarter, from, judgedOn }: Quarter, asOf: string): string {
  return from > asOf ? `${quarter} has not begun.` : `${quarter} has not ended: it is judged as of ${judgedOn}.`
}

function quartersTable(quarters: readonly Quarter[]): Table {
  return {
    name: 'quarters',
    title: 'The number',
    note: 'Inside: the share of wins inside a segment that some market names, by count.',
    columns: [
      { name: 'quarter', title: 'Quarter', kind: 'text' },
      { name: 'repeatableAmount', title: 'Repeatable amount', kind: 'money' },
      { name: 'yearBefore', title: 'Year before', kind: 'money' },
      { name: 'won', title: 'Won deals', kind: 'count' },
      { name: 'wonAmount', title: 'Won amount', kind: 'money' },
      { name: 'inside', title: 'Inside', kind: 'share' },
    ],
    rows: quarters.map(({ quarter, repeatableAmount, yearBefore, won, focus }) => [
      quarter,
      repeatableAmount,
      yearBefore?.repeatableAmount ?? null,
      won.deals,
      won.amount,
      focus.share,
    ]),
    empty: 'No deal has closed yet.',
  }
}

function salesTable(quarters: readonly Quarter[]): Table {
  return {
    name: 'sales',
    title: 'What was won',
    columns: [
      { name: 'quarter', title: 'Quarter', kind: 'text' },
      { name: 'repeatable', title: 'Repeatable', kind: 'count' },
      { name: 'repeatableWon', title: 'Amount', kind: 'money' },
      { name: 'notRepeatable', title: 'Others', kind: 'count' },
      { name: 'notRepeatableWon', title: 'Amount', kind: 'money' },
      { name: 'clawbacks', title: 'Taken back', kind: 'count' },
      { name: 'clawedBack', title: 'Amount', kind: 'money' },
    ],
    rows: quarters.map(({ quarter, repeatable, notRepeatable, clawbacks }) => [
      quarter,
      repeatable.deals,
      repeatable.amount,
      notRepeatable.deals,
      notRepeatable.amount,
      clawbacks.deals,
      clawbacks.amount,
    ]),
    empty: 'No deal has closed yet.',
  }
}

function reasonsTable(quarters: readonly Quarter[]): Table {
  return {
    name: 'reasons',
    title: 'Why won deals are no repeatable sales',
    note: 'A deal with two reasons stands in both rows.',
    columns: [
      { name: 'quarter', title: 'Quarter', kind: 'text' },
      { name: 'reason', title: 'Reason', kind: 'reasons' },
      { name: 'deals', title: 'Deals', kind: 'count' },
      { name: 'amount', title: 'Amount', kind: 'money' },
    ],
    rows: quarters.flatMap(({ quarter, reasons }) =>
      reasons.map(({ reason, deals, amount }): Cell[] => [quarter, reason, deals, amount]),
    ),
    empty: 'Every won deal is a repeatable sale.',
  }
}

/** Too few deals show counts and neither a rate nor a rank. */
function playsTable(plays: readonly RankedPlay[], all: readonly PlayEvidence[], playbook: Playbook): Table {
  const words = new Map(all.map((play) => [play.id, verdictWords(play)]))
  return {
    name: 'plays',
    title: 'The plays',
    note: `Win rates with their 95% interval; under ${playbook.settings.evidence.minClosed} closed deals there are too few to say one. Drafts and retired plays are left out.`,
    columns: [
      { name: 'play', title: 'Play', kind: 'play' },
      { name: 'verdict', title: 'Verdict', kind: 'verdict' },
      { name: 'rank', title: 'Rank', kind: 'count' },
      { name: 'won', title: 'Won', kind: 'count' },
      { name: 'closed', title: 'Of', kind: 'count' },
      { name: 'winRate', title: 'Rate', kind: 'share' },
      { name: 'low', title: 'From', kind: 'share' },
      { name: 'high', title: 'To', kind: 'share' },
    ],
    rows: plays.map((play) => [
      play.id,
      words.get(play.id) ?? play.verdict,
      play.tooFew ? null : play.rank,
      play.wins,
      play.wins + play.losses,
      ...(play.tooFew ? [null, null, null] : [play.winRate, play.low, play.high]),
    ]),
    empty: 'No play is in use yet. Write one with `playproof new play`.',
  }
}
