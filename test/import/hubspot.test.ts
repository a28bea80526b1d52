/**
 * `import hubspot` against a contract fake. No live account was used.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { json } from './contract-server.ts'
import { type Account, accessToken, type FakeDeal, HubspotFake, tooOften } from './hubspot-fake.ts'
import { ImportFolder } from './import-run.ts'

const playbook = `company: Halyard
currency: USD
ledger:
  deals: { file: ledger/deals.csv, preset: hubspot, columns: { play: sales_play } }
  accounts: { file: ledger/accounts.csv, key: name, columns: { industry: industry }, types: { numberofemployees: number } }
  sellers: { file: ledger/sellers.csv, key: Name, columns: { territory: team } }
`

function deal(number: number, more: Partial<FakeDeal> = {}, properties: Record<string, string | null> = {}): FakeDeal {
  const won = number % 2 === 0
  return {
    id: String(9_000_000_000 + number),
    companies: ['301'],
    ...more,
    properties: {
      dealname: `Deal ${number}`,
      dealstage: won ? 'closedwon' : 'closedlost',
      pipeline: 'default',
      amount: `${1000 + number}.50`,
      createdate: '2026-01-10T09:14:06.000Z',
      closedate: '2026-03-10T00:00:00.000Z',
      hubspot_owner_id: '11',
      hs_analytics_source: null,
      dealtype: 'newbusiness',
      hs_is_closed: 'true',
      hs_is_closed_won: String(won),
      sales_play: null,
      description: 'Call Ada on +1 555 0100.',
      ...properties,
    },
  }
}

const stages = [
  { id: 'contractsent', label: 'Contract sent', isClosed: false, probability: '0.9' },
  { id: 'closedwon', label: 'Closed won', isClosed: true, probability: '1.0' },
  { id: 'closedlost', label: 'Closed lost', isClosed: true, probability: '0.0' },
]
const account = (deals: number): Account => ({
  deals: Array.from({ length: deals }, (_, index) => deal(index + 1)),
  companies: [
    { id: '301', properties: { name: 'Northwind Bank', industry: 'BANKING', numberofemployees: '420', phone: '555' } },
    { id: '302', properties: { name: 'Corbel Castings', industry: null, numberofemployees: null, phone: null } },
  ],
  owners: [
    { id: '11', firstName: 'Jo', lastName: 'Park', email: 'jo@halyard.example', team: 'North' },
    { id: '12', firstName: 'Ana', lastName: 'Reyes', email: 'ana@halyard.example', archived: true },
  ],
  pipelines: [{ id: 'default', label: 'Sales Pipeline', stages }],
})

let fake: HubspotFake
let folder: ImportFolder

beforeEach(async () => {
  fake = await new HubspotFake(account(5)).listen()
  folder = new ImportFolder({ 'playbook/playbook.yaml': playbook })
})

afterEach(async () => {
  await fake.close()
  folder.remove()
  expect(fake.violations).toEqual([])
})

const run = (options = {}) =>
  folder.run('hubspot', [], { HUBSPOT_ACCESS_TOKEN: accessToken, HUBSPOT_API_URL: fake.url }, options)
const dealLines = () => folder.text('playbook/ledger/deals.csv').trimEnd().split('\n')

test('a deal comes with its company, its owner and the name of its stage, as an export of HubSpot has them', async () => {
  fake.account = {
    ...account(0),
    deals: [
      deal(2, { companies: ['302', '301'] }, { hubspot_owner_id: '12' }),
      deal(1),
      deal(
        3,
        { companies: [] },
        { hubspot_owner_id: null, dealstage: 'contractsent', hs_is_closed: 'false', closedate: null },
      ),
    ],
  }
  expect(await run()).toMatchObject({ status: 0 })
  const {
    'playbook/ledger/manifest.json': manifest,
    'playbook/playbook.yaml': _,
    ...written
  } = folder.files('playbook')
  expect(written).toEqual({
    'playbook/ledger/deals.csv': `Record ID,Associated Company (Primary),Deal owner,Deal Stage,Amount,Create Date,Close Date,Original Traffic Source,Deal Type,sales_play,Is Deal Closed?,Is Closed Won
9000000001,Northwind Bank,Jo Park,Closed lost,1001.5,2026-01-10,2026-03-10,,newbusiness,,true,false
9000000002,Corbel Castings,Ana Reyes,Closed won,1002.5,2026-01-10,2026-03-10,,newbusiness,,true,true
9000000003,,,Contract sent,1003.5,2026-01-10,,,newbusiness,,false,false
`,
    'playbook/ledger/accounts.csv': 'name,industry,numberofemployees\nCorbel Castings,,\nNorthwind Bank,BANKING,420\n',
    'playbook/ledger/sellers.csv': 'Name,team\nAna Reyes,\nJo Park,North\n',
  })
  expect(JSON.parse(manifest ?? '')).toMatchObject({ source: 'hubspot', rows: { won: 1, lost: 1, open: 1, void: 0 } })
})

test('more deals than a search could give are read to the last', async () => {
  fake.account = account(10_150)
  expect((await run()).status).toBe(0)
  expect(dealLines()).toHaveLength(10_151)
})

test('pages that hold fewer deals than asked for do not end the reading', async () => {
  fake.pageSize = 2
  expect((await run()).status).toBe(0)
  expect(dealLines()).toHaveLength(6)
})

test('a deal that stands on two pages is one deal, as it was read last', async () => {
  fake.pageSize = 2
  fake.page = (deals, first) => (first === 2 ? [deal(1, {}, { amount: '7' }), ...deals] : deals)
  expect((await run()).status).toBe(0)
  expect(dealLines()).toHaveLength(6)
  expect(dealLines()[1]).toContain(',7,')
})

test('a limit of ten seconds is waited for, a limit of the day is told', async () => {
  const answers = [tooOften('TEN_SECONDLY_ROLLING', { 'retry-after': '10' }), tooOften('TEN_SECONDLY_ROLLING')]
  fake.trouble = ({ path }) => (path.endsWith('/deals') ? answers.shift() : undefined)
  expect(await run()).toMatchObject({ status: 0, waits: [10_000, 2_000] })
  fake.trouble = () => tooOften('DAILY')
  expect(await run()).toMatchObject({ status: 2, waits: [], said: expect.stringContaining('Import again tomorrow') })
})

test('a token that runs out in the middle is asked for, and the next import goes on where it stopped', async () => {
  fake.pageSize = 2
  fake.trouble = ({ query }) => (query.get('after') === 'cursor-4' ? json(401, { message: 'expired' }) : undefined)
  expect(await run()).toMatchObject({
    status: 2,
    said: expect.stringContaining('Put a new one there and import again'),
  })
  const asked = fake.asked.length
  fake.trouble = () => undefined
  expect(await run()).toMatchObject({ status: 0, said: expect.stringMatching(/^Went on .*: 2 pages had been read/) })
  expect(fake.asked[asked]?.query.get('after')).toBe('cursor-4')
  expect(dealLines()).toHaveLength(6)
})

test('a page that ends in the middle is asked for again', async () => {
  fake.pageSize = 2
  let cuts = 1
  fake.trouble = ({ query }) =>
    query.get('after') === 'cursor-2' && cuts-- > 0
      ? { status: 200, headers: { 'content-type': 'application/json' }, body: '{"results":[{"id":"9' }
      : undefined
  expect(await run()).toMatchObject({ status: 0, waits: [1_000] })
  expect(dealLines()).toHaveLength(6)
})

test('a cursor that HubSpot has forgotten makes the deals be read from the beginning', async () => {
  fake.pageSize = 2
  let forget = true
  fake.trouble = ({ query }) => {
    if (!forget || query.get('after') !== 'cursor-4') return undefined
    forget = false
    return json(400, { status: 'error', message: 'Invalid paging cursor' })
  }
  expect((await run()).status).toBe(0)
  expect(dealLines()).toHaveLength(6)
})

test('a stage that was renamed is written by its new name and still won by its flag', async () => {
  fake.account = {
    ...account(2),
    pipelines: [
      {
        id: 'default',
        label: 'Sales Pipeline',
        stages: stages.map((stage) => ({ ...stage, label: `${stage.label}!` })),
      },
    ],
  }
  expect((await run()).said).toContain('(1 won, 1 lost, 0 open, 0 void)')
  expect(dealLines()[2]).toContain(',Closed won!,')
})

test('a deal of several companies without a primary one is refused, and nothing is written', async () => {
  fake.account = { ...account(1), deals: [deal(1, { companies: ['301', '302'], primary: false })] }
  expect(await run()).toMatchObject({
    status: 1,
    said: expect.stringMatching(/^deal 9000000001: This deal has several companies in HubSpot/),
  })
  expect(folder.has('playbook/ledger')).toBe(false)
})

test('a company that HubSpot no longer has is named by its id', async () => {
  fake.account = { ...account(1), deals: [deal(1, { companies: ['999'] })] }
  expect((await run()).status).toBe(0)
  expect(dealLines()[1]).toMatch(/^9000000001,999,/)
})

test('a property that HubSpot does not know is told', async () => {
  folder.put('playbook/playbook.yaml', playbook.replace('sales_play', 'sales_plays'))
  expect((await run()).said).toContain('HubSpot has no deal property `sales_plays`')
})

test('the token is in no file and in nothing that is printed', async () => {
  const texts: string[] = []
  for (const trouble of [
    () => undefined,
    () => json(403, { message: `no scope for ${accessToken}` }),
    () => json(400, { message: `odd ${accessToken}` }),
    ({ query }: { query: URLSearchParams }) => (query.has('after') ? ('cut' as const) : undefined),
  ]) {
    fake.pageSize = 2
    fake.trouble = trouble
    texts.push((await run()).said, JSON.stringify(folder.files()))
  }
  for (const text of texts) expect(text).not.toContain(accessToken)
})

test('the fake itself refuses what is not documented: an unknown parameter, a form for JSON, a search past 10,000', async () => {
  const own = await new HubspotFake(account(1)).listen()
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${own.url}${path}`, { ...init, headers: { authorization: `Bearer ${accessToken}`, ...init.headers } })
  await ask('/crm/objects/2026-03/deals?page=2')
  await ask('/crm/objects/2026-03/deals?limit=101')
  await ask('/crm/objects/2026-03/deals/search', { method: 'POST', body: '{}' })
  await ask('/crm/objects/2025-03/deals')
  expect(own.violations).toHaveLength(4)
  const late = await ask('/crm/objects/2026-03/deals/search', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"limit":100,"after":"9950"}',
  })
  expect(late.status).toBe(400)
  await own.close()
})
