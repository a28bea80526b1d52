/**
 * The reports of the site, made from what its audience may have: the scoreboard, the map of markets and the rest.
 *
 * Partners get none. What somebody is paid is for leaders. A report that has nothing to be made from has no page.
 */
import type { Evidence } from '../../../src/evidence/evidence.ts'
import { isRepeatable } from '../../../src/evidence/verdict.ts'
import type { Deal } from '../../../src/ledger/ledger.ts'
import { parsePeriod } from '../../../src/model/fiscal-period.ts'
import { type CoverageValue, coverageReport } from '../../../src/reports/coverage.ts'
import { healthReport } from '../../../src/reports/health.ts'
import {
  type MadeReport,
  NoReport,
  type Report,
  type ReportInput,
  type ReportValue,
} from '../../../src/reports/report.ts'
import { reports } from '../../../src/reports/reports.ts'
import { type Scoreboard, scoreboardReport } from '../../../src/reports/scoreboard.ts'
import { type Statement, statementOf } from '../../../src/reports/statement.ts'
import { sellersOf } from '../../../src/rules/seat/sellers.ts'
import { commitOf, mergedChanges } from '../../../src/workspace/git.ts'
import type { WorkspaceReading } from '../../../src/workspace/read-workspace.ts'
import { nameOf } from './address.ts'
import type { Mark } from './page-types.ts'
import type {
  Board,
  BoardQuarter,
  MapField,
  MarketMap,
  QuarterPage,
  ShownReport,
  ShownTable,
  SiteReports,
} from './report-types.ts'
import type { Shown } from './shown.ts'
import { type Leads, shownTable } from './shown-sheet.ts'
import { workLists } from './work-lists.ts'

/** On pages of their own, which show more than the tables. */
const elsewhere: Readonly<Record<string, string>> = { scoreboard: '/scoreboard/', health: '/health/' }

/** How many deals of a kind a page of a quarter lists. */
const mostDeals = 100

/** Known before the reports are made. */
export function hasScoreboard({ audience, evidence, reading }: Shown): boolean {
  return audience !== 'partners' && evidence !== undefined && reading.ledgerSha256 !== undefined
}

export async function siteReports(shown: Shown, reading: WorkspaceReading): Promise<SiteReports> {
  if (shown.audience === 'partners') return { work: [], list: [], board: undefined, quarters: [], map: undefined }
  const input = inputFor(shown, reading)
  const scoreboard = await madeOf(scoreboardReport, input)
  const coverage = await madeOf(coverageReport, input)
  const health = await madeOf(healthReport, input)
  const already = new Map<string, MadeReport<ReportValue> | undefined>([
    [scoreboardReport.name, scoreboard],
    [coverageReport.name, coverage],
    [healthReport.name, health],
  ])
  const list: ShownReport[] = []
  for (const report of reports) {
    if (report.name === 'comp' && (shown.audience !== 'leaders' || reading.playbook.compensation === undefined))
      continue
    const made = already.has(report.name) ? already.get(report.name) : await madeOf(report, input)
    if (made !== undefined) list.push(shownReport(shown, report, made))
  }
  const quarters = scoreboard?.value.quarters ?? []
  return {
    work: health === undefined ? [] : workLists(shown, health.value),
    list,
    board: scoreboard === undefined ? undefined : boardOf(shown, scoreboard.value),
    quarters: quarters.map(({ quarter }) => quarterPage(shown, input, quarter)),
    map: coverage === undefined ? undefined : marketMap(shown, coverage),
  }
}

/** Everything a report asks about is cut to what the audience has; deals, whoever sold them, are told inside the company. */
function inputFor(shown: Shown, reading: WorkspaceReading): ReportInput {
  const { playbook } = shown
  const { result, root, asOf, ledgerSha256 } = reading
  const full = result.evidence
  const has = (type: 'play' | 'message' | 'segment' | 'market', id: string): boolean =>
    playbook.get(type, id) !== undefined
  const evidence: Evidence | undefined =
    full === undefined
      ? undefined
      : {
          ...full,
          plays: full.plays.filter(({ id }) => has('play', id)),
          messages: full.messages.filter(({ id }) => has('message', id)),
          segments: full.segments.filter(({ id }) => has('segment', id)),
          markets: full.markets.filter(({ id }) => has('market', id)),
          segmentsOf: (deal) => full.segmentsOf(deal).filter((id) => has('segment', id)),
        }
  return {
    // Leaders read the plan by which they are paid; it is not among the pages.
    playbook: shown.audience === 'leaders' ? reading.playbook : playbook,
    asOf,
    evidence,
    ledgerSha256,
    findings: shown.reading.findings,
    sources: new Map(
      [...reading.sources].filter(
        ([path]) => playbook.atPath(path) !== undefined || (shown.audience === 'leaders' && path.endsWith('comp.yaml')),
      ),
    ),
    period: undefined,
    commit: () => commitOf(root),
    mergedChanges: () => mergedChanges(root),
  }
}

/** Undefined where there is nothing to make it from. */
async function madeOf<Value extends ReportValue>(
  report: Report<Value>,
  input: ReportInput,
): Promise<MadeReport<Value> | undefined> {
  try {
    return await report.make(input)
  } catch (error) {
    if (error instanceof NoReport) return undefined
    throw error
  }
}

function shownReport(shown: Shown, { name, about }: Report, { sheet }: MadeReport): ShownReport {
  const leads = name === 'scoreboard' ? quarterLeads(shown) : undefined
  return {
    name,
    title: sheet.title,
    about,
    href: shown.href(elsewhere[name] ?? `/reports/${name}/`),
    lines: sheet.lines,
    tables: sheet.tables.map((table) => shownTable(shown, table, leads)),
  }
}

function quarterHref(shown: Shown, quarter: string): string {
  return shown.href(`/scoreboard/${nameOf(quarter)}/`)
}

const partOf: Readonly<Record<string, string>> = {
  repeatableAmount: 'repeatable',
  repeatable: 'repeatable',
  repeatableWon: 'repeatable',
  notRepeatable: 'not-repeatable',
  notRepeatableWon: 'not-repeatable',
  clawbacks: 'taken-back',
  clawedBack: 'taken-back',
}

/** The figures of a quarter lead to its deals. */
function quarterLeads(shown: Shown): Leads {
  return ({ name, kind }, [quarter]) => {
    if (typeof quarter !== 'string' || parsePeriod(quarter, 1) === undefined) return undefined
    if (name === 'quarter') return quarterHref(shown, quarter)
    const part = partOf[name]
    if (part !== undefined) return `${quarterHref(shown, quarter)}#${part}`
    if (name === 'deals') return `${quarterHref(shown, quarter)}#not-repeatable`
    return kind === 'count' && name === 'won' ? quarterHref(shown, quarter) : undefined
  }
}

function boardOf(shown: Shown, { quarters, plays }: Scoreboard): Board | undefined {
  const latest = quarters.toReversed().map(
    ({ quarter, complete, judgedOn, repeatableAmount, won, yearBefore }): BoardQuarter => ({
      name: quarter,
      href: quarterHref(shown, quarter),
      complete,
      judgedOn,
      repeatable: repeatableAmount,
      won: won.amount,
      yearBefore:
        yearBefore === null ? undefined : { name: yearBefore.quarter, repeatable: yearBefore.repeatableAmount },
    }),
  )
  const now = latest.find(({ complete }) => complete) ?? latest[0]
  if (now === undefined) return undefined
  const owners = plays
    .filter(({ verdict }) => isRepeatable(verdict))
    .flatMap(({ id }) => shown.playbook.get('play', id)?.data.owners ?? [])
  return {
    now,
    running: latest.find(({ complete }) => !complete),
    quarters: latest,
    sales: shown.links('person', [...new Set(owners.flatMap(({ sales }) => sales ?? []))]),
    marketing: shown.links('person', [...new Set(owners.flatMap(({ marketing }) => marketing ?? []))]),
  }
}

function quarterPage(shown: Shown, { evidence, playbook }: ReportInput, name: string): QuarterPage {
  const { fiscalYearStart } = playbook.settings
  const period = parsePeriod(name, fiscalYearStart)
  const statement =
    period === undefined || evidence === undefined ? undefined : statementOf(period, evidence, fiscalYearStart)
  return {
    name,
    title: `Deals of ${name}`,
    href: quarterHref(shown, name),
    judgedOn: statement?.judgedOn ?? '',
    parts: statement === undefined ? [] : quarterParts(shown, playbook, statement),
  }
}

function quarterParts(
  shown: Shown,
  playbook: ReportInput['playbook'],
  { period, sales, clawbacks }: Statement,
): ShownTable[] {
  const sellers = sellersOf(playbook)
  const line = (deal: Deal) => [
    deal.id,
    deal.account,
    shown.major(deal.amount),
    deal.closed,
    sellers.get(deal.owner)?.id ?? deal.owner,
  ]
  const columns = [
    { name: 'deal', title: 'Deal', kind: 'deal' },
    { name: 'account', title: 'Account', kind: 'account' },
    { name: 'amount', title: 'Amount', kind: 'money' },
    { name: 'closed', title: 'Closed', kind: 'day' },
    { name: 'owner', title: 'Sold by', kind: 'person' },
  ] as const
  const byAmount = (a: { readonly deal: Deal }, b: { readonly deal: Deal }): number =>
    (b.deal.amount ?? 0) - (a.deal.amount ?? 0) || (a.deal.id < b.deal.id ? -1 : 1)
  const repeatable = sales.filter((sale) => sale.repeatable).sort(byAmount)
  const others = sales.filter((sale) => !sale.repeatable).sort(byAmount)
  // A plan by the month has no statement of a quarter.
  const statement =
    playbook.compensation?.plan.period === 'quarter'
      ? `; all are in \`playproof report comp --period ${period.name} --format json\``
      : ''
  const note = (all: number): string | undefined =>
    all > mostDeals ? `The ${mostDeals} largest of ${all.toLocaleString('en-US')}${statement}.` : undefined
  return [
    {
      name: 'repeatable',
      title: 'Repeatable sales',
      note: note(repeatable.length),
      columns,
      rows: repeatable.slice(0, mostDeals).map(({ deal }) => line(deal)),
      empty: 'No deal of this quarter was a repeatable sale on the day it was judged.',
    },
    {
      name: 'not-repeatable',
      title: 'Won, but not repeatable',
      note: note(others.length),
      columns: [...columns, { name: 'reasons', title: 'Why not', kind: 'reasons' } as const],
      rows: others.slice(0, mostDeals).map(({ deal, reasons }) => [...line(deal), reasons]),
      empty: 'Every won deal was a repeatable sale.',
    },
    {
      name: 'taken-back',
      title: 'Taken back',
      note: 'Paid for in an earlier quarter, and the customer left in this one.',
      columns: [...columns, { name: 'paidIn', title: 'Paid in', kind: 'text' } as const],
      rows: clawbacks.map(({ deal, paidIn }) => [...line(deal), paidIn.name]),
      empty: 'Nothing.',
    },
  ].map((table) => shownTable(shown, table))
}

function marketMap(shown: Shown, { value, sheet }: MadeReport<CoverageValue>): MarketMap | undefined {
  const openNext = sheet.tables.find(({ name }) => name === 'open-next')
  if (openNext === undefined || value.places.length === 0) return undefined
  return {
    places: value.places.map((place) => place.value),
    rows: value.segments.flatMap(({ id }) => {
      const segment = shown.link('segment', id)
      const grounds = value.grounds.filter((ground) => ground.segment === id)
      if (segment === undefined || grounds.length === 0) return []
      return [{ segment, cells: value.places.map((place) => mapField(shown, value, id, place)) }]
    }),
    openNext: shownTable(shown, openNext),
  }
}

function mapField(
  shown: Shown,
  { grounds, markets, openNext }: CoverageValue,
  segment: string,
  { column, value }: CoverageValue['places'][number],
): MapField | null {
  const isHere = (each: { segment: string; column: string; value: string }): boolean =>
    each.segment === segment && each.column === column && each.value === value
  const ground = grounds.find(isHere)
  if (ground === undefined) return null
  const next = openNext.findIndex(isHere)
  return {
    markets: ground.markets.flatMap((id) => {
      const link = shown.link('market', id)
      const market = markets.find((each) => each.id === id)
      const best: Mark | undefined = market?.plays[0]?.verdict
      return link === undefined ? [] : [{ ...link, stage: market?.stage ?? undefined, best }]
    }),
    wins: ground.wins,
    losses: ground.losses,
    tooFew: ground.tooFew,
    next: next < 0 ? undefined : next + 1,
  }
}
