/**
 * Deals from whatever speaks PostgreSQL's protocol: one read-only transaction, one plain `SELECT` for each table.
 *
 * Nothing is computed there, so that every database gives what a file would, and nothing is asked that some database
 * of the family spells differently. Columns must have the types that playbook.yaml declares; rows arrive as text and
 * are judged by the reader of the files. What fails becomes a {@link LedgerFault}: the address, the password and the
 * server's own words never leave this file.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import type { Client, FieldDef, QueryArrayConfig } from 'pg'
import type { ColumnType, DealTableSettings, JoinedTableSettings, LedgerSettings } from '../../model/ledger-settings.ts'
import type { LineRange } from '../../source/text.ts'
import type { CodedTable } from '../coded-table.ts'
import { typeOfDealColumn, typeOfJoinedColumn } from '../column-types.ts'
import type { CodedTexts, LedgerProblem, ReadLedger } from '../ledger.ts'
import { mapHeaders } from '../map-headers.ts'
import { sortedById } from '../order-ids.ts'
import { describeDeals, needsColumn } from '../read-deals.ts'
import { describeJoined, needsJoinedColumn } from '../read-joined.ts'
import { readLedger } from '../read-ledger.ts'
import type { TableDescription } from '../read-table.ts'
import { didYouMean, exportAgain, list, shown } from '../row-problems.ts'
import { TextList } from '../text-list.ts'
import { CellStore } from './cell-store.ts'
import { LedgerFault } from './ledger-fault.ts'

export interface DatabaseRequest {
  readonly settings: LedgerSettings
  /** What the environment variable of `ledger.database` holds. */
  readonly url: string | undefined
  /** Columns that predicates name, beside those whose meaning is fixed; undefined for all. */
  readonly asked: ReadonlySet<string> | undefined
  /** Where playbook.yaml names a table: what problems of its rows point at. */
  place(table: 'deals' | 'accounts' | 'sellers'): { readonly file: string; readonly lines: LineRange }
  readonly waits?: Waits
}

/** Milliseconds. */
export interface Waits {
  readonly connect: number
  readonly statement: number
  readonly lock: number
}

const usualWaits: Waits = { connect: 10_000, statement: 120_000, lock: 10_000 }

/** More than any company sells; beyond it a table is not what somebody thought it was. */
const mostRows = 10_000_000
const mostCharacters = 1 << 30

/** Reads the ledger's tables as they are at one moment. Rejects with {@link LedgerFault}. */
export async function readDatabase(request: DatabaseRequest): Promise<ReadLedger> {
  const { settings } = request
  const tables = tablesOf(request)
  const { client, socket } = await connect(request)
  const read: CodedTable[] = []
  try {
    await begin(client, request.waits ?? usualWaits)
    for (const table of tables) read.push(await readTable(client, socket, table, variableOf(settings)))
    await client.query('COMMIT')
  } catch (cause) {
    throw faultOf(cause, settings)
  } finally {
    // Whoever hangs up first: what was asked has been answered, or never will be.
    socket.destroy()
  }
  const plain = { delimiter: ',', dates: 'YYYY-MM-DD', decimal: '.' } as const
  const ledger = readLedger(
    {
      ...settings,
      deals: { ...settings.deals, ...plain, files: ['deals'] },
      accounts: settings.accounts && { ...settings.accounts, ...plain, files: ['accounts'] },
      sellers: settings.sellers && { ...settings.sellers, ...plain, files: ['sellers'] },
    },
    read,
    { root: '', sha256: hashOf(read, tables) },
  )
  return toldByRow(ledger)
}

interface Table {
  readonly name: 'deals' | 'accounts' | 'sellers'
  /** As playbook.yaml spells it: `deals`, or `crm.deals`. */
  readonly table: string
  readonly description: TableDescription
  readonly typeOf: (column: string) => ColumnType
  readonly needs: (column: string) => boolean
  readonly place: { readonly file: string; readonly lines: LineRange }
}

function tablesOf({ settings, asked, place }: DatabaseRequest): Table[] {
  const nameOf = (name: Table['name'], table: string | undefined): string => {
    if (table !== undefined) return table
    throw new LedgerFault(
      `playbook.yaml names a database and no table of ${name}. Add \`table\` under \`ledger.${name}\`.`,
    )
  }
  const isAsked = (column: string): boolean => asked === undefined || asked.has(column)
  const dealsOf = (deals: DealTableSettings): Table => ({
    name: 'deals',
    table: nameOf('deals', deals.table),
    description: describeDeals(deals),
    typeOf: (column) => typeOfDealColumn(column, deals.types),
    needs: (column) => needsColumn(deals, column) || isAsked(column),
    place: place('deals'),
  })
  const joinedOf = (joined: JoinedTableSettings): Table => ({
    name: joined.name,
    table: nameOf(joined.name, joined.table),
    description: describeJoined(joined),
    typeOf: (column) => typeOfJoinedColumn(column, joined.types),
    needs: (column) => needsJoinedColumn(joined, column) || isAsked(column) || isAsked(`${joined.name}.${column}`),
    place: place(joined.name),
  })
  return [
    dealsOf(settings.deals),
    ...[settings.accounts, settings.sellers].flatMap((joined) => (joined === undefined ? [] : [joinedOf(joined)])),
  ]
}

async function connect({
  settings,
  url,
  waits = usualWaits,
}: DatabaseRequest): Promise<{ client: Client; socket: Socket }> {
  const variable = variableOf(settings)
  const address = addressOf(url, variable)
  // Loaded only where there is a database.
  const { default: pg } = await import('pg')
  const socket = new Socket()
  // The server gives up first where it is only slow; this is for one that went silent.
  socket.setTimeout(Math.max(waits.connect, waits.statement + 5_000), () => socket.destroy(new Error('silent')))
  const client = new pg.Client({
    ...address,
    application_name: 'playproof',
    connectionTimeoutMillis: waits.connect,
    stream: () => socket,
  })
  // A connection that breaks between two questions is told by the next.
  client.on('error', (cause) => socket.destroy(cause))
  try {
    await client.connect()
  } catch (cause) {
    socket.destroy()
    throw faultOf(cause, settings)
  }
  return { client, socket }
}

interface Address {
  readonly host: string
  readonly port: number
  readonly user?: string
  readonly password?: string
  readonly database?: string
  readonly options?: string
  readonly ssl: ConnectionOptions | false
}

/** `postgres://user:password@host:5432/database?sslmode=…`; what the address asks for in TLS is taken at its word. */
function addressOf(text: string | undefined, variable: string): Address {
  if (text === undefined || text.trim() === '')
    throw new LedgerFault(
      `the environment variable ${variable}, which \`ledger.database\` names, is not set. Set it to the database's address (\`postgres://user:password@host/database\`), or leave the ledger out with \`--no-ledger\`.`,
    )
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined
  if (url === undefined || !/^postgres(?:ql)?:$/.test(url.protocol))
    throw new LedgerFault(
      `${variable} holds no address such as \`postgres://user:password@host:5432/database\`. Characters like \`@\`, \`/\` and \`#\` in a password are written as %40, %2F and %23.`,
    )
  const given = (value: string): string | undefined => (value === '' ? undefined : decoded(value, variable))
  const host = url.searchParams.get('host') ?? given(url.hostname.replace(/^\[|\]$/g, '')) ?? 'localhost'
  const user = given(url.username)
  const password = given(url.password)
  const database = given(url.pathname.slice(1))
  const options = url.searchParams.get('options') ?? undefined
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
    ...(options === undefined ? {} : { options }),
    // A socket in the file system has no TLS.
    ssl: host.startsWith('/') ? false : encryptionOf(url.searchParams, variable),
  }
}

function decoded(text: string, variable: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new LedgerFault(
      `${variable} holds a \`%\` that is followed by no two hexadecimal digits. Write \`%\` as %25.`,
    )
  }
}

/** TLS with the server's certificate and name verified, unless the address says otherwise. */
function encryptionOf(parameters: URLSearchParams, variable: string): ConnectionOptions | false {
  const mode = parameters.get('sslmode') ?? 'verify-full'
  if (mode === 'disable') return false
  if (mode === 'require') return { rejectUnauthorized: false }
  if (mode !== 'verify-full' && mode !== 'verify-ca')
    throw new LedgerFault(
      `\`sslmode\` in ${variable} may be verify-full (the default), verify-ca, require (encrypted, nobody verified) or disable. Write one of these.`,
    )
  const file = (parameter: string): string | undefined => {
    const path = parameters.get(parameter)
    if (path === null || path === 'system') return undefined
    try {
      return readFileSync(path, 'utf8')
    } catch (cause) {
      throw new LedgerFault(
        `the file that \`${parameter}\` in ${variable} names cannot be read. Name one that you may read.`,
        {
          cause,
        },
      )
    }
  }
  const [ca, cert, key] = [file('sslrootcert'), file('sslcert'), file('sslkey')]
  return {
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
  }
}

async function begin(client: Client, waits: Waits): Promise<void> {
  await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
  for (const setting of [
    `statement_timeout = ${waits.statement}`,
    `lock_timeout = ${waits.lock}`,
    `datestyle = 'ISO, YMD'`,
    `timezone = 'UTC'`,
  ])
    await client.query(`SET LOCAL ${setting}`)
}

/** Types by their numbers, which are the same in every database of the family. */
const boolean = 16
const fixedText = 1042
const dayTypes = new Set([1082, 1114, 1184])
const wholeTypes = new Set([20, 21, 23, 26])
const numeric = 1700
const floatTypes = new Set([700, 701])
/** text, varchar, char, "char", name, uuid */
const textTypes = new Set([25, 1043, fixedText, 18, 19, 2950])
/** Types of the database's own, such as an enum. */
const firstOwnType = 16_384

async function readTable(client: Client, socket: Socket, table: Table, variable: string): Promise<CodedTable> {
  const from = table.table.split('.').map(quoted).join('.')
  const { fields } = await client.query(`SELECT * FROM ${from} LIMIT 0`).catch((cause: unknown) => {
    throw tableFault(cause, table, variable)
  })
  const headers = fields.map(({ name }) => name)
  const map = mapHeaders(headers, table.description.wishes)
  missingColumns(table, headers, map.missing, variable)
  const columnOf = new Map([...map.indexes].map(([column, index]) => [index, column]))
  const taken = fields.flatMap((field, index) => {
    const column = columnOf.get(index)
    if (column === undefined || !table.needs(column)) return []
    return [{ index, column, sql: expressionOf(field, column, table) }]
  })
  const stores = taken.map(() => new CellStore())
  const rowCount = await fetchRows(
    client,
    socket,
    `SELECT ${taken.map(({ sql }) => sql).join(', ')} FROM ${from}`,
    stores,
    table,
  )
  const columns: (CodedTexts | undefined)[] = headers.map(() => undefined)
  taken.forEach(({ index }, place) => {
    const texts = stores[place]?.finish()
    columns[index] =
      texts && fields[index]?.dataTypeID === boolean ? { ...texts, values: texts.values.map(flag) } : texts
  })
  return {
    name: table.name,
    path: table.place.file,
    headers,
    columns,
    rowCount,
    numbered: false,
    line: () => table.place.lines.start.line,
    lines: () => table.place.lines,
    cell: () => '',
  }
}

/** An identifier, whatever it holds. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function flag(text: string): string {
  return text === 't' ? 'true' : text === 'f' ? 'false' : text
}

function missingColumns(
  table: Table,
  headers: readonly string[],
  missing: readonly (readonly string[])[],
  variable: string,
): void {
  const { wishes, mapped, requiredSetting } = table.description
  const wanted = missing.map((group) => group.flatMap((column) => wishes.columns.get(column) ?? [column])[0] ?? '')
  const lost = Object.values(mapped).filter((header) => !headers.includes(header) && !wanted.includes(header))
  const all = [...wanted, ...lost]
  if (all.length === 0) return
  throw new LedgerFault(
    `the table ${shown(table.table)} of the database that ${variable} names has no column ${list(all.map(shown))}.${didYouMean(all[0] ?? '', headers)} Say in \`${requiredSetting}\` of playbook.yaml which column is meant, or make a view that has it.`,
  )
}

/** How a column is asked for. Throws {@link LedgerFault} where its type is not the one that was declared. */
function expressionOf({ name, dataTypeID: type }: FieldDef, column: string, table: Table): string {
  const declared = table.typeOf(column)
  const isNumber = wholeTypes.has(type) || type === numeric
  const refuse = (is: string, remedy: string): never => {
    throw new LedgerFault(`${shown(name)} of the table ${shown(table.table)} ${is}. ${remedy}`)
  }
  if (declared === 'date') {
    if (!dayTypes.has(type))
      refuse('is no date or timestamp', 'Cast it in a view (`CAST(… AS date)`) and name that as the table.')
    return type === 1082 ? quoted(name) : `CAST(${quoted(name)} AS date)`
  }
  if (declared === 'number') {
    if (column === 'amount' && floatTypes.has(type))
      refuse(
        'is a floating-point number, which no amount of money is',
        'Cast it in a view (`CAST(… AS numeric(18, 2))`) and name that as the table.',
      )
    if (!isNumber && !floatTypes.has(type))
      refuse('is no number', 'Cast it in a view (`CAST(… AS numeric)`) and name that as the table.')
    return quoted(name)
  }
  const isText = textTypes.has(type) || isNumber || floatTypes.has(type) || dayTypes.has(type) || type === boolean
  if (!isText && type < firstOwnType)
    refuse(
      'has a type that is no text, number, date or boolean',
      'Cast it in a view (`CAST(… AS text)`) and name that as the table.',
    )
  // A character(n) is padded with blanks that mean nothing.
  return type === fixedText ? `CAST(${quoted(name)} AS text)` : quoted(name)
}

/** Pushes every row into the stores as it arrives; returns how many there were. */
async function fetchRows(
  client: Client,
  socket: Socket,
  text: string,
  stores: readonly CellStore[],
  table: Table,
): Promise<number> {
  const { default: pg } = await import('pg')
  let rows = 0
  let characters = 0
  let fault: LedgerFault | undefined
  const config: QueryArrayConfig = { text, rowMode: 'array', types: { getTypeParser: () => asText } }
  const query = new pg.Query(config)
  const answered = new Promise<void>((resolve, reject) => {
    query.on('row', (cells: (string | null)[]) => {
      if (fault !== undefined) return
      rows++
      for (let i = 0; i < stores.length; i++) {
        const cell = cells[i] ?? ''
        characters += cell.length
        stores[i]?.push(cell)
      }
      if (rows <= mostRows && characters <= mostCharacters) return
      fault = new LedgerFault(
        `the table ${shown(table.table)} holds more than can be read (${mostRows.toLocaleString('en-US')} rows, or 1 GB of text). Make a view that holds the deals alone.`,
      )
      socket.destroy()
    })
    query.on('end', () => resolve())
    query.on('error', (cause) => reject(fault ?? cause))
  })
  client.query(query)
  await answered
  return rows
}

function asText(value: string): string {
  return value
}

/** SHA-256 over the cells that were read: tables in turn, each with its columns by name and its rows by id. */
function hashOf(read: readonly CodedTable[], tables: readonly Table[]): string {
  const hash = createHash('sha256')
  read.forEach(({ headers, columns, rowCount }, place) => {
    const held = columns.flatMap((column, index) =>
      column === undefined ? [] : [{ column, name: headers[index] ?? '' }],
    )
    held.sort((a, b) => (a.name < b.name ? -1 : 1))
    const keyName = tables[place]?.description
    const key = held.find(({ name }) => keyName?.wishes.columns.get(keyName.key)?.includes(name))?.column
    const keys = Array.from({ length: rowCount }, (_, row) => textOf(key, row))
    const lines = (row: number): string => `${JSON.stringify(held.map(({ column }) => textOf(column, row)))}\n`
    hash.update(`${JSON.stringify([tables[place]?.name, held.map(({ name }) => name)])}\n`)
    const order = sortedById(TextList.of(keys)).rows
    for (let at = 0; at < order.length; ) {
      const first = at
      while (at < order.length && keys[order[at] as number] === keys[order[first] as number]) at++
      // Rows of one id come in any order.
      const same = Array.from(order.subarray(first, at), lines)
      for (const line of same.length === 1 ? same : same.sort()) hash.update(line)
    }
  })
  return hash.digest('hex')
}

function textOf(column: CodedTexts | undefined, row: number): string {
  return column?.values[column.codes[row] as number] ?? ''
}

/** Rows of a database have no lines: each problem says which row it is about, once. */
function toldByRow({ engine, problems, leftOut }: ReadLedger): ReadLedger {
  const told = new Map<string, LedgerProblem>()
  for (const problem of problems) {
    const mended = problem.text.replaceAll(exportAgain, 'Correct it in the database.')
    const text = problem.deal === undefined ? mended : `${shown(problem.deal)}: ${mended}`
    told.set(`${problem.lines.start.line} ${problem.deal ?? ''} ${text}`, { ...problem, text })
  }
  return { engine, problems: [...told].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, problem]) => problem), leftOut }
}

function variableOf({ database }: LedgerSettings): string {
  return database ?? ''
}

/** What is wrong with a table itself, where that is what the server says. */
function tableFault(cause: unknown, { table }: Table, variable: string): unknown {
  switch (codeOf(cause)) {
    case '42P01':
    case '3F000':
      return new LedgerFault(
        `the database that ${variable} names has no table ${shown(table)}. Correct \`table\` in playbook.yaml (\`schema.table\` where it is in another schema), or the address.`,
        { cause },
      )
    case '42501':
      return new LedgerFault(
        `the database refuses to let this user read the table ${shown(table)}. Grant it: \`GRANT SELECT ON ${table} TO …\`.`,
        { cause },
      )
  }
  return cause
}

/** A failure of the network, of TLS or of the server, in words of our own. */
function faultOf(cause: unknown, settings: LedgerSettings): LedgerFault {
  if (cause instanceof LedgerFault) return cause
  const variable = variableOf(settings)
  const code = codeOf(cause)
  const said = cause instanceof Error ? cause.message : ''
  const [what, remedy] = wordsOf(code, said, variable)
  return new LedgerFault(`${what} ${remedy} Or leave the ledger out with \`--no-ledger\`.`, { cause })
}

function wordsOf(code: string, said: string, variable: string): readonly [string, string] {
  const database = `the database that ${variable} names`
  if (code === 'ECONNREFUSED') return [`${database} refused the connection.`, 'Start it, or correct the address.']
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return [`the host of ${database} cannot be found.`, 'Correct the address, or the network.']
  if (code === 'ENOENT') return [`${database} has no socket there.`, 'Start it, or correct the address.']
  if (code === '28P01' || code === '28000' || /SASL|password/i.test(said))
    return [`${database} does not accept this user and password.`, 'Correct them in the address.']
  if (code === '3D000')
    return [`the server has no database of the name that ${variable} gives.`, 'Correct the address.']
  if (/does not support SSL/.test(said))
    return [
      `${database} offers no TLS.`,
      'Turn it on there, or add `?sslmode=disable` to the address where the network is your own.',
    ]
  if (/^(?:ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_SSL|EPROTO)/.test(code))
    return [
      `the certificate of ${database} could not be verified.`,
      'Name its authority with `?sslrootcert=<file>` in the address, or add `sslmode=require` to go unverified.',
    ]
  if (code === '57014') return [`${database} took longer than allowed.`, 'Make the table, or its view, faster to read.']
  if (code === '55P03') return [`somebody holds a lock on ${database}.`, 'Try again when they are done.']
  if (code === '53300') return [`${database} has no connection left.`, 'Try again later.']
  if (code === '57P03') return [`${database} is starting or stopping.`, 'Try again in a moment.']
  if (/timeout|silent/.test(said) || code === 'ETIMEDOUT')
    return [`${database} does not answer.`, 'Look whether it is the right host and port, and try again.']
  if (/^08|^57P0/.test(code) || /terminated|ended|closed/i.test(said) || code.startsWith('E'))
    return [`the connection to ${database} broke off.`, 'Try again.']
  if (/^[0-9A-Z]{5}$/.test(code))
    return [
      `${database} answered with the error ${code} of PostgreSQL.`,
      'Look it up there, and correct the table or the address.',
    ]
  return [`${database} does not speak PostgreSQL’s protocol.`, 'Correct the address.']
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
}
