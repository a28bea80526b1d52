/**
 * The same ledger behind each engine: rows of text go in, what each made of them comes out.
 *
 * Memory and DuckDB read them as CSV files; PostgreSQL has them in real tables whose columns have real types.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import type { TableCache } from '../../src/ledger/engines/kept-table.ts'
import { readDatabase } from '../../src/ledger/engines/read-database.ts'
import { readLarge } from '../../src/ledger/engines/read-large.ts'
import type { Deal, LedgerEngine, ReadLedger } from '../../src/ledger/ledger.ts'
import { readLedger } from '../../src/ledger/read-ledger.ts'
import type { LedgerSettings } from '../../src/model/ledger-settings.ts'

export interface Table {
  readonly headers: readonly string[]
  /** Cells as CSV writes them; blank is null in a database. */
  readonly rows: readonly (readonly string[])[]
  /** Types of a database's columns; text where nothing is said. */
  readonly types?: Readonly<Record<string, string>>
}

export interface Tables {
  readonly deals: Table
  readonly accounts?: Table
  readonly sellers?: Table
}

export const dealTypes = { amount: 'numeric', created: 'date', closed: 'date', churned: 'date' } as const

/** Settings of the ledger; `deals`, `accounts` and `sellers` replace parts. */
export function settingsOf(parts: {
  readonly deals?: Partial<LedgerSettings['deals']>
  readonly accounts?: Partial<NonNullable<LedgerSettings['accounts']>>
  readonly sellers?: Partial<NonNullable<LedgerSettings['sellers']>>
  readonly currencies?: Readonly<Record<string, number>>
  readonly currency?: string
}): LedgerSettings {
  const plain = { delimiter: ',', dates: 'YYYY-MM-DD', decimal: '.', columns: {}, types: {}, values: {} } as const
  const outcomes = { won: ['Won'], lost: ['Lost'], open: ['Open'], void: ['Void'] }
  return {
    deals: { files: ['deals.csv'], table: 'deals', preset: undefined, outcomes, ...plain, ...parts.deals },
    accounts: parts.accounts && {
      name: 'accounts',
      files: ['accounts.csv'],
      table: 'accounts',
      key: 'account',
      ...plain,
      ...parts.accounts,
    },
    sellers: parts.sellers && {
      name: 'sellers',
      files: ['sellers.csv'],
      table: 'sellers',
      key: 'seller',
      ...plain,
      ...parts.sellers,
    },
    database: undefined,
    currency: parts.currency ?? 'USD',
    currencies: parts.currencies ?? {},
  }
}

function csvOf({ headers, rows }: Table): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return `${[headers, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`
}

export function filesOf(tables: Tables): Record<string, string> {
  return Object.fromEntries(Object.entries(tables).map(([name, table]) => [`${name}.csv`, csvOf(table as Table)]))
}

export function inMemory(
  settings: LedgerSettings,
  contents: Readonly<Record<string, string | Uint8Array>>,
): ReadLedger {
  const files = Object.entries(contents).map(([name, content]) => ({
    path: `playbook/${name}`,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  }))
  return readLedger(settings, files, { root: 'playbook', sha256: '' })
}

/**
 * Through DuckDB, however few the rows, and then as the cells were kept from that; undefined where it leaves the file to
 * the strict reader.
 */
export async function inDuckDb(
  settings: LedgerSettings,
  contents: Readonly<Record<string, string | Uint8Array>>,
  asked?: ReadonlySet<string>,
): Promise<ReadLedger | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'playproof-duckdb-'))
  try {
    const files = Object.entries(contents).map(([name, content]) => {
      const disk = join(folder, name)
      writeFileSync(disk, content)
      return { path: `playbook/${name}`, disk, bytes: readFileSync(disk) }
    })
    const deals = files.filter(({ path }) => settings.deals.files.includes(path.slice('playbook/'.length)))
    const packed = new Map<string, Uint8Array>()
    const kept: TableCache = {
      lookUp: (place, key) => packed.get(`${place} ${key}`),
      keep: (place, key, table) => packed.set(`${place} ${key}`, Buffer.concat(table)),
    }
    const request = { settings, files: deals, asked, fewest: 0, kept }
    if ((await readLarge(request)) === 'odd') return undefined
    if (packed.size < deals.length) throw new Error('a table was not kept')
    const tables = await readLarge(request)
    if (typeof tables === 'string') throw new Error(`DuckDB is ${tables}`)
    return readLedger(
      settings,
      files.map((file) => tables.get(file.path) ?? file),
      { root: 'playbook', sha256: '' },
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The address of the tests' database, with what TLS needs to know. */
export function addressOf(parameters = 'sslmode=disable'): string {
  return `${inject('postgres')}/postgres?${parameters}`
}

/** Runs statements as the database's owner. */
export async function sql(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: `${inject('postgres')}/postgres` })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

let schemas = 0

/** Puts the tables into a schema of their own; returns its name. */
async function putTables(tables: Tables): Promise<string> {
  const schema = `s${process.pid}_${schemas++}`
  const statements = [`CREATE SCHEMA ${schema}`]
  for (const [name, { headers, rows, types = {} }] of Object.entries(tables) as [string, Table][]) {
    const quote = (header: string): string => `"${header.replaceAll('"', '""')}"`
    const columns = headers.map((header) => `${quote(header)} ${types[header] ?? 'text'}`)
    statements.push(`CREATE TABLE ${schema}.${name} (${columns.join(', ')})`)
    const literal = (text: string): string => (text === '' ? 'NULL' : `'${text.replaceAll("'", "''")}'`)
    for (let at = 0; at < rows.length; at += 500) {
      const values = rows.slice(at, at + 500).map((row) => `(${row.map(literal).join(', ')})`)
      statements.push(`INSERT INTO ${schema}.${name} VALUES ${values.join(', ')}`)
    }
  }
  await sql(...statements)
  return schema
}

export async function inPostgres(settings: LedgerSettings, tables: Tables): Promise<ReadLedger> {
  const schema = await putTables(tables)
  try {
    return await readDatabase({
      settings: {
        ...settings,
        database: 'TEST_URL',
        deals: { ...settings.deals, table: `${schema}.deals` },
        accounts: settings.accounts && { ...settings.accounts, table: `${schema}.accounts` },
        sellers: settings.sellers && { ...settings.sellers, table: `${schema}.sellers` },
      },
      url: addressOf(),
      asked: undefined,
      place: () => ({ file: 'playbook/playbook.yaml', lines: here }),
    })
  } finally {
    await sql(`DROP SCHEMA ${schema} CASCADE`)
  }
}

export const here = { start: { line: 7, column: 3 }, end: { line: 7, column: 9 } }

/** All that an engine says of its deals, but where they stand. */
export function contentOf(engine: LedgerEngine | undefined): unknown {
  if (engine === undefined) return undefined
  const columns = [...engine.columns].sort((a, b) => (a.name < b.name ? -1 : 1))
  return {
    columns,
    deals: Array.from({ length: engine.dealCount }, (_, row) => {
      const { place: _place, ...deal } = plain(engine.deal(row))
      return { ...deal, cells: columns.map(({ name }) => engine.deal(row).cell(name)) }
    }),
  }
}

function plain(deal: Deal): Omit<Deal, 'cell' | 'idPlace'> {
  const { id, account, accountGroup, owner, outcome, stage, amount, created, closed, churned } = deal
  const { source, territory, plays, competitor, place } = deal
  const facts = { id, account, accountGroup, owner, outcome, stage, amount, created, closed, churned }
  return { ...facts, source, territory, plays, competitor, place }
}
