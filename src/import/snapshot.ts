/**
 * The snapshot that an import writes: tables as CSV in one order and one spelling.
 *
 * Two imports of the same deals give the same bytes, and a deal that changed changes one line: rows stand by their
 * key, columns in the order of the ledger's, and a cell has quotes only where it needs them.
 */
import type { LedgerFile, LedgerProblem } from '../ledger/ledger.ts'
import { readLedger } from '../ledger/read-ledger.ts'

export type LedgerSettings = Parameters<typeof readLedger>[0]
export type TableName = 'deals' | 'accounts' | 'sellers'

export interface Table {
  readonly name: TableName
  readonly headers: readonly string[]
  /** The index of the column that names a row. */
  readonly key: number
  readonly rows: readonly (readonly string[])[]
}

/** What a CRM gave. */
export interface CrmReading {
  readonly tables: readonly Table[]
  /** Deals that the CRM itself leaves undecided. */
  readonly refused: readonly { readonly deal: string; readonly text: string }[]
  /** How many pages an earlier import had read already. */
  readonly pagesFound: number
}

/** A table of the ledger that playbook.yaml declares. */
export function tableSettings(settings: LedgerSettings, name: TableName) {
  return name === 'deals' ? settings.deals : settings[name]
}

/** `renderTable(table, ',')` is the whole text of its file, which ends with a line feed. */
export function renderTable({ headers, key, rows }: Table, delimiter: string): string {
  const line = (cells: readonly string[]): string => `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\n`
  const sorted = rows
    .map((cells) => ({ key: cells[key] ?? '', text: line(cells) }))
    // Rows of one key are refused later; until then they stand in one order too.
    .sort((a, b) => order(a.key, b.key) || order(a.text, b.text))
  return `${line(headers)}${sorted.map(({ text }) => text).join('')}`
}

function quoted(cell: string, delimiter: string): string {
  const plain = !cell.includes('"') && !cell.includes('\n') && !cell.includes('\r') && !cell.includes(delimiter)
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export interface Judged {
  readonly problems: readonly LedgerProblem[]
  /** Deals by outcome; undefined where the ledger cannot be read at all. */
  readonly rows: { won: number; lost: number; open: number; void: number } | undefined
}

/** Reads a ledger as `check` would and counts its deals. `folder` is the playbook's, relative to the root. */
export async function judgeLedger(
  settings: LedgerSettings,
  files: readonly LedgerFile[],
  folder: string,
): Promise<Judged> {
  const { engine, problems } = readLedger(settings, files, { root: folder, sha256: '' })
  if (engine === undefined) return { problems, rows: undefined }
  const rows = { won: 0, lost: 0, open: 0, void: 0 }
  const { values, codes } = engine.texts('outcome') ?? { values: [], codes: [] }
  for (const code of codes) rows[values[code] as keyof typeof rows]++
  return { problems, rows }
}

/** The largest part of the deals that may go missing from one import to the next. */
const mostLost = 0.2

/** Why a snapshot is not taken for its size alone; undefined where it is. */
export function shrinkage(before: number, now: number): string | undefined {
  if (now === 0) return 'The source gave no deal at all'
  if (now >= before * (1 - mostLost)) return undefined
  const count = (deals: number): string => deals.toLocaleString('en-US')
  return `The source gave ${count(now)} deals, and the ledger has ${count(before)}: ${Math.round((1 - now / before) * 100)}% are gone`
}
