/**
 * A table that extends the deals: the CRM's accounts or its sellers.
 */
import type { JoinedTableSettings } from '../model/ledger-settings.ts'
import type { CodedTable } from './coded-table.ts'
import { type Column, ColumnBuilder } from './column.ts'
import { cellReader, typeOfJoinedColumn, unreadableText } from './column-types.ts'
import type { TableRow } from './csv.ts'
import type { DateFormat } from './date-format.ts'
import { findRepeated, repeatedProblems } from './find-repeated.ts'
import type { LedgerFile, LedgerProblem } from './ledger.ts'
import type { HeaderMap } from './map-headers.ts'
import { ledgerColumns } from './read-deals.ts'
import { type RowTaker, readTable, type TableDescription } from './read-table.ts'
import { exportAgain, type ProblemList, shown } from './row-problems.ts'

export interface JoinedTable {
  readonly name: 'accounts' | 'sellers'
  /** Key to row. */
  readonly rowOf: ReadonlyMap<string, number>
  readonly columns: ReadonlyMap<string, Column>
  /** Columns that the table has and nobody asked for. */
  readonly unread: ReadonlySet<string>
  readonly rowCount: number
}

export interface ReadJoined {
  readonly table: JoinedTable | undefined
  readonly problems: readonly LedgerProblem[]
}

/** The name of the key column inside this room; no header can be empty. */
const keyColumn = ''

export function readJoined(
  settings: JoinedTableSettings,
  files: readonly (LedgerFile | CodedTable)[],
  dates: DateFormat,
): ReadJoined {
  const description = describeJoined(settings)
  const reader = new JoinedReader(settings, dates)
  const problems: LedgerProblem[] = []
  let usable = true
  for (const file of files) {
    const reading = readTable(file, description, reader)
    for (const problem of reading.problems) problems.push(problem)
    usable &&= reading.usable
  }
  if (!usable) return { table: undefined, problems }
  const repeated = findRepeated(files, description, reader.repeated, (key) => reader.spelledKey(key))
  const again = new Set(
    repeated
      .filter((key) => !key.differ)
      .flatMap((key) => key.rows.slice(1).map((row) => `${row.line} ${files[row.file]?.path}`)),
  )
  const numbered = files.every((file) => 'bytes' in file || file.numbered)
  const kept = problems.filter((problem) => !numbered || !again.has(`${problem.lines.start.line} ${problem.file}`))
  for (const key of repeated) kept.push(...repeatedProblems(key, files, undefined))
  return { table: reader.finish(new Set(repeated.filter((key) => key.differ).map((key) => key.key))), problems: kept }
}

/** The joined table as its settings describe it. */
export function describeJoined(settings: JoinedTableSettings): TableDescription {
  const columns = new Map<string, readonly string[]>([[keyColumn, [settings.key]]])
  for (const [column, header] of Object.entries(settings.columns)) columns.set(column, [header])
  return {
    delimiter: settings.delimiter,
    wishes: { columns, required: [[keyColumn]] },
    mapped: settings.columns,
    key: keyColumn,
    setting: `ledger.${settings.name}.columns`,
    requiredSetting: `ledger.${settings.name}.key`,
  }
}

/** Whether a joined table needs a column, for the reasons of {@link needsColumn}. */
export function needsJoinedColumn(settings: JoinedTableSettings, column: string): boolean {
  return (
    column === keyColumn ||
    (ledgerColumns as readonly string[]).includes(column) ||
    Object.hasOwn(settings.columns, column) ||
    Object.hasOwn(settings.types, column)
  )
}

class JoinedReader implements RowTaker {
  readonly repeated = new Set<string>()
  readonly #settings: JoinedTableSettings
  readonly #dates: DateFormat
  readonly #seen = new Set<string>()
  readonly #unread = new Set<string>()
  readonly #rowOf = new Map<string, number>()
  readonly #sources = new Map<string, { readonly builder: ColumnBuilder; index: number }>()
  #header: HeaderMap | undefined
  #problems: ProblemList | undefined
  #rows = 0

  constructor(settings: JoinedTableSettings, dates: DateFormat) {
    this.#settings = settings
    this.#dates = dates
  }

  open(header: HeaderMap, problems: ProblemList): void {
    this.#header = header
    this.#problems = problems
    for (const column of header.unread) this.#unread.add(column)
    for (const source of this.#sources.values()) source.index = -1
    const { types, values, decimal } = this.#settings
    for (const [column, index] of header.indexes) {
      const known = this.#sources.get(column)
      if (known !== undefined) known.index = index
      else if (column !== keyColumn) {
        const type = typeOfJoinedColumn(column, types)
        const spellings = Object.hasOwn(values, column) ? values[column] : undefined
        const builder = new ColumnBuilder(column, type, cellReader(type, spellings, this.#dates, decimal))
        builder.pad(this.#rows)
        this.#sources.set(column, { builder, index })
      }
    }
  }

  row(row: TableRow): void {
    const keyCell = this.#header?.indexes.get(keyColumn) ?? 0
    const key = this.spelledKey(row.cell(keyCell))
    let readable = true
    const refuse = (cell: number, text: string): void => {
      readable = false
      this.#problems?.at(row.lines(cell), text)
    }
    if (key.trim() === '')
      refuse(keyCell, `${this.#name(keyCell)} is blank, so no deal can belong to this row. ${exportAgain}`)
    else if (this.#seen.has(key)) this.repeated.add(key)
    else this.#seen.add(key)
    const codes: number[] = []
    for (const { builder, index } of this.#sources.values()) {
      const code = index < 0 ? 0 : row.code(index, builder)
      if (code < 0)
        refuse(
          index,
          unreadableText(builder.type, this.#name(index), row.cell(index), this.#dates, this.#settings.decimal),
        )
      codes.push(code)
    }
    if (!readable || this.#rowOf.has(key)) return
    this.#rowOf.set(key, this.#rows++)
    let i = 0
    for (const { builder } of this.#sources.values()) builder.push(codes[i++] ?? 0)
  }

  leaveOut(): void {}

  /** The key as it is spelled in the deals: spellings may be declared by the header or by the deals' column. */
  spelledKey(key: string): string {
    const { key: header, name, values } = this.#settings
    for (const column of [header, name === 'accounts' ? 'account' : 'owner']) {
      const spellings = Object.hasOwn(values, column) ? values[column] : undefined
      if (spellings !== undefined && Object.hasOwn(spellings, key)) return spellings[key] ?? key
    }
    return key
  }

  finish(contradictory: ReadonlySet<string>): JoinedTable {
    for (const key of contradictory) this.#rowOf.delete(key)
    const rows = Uint32Array.from(this.#rowOf.values())
    const columns = new Map<string, Column>()
    for (const [name, { builder }] of this.#sources) {
      builder.pad(this.#rows)
      columns.set(name, builder.finish(rows))
    }
    const rowOf = new Map([...this.#rowOf.keys()].map((key, row) => [key, row]))
    return { name: this.#settings.name, rowOf, columns, unread: this.#unread, rowCount: rows.length }
  }

  #name(cell: number): string {
    return shown(this.#header?.headers[cell] ?? '')
  }
}
