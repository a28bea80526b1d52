/**
 * Where the id and the owner of each row stand in their file, for the few rows that a finding is about.
 *
 * Of a scanned file the columns in the line are kept; a coded table is asked when somebody wants to know. Apart from
 * the reader, which a function made inside it would keep in memory with all that it read.
 */
import type { LineRange } from '../source/text.ts'
import type { CodedTable } from './coded-table.ts'
import { RowNumbers } from './column.ts'
import type { TableRow } from './csv.ts'
import type { CodedTexts, LedgerFile } from './ledger.ts'

const placed = ['id', 'owner'] as const
type Placed = (typeof placed)[number]

/** By row, in the order of the ids. */
export type PlaceOf = (row: number, cell: Placed) => LineRange

export class CellPlaces {
  /** Of a coded table: the row to be asked for; else 0. */
  readonly #asked = new RowNumbers()
  readonly #starts = { id: new RowNumbers(), owner: new RowNumbers() }
  readonly #ends = { id: new RowNumbers(), owner: new RowNumbers() }
  /** Cells of rows whose cells span lines. */
  readonly #odd = { id: new Map<number, LineRange>(), owner: new Map<number, LineRange>() }
  /** By file: which cells they are. */
  readonly #cells: Record<Placed, number>[] = []

  open(file: number, cells: Record<Placed, number>): void {
    this.#cells[file] = { id: cells.id, owner: cells.owner }
  }

  reserve(rows: number): void {
    this.#asked.reserve(rows)
    for (const cell of placed) for (const numbers of [this.#starts[cell], this.#ends[cell]]) numbers.reserve(rows)
  }

  push(file: number, row: TableRow): void {
    const number = this.#asked.length
    this.#asked.push(row.number ?? 0)
    for (const cell of placed) {
      const lines = row.number === undefined ? row.lines(this.#cells[file]?.[cell] ?? 0) : undefined
      this.#starts[cell].push(lines?.start.column ?? 0)
      this.#ends[cell].push(lines?.end.column ?? 0)
      if (lines !== undefined && lines.end.line !== row.line) this.#odd[cell].set(number, lines)
    }
  }

  /** Rows of a coded table, from one to before another. */
  pushRange(from: number, to: number): void {
    this.#asked.pushRange(from, to)
    for (const cell of placed)
      for (const numbers of [this.#starts[cell], this.#ends[cell]]) numbers.pushSame(0, to - from)
  }

  finish(
    files: readonly (LedgerFile | CodedTable)[],
    { fileOf, lineOf, order }: { fileOf: CodedTexts['codes']; lineOf: CodedTexts['codes']; order: Uint32Array },
  ): PlaceOf {
    const asked = this.#asked.inOrder(order)
    const starts = { id: this.#starts.id.inOrder(order), owner: this.#starts.owner.inOrder(order) }
    const ends = { id: this.#ends.id.inOrder(order), owner: this.#ends.owner.inOrder(order) }
    const odd = { id: ranked(this.#odd.id, order), owner: ranked(this.#odd.owner, order) }
    const cells = this.#cells
    // The functions alone: the cells of the tables can go.
    const lookUps = files.map((file) => ('bytes' in file ? undefined : file.lines))
    return (row, cell) => {
      const file = fileOf[row] ?? 0
      const lookUp = lookUps[file]
      if (lookUp !== undefined) return lookUp(asked[row] ?? 0, cells[file]?.[cell] ?? 0)
      const line = lineOf[row] ?? 1
      const [start, end] = [starts[cell][row] ?? 1, ends[cell][row] ?? 1]
      return odd[cell].get(row) ?? { start: { line, column: start }, end: { line, column: end } }
    }
  }
}

function ranked(odd: ReadonlyMap<number, LineRange>, order: Uint32Array): ReadonlyMap<number, LineRange> {
  const found = new Map<number, LineRange>()
  if (odd.size === 0) return found
  order.forEach((row, rank) => {
    const place = odd.get(row)
    if (place !== undefined) found.set(rank, place)
  })
  return found
}
