/**
 * `import csv`: exports of a CRM to the tables of a snapshot.
 *
 * The strict reader judges the exports as they are, so that a problem names the line of the file that somebody has at
 * hand. What is taken over is taken as it is written; only columns that playbook.yaml maps or declares are kept,
 * because an export often holds more about people than a playbook has any business with.
 */
import { scanCsv } from '../ledger/csv.ts'
import { textPieces } from '../ledger/csv-text.ts'
import type { LedgerFile } from '../ledger/ledger.ts'
import { type HeaderWishes, mapHeaders } from '../ledger/map-headers.ts'
import { presets } from '../ledger/presets.ts'
import { describeDeals, ledgerColumns } from '../ledger/read-deals.ts'
import { type Judged, judgeLedger, type LedgerSettings, type Table, type TableName, tableSettings } from './snapshot.ts'

export type CsvSources = Readonly<Partial<Record<TableName, readonly LedgerFile[]>>>

export interface CsvReading {
  readonly judged: Judged
  readonly tables: readonly Table[]
  /** Headers that playbook.yaml neither maps nor declares. */
  readonly leftOut: readonly string[]
}

export async function readCsvSource(settings: LedgerSettings, sources: CsvSources): Promise<CsvReading> {
  const names = (table: TableName): string[] => (sources[table] ?? []).map(({ path }) => path)
  const { accounts, sellers } = settings
  const asGiven: LedgerSettings = {
    ...settings,
    deals: { ...settings.deals, files: names('deals') },
    accounts: accounts && sources.accounts && { ...accounts, files: names('accounts') },
    sellers: sellers && sources.sellers && { ...sellers, files: names('sellers') },
  }
  const judged = await judgeLedger(asGiven, Object.values(sources).flat(), '')
  const leftOut = new Set<string>()
  const tables = (['deals', 'accounts', 'sellers'] as const).flatMap((name): Table[] => {
    const files = sources[name]
    return files === undefined ? [] : [readRows(name, files, settings, leftOut)]
  })
  return { judged, tables, leftOut: [...leftOut] }
}

interface Kept {
  readonly wishes: HeaderWishes
  readonly key: string
  /** Columns in the order in which they are written. */
  readonly order: readonly string[]
  /** Whether a column is kept. */
  readonly columns: ReadonlySet<string>
}

function readRows(
  name: TableName,
  files: readonly LedgerFile[],
  settings: LedgerSettings,
  leftOut: Set<string>,
): Table {
  const delimiter = tableSettings(settings, name)?.delimiter ?? ','
  const { wishes, key, order, columns } = name === 'deals' ? keptOfDeals(settings) : keptOfJoined(settings, name)
  // Column to header, as the first file that has the column calls it.
  const headers = new Map<string, string>()
  const found: ReadonlyMap<string, number>[] = []
  const rows: Map<string, string>[] = []
  for (const file of files) {
    let indexes: ReadonlyMap<string, number> = new Map()
    scanCsv(textPieces(file.bytes), delimiter, {
      header(row) {
        const map = mapHeaders(
          Array.from({ length: row.count }, (_, index) => row.cell(index)),
          wishes,
        )
        indexes = new Map([...map.indexes].filter(([column]) => columns.has(column)))
        map.headers.forEach((header, index) => {
          const column = [...map.indexes].find(([, at]) => at === index)?.[0]
          if (column === undefined || !columns.has(column)) leftOut.add(header)
          else if (!headers.has(column)) headers.set(column, header)
        })
        found.push(indexes)
        return true
      },
      row(row) {
        rows.push(new Map([...indexes].map(([column, index]) => [column, row.cell(index)])))
      },
      // The strict reader has told these already, and nothing is taken.
      fault() {},
    })
  }
  const written = [...headers.keys()].sort((a, b) => rank(order, a) - rank(order, b) || (a < b ? -1 : 1))
  return {
    name,
    headers: written.map((column) => headers.get(column) ?? column),
    key: written.indexOf(key),
    rows: rows.map((cells) => written.map((column) => cells.get(column) ?? '')),
  }
}

function keptOfDeals({ deals }: LedgerSettings): Kept {
  const preset = deals.preset && presets[deals.preset]
  const columns = new Set<string>([
    ...ledgerColumns,
    ...Object.keys(deals.columns),
    ...Object.keys(deals.types),
    ...Object.keys(deals.values),
    ...(preset === undefined ? [] : [...preset.isClosed, ...preset.isWon]),
  ])
  return { wishes: describeDeals(deals).wishes, key: 'id', order: ledgerColumns, columns }
}

/** Stands for the key inside this file; no header can be empty. */
const keyColumn = ''

function keptOfJoined(settings: LedgerSettings, name: 'accounts' | 'sellers'): Kept {
  const table = settings[name]
  const mapped = Object.entries(table?.columns ?? {})
  const wanted = new Map<string, readonly string[]>([[keyColumn, [table?.key ?? '']]])
  for (const [column, header] of mapped) wanted.set(column, [header])
  const columns = new Set([
    keyColumn,
    ...wanted.keys(),
    ...Object.keys(table?.types ?? {}),
    ...Object.keys(table?.values ?? {}),
    'churned',
    'parent',
  ])
  return { wishes: { columns: wanted, required: [] }, key: keyColumn, order: [keyColumn, ...ledgerColumns], columns }
}

function rank(order: readonly string[], column: string): number {
  const index = order.indexOf(column)
  return index < 0 ? order.length : index
}
