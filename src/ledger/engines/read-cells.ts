/**
 * Splits a CSV file into cells with DuckDB: the ids as one list, each other column as its distinct texts and numbers.
 *
 * The file is read once, every column is text, nothing is guessed, and DuckDB can open that one file and nothing else.
 * It is asked through its C interface, since only that shows cells as the bytes they are: making a text of each would cost
 * more than all the rest.
 */
import type { Connection, Result } from '@duckdb/node-bindings'
import type { CodedTexts } from '../ledger.ts'
import type { TextList } from '../text-list.ts'
import { type CellTaker, slotBytes, TextNumbers, TextsInOrder } from './number-texts.ts'
import type { SurveyedCsv } from './survey-csv.ts'

export interface CellRequest {
  readonly disk: string
  readonly delimiter: string
  readonly survey: SurveyedCsv
  /** Where the ids stand among the cells of a row. */
  readonly ids: number
  /** The other columns that are wanted. */
  readonly others: readonly number[]
}

export interface ReadCells {
  readonly ids: TextList
  /** In the order of {@link CellRequest.others}. */
  readonly others: readonly CodedTexts[]
}

export type Engine = typeof import('@duckdb/node-bindings')

/** Undefined where DuckDB is not installed. */
export async function loadEngine(): Promise<Engine | undefined> {
  try {
    return (await import('@duckdb/node-bindings')).default
  } catch {
    return undefined
  }
}

/** Rejects where DuckDB cannot read the file as `survey` found it. */
export async function readCells(engine: Engine, request: CellRequest): Promise<ReadCells> {
  const config = engine.create_config()
  for (const [name, value] of Object.entries(settings)) engine.set_config(config, name, value)
  const database = await engine.open(':memory:', config)
  try {
    const connection = await engine.connect(database)
    try {
      await allowOnly(engine, connection, request.disk)
      return await cellsOf(engine, connection, request)
    } finally {
      engine.disconnect_sync(connection)
    }
  } finally {
    engine.close_sync(database)
  }
}

const settings = {
  threads: '1',
  memory_limit: '2GB',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
}

/** From here on nothing else on this machine can be read, and nothing of the network. */
async function allowOnly(engine: Engine, connection: Connection, disk: string): Promise<void> {
  await engine.query(connection, `SET allowed_paths = [${quoted(disk)}]`)
  await engine.query(connection, 'SET enable_external_access = false')
  await engine.query(connection, 'SET lock_configuration = true')
}

async function cellsOf(engine: Engine, connection: Connection, request: CellRequest): Promise<ReadCells> {
  const { survey, ids, others } = request
  const columns = [ids, ...others].map((index) => ({ index, slots: slotsOf(survey, index) }))
  const listed = new TextsInOrder()
  const numbers = others.map((index) => new TextNumbers(slotsOf(survey, index), survey.rows))
  const takers: readonly CellTaker[] = [listed, ...numbers]
  const query = `SELECT ${columns.flatMap(cellsIn).join(', ')} FROM ${sourceOf(request)}`
  const result = await engine.execute_prepared_streaming(await engine.prepare(connection, query))
  let rows = 0
  for await (const chunk of chunksOf(engine, result)) {
    let place = 0
    columns.forEach(({ slots }, column) => {
      takers[column]?.take(
        Array.from({ length: slots }, () => chunk.words(place++)),
        chunk.rows,
      )
    })
    rows += chunk.rows
  }
  if (rows !== survey.rows) throw new Error(`${survey.rows} rows were seen and ${rows} read`)
  return { ids: listed.finish(), others: numbers.map((texts) => texts.finish()) }
}

interface Chunk {
  readonly rows: number
  /** The slots of a column of the result. */
  words(place: number): Int32Array
}

async function* chunksOf(engine: Engine, result: Result): AsyncGenerator<Chunk> {
  for (;;) {
    const chunk = await engine.fetch_chunk(result)
    const rows = chunk === null ? 0 : engine.data_chunk_get_size(chunk)
    if (chunk === null || rows === 0) return
    yield {
      rows,
      words(place) {
        const data = engine.vector_get_data(engine.data_chunk_get_vector(chunk, place), rows * slotSize)
        return new Int32Array(data.buffer, data.byteOffset, data.byteLength / Int32Array.BYTES_PER_ELEMENT)
      },
    }
  }
}

/** Bytes of a `duckdb_string_t`: its length and, where it is short, its text. */
const slotSize = 16

/** How many slots the longest cell of a column needs. */
function slotsOf({ longest }: SurveyedCsv, index: number): number {
  return Math.max(1, Math.ceil((longest[index] ?? 0) / slotBytes))
}

/** A column as texts that are short enough to stand in their slot. */
function cellsIn({ index, slots }: { readonly index: number; readonly slots: number }): readonly string[] {
  if (slots === 1) return [`c${index}`]
  return Array.from({ length: slots }, (_, slot) => {
    const start = slot * slotBytes + 1
    return `encode(c${index})[${start}:${start + slotBytes - 1}]`
  })
}

function sourceOf({ disk, delimiter, survey }: CellRequest): string {
  const names = Array.from({ length: survey.width }, (_, index) => `c${index}`)
  const options = [
    'auto_detect = false',
    'header = true',
    'strict_mode = true',
    'parallel = false',
    'buffer_size = 8388608',
    `delim = ${quoted(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    `columns = {${names.map((name) => `${name}: 'VARCHAR'`).join(', ')}}`,
    // A blank is a text, too.
    `force_not_null = [${names.map(quoted).join(', ')}]`,
  ].join(', ')
  return `read_csv(${quoted(disk)}, ${options})`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
