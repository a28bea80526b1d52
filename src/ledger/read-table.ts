/**
 * Reads one CSV file of the ledger row by row, for the deals and the joined tables alike.
 *
 * What is wrong with the shape of the file is told here: the header, rows that are no rows, and what stands below the
 * table. What the cells mean is for the {@link RowTaker}.
 */
import { nearest } from '../source/nearest.ts'
import type { LineRange } from '../source/text.ts'
import { type CodedRow, type CodedTable, scanTable } from './coded-table.ts'
import type { TableRow } from './csv.ts'
import type { LedgerFile, LedgerProblem } from './ledger.ts'
import { type HeaderMap, type HeaderWishes, mapHeaders } from './map-headers.ts'
import { didYouMean, faultText, list, ProblemList, shown } from './row-problems.ts'

export interface RowTaker {
  /** The header was read and has all that is required. */
  open(header: HeaderMap, problems: ProblemList): void
  row(row: TableRow): void
  /** Takes as many rows from this one on as it can at once, and says how many. */
  stretch?(row: CodedRow): number
  /** A row that is no row is left out; `id` is what its cell of the id says, blank where it has none. */
  leaveOut(id: string, line: number): void
}

export interface TableDescription {
  readonly delimiter: string
  readonly wishes: HeaderWishes
  /** Ledger column to header, as playbook.yaml maps it. */
  readonly mapped: Readonly<Record<string, string>>
  /** The ledger column that names a row. */
  readonly key: string
  /** Where playbook.yaml says which header is which, and which are required: `ledger.deals.columns`. */
  readonly setting: string
  readonly requiredSetting: string
}

export interface TableReading {
  readonly problems: readonly LedgerProblem[]
  /** Whether the header could be used; without it there is no ledger. */
  readonly usable: boolean
}

/** More columns than any CRM exports; a header of a million would cost the memory of a million columns. */
const mostColumns = 2_000

export function readTable(file: LedgerFile | CodedTable, table: TableDescription, taker: RowTaker): TableReading {
  const problems = new ProblemList(file.path)
  const tail = new Tail(problems, taker)
  let header: HeaderMap | undefined
  let nameless: readonly number[] = []
  let sawHeader = false
  scanTable(file, table.delimiter, {
    header(row, fault, cell) {
      sawHeader = true
      if (fault !== undefined) {
        const text = faultText(fault, row, row.count, undefined, cell, table.delimiter)
        problems.at(
          row.lines(cell),
          `The header cannot be read, so there is no ledger and what needs it is not run. ${text}`,
        )
        return false
      }
      header = openHeader(row, table, problems)
      if (header === undefined) return false
      nameless = header.nameless
      taker.open(header, problems)
      return true
    },
    row(row) {
      tail.flush()
      if (nameless.length > 0) nameless = tellNameless(row, nameless, problems)
      taker.row(row)
    },
    // A column without a header is told at its first cell, so then each row is looked at.
    stretch: (row) => (nameless.length > 0 ? 0 : (taker.stretch?.(row) ?? 0)),
    fault(row, fault, cell) {
      const key = header?.indexes.get(table.key) ?? 0
      const id = key < row.count && (cell < 0 || key < cell) ? row.cell(key) : ''
      const text = faultText(fault, row, header?.headers.length ?? 0, header?.headers[cell], cell, table.delimiter)
      const lines = cell < 0 ? row.firstLine() : row.lines(cell)
      if (fault === 'blank' || (fault === 'short' && row.count === 1)) {
        tail.add({ blank: fault === 'blank', lines, text, id, line: row.line, content: row.cell(0) })
        return
      }
      tail.flush()
      taker.leaveOut(id, row.line)
      problems.at(lines, text, id)
    },
  })
  tail.end()
  if (!sawHeader)
    problems.at(
      firstPlace,
      'This file is empty, so there is no ledger and what needs it is not run. Export the ledger again.',
    )
  return { problems: problems.found, usable: header !== undefined }
}

const firstPlace: LineRange = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }

function openHeader(row: TableRow, table: TableDescription, problems: ProblemList): HeaderMap | undefined {
  if (row.count > mostColumns) {
    const text = `This header has ${row.count.toLocaleString('en-US')} columns; ${mostColumns.toLocaleString('en-US')} can be read. Export only the columns that the playbook needs.`
    problems.at(row.firstLine(), text)
    return undefined
  }
  const headers = Array.from({ length: row.count }, (_, index) => row.cell(index))
  if (headers.every((header) => header.trim() === '')) {
    problems.at(
      row.firstLine(),
      'Line 1 is blank and must be the header, so there is no ledger and what needs it is not run. Export the ledger again.',
    )
    return undefined
  }
  const map = mapHeaders(headers, table.wishes)
  for (const index of map.repeated) {
    const header = headers[index] ?? ''
    const text = `The header ${shown(header)} stands here again, after column ${headers.indexOf(header) + 1}; which of them is meant is not guessed, so neither is read. Rename or remove one.`
    problems.at(row.lines(index), text)
  }
  const headersFor = (column: string): readonly string[] => table.wishes.columns.get(column) ?? [column]
  const isRepeated = (column: string) =>
    headersFor(column).some((header) => map.repeated.some((index) => headers[index] === header))
  const missing = map.missing.filter((group) => !group.some(isRepeated))
  if (missing.length > 0) problems.at(row.firstLine(), missingText(missing, headers, headersFor, table))
  for (const [column, header] of Object.entries(table.mapped)) {
    if (headers.includes(header) || table.wishes.required.some((group) => group.includes(column))) continue
    problems.at(
      row.firstLine(),
      `\`${table.setting}\` of playbook.yaml maps ${shown(column)} to the header ${shown(header)}, which this file lacks.${didYouMean(header, headers)} Correct the one or the other.`,
    )
  }
  if (map.missing.length > 0) return undefined
  const indexes = [...map.indexes]
  return {
    ...map,
    rows: row.rows,
    indexes: new Map(indexes.filter(([, index]) => row.holds(index))),
    unread: indexes.flatMap(([column, index]) => (row.holds(index) ? [] : [column])),
  }
}

function missingText(
  missing: readonly (readonly string[])[],
  headers: readonly string[],
  headersFor: (column: string) => readonly string[],
  table: TableDescription,
): string {
  const wanted = missing.map((group) => {
    const names = group.flatMap(headersFor)
    const column = group.join(' or ')
    const known = names.slice(0, 3).map(shown).join(' or ')
    return column === '' || names[0] === column ? known : `${known} (${column})`
  })
  const meant = missing
    .flatMap((group) => group.flatMap(headersFor))
    .map((name) => nearest(name, headers))
    .filter((name) => name !== undefined)
  const has = headers.slice(0, 12).map(shown)
  if (headers.length > has.length) has.push(`${headers.length - has.length} more`)
  const other =
    headers.length === 1
      ? [';', '\t', ',', '|'].find((delimiter) => delimiter !== table.delimiter && headers[0]?.includes(delimiter))
      : undefined
  const repair =
    other !== undefined
      ? `The file seems to be separated by ${other === '\t' ? 'tabs' : `\`${other}\``}: then declare \`delimiter: ${JSON.stringify(other)}\`.`
      : `${meant.length > 0 ? `Did you mean ${list([...new Set(meant)].map(shown))}? ` : ''}Export ${wanted.length === 1 ? 'it' : 'them'} too, or say in \`${table.requiredSetting}\` of playbook.yaml which header is meant.`
  return `This header lacks ${list(wanted)}, so there is no ledger and what needs it is not run. It has ${list(has)}. ${repair}`
}

/** A column without a header is told at its first cell that holds something: trailing delimiters alone do no harm. */
function tellNameless(row: TableRow, nameless: readonly number[], problems: ProblemList): readonly number[] {
  return nameless.filter((index) => {
    if (row.raw(index) === '') return true
    problems.at(
      row.lines(index),
      `Column ${index + 1} has no header, so it is not read. Name it in line 1, or remove it.`,
    )
    return false
  })
}

interface TailLine {
  readonly blank: boolean
  readonly lines: LineRange
  readonly text: string
  readonly id: string
  readonly line: number
  readonly content: string
}

// Salesforce writes this below the rows of a report, after blank lines and a grand total.
const reportFooter = /^Copyright (?:\(c\)|©) .*salesforce/i

/** Lines that may be the end of the table: harmless there, a problem where rows follow. */
class Tail {
  #lines: TailLine[] = []
  readonly #problems: ProblemList
  readonly #taker: RowTaker

  constructor(problems: ProblemList, taker: RowTaker) {
    this.#problems = problems
    this.#taker = taker
  }

  add(line: TailLine): void {
    this.#lines.push(line)
  }

  flush(): void {
    if (this.#lines.length === 0) return
    for (let i = 0; i < this.#lines.length; i++) {
      const line = this.#lines[i] as TailLine
      let last = line
      // One finding for blank lines that follow each other.
      while (line.blank && this.#lines[i + 1]?.blank) last = this.#lines[++i] as TailLine
      const text = last === line ? line.text : 'These lines are blank. Delete them.'
      this.#problems.at({ start: line.lines.start, end: last.lines.end }, text, line.id)
      if (!line.blank) this.#taker.leaveOut(line.id, line.line)
    }
    this.#lines = []
  }

  end(): void {
    if (this.#lines.some((line) => reportFooter.test(line.content))) return
    while (this.#lines.at(-1)?.blank) this.#lines.pop()
    this.flush()
  }
}
