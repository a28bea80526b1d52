/**
 * `import salesforce` against a contract fake. No live org was used.
 */
import { generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { json } from './contract-server.ts'
import { ImportFolder } from './import-run.ts'
import { client, type Fields, type Org, SalesforceFake } from './salesforce-fake.ts'

const playbook = `company: Halyard
currency: USD
ledger:
  deals: { file: ledger/deals.csv, preset: salesforce, columns: { play: Sales_Play__c } }
  accounts: { file: ledger/accounts.csv, key: Name, columns: { industry: Industry }, types: { NumberOfEmployees: number } }
  sellers: { file: ledger/sellers.csv, key: Name, columns: { territory: Department } }
`

const account = (number: number, name: string, employees: number | null): Fields => ({
  Id: `001${String(number).padStart(15, '0')}`,
  Name: name,
  Industry: 'Banking',
  NumberOfEmployees: employees,
  AnnualRevenue: 1.39e8,
})

function deal(number: number, more: Fields = {}): Fields {
  const won = number % 2 === 0
  return {
    Id: `006${String(number).padStart(15, '0')}`,
    AccountId: account(1, '', 0).Id,
    'Account.Name': 'Northwind Bank',
    'Owner.Name': 'Jo Park',
    StageName: won ? 'Closed Won' : 'Closed Lost',
    Amount: 1000.5 + number,
    CreatedDate: '2026-01-10T09:14:06.000+0000',
    CloseDate: '2026-03-10',
    LeadSource: null,
    Type: 'New Business',
    IsClosed: true,
    IsWon: won,
    Sales_Play__c: null,
    Description: 'Call Ada on +1 555 0100.',
    ...more,
  }
}

const org = (deals: number): Org => ({
  Opportunity: Array.from({ length: deals }, (_, index) => deal(index + 1)),
  Account: [account(1, 'Northwind Bank', 420), account(2, 'Nobody buys here', 1)],
  User: [
    { Id: '005000000000001AAA', Name: 'Jo Park', Department: 'North', Email: 'jo@halyard.example' },
    { Id: '005000000000002AAA', Name: 'Sam Idle', Department: 'South', Email: 'sam@halyard.example' },
  ],
})

let fake: SalesforceFake
let folder: ImportFolder

beforeEach(async () => {
  fake = await new SalesforceFake(org(5)).listen()
  folder = new ImportFolder({ 'playbook/playbook.yaml': playbook })
})

afterEach(async () => {
  await fake.close()
  folder.remove()
  expect(fake.violations).toEqual([])
})

const environment = () => ({
  SALESFORCE_INSTANCE_URL: fake.url,
  SALESFORCE_CLIENT_ID: client.id,
  SALESFORCE_CLIENT_SECRET: client.secret,
})
const run = (options = {}, more: Readonly<Record<string, string>> = {}) =>
  folder.run('salesforce', [], { ...environment(), ...more }, options)
const dealLines = () => folder.text('playbook/ledger/deals.csv').trimEnd().split('\n')

test('deals, their accounts and their sellers are written as check reads them, and nothing else is', async () => {
  fake.org = { ...org(2), Opportunity: [deal(2, { Amount: 1.2e7 }), deal(1)] }
  expect(await run()).toEqual({
    status: 0,
    said: 'Wrote 2 deals (1 won, 1 lost, 0 open, 0 void) to playbook/ledger/deals.csv, playbook/ledger/accounts.csv, playbook/ledger/sellers.csv, playbook/ledger/manifest.json.',
    waits: [],
  })
  const {
    'playbook/ledger/manifest.json': manifest,
    'playbook/playbook.yaml': _,
    ...written
  } = folder.files('playbook')
  expect(written).toEqual({
    'playbook/ledger/deals.csv': `Id,Account.Name,Owner.Name,StageName,Amount,CreatedDate,CloseDate,LeadSource,Type,Sales_Play__c,IsClosed,IsWon
006000000000000001,Northwind Bank,Jo Park,Closed Lost,1001.5,2026-01-10,2026-03-10,,New Business,,true,false
006000000000000002,Northwind Bank,Jo Park,Closed Won,12000000,2026-01-10,2026-03-10,,New Business,,true,true
`,
    'playbook/ledger/accounts.csv': 'Name,NumberOfEmployees,Industry\nNorthwind Bank,420,Banking\n',
    'playbook/ledger/sellers.csv': 'Name,Department\nJo Park,North\n',
  })
  expect(JSON.parse(manifest ?? '')).toMatchObject({ version: 1, source: 'salesforce', time: '2026-11-22T03:00:00Z' })
})

test('a query and a bulk job of the same deals give the same bytes', async () => {
  fake.org = {
    ...org(6),
    Opportunity: [
      ...org(6).Opportunity,
      deal(7, { 'Account.Name': 'Says "hi",\nthen goes', AccountId: null, Amount: 3e7 }),
    ],
  }
  expect((await run()).status).toBe(0)
  const { 'playbook/ledger/manifest.json': _, ...byQuery } = folder.files('playbook')
  fake.count = 2_001
  fake.bulkPageSize = 3
  expect((await run()).status).toBe(0)
  expect(fake.asked.filter(({ path }) => path.endsWith('/results')).length).toBeGreaterThan(2)
  expect(folder.files('playbook')).toMatchObject(byQuery)
  expect(byQuery['playbook/ledger/deals.csv']).toContain('"Says ""hi"",\nthen goes"')
})

test('an org of 2,001 deals is read by a bulk job, one of 2,000 by a query', async () => {
  for (const [deals, bulk] of [
    [2_000, false],
    [2_001, true],
  ] as const) {
    fake.org = org(deals)
    fake.asked.length = 0
    expect((await run()).status).toBe(0)
    expect(fake.asked.some(({ path }) => path.endsWith('/jobs/query'))).toBe(bulk)
    expect(dealLines()).toHaveLength(deals + 1)
  }
})

test('pages that hold fewer deals than asked for do not end the reading', async () => {
  fake.pageSize = 2
  expect((await run()).status).toBe(0)
  expect(dealLines()).toHaveLength(6)
})

test('a deal that stands on two pages is one deal, as it was read last', async () => {
  fake.pageSize = 2
  fake.page = (records, first) => (first === 2 ? [deal(1, { Amount: 7 }), ...records] : records)
  expect((await run()).status).toBe(0)
  expect(dealLines()).toHaveLength(6)
  expect(dealLines()[1]).toContain(',7,')
})

test('a page that loses deals is read again, and a loss that stays is no ledger', async () => {
  fake.pageSize = 2
  let lose = true
  fake.page = (records, first) => {
    const lost = lose && first === 2
    if (lost) lose = false
    return lost ? records.slice(1) : records
  }
  expect((await run()).status).toBe(0)
  expect(dealLines()).toHaveLength(6)
  fake.page = (records) => records.slice(1)
  const before = folder.files('playbook')
  expect(await run()).toMatchObject({ status: 2, said: expect.stringContaining('pages went missing') })
  expect(folder.files('playbook')).toEqual(before)
})

test('a token that runs out between pages is renewed', async () => {
  fake.pageSize = 1
  fake.tokenLife = 3
  expect((await run()).status).toBe(0)
  expect(dealLines()).toHaveLength(6)
  expect(fake.tokens.length).toBeGreaterThan(2)
})

test('a CRM that is asked too often is left alone for as long as it says, in seconds or until a date', async () => {
  const answers = [
    json(429, [], { 'retry-after': '17' }),
    json(503, [], { 'retry-after': new Date(Date.parse('2026-11-22T03:00:17Z') + 40_000).toUTCString() }),
    json(500, []),
    json(502, []),
  ]
  fake.trouble = ({ path }) => (path.endsWith('/query') ? answers.shift() : undefined)
  expect(await run()).toMatchObject({ status: 0, waits: [17_000, 40_000, 4_000, 8_000] })
})

test('a CRM that stays ill is given up, and the old ledger stands', async () => {
  await run()
  const before = folder.files('playbook')
  fake.trouble = ({ path }) => (path.endsWith('/query') ? json(503, []) : undefined)
  const { status, said, waits } = await run()
  expect({ status, waits }).toEqual({ status: 2, waits: [1_000, 2_000, 4_000, 8_000, 16_000, 32_000] })
  expect(said).toBe(
    'Fault: Salesforce could not be read: it has a fault of its own (503), 7 times. The old ledger stands; import again later, and it goes on where it stopped.',
  )
  expect(folder.files('playbook')).toEqual(before)
})

describe('a connection that is cut', () => {
  test('in the middle of a page is asked for that page again', async () => {
    fake.pageSize = 2
    let cuts = 2
    fake.trouble = ({ path }) =>
      path.includes('/query/0r8') && cuts-- > 0
        ? cuts === 0
          ? 'cut'
          : { status: 200, headers: { 'content-type': 'application/json' }, body: '{"records":[', cutAfter: 5 }
        : undefined
    expect(await run()).toMatchObject({ status: 0, waits: [1_000, 2_000] })
    expect(dealLines()).toHaveLength(6)
  })

  test('so that bulk results end early without an error is noticed by their number', async () => {
    fake.count = 3_000
    let cuts = 1
    fake.trouble = ({ path }) =>
      path.endsWith('/results') && cuts-- > 0
        ? {
            status: 200,
            headers: { 'content-type': 'text/csv', 'sforce-numberofrecords': '5', 'sforce-locator': 'null' },
            body: '"Id"\n"006000000000000001"\n',
          }
        : undefined
    expect((await run()).status).toBe(0)
    expect(dealLines()).toHaveLength(6)
  })

  test('for good leaves the pages that were read, and the next import goes on from there', async () => {
    fake.pageSize = 1
    fake.trouble = ({ path }) => (path.endsWith('-3') ? 'cut' : undefined)
    expect((await run()).status).toBe(2)
    expect(folder.has('playbook/ledger')).toBe(false)
    expect(folder.has('.playproof/import-salesforce.json')).toBe(true)
    const asked = fake.asked.length
    fake.trouble = () => undefined
    const { status, said } = await run()
    expect(status).toBe(0)
    expect(said).toMatch(/^Went on where the last import stopped: 3 pages had been read\.\n/)
    expect(
      fake.asked
        .slice(asked)
        .map(({ path }) => path.replace(/^.*\//, ''))
        .slice(0, 3),
    ).toEqual(['token', '0r8000000000000003-3', '0r8000000000000004-4'])
    expect(dealLines()).toHaveLength(6)
    expect(Object.keys(folder.files('.playproof')).filter((path) => path.includes('import'))).toEqual([])
  })
})

test('kept pages are not used by a question about something else, after half a day, or with --restart', async () => {
  fake.pageSize = 2
  const cutOff = async () => {
    fake.trouble = ({ path }) => (path.endsWith('-4') ? 'cut' : undefined)
    expect((await run()).status).toBe(2)
    fake.trouble = () => undefined
  }
  await cutOff()
  folder.put('playbook/playbook.yaml', playbook.replace('industry: Industry', 'industry: AnnualRevenue'))
  expect((await run()).said).not.toContain('Went on')
  await cutOff()
  folder.now += 13 * 3_600_000
  expect((await run()).said).not.toContain('Went on')
  await cutOff()
  expect((await run({ restart: true })).said).not.toContain('Went on')
})

test('where Salesforce has forgotten the place, the table is read from its beginning', async () => {
  fake.pageSize = 2
  fake.trouble = ({ path }) => (path.endsWith('-4') ? 'cut' : undefined)
  await run()
  fake.trouble = () => undefined
  fake.forgetLocators()
  expect((await run()).status).toBe(0)
  expect(dealLines()).toHaveLength(6)
})

test('pages that somebody else put into .playproof are not read', async () => {
  fake.pageSize = 2
  fake.trouble = ({ path }) => (path.endsWith('-4') ? 'cut' : undefined)
  await run()
  fake.trouble = () => undefined
  const page = '.playproof/import-salesforce-deals-0001.json'
  folder.put(page, folder.text(page).replace('1001.5', '9001.5'))
  expect((await run()).status).toBe(0)
  expect(folder.text('playbook/ledger/deals.csv')).not.toContain('9001.5')
})

test('a stage that is renamed between two pages is refused where it alone says what is won, and nothing is written', async () => {
  folder.put(
    'playbook/playbook.yaml',
    'company: Halyard\ncurrency: USD\nledger:\n  deals: { file: ledger/deals.csv, columns: { id: Id }, outcomes: { won: [Closed Won], lost: [Closed Lost] } }\n',
  )
  fake.pageSize = 4
  fake.page = (records, first) =>
    first === 0 ? records : records.map((record) => ({ ...record, StageName: 'Closed - Lost' }))
  fake.org = {
    ...org(5),
    Opportunity: org(5).Opportunity.map((record) => ({ ...record, 'Account.Industry': 'Banking' })),
  }
  expect(await run()).toEqual({
    status: 1,
    said: 'deal 006000000000000005: `stage` is `Closed - Lost`, and nothing says whether that is won, lost, open or void. Did you mean `Closed Lost`? Name the stage in `ledger.deals.outcomes` of playbook.yaml, or correct it in the CRM and export the ledger again.\nNothing was taken: 1 problem. The old ledger stands.',
    waits: [],
  })
  expect(folder.has('playbook/ledger')).toBe(false)
})

test('a field that Salesforce does not know is told with what to correct', async () => {
  folder.put('playbook/playbook.yaml', playbook.replace('Sales_Play__c', 'Sales_Play_c'))
  expect((await run()).said).toMatch(
    /^Fault: Salesforce does not know what playbook\.yaml asks for \(INVALID_FIELD: .*No such column 'Sales_Play_c'/,
  )
})

test('a label of a report that names no field is told before anything is asked', async () => {
  folder.put('playbook/playbook.yaml', playbook.replace('Sales_Play__c', '"Sales Play"'))
  expect((await run()).said).toContain('wants `Sales Play`, and an import needs the field’s own name'.replace('’', "'"))
  expect(fake.asked).toEqual([])
})

test('credentials, tokens and keys are in no file and in nothing that is printed, whatever goes wrong', async () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  const base64 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  const secret = () => [client.secret, client.id, ...fake.tokens, base64, pem.split('\n')[1] ?? '']
  const texts: string[] = []
  const note = async (options = {}, more = {}) => {
    const { said } = await run(options, { PLAYPROOF_SIGNING_KEY: pem, ...more })
    texts.push(said, JSON.stringify(folder.files()))
  }
  await note()
  await note({}, { PLAYPROOF_SIGNING_KEY: base64 })
  await note({}, { PLAYPROOF_SIGNING_KEY: base64.slice(0, 30) })
  const echo = (status: number) =>
    json(status, [{ errorCode: 'ODD', message: `${client.secret} ${fake.tokens.at(-1)}` }])
  fake.trouble = ({ path }) => (path.endsWith('/query') ? echo(400) : undefined)
  await note()
  fake.trouble = ({ path }) =>
    path.endsWith('/token')
      ? json(400, { error: 'invalid_client', error_description: `bad ${client.secret}` })
      : undefined
  await note()
  fake.pageSize = 1
  fake.trouble = ({ path }) => (path.endsWith('-2') ? 'cut' : undefined)
  await note()
  fake.trouble = () => undefined
  await note({}, { SALESFORCE_INSTANCE_URL: `https://user:${client.secret}@halyard.example` })
  for (const text of texts) for (const each of secret()) expect(text).not.toContain(each)
})

test('a token does not follow Salesforce to another address', async () => {
  fake.pageSize = 1
  fake.trouble = ({ path }) =>
    path.endsWith('/query') ? { status: 302, headers: { location: 'https://elsewhere.example/' }, body: '' } : undefined
  expect((await run()).said).toContain('redirects elsewhere, which is not followed')
  const away = { totalSize: 2, done: false, records: [], nextRecordsUrl: 'https://elsewhere.example/x' }
  fake.trouble = ({ path, query }) =>
    path.endsWith('/query') && !query.get('q')?.includes('COUNT') ? json(200, away) : undefined
  expect((await run()).said).toContain('named a page that is not its own')
})
