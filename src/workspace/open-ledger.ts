/**
 * The ledger of a playbook, wherever it is kept: its files, or the company's database.
 *
 * A database that cannot be read is no reason to leave the pages unread: then there is no ledger, and the fault is
 * handed back beside it.
 */
import { normalize } from 'node:path/posix'
import { describingColumns } from '../audience/customer-words.ts'
import type { Playbook } from '../graph/playbook.ts'
import type { CodedTable } from '../ledger/coded-table.ts'
import type { TableCache } from '../ledger/engines/kept-table.ts'
import { LedgerFault } from '../ledger/engines/ledger-fault.ts'
import type { LedgerFile, ReadLedger } from '../ledger/ledger.ts'
import { readLedger } from '../ledger/read-ledger.ts'
import type { LedgerSettings } from '../model/ledger-settings.ts'
import { rangeAt } from '../page/data-node.ts'
import type { LineRange, SourceText } from '../source/text.ts'
import { Fault } from './fault.ts'

export interface OpenedLedger {
  readonly ledger: ReadLedger | { readonly missing: string }
  /** Why a database could not be read: the run is not whole. */
  readonly fault: Fault | undefined
}

export interface LedgerToOpen {
  readonly settings: LedgerSettings
  readonly files: readonly LedgerFile[]
  /** SHA-256 of the files. */
  readonly sha256: () => string
  readonly note: (text: string) => void
  readonly playbook: Playbook
  /** Where what was read of large files is kept; undefined where nothing may be. */
  readonly kept: TableCache | undefined
  /** The text of playbook.yaml, where a database's tables are named. */
  readonly settingsText: SourceText | undefined
}

export async function openLedger(opening: LedgerToOpen): Promise<OpenedLedger> {
  const { settings, playbook } = opening
  if (settings.database === undefined) {
    const files = await readable(opening)
    return {
      ledger: readLedger(settings, files, { root: playbook.folder, sha256: opening.sha256() }),
      fault: undefined,
    }
  }
  try {
    // Most ledgers are files, and the driver takes a while to load.
    const { readDatabase } = await import('../ledger/engines/read-database.ts')
    const ledger = await readDatabase({
      settings,
      url: process.env[settings.database],
      asked: askedColumns(playbook),
      place: (table) => ({ file: playbook.settingsFile.path, lines: linesOf(opening, table) }),
    })
    return { ledger, fault: undefined }
  } catch (cause) {
    if (!(cause instanceof LedgerFault)) throw cause
    return {
      ledger: { missing: 'the ledger’s database could not be read' },
      fault: new Fault(cause.message, { cause }),
    }
  }
}

/** The files, those of a large ledger's deals as DuckDB has read them. */
async function readable({
  settings,
  files,
  playbook,
  note,
  kept,
}: LedgerToOpen): Promise<readonly (LedgerFile | CodedTable)[]> {
  const paths = new Set(settings.deals.files.map((name) => normalize(`${playbook.folder}/${name}`)))
  const deals = files.filter(({ path }) => paths.has(normalize(path)))
  const stored = deals.flatMap(({ path, disk }) => (disk === undefined ? [] : [{ path, disk }]))
  // Packed files, those of a commit and small ones are in memory already.
  if (stored.length === 0 || stored.length < deals.length) return files
  const { readLarge } = await import('../ledger/engines/read-large.ts')
  const read = await readLarge({ settings, files: stored, asked: askedColumns(playbook), fewest: manyRows, kept })
  if (read === 'missing')
    note(
      `The ledger has more than ${manyRows.toLocaleString('en-US')} deals. It is read faster, and with half the memory, once DuckDB is installed: \`npm install @duckdb/node-bindings\`.`,
    )
  return typeof read === 'string' ? files : files.map((file) => read.get(file.path) ?? file)
}

/** From here on DuckDB is worth its start. */
const manyRows = 200_000

/** The columns that predicates of the playbook name, and those that describe a customer who may not be named. */
export function askedColumns({ entities, settings }: Playbook): ReadonlySet<string> {
  const predicates = entities.flatMap((entity) => Object.values(entity.predicates))
  const counts = settings.evidence.counts
  const all = counts === undefined ? predicates : [...predicates, counts]
  return new Set([...describingColumns, ...all.flatMap(({ clauses }) => clauses.map(({ column }) => column))])
}

/** Where playbook.yaml names the table. */
function linesOf({ playbook, settingsText }: LedgerToOpen, table: string): LineRange {
  const range = rangeAt(playbook.settingsFile.node, ['ledger', table, 'table'])
  const start = { line: 1, column: 1 }
  return (range && settingsText?.lineRange(range)) ?? { start, end: start }
}
