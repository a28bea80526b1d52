/**
 * The deals of a large ledger through DuckDB, which reads a million rows in a third of the time and half the memory.
 *
 * DuckDB splits the file into cells ({@link readCells}); what they mean is judged by the same reader as without it. Only
 * files that {@link surveyCsv} finds in order are given to it, so that both read the same cells.
 */
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import type { LedgerSettings } from '../../model/ledger-settings.ts'
import type { LineRange } from '../../source/text.ts'
import type { CodedTable } from '../coded-table.ts'
import { scanCsv, type TableRow } from '../csv.ts'
import { textPieces } from '../csv-text.ts'
import type { CodedTexts } from '../ledger.ts'
import { mapHeaders } from '../map-headers.ts'
import { describeDeals, needsColumn } from '../read-deals.ts'
import { packTable, type ReadTable, type TableCache, unpackTable } from './kept-table.ts'
import { loadEngine, readCells } from './read-cells.ts'
import { type Survey, type SurveyedCsv, surveyCsv } from './survey-csv.ts'

/** A file of deals as it lies on disk: plain text, not packed. */
export interface StoredFile {
  /** What problems name: relative to the root. */
  readonly path: string
  readonly disk: string
}

export interface LargeRequest {
  readonly settings: LedgerSettings
  readonly files: readonly StoredFile[]
  /** Columns that predicates name, beside those whose meaning is fixed; undefined for all. */
  readonly asked: ReadonlySet<string> | undefined
  /** The fewest rows for which DuckDB is worth its start. */
  readonly fewest: number
  readonly kept?: TableCache | undefined
}

/** Tables by path; or why there are none: too `small`, `odd` enough for the strict reader, DuckDB `missing`. */
export type LargeReading = ReadonlyMap<string, CodedTable> | 'small' | 'odd' | 'missing'

export async function readLarge(request: LargeRequest): Promise<LargeReading> {
  const { settings, files, fewest } = request
  const { delimiter } = settings.deals
  if (delimiter.charCodeAt(0) > 127 || delimiter === '"') return 'odd'
  const opened: { readonly stored: OpenFile; readonly key: string; readonly read: ReadTable | SurveyedCsv }[] = []
  const given = (reason: 'small' | 'odd' | 'missing'): typeof reason => {
    for (const { stored } of opened) stored.close()
    return reason
  }
  try {
    for (const [place, file] of files.entries()) {
      const stored = new OpenFile(file)
      const key = request.kept && stored.size >= fewest * shortestRow ? keyOf(request, stored) : ''
      const packed = key === '' ? undefined : request.kept?.lookUp(place, key)
      const read = packed === undefined ? surveyCsv(stored.pieces(), delimiter) : unpackTable(packed)
      if (read === undefined) {
        stored.close()
        return given('odd')
      }
      opened.push({ stored, key, read })
    }
    const surveys = opened.map(({ read }) => ('survey' in read ? read.survey : read))
    if (surveys.reduce((sum, { rows }) => sum + rows, 0) < fewest) return given('small')
    // A million rows leave a lot behind at once, and V8 would make room for all of it: 150 MB at the peak.
    if (opened.some(({ read }) => !('survey' in read))) setFlagsFromString('--semi-space-growth-factor=1')
    const tables = new Map<string, CodedTable>()
    for (const [place, { stored, key, read }] of opened.entries()) {
      const table = 'survey' in read ? read : await readTable(stored, read, request)
      if (table === 'missing') return given('missing')
      if (table === undefined || stored.changed) return given('odd')
      if (table !== read && key !== '') request.kept?.keep(place, key, packTable(table))
      tables.set(stored.path, codedTable(stored, table, delimiter))
    }
    return tables
  } catch (error) {
    // Whatever DuckDB cannot do, the strict reader does, and says what is wrong if something is.
    if (process.env.PLAYPROOF_DEBUG) process.stderr.write(`DuckDB: ${String(error)}\n`)
    return 'odd'
  }
}

/** Bytes; no row is shorter, so that a small file is known before a hash of it is made. */
const shortestRow = 16

/** Bytes. A ledger has no longer cells where it means something; DuckDB hands over {@link slotBytes} of them at a time. */
const longestCell = 384

/** Of all that decides what is read: the file's bytes, how they are split, and which columns are wanted. */
function keyOf({ settings, asked }: LargeRequest, stored: OpenFile): string {
  const hash = createHash('sha256').update(JSON.stringify([settings.deals, asked && [...asked].sort()]))
  for (const piece of stored.pieces()) hash.update(piece)
  return hash.digest('hex')
}

async function readTable(
  stored: OpenFile,
  survey: SurveyedCsv,
  { settings, asked }: LargeRequest,
): Promise<ReadTable | 'missing' | undefined> {
  const engine = await loadEngine()
  if (engine === undefined) return 'missing'
  const headers = stored.rowAt(survey, -1, settings.deals.delimiter, (row) =>
    Array.from({ length: row.count }, (_, index) => row.cell(index)),
  )
  const map = mapHeaders(headers, describeDeals(settings.deals).wishes)
  if (map.missing.length > 0 || map.repeated.length > 0 || map.nameless.length > 0) return undefined
  const isNeeded = (column: string): boolean =>
    asked === undefined || asked.has(column) || needsColumn(settings.deals, column)
  const needed = [...map.indexes].flatMap(([column, index]) => (isNeeded(column) ? [index] : []))
  const key = map.indexes.get('id') ?? 0
  const others = needed.filter((index) => index !== key)
  if (needed.some((index) => (survey.longest[index] ?? 0) > longestCell)) return undefined
  const { delimiter } = settings.deals
  const cells = await readCells(engine, { disk: stored.disk, delimiter, survey, ids: key, others })
  const columns: (CodedTexts | undefined)[] = headers.map(() => undefined)
  others.forEach((index, place) => {
    columns[index] = cells.others[place]
  })
  if (
    !agrees(stored, survey, delimiter, (row, index) => {
      const column = columns[index]
      return index === key ? cells.ids.at(row) : column?.values[column.codes[row] as number]
    })
  )
    return undefined
  return { survey, headers, columns, ids: { index: key, texts: cells.ids } }
}

function codedTable(stored: OpenFile, { survey, headers, columns, ids }: ReadTable, delimiter: string): CodedTable {
  const line = (row: number): number => survey.lines?.[row + 1] ?? row + 2
  return {
    path: stored.path,
    headers,
    columns,
    ids,
    rowCount: survey.rows,
    numbered: true,
    line,
    lines: (row, cell) =>
      below(
        stored.rowAt(survey, row, delimiter, (found) => (cell < 0 ? found.firstLine() : found.lines(cell))),
        (row < 0 ? 1 : line(row)) - 1,
      ),
    cell: (row, index) => stored.rowAt(survey, row, delimiter, (found) => found.cell(index)),
  }
}

/**
 * Whether some rows of the file, a thousand at most, have the cells that DuckDB has read. It counts rows from the first
 * to the last with one thread; if it ever did otherwise, this would tell.
 */
function agrees(
  stored: OpenFile,
  survey: Survey,
  delimiter: string,
  cell: (row: number, index: number) => string | undefined,
): boolean {
  const step = Math.max(1, Math.floor(survey.rows / 1_000))
  for (let row = 0; row < survey.rows; row += step) {
    const same = stored.rowAt(survey, row, delimiter, (found) => {
      for (let index = 0; index < survey.width; index++)
        if ((cell(row, index) ?? found.cell(index)) !== found.cell(index)) return false
      return true
    })
    if (!same) return false
  }
  return true
}

/** A file that stays open, so that a row can be looked at again when somebody has to be told where it stands. */
class OpenFile {
  readonly path: string
  readonly disk: string
  readonly size: number
  readonly #handle: number
  readonly #stamp: string

  constructor({ path, disk }: StoredFile) {
    this.path = path
    this.disk = disk
    this.#handle = openSync(disk, 'r')
    const stats = fstatSync(this.#handle)
    this.size = stats.size
    this.#stamp = stampOf(stats)
    openFiles.register(this, this.#handle, this)
  }

  /** Whether somebody wrote to it, or put another in its place, meanwhile. */
  get changed(): boolean {
    return stampOf(statSync(this.disk)) !== this.#stamp
  }

  close(): void {
    openFiles.unregister(this)
    closeSync(this.#handle)
  }

  /** The file in pieces that end with a line, where lines are not too long for that. Each is valid until the next. */
  *pieces(): Generator<Uint8Array> {
    const buffer = Buffer.allocUnsafe(1 << 20)
    for (let at = 0; ; ) {
      const bytes = this.#read(at, buffer)
      if (bytes.length === 0) return
      const piece = bytes.subarray(0, bytes.lastIndexOf(10) + 1 || bytes.length)
      at += piece.length
      yield piece
    }
  }

  /** Reads one row strictly; -1 is the header. Lines count from the row's own first. */
  rowAt<Value>({ starts }: Survey, row: number, delimiter: string, take: (row: TableRow) => Value): Value {
    const from = starts[row + 1] ?? 0
    const bytes = this.#read(from, Buffer.allocUnsafe((starts[row + 2] ?? from) - from))
    let value: { readonly taken: Value } | undefined
    scanCsv(textPieces(bytes), delimiter, {
      header(found) {
        value = { taken: take(found) }
        return false
      },
      row() {},
      fault() {},
    })
    if (value === undefined) throw new Error('a row is gone')
    return value.taken
  }

  #read(from: number, bytes: Uint8Array): Uint8Array {
    let done = 0
    while (done < bytes.length) {
      const count = readSync(this.#handle, bytes, done, bytes.length - done, from + done)
      if (count === 0) break
      done += count
    }
    return bytes.subarray(0, done)
  }
}

function stampOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs}`
}

const openFiles = new FinalizationRegistry<number>((handle) => closeSync(handle))

function below({ start, end }: LineRange, lines: number): LineRange {
  return {
    start: { line: start.line + lines, column: start.column },
    end: { line: end.line + lines, column: end.column },
  }
}
