/**
 * Strict CSV (RFC 4180) to rows with places, in one pass.
 *
 * Libraries skip or glue rows they dislike and count lines wrongly; a marketer needs the physical line to repair. So
 * every row that is no row is handed over as a fault at its place, and reading goes on with the next one. LF, CR LF
 * and CR end a line, in any mixture. What the cells mean is for the caller to say.
 */
import type { LineRange, Position } from '../source/text.ts'
import type { ColumnBuilder } from './column.ts'
import type { CsvPiece } from './csv-text.ts'

export type RowFault =
  /** A line without anything. */
  | 'blank'
  /** Fewer or more cells than the header. */
  | 'short'
  | 'long'
  /** A quote that opens a cell and is not closed: told at the line where it opens. */
  | 'open-quote'
  /** A quote inside a cell that does not begin with one. */
  | 'bare-quote'
  /** Text between a closing quote and the next delimiter. */
  | 'after-quote'
  | 'nul'
  /** Bytes that are no text in the file's encoding. */
  | 'not-text'

/** One row of a table, wherever it is kept. */
export interface TableRow {
  /** The physical line on which the row begins, from 1. */
  readonly line: number
  /** How many cells the row has. */
  readonly count: number
  /** Which row of its table it is, from 0, where it can be looked at again; else undefined. */
  readonly number: number | undefined
  /** How many rows its table has, where that is known. */
  readonly rows: number
  /** Whether the column was read; what nobody asks for may stay where it is. */
  holds(index: number): boolean
  /** The value of a cell. Empty past the last cell. */
  cell(index: number): string
  /** The number that `builder`, always the same for one column, gives the cell. */
  code(index: number, builder: ColumnBuilder): number
  /** A cell as it stands in the file, quotes included. */
  raw(index: number): string
  /** Where a cell stands, quotes included. */
  lines(index: number): LineRange
  /** The first physical line of the row. */
  firstLine(): LineRange
}

/** Takes what {@link scanCsv} finds, in the order of the file. A row is valid only during the call. */
export interface CsvSink {
  /** The first row; its number of cells is what every other row must have. False ends the reading. */
  header(row: TableRow, fault: RowFault | undefined, cell: number): boolean
  row(row: TableRow): void
  /** A row that cannot be read; `cell` is the index of the cell at fault, -1 for the whole row. */
  fault(row: TableRow, fault: RowFault, cell: number): void
}

const QUOTE = 34
const LF = 10
const CR = 13

/** One row over the text it stands in. Places are worked out only when asked for, because almost nobody asks. */
class CsvRow implements TableRow {
  /** The physical line on which the row begins, from 1. */
  line = 1
  /** How many cells the row has; of a row longer than the header the surplus is counted, not kept. */
  count = 0
  readonly number = undefined
  readonly rows = 0
  #text = ''
  #start = 0
  #end = 0
  #breaks = 0
  #starts = new Int32Array(64)
  #ends = new Int32Array(64)
  #kept = Number.POSITIVE_INFINITY

  begin(text: string, start: number, line: number): void {
    this.#text = text
    this.#start = start
    this.line = line
    this.count = 0
  }

  add(start: number, end: number): void {
    const index = this.count++
    if (index >= this.#kept) return
    if (index === this.#starts.length) {
      this.#starts = grown(this.#starts)
      this.#ends = grown(this.#ends)
    }
    this.#starts[index] = start
    this.#ends[index] = end
  }

  /** The row ends at `end`; `breaks` line ends stand inside its cells. */
  finish(end: number, breaks: number): void {
    this.#end = end
    this.#breaks = breaks
  }

  /** From here on only this many cells of a row are kept: a hostile row must not take the memory. */
  keep(count: number): void {
    this.#kept = count + 1
  }

  /** The value of a cell: quotes taken off, doubled quotes made one. Empty past the last cell. */
  cell(index: number): string {
    if (index >= this.count || index >= this.#kept) return ''
    const start = this.#starts[index] ?? 0
    const end = this.#ends[index] ?? 0
    if (this.#text.charCodeAt(start) !== QUOTE || end <= start) return this.#text.slice(start, end)
    const inner = this.#text.slice(start + 1, end - 1)
    return inner.includes('"') ? inner.replaceAll('""', '"') : inner
  }

  code(index: number, builder: ColumnBuilder): number {
    return builder.code(this.cell(index))
  }

  holds(): boolean {
    return true
  }

  /** A cell as it stands in the file, quotes included. */
  raw(index: number): string {
    if (index >= this.count || index >= this.#kept) return ''
    return this.#text.slice(this.#starts[index] ?? 0, this.#ends[index] ?? 0)
  }

  /** The row as it stands in the file, without its line end. */
  get source(): string {
    return this.#text.slice(this.#start, this.#end)
  }

  /** Where a cell stands, quotes included. */
  lines(index: number): LineRange {
    const held = index < this.count && index < this.#kept
    const start = held ? (this.#starts[index] ?? 0) : this.#end
    return { start: this.#position(start), end: this.#position(held ? (this.#ends[index] ?? 0) : this.#end) }
  }

  /** The first physical line of the row. */
  firstLine(): LineRange {
    let end = this.#start
    while (end < this.#end && this.#text.charCodeAt(end) !== LF && this.#text.charCodeAt(end) !== CR) end++
    return { start: { line: this.line, column: 1 }, end: { line: this.line, column: end - this.#start + 1 } }
  }

  #position(offset: number): Position {
    let line = this.line
    let lineStart = this.#start
    if (this.#breaks === 0) return { line, column: offset - lineStart + 1 }
    for (let i = this.#start; i < offset; i++) {
      const unit = this.#text.charCodeAt(i)
      if (unit === LF || (unit === CR && this.#text.charCodeAt(i + 1) !== LF)) {
        line++
        lineStart = i + 1
      }
    }
    return { line, column: offset - lineStart + 1 }
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}

/** Reads rows from pieces of one text that follow each other; pieces may be cut anywhere but inside a character. */
export function scanCsv(pieces: Iterable<CsvPiece>, delimiter: string, sink: CsvSink): void {
  const scanner = new Scanner(delimiter.charCodeAt(0), sink)
  const iterator = pieces[Symbol.iterator]()
  let next = iterator.next()
  let rest = ''
  let suspect = false
  while (next.done !== true) {
    let text = rest
    suspect &&= rest !== ''
    // What could not be read as a row yet is read again with the next pieces: with at least as much as it is itself,
    // so that one quote left open does not make the whole file be read once per piece.
    do {
      text = text === '' ? next.value.text : text + next.value.text
      suspect ||= next.value.suspect
      next = iterator.next()
    } while (next.done !== true && text.length < rest.length * 2)
    const read = scanner.scan(text, next.done === true || text.length > longestRow, suspect)
    if (read < 0) return
    rest = text.slice(read)
  }
}

/** No row is longer. A quote left open at the start of a file of gigabytes must not be followed to its end. */
const longestRow = 1 << 27

class Scanner {
  readonly #delimiter: number
  readonly #sink: CsvSink
  readonly #row = new CsvRow()
  /** Cells of the header, 0 before it was read. */
  #width = 0
  /** The line of the next row. */
  #line = 1

  constructor(delimiter: number, sink: CsvSink) {
    this.#delimiter = delimiter
    this.#sink = sink
  }

  /**
   * Reads all rows of `text`; where it is not the last (`final`), an unfinished row at its end is left. Returns how
   * much was read, or -1 where the sink wants no more.
   */
  scan(text: string, final: boolean, suspect: boolean): number {
    const length = text.length
    const delimiter = this.#delimiter
    const row = this.#row
    let at = 0
    while (at < length) {
      row.begin(text, at, this.#line)
      let fault: RowFault | undefined
      let faultCell = -1
      /** Line ends inside cells of this row. */
      let breaks = 0
      let i = at
      let unit = 0
      for (;;) {
        const start = i
        unit = i < length ? text.charCodeAt(i) : -1
        if (unit === QUOTE) {
          let firstBreak = -1
          let inside = 0
          i++
          // To the closing quote; a doubled one is a quote in the value.
          for (; i < length; i++) {
            unit = text.charCodeAt(i)
            if (unit === QUOTE) {
              if (i + 1 >= length || text.charCodeAt(i + 1) !== QUOTE) break
              i++
            } else if (unit === LF || unit === CR) {
              if (firstBreak < 0) firstBreak = i
              inside++
              if (unit === CR && text.charCodeAt(i + 1) === LF) i++
            }
          }
          if (i + 1 >= length && !final) return at
          const closed = i < length
          i = Math.min(i + 1, length)
          unit = i < length ? text.charCodeAt(i) : -1
          const ended = unit === delimiter || unit === LF || unit === CR || unit === -1
          if (!closed || (!ended && inside > 0)) {
            // A cell over several lines that ends in the middle of text was never meant to be one: the quote that
            // opened it is the fault, and the next line is a row again.
            fault ??= 'open-quote'
            if (faultCell < 0) faultCell = row.count
            i = firstBreak < 0 ? length : firstBreak
            unit = firstBreak < 0 ? -1 : text.charCodeAt(i)
            row.add(start, i)
            break
          }
          breaks += inside
          if (!ended && fault === undefined) {
            fault = 'after-quote'
            faultCell = row.count
          }
        }
        while (unit !== delimiter && unit !== LF && unit !== CR && unit !== -1) {
          if (unit === QUOTE && fault === undefined) {
            fault = 'bare-quote'
            faultCell = row.count
          }
          unit = ++i < length ? text.charCodeAt(i) : -1
        }
        row.add(start, i)
        if (unit !== delimiter) break
        i++
      }
      const end = i
      if (unit === CR && i + 1 < length && text.charCodeAt(i + 1) === LF) {
        i++
        unit = LF
      }
      // The end of an unfinished text may be the middle of a row, or of CR LF.
      if (i + 1 >= length && !final && unit !== LF) return at
      row.finish(end, breaks)
      if (!this.#deliver(row, fault, faultCell, suspect)) return -1
      this.#line += breaks + 1
      at = Math.min(i + 1, length)
    }
    return length
  }

  #deliver(row: CsvRow, fault: RowFault | undefined, faultCell: number, suspect: boolean): boolean {
    let what = fault
    let cell = faultCell
    if (what === undefined && suspect) {
      cell = damagedCell(row)
      if (cell >= 0) what = row.raw(cell).includes('\0') ? 'nul' : 'not-text'
    }
    if (this.#width === 0) {
      this.#width = row.count
      row.keep(row.count)
      return this.#sink.header(row, what, cell)
    }
    if (what === undefined && row.count === 1 && row.raw(0) === '') what = 'blank'
    else if (what === undefined && row.count !== this.#width) what = row.count < this.#width ? 'short' : 'long'
    if (what === undefined) this.#sink.row(row)
    else this.#sink.fault(row, what, cell)
    return true
  }
}

// A surrogate without a partner stands for what could not be decoded; no valid text has one.
const DAMAGE = /\0|[\ud800-\udfff]/u

function damagedCell(row: CsvRow): number {
  if (!DAMAGE.test(row.source)) return -1
  for (let i = 0; i < row.count; i++) if (DAMAGE.test(row.raw(i))) return i
  return -1
}
