/**
 * The CRMs' own clients read the contract fakes, so that the fakes are not merely what our connectors expect.
 *
 * No live org or account was used. jsforce's bulk query is driven over one page of results: with two it ends the
 * process by itself (https://github.com/jsforce/jsforce/issues/1693).
 */
import { Client } from '@hubspot/api-client'
import { Connection } from '@jsforce/jsforce-node'
import { expect, test } from 'vitest'
import { accessToken, HubspotFake } from './hubspot-fake.ts'
import { client, SalesforceFake } from './salesforce-fake.ts'

const opportunities = Array.from({ length: 5 }, (_, index) => ({
  Id: `00600000000000000${index + 1}`,
  AccountId: '001000000000001AAA',
  'Account.Name': 'Says "hi",\nthen goes',
  Amount: 12_000_000 + index,
}))

test('jsforce reads every page of a query and a bulk job from the fake of Salesforce', async () => {
  const fake = await new SalesforceFake({ Opportunity: opportunities, Account: [], User: [] }).listen()
  fake.pageSize = 2
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client.id,
    client_secret: client.secret,
  })
  await fetch(`${fake.url}/services/oauth2/token`, { method: 'POST', body: form })
  const connection = new Connection({ instanceUrl: fake.url, accessToken: fake.tokens.at(-1) ?? '', version: '67.0' })
  const soql = 'SELECT Id, Account.Name, Amount FROM Opportunity'
  let page = await connection.query(soql)
  const read = [...page.records]
  while (!page.done) {
    page = await connection.queryMore(page.nextRecordsUrl ?? '')
    read.push(...page.records)
  }
  expect(read.map((record) => [record.Id, record.Account?.Name, record.Amount])).toEqual(
    opportunities.map((record) => [record.Id, record['Account.Name'], record.Amount]),
  )
  connection.bulk2.pollInterval = 20
  const bulk: Record<string, unknown>[] = []
  const stream = await connection.bulk2.query(soql)
  await new Promise((resolve, reject) => {
    stream.on('record', (record: Record<string, unknown>) => bulk.push(record))
    stream.on('end', resolve)
    stream.on('error', reject)
  })
  expect(bulk.map((record) => [record.Id, record['Account.Name'], Number(record.Amount)])).toEqual(
    opportunities.map((record) => [record.Id, record['Account.Name'], record.Amount]),
  )
  await fake.close()
  expect(fake.violations).toEqual([])
})

test('the HubSpot client reads every page of deals, companies, owners and pipelines from the fake of HubSpot', async () => {
  const deals = ['1', '2', '3', '4', '5'].map((id) => ({ id, companies: ['301'], properties: { amount: '5.50' } }))
  const stages = [{ id: 'closedwon', label: 'Closed won', isClosed: true, probability: '1.0' }]
  const fake = await new HubspotFake({
    deals,
    companies: [{ id: '301', properties: { name: 'Northwind Bank' } }],
    owners: [{ id: '11', firstName: 'Jo', lastName: 'Park', email: 'jo@halyard.example' }],
    pipelines: [{ id: 'default', label: 'Sales Pipeline', stages }],
  }).listen()
  fake.pageSize = 2
  const { crm } = new Client({ accessToken, basePath: fake.url })
  const read = await crm.deals.getAll(undefined, undefined, ['amount'], undefined, ['companies'])
  expect(read.map(({ id, properties }) => [id, properties.amount])).toEqual(deals.map(({ id }) => [id, '5.50']))
  expect(read[0]?.associations?.companies?.results.map(({ type }) => type)).toEqual([
    'deal_to_company',
    'deal_to_company_unlabeled',
  ])
  const inputs = [{ id: '301' }, { id: '999' }]
  const companies = await crm.companies.batchApi.read({ inputs, properties: ['name'], propertiesWithHistory: [] })
  expect(companies.results.map(({ properties }) => properties.name)).toEqual(['Northwind Bank'])
  expect((await crm.owners.ownersApi.getPage(undefined, undefined, 100, false)).results[0]?.lastName).toBe('Park')
  expect((await crm.pipelines.pipelinesApi.getAll('deals')).results[0]?.stages[0]?.label).toBe('Closed won')
  await fake.close()
  expect(fake.violations).toEqual([])
})
