/**
 * Rows of one table that have the same key: the same row twice, or rows that contradict each other.
 *
 * Exports overlap, so the same row twice is told once and the first is used. Where the rows differ nobody can say
 * which is right, and none is used. The files are read a second time, only where there is something to compare:
 * keeping every row's text for a comparison that almost never comes would double the memory.
 */
import type { LineRange } from '../source/text.ts'
import { type CodedTable, scanTable } from './coded-table.ts'
import type { LedgerFile, LedgerProblem } from './ledger.ts'
import { type HeaderMap, mapHeaders } from './map-headers.ts'
import type { TableDescription } from './read-table.ts'
import { list, shown } from './row-problems.ts'

export interface RepeatedRow {
  readonly file: number
  readonly line: number
  readonly cell: LineRange
}

export interface RepeatedKey {
  readonly key: string
  /** Whether the rows differ in some cell. */
  readonly differ: boolean
  /** In the order of the files; at least two. */
  readonly rows: readonly RepeatedRow[]
}

/** All rows of `files` whose key, as `spelled`, is one of `keys`. */
export function findRepeated(
  files: readonly (LedgerFile | CodedTable)[],
  table: TableDescription,
  keys: ReadonlySet<string>,
  spelled: (key: string) => string,
): readonly RepeatedKey[] {
  if (keys.size === 0) return []
  const found = new Map<string, { content: string; differ: boolean; rows: RepeatedRow[] }>()
  files.forEach((file, fileIndex) => {
    let header: HeaderMap | undefined
    scanTable(file, table.delimiter, {
      header(row) {
        const headers = Array.from({ length: row.count }, (_, index) => row.cell(index))
        header = mapHeaders(headers, table.wishes)
        return header.indexes.has(table.key)
      },
      row(row) {
        const index = header?.indexes.get(table.key) ?? 0
        const key = spelled(row.cell(index))
        if (header === undefined || !keys.has(key)) return
        // By header, because the columns of two files may stand in another order; a blank cell is as good as none.
        const cells = header.headers.map((name, cell) => [name, row.cell(cell)]).filter(([, text]) => text !== '')
        const content = JSON.stringify(cells.sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0)))
        const place = { file: fileIndex, line: row.line, cell: row.lines(index) }
        const known = found.get(key)
        if (known === undefined) found.set(key, { content, differ: false, rows: [place] })
        else {
          known.differ ||= known.content !== content
          known.rows.push(place)
        }
      },
      fault() {},
    })
  })
  return [...found].filter(([, { rows }]) => rows.length > 1).map(([key, { differ, rows }]) => ({ key, differ, rows }))
}

/** One finding for a row that is repeated as it is, and one on each of rows that contradict each other. */
export function repeatedProblems(
  repeated: RepeatedKey,
  files: readonly (LedgerFile | CodedTable)[],
  deal: string | undefined,
): LedgerProblem[] {
  const { key, rows, differ } = repeated
  const path = (row: RepeatedRow | undefined): string => files[row?.file ?? 0]?.path ?? ''
  const lineOf = (row: RepeatedRow, from: RepeatedRow): string =>
    `line ${row.line.toLocaleString('en-US')}${row.file === from.file ? '' : ` of ${shown(path(row))}`}`
  const problem = (row: RepeatedRow, text: string): LedgerProblem => ({ file: path(row), lines: row.cell, text, deal })
  if (!files.every((file) => 'bytes' in file || file.numbered)) return [unnumbered(repeated, problem)]
  if (!differ) {
    const [first, second, ...more] = rows as [RepeatedRow, RepeatedRow, ...RepeatedRow[]]
    const times =
      more.length === 0
        ? ''
        : more.length === 1
          ? ' and once more'
          : ` and ${more.length.toLocaleString('en-US')} times more`
    const text = `${shown(key)} stands here again${times}, with the same cells as in ${lineOf(first, second)}; that row is used. Remove what is repeated.`
    return [problem(second, text)]
  }
  return rows.map((row) => {
    // Four are enough to name three others; a hostile file may have a million rows with one id.
    const named = rows
      .slice(0, 4)
      .filter((other) => other !== row)
      .slice(0, 3)
      .map((other) => lineOf(other, row))
    const more = rows.length - 1 - named.length
    if (more > 0) named.push(`${more.toLocaleString('en-US')} more`)
    return problem(
      row,
      `${shown(key)} is also in ${list(named)}, and the rows differ, so none of them is used. Keep the right one.`,
    )
  })
}

/** Rows of a database have no lines to name. */
function unnumbered(
  { key, rows, differ }: RepeatedKey,
  problem: (row: RepeatedRow, text: string) => LedgerProblem,
): LedgerProblem {
  const times = rows.length === 2 ? 'twice' : `${rows.length.toLocaleString('en-US')} times`
  const text = differ
    ? `${shown(key)} is in the table ${times}, and the rows differ, so none of them is used. Keep the right one.`
    : `${shown(key)} is in the table ${times}, with the same cells; one of them is used. Remove what is repeated.`
  return problem(rows[0] as RepeatedRow, text)
}
