/**
 * `playproof report`: one question answered from the playbook and the ledger, for people, programs and spreadsheets.
 */
import { type FiscalPeriod, parsePeriod } from '../../model/fiscal-period.ts'
import type { PlaybookSettings } from '../../model/playbook-settings.ts'
import {
  type MadeReport,
  NoReport,
  type Report,
  type ReportInput,
  type Sheet,
  type Table,
} from '../../reports/report.ts'
import { reports } from '../../reports/reports.ts'
import { nearest } from '../../source/nearest.ts'
import { visible, visibleJson } from '../../source/visible.ts'
import { Fault } from '../../workspace/fault.ts'
import { findRoot } from '../../workspace/find-root.ts'
import { commitOf } from '../../workspace/git.ts'
import { readWorkspace } from '../../workspace/read-workspace.ts'
import { csvTable } from '../reporters/sheet-csv.ts'
import { markdownSheet } from '../reporters/sheet-markdown.ts'
import { prettySheet } from '../reporters/sheet-pretty.ts'
import type { Terminal } from '../terminal.ts'

export interface ReportOptions {
  readonly root?: string
  readonly asOf?: string
  readonly period?: string
  readonly table?: string
  readonly format: 'pretty' | 'json' | 'csv' | 'markdown'
}

export async function report(name: string | undefined, options: ReportOptions, terminal: Terminal): Promise<number> {
  if (name === undefined) {
    const width = Math.max(...reports.map((each) => each.name.length))
    for (const each of reports) terminal.out(`${terminal.colors.bold(each.name.padEnd(width))}  ${each.about}`)
    return 0
  }
  const asked = reportNamed(name)
  if (options.format === 'json' && options.table !== undefined)
    throw new Fault('`--format json` holds the whole report; leave `--table` out, or choose another format.')
  const root = findRoot(process.cwd(), options.root)
  const reading = await readWorkspace(root, options.asOf === undefined ? {} : { asOf: options.asOf })
  const { playbook, asOf, result, ledgerSha256, sources } = reading
  const { settings } = playbook
  const { value, sheet } = await made(asked, {
    playbook,
    asOf,
    evidence: result.evidence,
    ledgerSha256,
    findings: result.findings,
    sources,
    period: periodOf(asked, options.period, settings),
    commit: () => commitOf(root),
  })
  if (options.format === 'json') terminal.out(visibleJson(JSON.stringify(value, undefined, 2)))
  else show(asked, sheet, settings, options, terminal)
  return 0
}

function reportNamed(name: string): Report {
  const found = reports.find((each) => each.name === name)
  if (found !== undefined) return found
  const names = reports.map((each) => each.name)
  const near = nearest(name, names)
  throw new Fault(
    `there is no report \`${visible(name)}\`. ${near === undefined ? `There are ${names.join(', ')}.` : `Did you mean \`${near}\`?`}`,
  )
}

function periodOf(
  asked: Report,
  name: string | undefined,
  { fiscalYearStart }: PlaybookSettings,
): FiscalPeriod | undefined {
  if (name === undefined) return undefined
  if (asked.periods.length === 0) throw new Fault(`\`report ${asked.name}\` takes no period. Leave \`--period\` out.`)
  const period = parsePeriod(name, fiscalYearStart)
  if (period !== undefined && asked.periods.includes(period.kind)) return period
  const forms = { quarter: 'a fiscal quarter such as `2017-Q4`', month: 'a month such as `2017-10`' }
  throw new Fault(
    `\`${visible(name)}\` is no period of this report. Write ${asked.periods.map((kind) => forms[kind]).join(' or ')}.`,
  )
}

async function made(asked: Report, input: ReportInput): Promise<MadeReport> {
  try {
    return await asked.make(input)
  } catch (cause) {
    if (cause instanceof NoReport) throw new Fault(cause.message, { cause })
    throw cause
  }
}

function show(
  asked: Report,
  sheet: Sheet,
  settings: PlaybookSettings,
  { format, table, period, asOf }: ReportOptions,
  terminal: Terminal,
): void {
  const chosen = table === undefined ? sheet.tables : [tableNamed(table, asked, sheet)]
  const given = [
    ...(asOf === undefined ? [] : ['--as-of', asOf]),
    ...(period === undefined ? [] : ['--period', period]),
  ]
  const csvOf = ({ name }: Table): string =>
    ['playproof report', asked.name, ...given, '--format csv --table', name].join(' ')
  if (format === 'markdown') terminal.out(markdownSheet({ ...sheet, tables: chosen }, settings, csvOf))
  else if (format === 'csv') {
    const [first, ...others] = chosen
    // Every line of a CSV ends with CR LF; the LF is the terminal's.
    if (first !== undefined) terminal.out(`${csvTable(first)}\r`)
    if (others.length > 0)
      terminal.note(
        `This is the table ${first?.name}. Choose another with --table: ${others.map(({ name }) => name).join(', ')}.`,
      )
  } else {
    // A pipe has no width of its own; what is read later is read in a window of the usual one.
    const width = terminal.interactive ? terminal.width : 80
    terminal.out(prettySheet({ ...sheet, tables: chosen }, settings, { colors: terminal.colors, width }, csvOf))
  }
}

function tableNamed(name: string, asked: Report, { tables }: Sheet): Table {
  const found = tables.find((each) => each.name === name)
  if (found !== undefined) return found
  throw new Fault(
    `\`report ${asked.name}\` has no table \`${visible(name)}\`. It has ${tables.map((each) => each.name).join(', ')}.`,
  )
}
