import { expect, test } from 'vitest'
import { dealsIn, engineOf, ledgerOf, matching, placesIn, problemsIn } from './fixtures/ledger-of.ts'

const salesforce = { preset: 'salesforce', outcomes: undefined } as const
const hubspot = { preset: 'hubspot', outcomes: undefined } as const

test('a Salesforce report is read by its headings, without the lines below its rows', async () => {
  const read = ledgerOf({
    deals: [
      '"Opportunity Owner","Account Name","Opportunity Name","Stage","Amount Currency","Amount","Close Date","Created Date","Type","Lead Source","Opportunity ID"',
      '"Jo Park","Halyard, Inc.","Audit","Closed Won","USD","1200.50","3/14/2026","1/5/2026","New Business","Web","006f400000AAAAA"',
      '"Jo Park","Bramble","Audit 2","Negotiation/Review","EUR","100","12/31/2026","2/5/2026","","","006f400000AAAAB"',
      '',
      '',
      '"Grand Totals (2 records)"',
      '',
      '"Confidential Information - Do Not Distribute"',
      '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."',
      '',
    ].join('\n'),
    settings: { ...salesforce, dates: 'M/D/YYYY' },
    currencies: { EUR: 1.08 },
  })
  expect(problemsIn(read)).toEqual([])
  const deals = await dealsIn(read.engine)
  expect(
    deals.map(({ id, account, owner, outcome, stage, amount, created, closed, source }) => [
      id,
      account,
      owner,
      outcome,
      stage,
      amount,
      created,
      closed,
      source,
    ]),
  ).toEqual([
    ['006f400000AAAAA', 'Halyard, Inc.', 'Jo Park', 'won', 'Closed Won', 120_050, '2026-01-05', '2026-03-14', 'Web'],
    ['006f400000AAAAB', 'Bramble', 'Jo Park', 'open', 'Negotiation/Review', 10_800, '2026-02-05', null, ''],
  ])
  expect(deals[0]?.cell('type')).toBe('New Business')
  expect(deals[0]?.cell('Opportunity Name')).toBe('Audit')
})

// In the style of an export of the API; the rows are made up.
const records = (...lines: string[]): string =>
  `\ufeff${['Id,IsDeleted,AccountId,Name,StageName,Amount,CloseDate,Type,LeadSource,IsClosed,IsWon,OwnerId,CreatedDate', ...lines].join('\n')}\n`

test('a Salesforce export is read by its field names, and its flags know a company’s own stages', async () => {
  const read = ledgerOf({
    deals: records(
      '006A,,001A,"Audit, ""North""",Signed,24710,2021-06-14,New Customer,Web,1,1,005A,2017-08-04T09:09:33.000+0000',
      '006B,,001A,Audit,Gone,19233.5,2021-07-11,,,1,,005A,2017-08-04T23:59:59.000+0000',
      '006C,,001B,Audit,Pilot,,2016-01-01,,,,,005A,2017-08-04T09:09:33.000+0000',
    ),
    settings: salesforce,
    accounts: {
      csv: '\ufeffId,Name,Industry,ParentId\n001A,Halyard,Banking,001H\n001B,Bramble,Retail,\n',
      key: 'Id',
      columns: { industry: 'Industry', parent: 'ParentId' },
    },
  })
  expect(problemsIn(read)).toEqual([])
  const deals = await dealsIn(read.engine)
  expect(
    deals.map(({ id, outcome, amount, created, closed, accountGroup }) => [
      id,
      outcome,
      amount,
      created,
      closed,
      accountGroup,
    ]),
  ).toEqual([
    ['006A', 'won', 2_471_000, '2017-08-04', '2021-06-14', '001H'],
    ['006B', 'lost', 1_923_350, '2017-08-04', '2021-07-11', '001H'],
    ['006C', 'open', 0, '2017-08-04', null, '001B'],
  ])
  expect(deals[0]?.cell('IsWon')).toBe('1')
})

test('flags that contradict each other, or that are no flags, are told', () => {
  const read = ledgerOf({
    deals: records(
      '006A,,001A,Audit,Signed,1,2021-06-14,,,,1,005A,2017-08-04',
      '006B,,001A,Audit,Signed,1,2021-06-14,,,perhaps,1,005A,2017-08-04',
    ),
    settings: salesforce,
  })
  expect(problemsIn(read)).toEqual([
    'deals.csv:2:41-42 (006A) This deal is won by `IsWon` and not closed by `IsClosed`. Correct it in the CRM and export the ledger again.',
    'deals.csv:3:40-47 (006B) `IsClosed` is `perhaps`; this flag is 1 or true, or else blank, 0 or false. Correct it in the CRM and export the ledger again.',
  ])
})

test('without flags a stage of the company’s own has to be declared', async () => {
  const deals =
    'Opportunity ID,Account Name,Opportunity Owner,Stage,Amount,Created Date,Close Date\n1,A,J,Signed,5,2026-01-10,2026-02-10\n2,A,J,Closed Lost,5,2026-01-10,2026-02-10\n3,A,J,Spam,5,2026-01-10,2026-02-10\n'
  expect(placesIn(ledgerOf({ deals, settings: salesforce }))).toEqual(['2:7', '4:7'])
  const outcomes = { won: ['Signed'], lost: [], open: [], void: ['Spam'] }
  const engine = engineOf({ deals, settings: { preset: 'salesforce', outcomes } })
  expect(await engine.valuesOf('outcome', 4)).toEqual(['lost', 'void', 'won'])
})

test('what playbook.yaml says of a stage goes before the flags of the CRM', async () => {
  const outcomes = { won: [], lost: [], open: [], void: ['Closed - Duplicate'] }
  const engine = engineOf({
    deals: records(
      '006A,,001A,Audit,Closed - Duplicate,1,2021-06-14,,,1,,005A,2017-08-04',
      '006B,,001A,Audit,Closed Lost,1,2021-06-14,,,1,,005A,2017-08-04',
    ),
    settings: { preset: 'salesforce', outcomes },
  })
  expect(await matching(engine, '{ outcome: void }')).toBe('006A')
  expect(await matching(engine, '{ outcome: lost }')).toBe('006B')
})

test('what playbook.yaml says of a stage goes before what the preset says', async () => {
  const outcomes = { won: [], lost: ['Qualification'], open: [], void: ['Closed Lost'] }
  const engine = engineOf({
    deals:
      'Opportunity ID,Account Name,Opportunity Owner,Stage,Amount,Created Date,Close Date\n1,A,J,Closed Lost,5,2026-01-10,2026-02-10\n2,A,J,Qualification,5,2026-01-10,2026-02-10\n',
    settings: { preset: 'salesforce', outcomes },
  })
  expect(await matching(engine, '{ outcome: void }')).toBe('1')
  expect(await matching(engine, '{ outcome: lost }')).toBe('2')
})

test('columns of playbook.yaml replace single ones of a preset', async () => {
  const deals =
    'Opportunity ID,Account Name,Account Number,Opportunity Owner,Stage,Amount,ARR,Created Date,Close Date\n1,A,42,J,Closed Won,5,7,2026-01-10,2026-02-10\n'
  const engine = engineOf({ deals, settings: { ...salesforce, columns: { account: 'Account Number', amount: 'ARR' } } })
  const [deal] = await dealsIn(engine)
  expect([deal?.id, deal?.account, deal?.amount, deal?.cell('Account Name'), deal?.cell('Amount')]).toEqual([
    '1',
    '42',
    700,
    'A',
    '5',
  ])
})

test('a HubSpot deal export is read by its headings', async () => {
  const read = ledgerOf({
    deals: [
      'Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Deal owner,Associated Company,Deal Type',
      '0123,Audit,Closed Won (Sales Pipeline),Sales Pipeline,1200,2026-03-14 10:14,2026-01-05 09:00,Jo Park,Halyard,newbusiness',
      '0124,Audit,Closed lost,Sales Pipeline,,2026-03-14 10:14,2026-01-05 09:00,,Bramble,',
      '0125,Audit,Contract Sent,Sales Pipeline,,2026-12-31 10:14,2026-01-05 09:00,Jo Park,Bramble,',
    ].join('\r\n'),
    settings: hubspot,
  })
  expect(problemsIn(read)).toEqual([])
  const deals = await dealsIn(read.engine)
  expect(
    deals.map(({ id, account, owner, outcome, amount, closed }) => [id, account, owner, outcome, amount, closed]),
  ).toEqual([
    ['0123', 'Halyard', 'Jo Park', 'won', 120_000, '2026-03-14'],
    ['0124', 'Bramble', '', 'lost', 0, '2026-03-14'],
    ['0125', 'Bramble', 'Jo Park', 'open', 0, null],
  ])
})

test('HubSpot’s own names of fields and stages are known too', async () => {
  const engine = engineOf({
    deals: [
      'hs_object_id,dealname,dealstage,amount,closedate,createdate,hubspot_owner_id,associatedcompanyid,hs_is_closed,hs_is_closed_won',
      '1,Audit,4711,5,2026-03-14T10:14:00Z,2026-01-05T09:00:00Z,77,99,true,true',
      '2,Audit,closedlost,5,2026-03-14T10:14:00Z,2026-01-05T09:00:00Z,77,99,true,false',
      '3,Audit,appointmentscheduled,5,,2026-01-05T09:00:00Z,77,99,false,false',
    ].join('\n'),
    settings: hubspot,
  })
  expect(await matching(engine, '{ outcome: won, account: 99 }')).toBe('1')
  expect(await matching(engine, '{ outcome: [lost, open] }')).toBe('2 3')
})
