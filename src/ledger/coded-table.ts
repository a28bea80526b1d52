/**
 * A table whose cells another engine has read already: DuckDB, or a company's database.
 *
 * It holds each distinct text of a column once and a number per row, and is taken row by row like a CSV file, so that
 * one reader judges the cells of every engine. What a text means is worked out once per text.
 */
import type { LineRange } from '../source/text.ts'
import type { ColumnBuilder } from './column.ts'
import { type CsvSink, scanCsv, type TableRow } from './csv.ts'
import { textPieces } from './csv-text.ts'
import type { CodedTexts, LedgerFile } from './ledger.ts'
import type { TextList } from './text-list.ts'

export interface CodedTable {
  /** What the settings call it, where that is not its path. */
  readonly name?: string
  /** What problems name: a path relative to the root. */
  readonly path: string
  readonly headers: readonly string[]
  /** By header; undefined for a column that nobody asked for. */
  readonly columns: readonly (CodedTexts | undefined)[]
  /** The column of ids, where they are held as what they mostly are: all different. */
  readonly ids?: { readonly index: number; readonly texts: TextList }
  readonly rowCount: number
  /** Whether rows have lines to find them by. */
  readonly numbered: boolean
  /** Where a row, or a cell of it, stands in the file. `row` is -1 for the header, `cell` -1 for the whole row. */
  readonly lines: (row: number, cell: number) => LineRange
  /** The first physical line of a row. */
  line(row: number): number
  /** A cell of a column that is not held. */
  cell(row: number, index: number): string
}

export interface TableSink extends CsvSink {
  /** Takes as many rows from this one on as it can at once, and says how many. */
  stretch?(row: CodedRow): number
}

/** Hands the rows of a table to the sink, wherever they are kept. */
export function scanTable(table: LedgerFile | CodedTable, delimiter: string, sink: TableSink): void {
  if ('bytes' in table) {
    scanCsv(textPieces(table.bytes), delimiter, sink)
    return
  }
  const row = new CodedRow(table)
  if (!sink.header(row, undefined, -1)) return
  for (row.row = 0; row.row < table.rowCount; ) {
    const taken = sink.stretch?.(row) ?? 0
    if (taken === 0) sink.row(row)
    row.row += Math.max(taken, 1)
  }
}

/** One row after the other of a coded table. */
export class CodedRow implements TableRow {
  /** From 0; -1 is the header. */
  row = -1
  readonly table: CodedTable
  /** For each column the builder's code of each text, -2 where the builder has not been asked yet. */
  readonly #codes: (Int32Array | undefined)[] = []

  constructor(table: CodedTable) {
    this.table = table
  }

  get number(): number {
    return this.row
  }

  get rows(): number {
    return this.table.rowCount
  }

  get line(): number {
    return this.row < 0 ? 1 : this.table.line(this.row)
  }

  get count(): number {
    return this.table.headers.length
  }

  holds(index: number): boolean {
    return this.table.columns[index] !== undefined || this.table.ids?.index === index
  }

  cell(index: number): string {
    if (this.row < 0) return this.table.headers[index] ?? ''
    const column = this.table.columns[index]
    if (this.table.ids?.index === index) return this.table.ids.texts.at(this.row)
    if (column === undefined) return this.table.cell(this.row, index)
    return column.values[column.codes[this.row] as number] ?? ''
  }

  code(index: number, builder: ColumnBuilder): number {
    const column = this.table.columns[index]
    if (column === undefined) return builder.code(this.cell(index))
    const known = this.#known(index, column)
    const text = column.codes[this.row] as number
    const code = known[text] as number
    if (code !== notAsked) return code
    known[text] = builder.code(column.values[text] ?? '')
    return known[text] as number
  }

  /** The numbers that `builder` gives all texts of a column that is held. */
  codesOf(index: number, builder: ColumnBuilder): Int32Array {
    const column = this.table.columns[index] ?? { values: [], codes: new Uint8Array(0) }
    const known = this.#known(index, column)
    for (let text = 0; text < known.length; text++)
      if (known[text] === notAsked) known[text] = builder.code(column.values[text] ?? '')
    return known
  }

  raw(index: number): string {
    return this.cell(index)
  }

  lines(index: number): LineRange {
    return this.table.lines(this.row, index)
  }

  firstLine(): LineRange {
    return this.table.lines(this.row, -1)
  }

  #known(index: number, { values }: CodedTexts): Int32Array {
    let known = this.#codes[index]
    if (known === undefined) {
      known = new Int32Array(values.length).fill(notAsked)
      this.#codes[index] = known
    }
    return known
  }
}

const notAsked = -2
