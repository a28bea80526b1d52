import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { publicHalf } from '../../src/workspace/ledger-manifest.ts'
import { readWorkspace } from '../../src/workspace/read-workspace.ts'
import { ImportFolder } from './import-run.ts'

const playbook = `company: Halyard
currency: USD
asOf: 2026-06-30
ledger:
  deals:
    file: ledger/deals.csv
    dates: DD.MM.YYYY
    columns: { id: Number, account: Customer, owner: Seller, stage: Stage, amount: Value, created: Opened, closed: Closed }
    outcomes: { won: [Won], lost: [Lost], open: [Open] }
    types: { employees: number }
  accounts: { file: ledger/accounts.csv, key: name, columns: { industry: sector } }
`
const header = 'Closed,Contact phone,Number,Customer,Seller,Stage,Value,Opened,employees,Notes\n'
const row = (id: string, stage = 'Won', customer = 'Northwind Bank', closed = '10.03.2026'): string =>
  `${closed},555 0100,${id},${customer},Jo Park,${stage},1000.50,10.01.2026,420,Call Ada\n`
const accounts = 'phone,sector,name\n555,Banking,Northwind Bank\n'

let folder: ImportFolder
let exported: string

beforeEach(() => {
  folder = new ImportFolder({ 'playbook/playbook.yaml': playbook, 'playbook/ledger/accounts.csv': accounts })
  exported = join(folder.root, 'export.csv')
})

afterEach(() => folder.remove())

const put = (text: string | Uint8Array, path = exported) => writeFileSync(path, text)
const deals = () => folder.text('playbook/ledger/deals.csv')

test('what is mapped or declared is taken as it is written, in one order, and the rest is left out and named', async () => {
  put(header + row('D-18') + row('0007', 'Open', '"Corbel, ""Castings"""', ''))
  expect(await folder.run('csv', [exported])).toEqual({
    status: 0,
    said: 'Left out, because playbook.yaml neither maps nor declares them: Contact phone, Notes.\nWrote 2 deals (1 won, 0 lost, 1 open, 0 void) to playbook/ledger/deals.csv, playbook/ledger/manifest.json.',
    waits: [],
  })
  expect(deals()).toBe(`Number,Customer,Seller,Stage,Value,Opened,Closed,employees
0007,"Corbel, ""Castings""",Jo Park,Open,1000.50,10.01.2026,,420
D-18,Northwind Bank,Jo Park,Won,1000.50,10.01.2026,10.03.2026,420
`)
})

test('the order of rows, the encoding, line ends and packing of an export do not change a byte', async () => {
  const rows = [row('D-1'), row('D-2', 'Lost', 'Čapek'), row('D-3', 'Open', 'Line\r\nbreak'.replace(/^.*$/s, '"$&"'))]
  put(header + rows.join(''))
  await folder.run('csv', [exported])
  const first = deals()
  const mixed = header.replace('\n', '\r\n') + rows.toReversed().join('')
  const variants: (string | Uint8Array)[] = [`\ufeff${mixed}`, Buffer.from(`\ufeff${mixed}`, 'utf16le')]
  for (const variant of variants) {
    put(variant)
    expect((await folder.run('csv', [exported])).status).toBe(0)
    expect(deals()).toBe(first)
  }
  put(gzipSync(mixed), `${exported}.gz`)
  expect((await folder.run('csv', [`${exported}.gz`])).status).toBe(0)
  expect(deals()).toBe(first)
  expect((await folder.run('csv', [join(folder.root, 'playbook/ledger/deals.csv')])).status).toBe(0)
  expect(deals()).toBe(first)
})

test('several exports are one table, whose columns may stand in another order', async () => {
  put(header + row('D-18'))
  const other = `${exported}-2`
  put('Number,Customer,Seller,Stage,Value,Opened,Closed\nD-17,Bramble,Jo Park,Lost,5,10.01.2026,10.03.2026\n', other)
  expect((await folder.run('csv', [exported, other])).status).toBe(0)
  expect(deals()).toContain('D-17,Bramble,Jo Park,Lost,5,10.01.2026,10.03.2026,\n')
})

test('one row that cannot be read is told at its line of the export, and nothing is taken', async () => {
  put(header + row('D-18'))
  await folder.run('csv', [exported])
  const before = folder.files('playbook')
  put(header + row('D-18') + row('D-19', 'Wn') + row('D-20', 'Won', 'x', '2026-03-10'))
  const { status, said } = await folder.run('csv', [exported])
  expect(status).toBe(1)
  expect(
    said.replaceAll(exported, 'export.csv'),
  ).toBe(`export.csv:3:49 \`Stage\` is \`Wn\`, and nothing says whether that is won, lost, open or void. Did you mean \`Won\`? Name the stage in \`ledger.deals.outcomes\` of playbook.yaml, or correct it in the CRM and export the ledger again.
export.csv:4:1 \`Closed\` is \`2026-03-10\`, which is no day written as \`DD.MM.YYYY\`. Correct it in the CRM and export the ledger again. If the whole column is written another way, declare that as \`dates\`.
Nothing was taken: 2 problems. The old ledger stands.`)
  expect(said).not.toContain('Northwind')
  expect(folder.files('playbook')).toEqual(before)
})

test('a ledger that loses more than a fifth of its deals, or all, is taken only with --allow-shrink', async () => {
  const rows = (count: number) => header + Array.from({ length: count }, (_, index) => row(`D-${index}`)).join('')
  put(rows(10))
  await folder.run('csv', [exported])
  put(rows(8))
  expect((await folder.run('csv', [exported])).status).toBe(0)
  put(rows(6))
  expect(await folder.run('csv', [exported])).toMatchObject({
    status: 1,
    said: expect.stringMatching(
      /\nThe source gave 6 deals, and the ledger has 8: 25% are gone\. The old ledger stands\./,
    ),
  })
  expect(deals().trimEnd().split('\n')).toHaveLength(9)
  put(header)
  expect((await folder.run('csv', [exported])).said).toContain('The source gave no deal at all.')
  expect((await folder.run('csv', [exported], {}, { allowShrink: true })).status).toBe(0)
  expect(deals()).not.toContain('D-')
})

test('the shrinking is judged by the ledger and not by what its manifest claims', async () => {
  put(header + row('D-1') + row('D-2'))
  await folder.run('csv', [exported])
  folder.put(
    'playbook/ledger/manifest.json',
    folder.text('playbook/ledger/manifest.json').replace('"won": 2', '"won": 1'),
  )
  put(header + row('D-1'))
  expect((await folder.run('csv', [exported])).status).toBe(1)
})

test('a joined table is imported with its own flag, or stays as it is and joins the manifest', async () => {
  put(header + row('D-18'))
  await folder.run('csv', [exported])
  expect(folder.text('playbook/ledger/accounts.csv')).toBe(accounts)
  expect(JSON.parse(folder.text('playbook/ledger/manifest.json')).files).toHaveProperty(['ledger/accounts.csv'])
  put(accounts, `${exported}-accounts`)
  expect((await folder.run('csv', [exported], {}, { accounts: [`${exported}-accounts`] })).status).toBe(0)
  expect(folder.text('playbook/ledger/accounts.csv')).toBe('name,sector\nNorthwind Bank,Banking\n')
})

test('a ledger whose file is packed is written packed, the same bytes each time', async () => {
  folder.put('playbook/playbook.yaml', playbook.replace('deals.csv', 'deals.csv.gz'))
  put(header + row('D-18'))
  await folder.run('csv', [exported])
  const path = join(folder.root, 'playbook/ledger/deals.csv.gz')
  const first = readFileSync(path)
  expect(gunzipSync(first).toString()).toContain('D-18')
  await folder.run('csv', [exported])
  expect(readFileSync(path).equals(first)).toBe(true)
  const { result } = await readWorkspace(folder.root, { noCache: true })
  expect(result.findings.filter(({ rule }) => rule.startsWith('ledger/'))).toEqual([])
})

test('what an import signs, check accepts, until one byte is edited', async () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  folder.put('playbook/playbook.yaml', `${playbook}  publicKey: ${publicHalf(privateKey)}\n`)
  put(header + row('D-18'))
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  const found = async () =>
    (await readWorkspace(folder.root, { noCache: true })).result.findings
      .filter(({ rule }) => rule.startsWith('ledger/'))
      .map(({ file, severity, rule, range }) => `${file}:${range.start.line} ${severity} ${rule}`)
  await folder.run('csv', [exported])
  expect(await found()).toEqual(['playbook/ledger/manifest.json:1 warn ledger/unsigned'])
  // A secret store may hand over a PEM in one line.
  for (const text of [
    key,
    key.replaceAll('\n', '\\n'),
    privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  ]) {
    expect((await folder.run('csv', [exported], { PLAYPROOF_SIGNING_KEY: text })).said).toMatch(/, signed\.$/)
    expect(await found()).toEqual([])
  }
  folder.put('playbook/ledger/deals.csv', deals().replace('1000.50', '9000.50'))
  expect(await found()).toEqual(['playbook/ledger/deals.csv:1 error ledger/tampered'])
})

test('a signing key that does not belong to the playbook, or is none, stops the import before it reads anything', async () => {
  const [one, other] = [generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ed25519').privateKey]
  folder.put('playbook/playbook.yaml', `${playbook}  publicKey: ${publicHalf(one)}\n`)
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const signing = (key: string) => folder.run('csv', ['nowhere.csv'], { PLAYPROOF_SIGNING_KEY: key })
  const pem = (key: typeof one) => key.export({ format: 'pem', type: 'pkcs8' }).toString()
  expect((await signing(pem(other))).said).toContain('does not belong to `ledger.publicKey`')
  expect((await signing(pem(rsa))).said).toContain('holds no Ed25519 private key')
  expect((await signing('hunter2')).said).not.toContain('hunter2')
})

test.each([
  ['no source', 'pipedrive', [], playbook, 'there is no import from pipedrive'],
  ['no file', 'csv', [], playbook, 'needs the export'],
  ['a file that is missing', 'csv', ['nowhere.csv'], playbook, 'nowhere.csv cannot be read (ENOENT)'],
  ['no ledger', 'csv', ['x.csv'], 'company: H\ncurrency: USD\n', 'playbook.yaml has no `ledger`'],
  ['a database', 'csv', ['x.csv'], 'ledger: { database: URL, deals: { table: deals } }\n', 'the ledger is a database'],
  ['two files', 'csv', ['x.csv'], 'ledger: { deals: { file: [a.csv, b.csv] } }\n', 'writes one file for each table'],
  ['files for a CRM', 'hubspot', ['x.csv'], playbook, 'files are for `import csv`'],
  ['no credentials', 'hubspot', [], playbook, 'HUBSPOT_ACCESS_TOKEN is not set in the environment'],
  [
    'a preset of another CRM',
    'hubspot',
    [],
    'ledger: { deals: { file: a.csv, preset: salesforce } }\n',
    'Set it to `hubspot`',
  ],
  ['dates that a CRM does not write', 'hubspot', [], playbook, 'Take `dates` and `decimal` out'],
  [
    'a ledger outside the playbook',
    'csv',
    ['IN'],
    playbook.replace('ledger/deals.csv', '../deals.csv'),
    'outside the playbook',
  ],
])('%s is a fault that says what to do', async (name, source, exports, yaml, text) => {
  folder.put('playbook/playbook.yaml', yaml)
  put(header + row('D-18'))
  const env: Record<string, string> = name.startsWith('no cred') ? {} : { HUBSPOT_ACCESS_TOKEN: 'x' }
  const given = exports.map((path) => (path === 'IN' ? exported : path))
  expect(await folder.run(source, given, env)).toMatchObject({ status: 2, said: expect.stringContaining(text) })
})
