/**
 * Files and settings to a ledger: the engine, and a problem for each row that could not be read.
 *
 * The bytes come from the caller, a `.csv.gz` unpacked, so that this runs in a browser too. Nothing is thrown and
 * nothing dropped in silence.
 */
import type { JoinedTableSettings, LedgerSettings } from '../model/ledger-settings.ts'
import type { CodedTable } from './coded-table.ts'
import { type DateFormat, parseDateFormat } from './date-format.ts'
import type { LedgerFile, LedgerProblem, ReadLedger } from './ledger.ts'
import { MemoryEngine } from './memory-engine.ts'
import { readDeals } from './read-deals.ts'
import { type JoinedTable, readJoined } from './read-joined.ts'
import { shown } from './row-problems.ts'

export interface ReadLedgerOptions {
  /** The playbook's folder relative to the root that findings are relative to: `playbook`, or blank. */
  readonly root: string
  /** SHA-256, hexadecimal, over the ledger's files in the order of their names. */
  readonly sha256: string
}

/** Reads the ledger that `settings` describes; `files` holds at least the files it names. */
export function readLedger(
  settings: LedgerSettings,
  files: readonly (LedgerFile | CodedTable)[],
  options: ReadLedgerOptions,
): ReadLedger {
  const problems: LedgerProblem[] = []
  const byPath = new Map(files.map((file) => [plainPath('bytes' in file ? file.path : (file.name ?? file.path)), file]))
  const filesOf = (names: readonly string[]): (LedgerFile | CodedTable)[] => {
    const found: (LedgerFile | CodedTable)[] = []
    for (const name of names) {
      const path = plainPath(`${options.root}/${name}`)
      const file = byPath.get(path)
      if (file !== undefined) found.push(file)
      else
        problems.push(
          problemOf(path, 'This file of the ledger is missing, so there is no ledger and what needs it is not run.'),
        )
    }
    return found
  }
  const datesOf = (pattern: string, table: string, file: LedgerFile | CodedTable | undefined): DateFormat => {
    const format = parseDateFormat(pattern)
    if (format !== undefined) return format
    const text = `\`ledger.${table}.dates\` of playbook.yaml is ${shown(pattern)}, so no date here can be read. Write YYYY or YY, MM or M, and DD or D, for example \`DD.MM.YYYY\`.`
    problems.push(problemOf(file?.path ?? '', text))
    return isoDates
  }

  const dealFiles = filesOf(settings.deals.files)
  const joinedTables = [settings.accounts, settings.sellers].filter((table) => table !== undefined)
  const joinedFiles = joinedTables.map((table) => filesOf(table.files))
  const dates = datesOf(settings.deals.dates, 'deals', dealFiles[0])
  const joinedDates = joinedTables.map((table, i) => datesOf(table.dates, table.name, joinedFiles[i]?.[0]))
  if (problems.length > 0 || dealFiles.length === 0) return { engine: undefined, problems, leftOut: new Map() }

  const deals = readDeals(settings, dealFiles, dates)
  for (const problem of deals.problems) problems.push(problem)
  const joined: JoinedTable[] = []
  joinedTables.forEach((table: JoinedTableSettings, i) => {
    const read = readJoined(table, joinedFiles[i] ?? [], joinedDates[i] ?? isoDates)
    for (const problem of read.problems) problems.push(problem)
    if (read.table !== undefined) joined.push(read.table)
  })
  inFileOrder(problems, [...dealFiles, ...joinedFiles.flat()])
  // A joined table that cannot be read would make every predicate over its columns fail for a reason of its own.
  const whole = deals.table !== undefined && joined.length === joinedTables.length
  const engine = whole && deals.table !== undefined ? new MemoryEngine(deals.table, joined, options.sha256) : undefined
  return { engine, problems, leftOut: deals.leftOut }
}

const isoDates = parseDateFormat('YYYY-MM-DD') as DateFormat

function problemOf(file: string, text: string): LedgerProblem {
  return { file, lines: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }, text, deal: undefined }
}

/** `./playbook//ledger/../ledger/deals.csv` is `playbook/ledger/deals.csv`. */
function plainPath(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function inFileOrder(problems: LedgerProblem[], files: readonly { readonly path: string }[]): void {
  const rank = new Map(files.map((file, index) => [file.path, index]))
  problems.sort(
    (a, b) =>
      (rank.get(a.file) ?? 0) - (rank.get(b.file) ?? 0) ||
      a.lines.start.line - b.lines.start.line ||
      a.lines.start.column - b.lines.start.column,
  )
}
