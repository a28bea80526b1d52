/**
 * A playbook whose ledger is a database, against a real PostgreSQL and real ways in which a database fails.
 *
 * Nothing that fails may show the address or the password, and the pages are checked all the same.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DatabaseRequest, readDatabase } from '../../src/ledger/engines/read-database.ts'
import {
  command,
  expectNoTrace,
  folderOf,
  inShort,
  type JsonReport,
  playproof,
  quietEnv,
} from '../hostile/small-playbook.ts'
import { addressOf, contentOf, here, settingsOf, sql } from './engines.ts'

const variable = 'TEST_LEDGER_URL'
const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url))

const yaml = (table: string, more = '') => `company: Halyard
currency: USD
asOf: 2026-06-30
ledger:
  database: ${variable}
  deals:
    table: ${table}
${more}`

beforeAll(async () => {
  const columns =
    'account text, owner text, outcome text, amount numeric(12, 2), created date, closed timestamptz, industry text'
  await sql(
    'CREATE SCHEMA crm',
    `CREATE TABLE crm.deals (id text, ${columns}, note bytea)`,
    `INSERT INTO crm.deals VALUES
      ('D-17', 'Hooli Bank', 'Sam Ode', 'lost', 0, '2026-01-10', '2026-03-14 23:30+00', 'bank'),
      ('D-18', 'Acme Bank', 'Sam Ode', 'won', 5000, '2026-01-10', '2026-03-10', 'bank'),
      ('D-19', 'Orbit Bank', 'Sam Ode', 'won', 7000.50, '2026-02-01', '2026-04-02', 'bank')`,
    `CREATE TABLE crm.nameless AS SELECT account, owner, outcome, amount, created, closed FROM crm.deals`,
    `CREATE TABLE crm.spelled AS SELECT id, account, owner AS ownr, outcome, amount, created, closed FROM crm.deals`,
    `CREATE VIEW crm.floating AS SELECT id, account, owner, outcome, amount::float8 AS amount, created, closed FROM crm.deals`,
    `CREATE VIEW crm.wordy AS SELECT id, account, owner, outcome, amount, created::text AS created, closed FROM crm.deals`,
    `CREATE VIEW crm.binary AS SELECT id, account::bytea AS account, owner, outcome, amount, created, closed FROM crm.deals`,
    `CREATE TYPE crm.result AS ENUM ('won', 'lost', 'open')`,
    `CREATE TABLE crm.odd (id char(6), account varchar(9), owner text, outcome crm.result, amount numeric, created date, closed date, industry text)`,
    `INSERT INTO crm.odd VALUES
      ('D-18', 'Acme', 'Sam Ode', 'won', 5, '2026-01-10', '2026-03-10', repeat('x', 5000000)),
      ('D-20', 'Acme', 'Sam Ode', 'won', 'NaN', '2026-01-10', '2026-03-10', 'bank'),
      ('D-21', 'Acme', 'Sam Ode', 'won', 'Infinity', '2026-01-10', '2026-03-10', 'bank'),
      ('D-22', 'Acme', 'Sam Ode', 'won', 5, '0044-03-15 BC', '2026-03-10', 'bank'),
      ('D-23', 'Acme', 'Sam Ode', 'won', 5, '2026-01-10', 'infinity', 'bank'),
      ('D-24', 'Acme', 'Sam Ode', 'won', 5.005, '2026-01-10', '2026-03-10', 'bank'),
      ('D-25', 'Acme', 'Sam Ode', 'won', -5, '2026-01-10', '2026-03-10', 'bank'),
      ('D-26', 'Acme', 'Sam Ode', 'won', 5, '2026-01-10', '2026-03-10', 'bank'),
      ('D-26', 'Acme', 'Sam Ode', 'won', 6, '2026-01-10', '2026-03-10', 'bank'),
      (NULL, 'Acme', 'Sam Ode', 'won', 5, '2026-01-10', '2026-03-10', 'bank')`,
    `CREATE VIEW crm.slow AS SELECT d.* FROM crm.deals d, generate_series(1, 40) WHERE pg_sleep(0.5)::text = ''`,
    `CREATE ROLE reader LOGIN PASSWORD 'reader-secret'`,
    `ALTER ROLE reader SET default_transaction_read_only = on`,
    `GRANT USAGE ON SCHEMA crm TO reader`,
    `GRANT SELECT ON crm.deals TO reader`,
  )
})

const running: Server[] = []
afterAll(async () => {
  for (const server of running) server.close()
  await sql('DROP SCHEMA crm CASCADE', 'DROP ROLE reader')
})

const asReader = (parameters = 'sslmode=disable') =>
  addressOf(parameters).replace('owner:owner-secret', 'reader:reader-secret')

test('a read-only user of a read-only session is all that it takes', () => {
  const root = folderOf({ 'playbook/playbook.yaml': yaml('crm.deals') })
  const ran = playproof(root, ['check', '--format', 'json'], { env: { [variable]: asReader() } })
  const files = playproof(folderOf(), ['check', '--format', 'json'])
  const [report, expected] = [ran, files].map(({ stdout }) => JSON.parse(stdout) as JsonReport)
  expect(ran.stderr).toBe('')
  expect(report?.summary).toMatchObject({ deals: 3 })
  expect(report?.notRun).toEqual([])
  expect(inShort(report?.findings ?? [])).toEqual(inShort(expected?.findings ?? []))
  expect(ran.status).toBe(1)
})

test('evidence and a new review are the same from a database as from a file', () => {
  const env = { [variable]: asReader() }
  const root = folderOf({ 'playbook/playbook.yaml': yaml('crm.deals') })
  const asFiles = folderOf({
    'playbook/ledger/deals.csv':
      'id,account,owner,outcome,amount,created,closed,industry\nD-17,Hooli Bank,Sam Ode,lost,0,2026-01-10,2026-03-14,bank\nD-18,Acme Bank,Sam Ode,won,5000,2026-01-10,2026-03-10,bank\nD-19,Orbit Bank,Sam Ode,won,7000.5,2026-02-01,2026-04-02,bank\n',
  })
  for (const args of [
    ['evidence', '--format', 'json'],
    ['new', 'review', 'D-19'],
  ]) {
    const [database, files] = [playproof(root, args, { env }), playproof(asFiles, args)]
    expect(database).toMatchObject({ status: files.status, stdout: files.stdout })
  }
  const written = (folder: string) => readFileSync(`${folder}/playbook/reviews/D-19.md`, 'utf8')
  expect(written(root)).toBe(written(asFiles))
})

/** What the pages say without a ledger, which needs no database at all. */
let ofPagesAlone: readonly string[] = []
beforeAll(() => {
  const ran = playproof(folderOf({ 'playbook/playbook.yaml': yaml('crm.deals') }), [
    'check',
    '--no-ledger',
    '--format',
    'json',
  ])
  ofPagesAlone = inShort((JSON.parse(ran.stdout) as JsonReport).findings)
  expect(ran).toMatchObject({ status: 1, stderr: '' })
  expect(ofPagesAlone).toContain('plays/land-with-finance.md:34:8 error link/broken')
})

/** The fault of a check, whose pages were checked all the same. */
const faults: readonly (readonly [
  what: string,
  table: string,
  url: () => string | undefined,
  said: string,
  more?: string,
])[] = [
  [
    'no address',
    'crm.deals',
    () => undefined,
    `the environment variable ${variable}, which \`ledger.database\` names, is not set.`,
  ],
  [
    'no such address',
    'crm.deals',
    () => 'mysql://reader:reader-secret@127.0.0.1/crm',
    `${variable} holds no address such as`,
  ],
  [
    'a closed port',
    'crm.deals',
    () => 'postgres://reader:reader-secret@127.0.0.1:1/postgres?sslmode=disable',
    `the database that ${variable} names refused the connection. Start it, or correct the address.`,
  ],
  [
    'a wrong password',
    'crm.deals',
    () => asReader().replace('reader-secret', 'other-secret'),
    `the database that ${variable} names does not accept this user and password.`,
  ],
  [
    'a wrong database',
    'crm.deals',
    () => asReader().replace('/postgres?', '/elsewhere?'),
    `the server has no database of the name that ${variable} gives.`,
  ],
  ['no TLS', 'crm.deals', () => asReader(''), `the database that ${variable} names offers no TLS.`],
  [
    'an unknown way of TLS',
    'crm.deals',
    () => asReader('sslmode=prefer'),
    `\`sslmode\` in ${variable} may be verify-full`,
  ],
  ['no table', 'crm.dealz', addressOf, `the database that ${variable} names has no table \`crm.dealz\`.`],
  [
    'a table that may not be read',
    'crm.nameless',
    asReader,
    'the database refuses to let this user read the table `crm.nameless`.',
  ],
  [
    'a missing column',
    'crm.nameless',
    addressOf,
    `the table \`crm.nameless\` of the database that ${variable} names has no column \`id\`.`,
  ],
  ['a misspelt column', 'crm.spelled', addressOf, 'has no column `owner`. Did you mean `ownr`?'],
  [
    'a column that is mapped and not there',
    'crm.deals',
    addressOf,
    'has no column `sector`.',
    '    columns: { source: sector }\n',
  ],
  [
    'money as floating point',
    'crm.floating',
    addressOf,
    '`amount` of the table `crm.floating` is a floating-point number, which no amount of money is.',
  ],
  ['a date that is text', 'crm.wordy', addressOf, '`created` of the table `crm.wordy` is no date or timestamp.'],
  [
    'bytes where a text is meant',
    'crm.binary',
    addressOf,
    '`account` of the table `crm.binary` has a type that is no text, number, date or boolean.',
  ],
  [
    'a type that was declared otherwise',
    'crm.deals',
    addressOf,
    '`industry` of the table `crm.deals` is no number.',
    '    types: { industry: number }\n',
  ],
]

for (const [what, table, url, said, more] of faults) {
  test(`${what}: one line says what to do, the pages are checked, and what was not run is listed`, () => {
    const root = folderOf({ 'playbook/playbook.yaml': yaml(table, more) })
    const address = url()
    const env: Record<string, string> = address === undefined ? {} : { [variable]: address }
    const ran = playproof(root, ['check', '--format', 'json'], { env })
    expect(ran.stderr).toContain(said)
    expect(ran.stderr.trim().split('\n')).toHaveLength(1)
    expect(ran.stderr).toMatch(/^playproof: /)
    expect(ran.status).toBe(2)
    const report = JSON.parse(ran.stdout) as JsonReport
    expect(inShort(report.findings)).toEqual(ofPagesAlone)
    expect(report.notRun.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['citation/not-won', 'play/overclaimed', 'ledger/row']),
    )
    expect(new Set(report.notRun.map(({ reason }) => reason))).toEqual(
      new Set(['the ledger’s database could not be read']),
    )
    expectNoTrace(ran)
    expect(ran.stdout + ran.stderr).not.toMatch(/secret|127\.0\.0\.1/)
  })
}

test('what a row cannot mean is told of that row, and the others are used', () => {
  const root = folderOf({ 'playbook/playbook.yaml': yaml('crm.odd') })
  const ran = playproof(root, ['check', '--format', 'json'], { env: { [variable]: addressOf() } })
  const { findings, summary } = JSON.parse(ran.stdout) as JsonReport
  const told = findings.filter(({ rule }) => rule === 'ledger/row')
  expect(
    told.map(({ file, range, text }) => `${file}:${range.start.line}:${range.start.column} ${text.slice(0, 58)}`),
  ).toEqual([
    'playbook/playbook.yaml:7:12 `id` is blank, so nothing can cite this row. Correct it in',
    'playbook/playbook.yaml:7:12 `D-20`: `amount` is `NaN`, which is no amount such as `120',
    'playbook/playbook.yaml:7:12 `D-21`: `amount` is `Infinity`, which is no amount such as',
    'playbook/playbook.yaml:7:12 `D-22`: `created` is `0044-03-15 BC`, which is no day writ',
    'playbook/playbook.yaml:7:12 `D-23`: `closed` is `infinity`, which is no day written as',
    'playbook/playbook.yaml:7:12 `D-24`: `amount` is `5.005`, which has more decimals than ',
    'playbook/playbook.yaml:7:12 `D-25`: `amount` is `-5`; the amount of a deal is not nega',
    'playbook/playbook.yaml:7:12 `D-26`: `D-26` is in the table twice, and the rows differ,',
  ])
  expect(summary).toMatchObject({ deals: 1 })
  expect([ran.status, ran.stderr]).toEqual([1, ''])
})

/** Reads `crm.<table>` as this process, with other patience. */
function reading(table: string, more: Partial<DatabaseRequest> = {}) {
  const settings = settingsOf({ deals: { table: `crm.${table}`, outcomes: undefined } })
  return readDatabase({
    settings: { ...settings, database: variable },
    url: addressOf(),
    asked: new Set(['industry']),
    place: () => ({ file: 'playbook/playbook.yaml', lines: here }),
    waits: { connect: 400, statement: 1_000, lock: 300 },
    ...more,
  })
}

test('the same rows have the same hash in whatever order they lie, and another hash when one changes', async () => {
  const hash = async (table: string) => (await reading(table)).engine?.sha256
  await sql(
    'CREATE TABLE crm.turned AS SELECT * FROM crm.deals ORDER BY id DESC',
    'CREATE TABLE crm.other AS SELECT * FROM crm.deals',
  )
  await sql(`UPDATE crm.other SET amount = amount + 0.01 WHERE id = 'D-19'`)
  expect(await hash('turned')).toBe(await hash('deals'))
  expect(await hash('other')).not.toBe(await hash('deals'))
  expect(contentOf((await reading('turned')).engine)).toEqual(contentOf((await reading('deals')).engine))
})

test('a table that takes too long, or that somebody has locked, is not waited for', async () => {
  await expect(reading('slow')).rejects.toThrow('took longer than allowed')
  const holding = sql('BEGIN', 'LOCK TABLE crm.spelled IN ACCESS EXCLUSIVE MODE', 'SELECT pg_sleep(1.5)', 'ROLLBACK')
  await new Promise((resolve) => setTimeout(resolve, 300))
  await expect(reading('spelled')).rejects.toThrow('somebody holds a lock')
  await holding
})

test('a connection that is cut in the middle is a fault', async () => {
  const waits = { connect: 2_000, statement: 20_000, lock: 300 }
  const cut = expect(reading('slow', { waits })).rejects.toThrow(
    'the connection to the database that TEST_LEDGER_URL names broke off',
  )
  await new Promise((resolve) => setTimeout(resolve, 700))
  await sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'playproof' AND query LIKE '%slow%'`,
  )
  await cut
})

/** A server of our own; `answer` gets each connection. */
async function serve(answer: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    answer(socket)
  })
  running.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

test('a server that accepts and never answers is not waited for', async () => {
  const open: Socket[] = []
  const port = await serve((socket) => open.push(socket))
  const url = `postgres://a:b-secret@127.0.0.1:${port}/c?sslmode=disable`
  await expect(reading('deals', { url })).rejects.toThrow('does not answer')
  for (const socket of open) socket.destroy()
})

test('a server that hangs up, or speaks something else, is a fault', async () => {
  const gone = await serve((socket) => socket.destroy())
  const web = await serve((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  for (const port of [gone, web]) {
    const url = `postgres://a:b-secret@127.0.0.1:${port}/c?sslmode=disable`
    await expect(reading('deals', { url })).rejects.toThrow(/broke off|does not speak/)
  }
})

test('a certificate that nobody vouches for is refused, unless the address names its authority or goes without', async () => {
  const credentials = { cert: readFileSync(fixture('certificate.pem')), key: readFileSync(fixture('key.pem')) }
  // As PostgreSQL does: S for TLS, then the handshake, then, here, nothing.
  const port = await serve((socket) => {
    socket.once('data', () => {
      socket.write('S')
      const secure = new TLSSocket(socket, { isServer: true, ...credentials })
      secure.on('error', () => {})
      secure.once('data', () => secure.destroy())
    })
  })
  const url = (host: string, parameters = '') => `postgres://a:b-secret@${host}:${port}/c?${parameters}`
  const untrusted = 'the certificate of the database that TEST_LEDGER_URL names could not be verified.'
  await expect(reading('deals', { url: url('localhost') })).rejects.toThrow(untrusted)
  const authority = `sslrootcert=${encodeURIComponent(fixture('certificate.pem'))}`
  // Another name than the certificate's.
  await expect(reading('deals', { url: url('127.0.0.1', authority) })).rejects.toThrow(untrusted)
  for (const trusted of [
    url('localhost', authority),
    url('127.0.0.1', `sslmode=verify-ca&${authority}`),
    url('127.0.0.1', 'sslmode=require'),
  ])
    await expect(reading('deals', { url: trusted })).rejects.toThrow('broke off')
})

test('without a terminal to wait at, a silent server costs the command ten seconds and no more', async () => {
  const open: Socket[] = []
  const port = await serve((socket) => open.push(socket))
  const root = folderOf({ 'playbook/playbook.yaml': yaml('crm.deals') })
  const env = quietEnv({ [variable]: `postgres://a:b-secret@127.0.0.1:${port}/c?sslmode=disable` })
  const started = performance.now()
  const ran = await new Promise<{ status: number; stderr: string }>((resolve) => {
    execFile(process.execPath, [command, 'check', '--quiet'], { cwd: root, env }, (error, _, stderr) =>
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stderr }),
    )
  })
  for (const socket of open) socket.destroy()
  expect(ran.stderr).toContain('does not answer')
  expect(ran.status).toBe(2)
  expect(performance.now() - started).toBeLessThan(40_000)
})
