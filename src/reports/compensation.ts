/**
 * `report comp`: what sales and marketing are paid on for a period, and what each of them gets.
 *
 * A statement can be made again by anybody: it names the day it was judged on, the commit, the ledger's hash and the basis,
 * and shows its arithmetic. Commission = rate x repeatable amount, rounded half to even to the minor unit.
 */
import type { SaleReason } from '../evidence/evidence.ts'
import { timesHalfEven } from '../evidence/half-even.ts'
import type { Playbook } from '../graph/playbook.ts'
import { minorDigitsOf } from '../ledger/money.ts'
import type { CompensationPlan } from '../model/compensation.ts'
import { type FiscalPeriod, lastCompletePeriod, parsePeriod } from '../model/fiscal-period.ts'
import { unpaidSides } from '../rules/field/wrong.ts'
import type { SourceText } from '../source/text.ts'
import { shortened, visible } from '../source/visible.ts'
import { majorAmount, sumOf } from './money.ts'
import {
  defineReport,
  type LedgerReportInput,
  NoReport,
  type ReportInput,
  type ReportValue,
  type Sheet,
  type Table,
} from './report.ts'
import { statementOf } from './statement.ts'

/** Amounts are in major units of the playbook's currency. */
interface CompensationStatement extends ReportValue {
  readonly period: string
  readonly judgedOn: string
  readonly ledgerSha256: string
  /** All won deals closed in the period, by id. */
  readonly deals: readonly PaidDeal[]
  /** Deals of earlier periods that churned in this one; `period` is the one they were paid in. */
  readonly clawbacks: readonly {
    readonly id: string
    readonly account: string
    readonly amount: number
    readonly period: string
  }[]
  /** What everybody is paid on: the repeatable deals less the clawbacks. */
  readonly repeatableAmount: number
  readonly participants: readonly Participant[]
}

interface PaidDeal {
  readonly id: string
  readonly account: string
  readonly amount: number | null
  readonly repeatable: boolean
  readonly reasons: readonly SaleReason[]
}

interface Participant {
  readonly person: string
  readonly role: string
  readonly rate: number
  readonly commission: number
}

export const compensationReport = defineReport({
  name: 'comp',
  about: 'What sales and marketing are paid on for a period, deal by deal, and what each of them gets.',
  needs: 'ledger',
  periods: ['quarter', 'month'],
  value(input): CompensationStatement {
    const { playbook, evidence, ledgerSha256 } = input
    const plan = planOf(playbook, input.sources)
    const statement = statementOf(periodFor(plan, input), evidence, playbook.settings.fiscalYearStart)
    const earned = sumOf(statement.sales.filter(({ repeatable }) => repeatable))
    const base = earned.minor - sumOf(statement.clawbacks.map(({ deal }) => deal)).minor
    const repeatableAmount = majorAmount(base, playbook)
    const major = (minor: number): number => majorAmount(minor, playbook)
    return {
      version: 1,
      period: statement.period.name,
      judgedOn: statement.judgedOn,
      ledgerSha256,
      deals: statement.sales.map(({ deal, repeatable, reasons }) => ({
        id: deal.id,
        account: deal.account,
        amount: deal.amount === null ? null : major(deal.amount),
        repeatable,
        reasons,
      })),
      clawbacks: statement.clawbacks.map(({ deal, paidIn }) => ({
        id: deal.id,
        account: deal.account,
        amount: major(deal.amount ?? 0),
        period: paidIn.name,
      })),
      repeatableAmount,
      participants: plan.participants.map(({ person, rate }) => ({
        person,
        role: playbook.get('person', person)?.data.role ?? '',
        rate,
        commission: major(timesHalfEven(base, rate)),
      })),
    }
  },
  sheet: sheetOf,
})

/** The plan where there is one and nothing is wrong with it: money is not paid on a guess. */
function planOf(playbook: Playbook, sources: ReadonlyMap<string, SourceText>): CompensationPlan {
  const { compensation, folder } = playbook
  if (compensation === undefined)
    throw new NoReport(
      `there is no compensation plan. Write ${folder}/comp.yaml with \`period: quarter\` (or month) and \`participants: [{ person: <id>, rate: 0.01 }, …]\`, at least one of sales and one of marketing.`,
    )
  const { path, plan } = compensation
  const unknown = compensation.references.flatMap(({ id, range }) =>
    playbook.get('person', id) === undefined
      ? [{ range, text: `There is no person \`${shortened(id)}\`. Name somebody who has a page in people/.` }]
      : [],
  )
  const oneSided = [...unpaidSides(playbook)].flatMap(({ at, data }) =>
    'range' in at ? [{ range: at.range, text: data.text }] : [],
  )
  const [first] = [...compensation.problems, ...unknown, ...oneSided].sort((a, b) => a.range.start - b.range.start)
  if (first !== undefined) {
    const place = sources.get(path)?.positionAt(first.range.start)
    throw new NoReport(
      `nothing is paid by a plan with a fault: ${path}:${place?.line ?? 1}:${place?.column ?? 1} ${visible(first.text)}`,
    )
  }
  return plan
}

function periodFor({ period: kind }: CompensationPlan, { playbook, period, asOf }: ReportInput): FiscalPeriod {
  const { fiscalYearStart } = playbook.settings
  if (period === undefined) return lastCompletePeriod(kind, asOf, fiscalYearStart)
  if (period.kind === kind) return period
  throw new NoReport(
    `comp.yaml pays by the ${kind}, and \`${period.name}\` is none. Write \`--period ${lastCompletePeriod(kind, asOf, fiscalYearStart).name}\`, for example.`,
  )
}

function sheetOf(statement: CompensationStatement, input: LedgerReportInput): Sheet {
  return {
    title: `Compensation for ${statement.period}`,
    lines: [...dayLines(statement, input), ...arithmetic(statement, input), ...doubts(input)],
    tables: [
      participantsTable(statement),
      madeFromTable(statement, input),
      clawbacksTable(statement),
      dealsTable(statement),
    ],
  }
}

function dayLines({ period, judgedOn }: CompensationStatement, { playbook, asOf }: LedgerReportInput): string[] {
  const { from = '', to = '' } = parsePeriod(period, playbook.settings.fiscalYearStart) ?? {}
  const days = `${period} is ${from} to ${to}; it is judged as of ${judgedOn}.`
  if (from > asOf) return [days, 'It has not begun: there is nothing to pay on yet.']
  return to > asOf ? [days, 'It has not ended: what is paid is judged on its last day, and may differ.'] : [days]
}

/** The sums as they are done, for whoever checks them by hand. */
function arithmetic(statement: CompensationStatement, { playbook }: LedgerReportInput): string[] {
  const { locale, currency } = playbook.settings
  const digits = minorDigitsOf(currency)
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  const count = new Intl.NumberFormat(locale)
  const rates = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 })
  const { deals, clawbacks, repeatableAmount: base, participants } = statement
  const repeatable = deals.filter((deal) => deal.repeatable)
  const unit = 10 ** digits
  const sum = (all: readonly { readonly amount: number | null }[]): number =>
    all.reduce((total, { amount }) => total + Math.round((amount ?? 0) * unit), 0) / unit
  return [
    `${count.format(deals.length)} won, ${count.format(repeatable.length)} of them repeatable sales. Repeatable less clawed back, in ${currency}: ${format.format(sum(repeatable))} - ${format.format(sum(clawbacks))} = ${format.format(base)}.`,
    ...[...Map.groupBy(participants, ({ rate }) => rate)].map(
      ([rate, all]) =>
        `Commission at ${rates.format(rate)}, for ${all.length === 1 ? 'one person' : `each of ${count.format(all.length)} people`}: ${rates.format(rate)} x ${format.format(base)} = ${format.format(all[0]?.commission ?? 0)}, rounded half to even.`,
    ),
  ]
}

/** What is wrong with the ledger itself: a statement over less than the ledger is no secret. */
function doubts({ findings }: LedgerReportInput): string[] {
  const rows = findings.filter(({ rule }) => rule === 'ledger/row').length
  return [
    ...(rows === 0
      ? []
      : [`The ledger has faults in ${rows} of its rows, which are left out; \`playproof check\` names them.`]),
    ...(findings.some(({ rule }) => rule === 'ledger/tampered')
      ? ['The ledger is not the one that was imported: it was edited since.']
      : []),
  ]
}

function participantsTable({ participants, repeatableAmount }: CompensationStatement): Table {
  return {
    name: 'participants',
    title: 'What each gets',
    columns: [
      { name: 'person', title: 'Person', kind: 'person' },
      { name: 'role', title: 'Role', kind: 'text' },
      { name: 'commission', title: 'Commission', kind: 'money' },
      { name: 'rate', title: '= Rate', kind: 'number' },
      { name: 'repeatableAmount', title: 'x Repeatable amount', kind: 'money' },
    ],
    rows: participants.map(({ person, role, rate, commission }) => [person, role, commission, rate, repeatableAmount]),
    empty: 'Nobody is paid.',
  }
}

function madeFromTable(
  { judgedOn, ledgerSha256 }: CompensationStatement,
  { evidence, commit }: LedgerReportInput,
): Table {
  const stands = commit()
  const named = evidence.plays.some(({ record }) => record.basis === 'named')
  return {
    name: 'made-from',
    title: 'What this statement was made from',
    note: 'With the same commit, ledger and day it comes out the same.',
    columns: [
      { name: 'what', title: 'What', kind: 'text' },
      { name: 'value', title: 'Value', kind: 'code' },
    ],
    rows: [
      ['judged as of', judgedOn],
      ['commit', stands?.hash ?? 'none: git knows no commit here'],
      ...(stands === undefined
        ? []
        : [['changed since', stands.changed ? 'yes: the playbook differs from this commit' : 'no']]),
      // With this name a hash has room on a line of 80.
      ['ledger SHA-256', ledgerSha256],
      [
        'basis',
        named ? "named: the ledger's play column" : 'matched: deals that fit; nobody recorded that the play was run',
      ],
    ],
    empty: '',
  }
}

function clawbacksTable({ clawbacks }: CompensationStatement): Table {
  return {
    name: 'clawbacks',
    title: 'Taken back',
    note: 'Paid for in an earlier period, and churned in this one. The earlier statement stays as it was.',
    columns: [
      { name: 'deal', title: 'Deal', kind: 'deal' },
      { name: 'account', title: 'Account', kind: 'account' },
      { name: 'amount', title: 'Amount', kind: 'money' },
      { name: 'period', title: 'Paid in', kind: 'text' },
    ],
    rows: clawbacks.map(({ id, account, amount, period }) => [id, account, amount, period]),
    empty: 'Nothing that was paid for has churned in this period.',
  }
}

function dealsTable({ deals }: CompensationStatement): Table {
  return {
    name: 'deals',
    title: 'Deals won in the period',
    columns: [
      { name: 'deal', title: 'Deal', kind: 'deal' },
      { name: 'account', title: 'Account', kind: 'account' },
      { name: 'amount', title: 'Amount', kind: 'money' },
      { name: 'repeatable', title: 'Repeatable', kind: 'text' },
      { name: 'reasons', title: 'Why not', kind: 'reasons' },
    ],
    rows: deals.map(({ id, account, amount, repeatable, reasons }) => [
      id,
      account,
      amount,
      repeatable ? 'yes' : 'no',
      reasons,
    ]),
    empty: 'No deal was won in this period.',
  }
}
