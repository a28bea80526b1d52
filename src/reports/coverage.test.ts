/** Small ledgers: banks are served in the East, and what is won elsewhere or without a play is told. */
import { expect, test } from 'vitest'
import type { Files } from '../testing/findings-in.ts'
import { coverageReport } from './coverage.ts'
import { reportOf } from './testing/report-of.ts'

const coverageOf = async (files: Files) => (await reportOf(coverageReport, files)).value

const owners = 'owners: { marketing: kim-lee, sales: jo-park }'
const people = {
  'people/jo-park.md': '---\nname: Jo Park\nrole: rep\nledgerName: Jo Park\n---\n',
  'people/sam-reed.md': '---\nname: Sam Reed\nrole: rep\nledgerName: Sam Reed\n---\n',
  'people/kim-lee.md': '---\nname: Kim Lee\nrole: marketing\n---\n',
}
const review = (deal: string) =>
  `---\ndeal: ${deal}\noutcome: won\ncompellingEvent: The audit was due.\nrelationship: none\nplays: [audit]\nreviewers: { marketing: kim-lee, sales: jo-park }\ndate: 2026-04-01\n---\n`
const play = (title: string, more: string) => `---\ntitle: ${title}\n${owners}\nsegment: banks\n${more}\n---\n`
const market = (more: string) =>
  `---\ntitle: Banks in the East\nsegment: banks\nterritory: { territory: East }\nstage: creation\nsince: 2026-01-01\nseats: { learning: kim-lee, selling: jo-park }\nreps: [jo-park, sam-reed]\n${more}---\n`

/** Three audits won in the East by two sellers make the play repeatable; two in the West have no market; a retailer has no play. */
const banks: Files = {
  'playbook.yaml': 'evidence: { minClosed: 2, minBaseline: 2 }\n',
  'ledger.csv': `id,industry,product,territory,outcome,account,owner,amount
D-1,bank,Audit,East,won,Ash Bank,Jo Park,100
D-2,bank,Audit,East,won,Birch Bank,Sam Reed,200
D-3,bank,Audit,East,won,Cedar Bank,Sam Reed,300
D-4,bank,Audit,East,lost,Dale Bank,Jo Park,0
D-5,bank,Audit,East,open,Elm Bank,Jo Park,0
D-6,bank,Audit,West,won,Fir Bank,Jo Park,400
D-7,bank,Audit,West,lost,Gorse Bank,Jo Park,0
D-8,shop,Till,West,won,Hazel Shops,Jo Park,5000
D-9,shop,Till,West,won,Ivy Shops,Sam Reed,700
E-1,shop,Till,West,won,Juniper Shops,Sam Reed,600
E-2,shop,Till,West,lost,Kelp Shops,Sam Reed,0
E-3,shop,Safe,East,won,Ivy Shops,Sam Reed,80
`,
  ...people,
  'segments/banks.md': '---\ntitle: Banks\nmatch: { industry: bank }\n---\n',
  'segments/shops.md': '---\ntitle: Shops\nmatch: { industry: shop }\n---\n',
  'markets/banks-east.md': market(''),
  'plays/audit.md': play(
    'Audit',
    'status: repeatable\nmatch: { product: Audit }\nevidence: [{ deal: D-1 }, { deal: D-2 }, { deal: D-3 }]',
  ),
  'plays/vault.md': play(
    'Vault',
    'status: trial\nuntil: 2026-12-31\nsince: 2025-06-30\nmatch: { product: Vault }\nevidence: []',
  ),
  ...Object.fromEntries(['D-1', 'D-2', 'D-3'].map((deal) => [`reviews/${deal}.md`, review(deal)])),
}

test('a market is told with its stage, the verdicts of its plays, its seats, its figures and who has bought', async () => {
  const { markets } = await coverageOf(banks)
  expect(markets).toEqual([
    {
      id: 'banks-east',
      segment: 'banks',
      territory: 'territory is East',
      stage: 'creation',
      graduated: true,
      branchedFrom: null,
      learning: 'kim-lee',
      selling: 'jo-park',
      reps: ['jo-park', 'sam-reed'],
      plays: [
        { id: 'audit', verdict: 'repeatable' },
        { id: 'vault', verdict: 'unproven' },
      ],
      wins: 3,
      losses: 1,
      winRate: 0.75,
      tooFew: false,
      amount: 600,
      customers: 3,
      targets: 2,
    },
  ])
})

test('a segment counts its deals wherever they are, and one without a play shows that', async () => {
  const { segments } = await coverageOf(banks)
  expect(
    segments.map(({ id, plays, markets, wins, losses, customers, targets }) => [
      id,
      plays.length,
      markets,
      wins,
      losses,
      customers,
      targets,
    ]),
  ).toEqual([
    ['banks', 2, ['banks-east'], 4, 2, 4, 3],
    ['shops', 0, [], 4, 1, 3, 1],
  ])
})

test('an account of the CRM with which nobody has dealt yet is a target, unless it has bought something else', async () => {
  const { segments, markets } = await coverageOf({
    'playbook.yaml':
      'ledger: { deals: { file: ledger.csv }, accounts: { file: accounts.csv, key: account } }\nevidence: { counts: { type: New } }\n',
    'ledger.csv': `id,product,territory,outcome,account,type
D-1,Audit,East,won,Ash Bank,New
D-2,Audit,East,lost,Birch Bank,New
D-3,Audit,East,won,Elm Bank,Renewal
`,
    'accounts.csv': `account,industry,parent
Ash Bank,bank,
Birch Bank,bank,
Cedar Bank,bank,
Dale Bank,bank,Cedar Bank
Elm Bank,bank,
Kelp Shops,shop,
`,
    'people/kim-lee.md': people['people/kim-lee.md'],
    'segments/banks.md': '---\ntitle: Banks\nmatch: { industry: bank }\n---\n',
    'segments/audited.md': '---\ntitle: Audited banks\nmatch: { industry: bank, product: Audit }\n---\n',
    'markets/banks-east.md': market(''),
  })
  // Cedar Bank is one target with its subsidiary; Elm Bank is a customer, though its renewal does not count.
  expect(segments.map(({ id, customers, targets }) => [id, customers, targets])).toEqual([
    ['audited', 1, 1],
    ['banks', 1, 2],
  ])
  // The accounts do not tell their territory, so only those with a deal are known to lie there.
  expect(markets.map(({ customers, targets }) => [customers, targets])).toEqual([[1, 1]])
})

test('where to open next: the same customers in another place, with what the cookbook’s plays won there', async () => {
  const { openNext, places } = await coverageOf(banks)
  expect(places).toEqual([
    { column: 'territory', value: 'East' },
    { column: 'territory', value: 'West' },
  ])
  expect(openNext).toEqual([
    {
      segment: 'banks',
      column: 'territory',
      value: 'West',
      from: 'banks-east',
      same: 'segment',
      plays: [{ id: 'audit', wins: 1, losses: 1 }],
      wins: 1,
      losses: 1,
      winRate: 0.5,
      tooFew: false,
      amount: 400,
      customers: 1,
      targets: 1,
    },
  ])
})

test('other customers are served where we are already once a play for them may be repeated', async () => {
  const tills = play(
    'Till',
    'status: repeatable\nmatch: { product: Till }\nevidence: [{ deal: D-8 }, { deal: D-9 }, { deal: E-1 }]',
  )
  const { openNext } = await coverageOf({
    ...banks,
    'plays/tills.md': tills.replace('segment: banks', 'segment: shops'),
    ...Object.fromEntries(
      ['D-8', 'D-9', 'E-1'].map((deal) => [`reviews/${deal}.md`, review(deal).replace('[audit]', '[tills]')]),
    ),
  })
  expect(
    openNext.map(({ segment, value, from, same, plays, wins }) => [segment, value, from, same, plays, wins]),
  ).toEqual([
    ['banks', 'West', 'banks-east', 'segment', [{ id: 'audit', wins: 1, losses: 1 }], 1],
    ['shops', 'East', 'banks-east', 'place', [{ id: 'tills', wins: 0, losses: 0 }], 1],
  ])
})

test('a market for one product has not opened the place where it is sold', async () => {
  const safes = market('').replace('segment: banks', 'segment: shops').replace('territory: East', 'product: Safe')
  const { grounds } = await coverageOf({ ...banks, 'markets/safes.md': safes })
  expect(grounds.map(({ segment, value, markets }) => [segment, value, markets])).toEqual([
    ['banks', 'East', ['banks-east']],
    ['banks', 'West', []],
    ['shops', 'Safe', ['safes']],
    ['shops', 'East', ['safes']],
    ['shops', 'West', []],
  ])
})

test('a market still being learned has no cookbook, so nothing is branched from it', async () => {
  const learning = market('').replace('creation', 'validation')
  expect((await coverageOf({ ...banks, 'markets/banks-east.md': learning })).openNext).toEqual([])
})

test('orphan wins are grouped by what plays are told by, with the lost ones beside them and the play they would make', async () => {
  const { orphans } = await coverageOf(banks)
  expect(orphans).toEqual({
    wins: 4,
    amount: 6380,
    by: ['industry', 'product'],
    groups: [
      {
        values: ['shop', 'Till'],
        wins: 3,
        losses: 1,
        winRate: 0.75,
        tooFew: false,
        amount: 6300,
        customers: 3,
        example: 'D-8',
        play: { segment: 'shops', match: '{ product: Till }' },
      },
      {
        values: ['shop', 'Safe'],
        wins: 1,
        losses: 0,
        winRate: 1,
        tooFew: true,
        amount: 80,
        customers: 1,
        example: 'E-3',
        play: null,
      },
    ],
    groupsLeftOut: 0,
    largest: [
      { deal: 'D-8', account: 'Hazel Shops', owner: 'jo-park', closed: '2026-03-10', amount: 5000 },
      { deal: 'D-9', account: 'Ivy Shops', owner: 'sam-reed', closed: '2026-03-10', amount: 700 },
      { deal: 'E-1', account: 'Juniper Shops', owner: 'sam-reed', closed: '2026-03-10', amount: 600 },
      { deal: 'E-3', account: 'Ivy Shops', owner: 'sam-reed', closed: '2026-03-10', amount: 80 },
    ],
  })
})

test('a group makes no play where one seller, a founder or friends stand behind it', async () => {
  const one = banks['ledger.csv']?.replaceAll(/^(.*shop,Till.*),Sam Reed,/gm, '$1,Jo Park,') ?? ''
  const plays = async (files: Files) => (await coverageOf(files)).orphans.groups.map(({ play }) => play?.match ?? null)
  expect(await plays(banks)).toEqual(['{ product: Till }', null])
  expect(await plays({ ...banks, 'ledger.csv': one })).toEqual([null, null])
  const founder = banks['people/sam-reed.md']?.replace('rep', 'founder') ?? ''
  expect(await plays({ ...banks, 'people/sam-reed.md': founder })).toEqual([null, null])
  const friend = review('D-9').replace('relationship: none', 'relationship: friend')
  expect(await plays({ ...banks, 'reviews/D-9.md': friend })).toEqual([null, null])
})

test('a play in use for half a year without a closed deal is dead', async () => {
  expect((await coverageOf(banks)).dead).toEqual([{ id: 'vault', status: 'trial', since: '2025-06-30' }])
})

test('a playbook without markets and plays still tells what is won and says what to do', async () => {
  const { 'playbook.yaml': settings, 'ledger.csv': ledger } = banks
  const { value, sheet } = await reportOf(coverageReport, {
    'playbook.yaml': settings ?? '',
    'ledger.csv': ledger ?? '',
  })
  const report = value
  expect([report.markets, report.segments, report.places, report.grounds, report.openNext]).toEqual([
    [],
    [],
    [],
    [],
    [],
  ])
  expect(report.orphans.by).toEqual(['industry', 'product'])
  const { lines, tables } = sheet
  expect(lines).toEqual([
    'No market is written down yet, so nobody can say where it repeats.',
    '8 won deals are in no play’s record: the next play is among them.',
  ])
  expect(tables.filter(({ rows }) => rows.length === 0).map(({ name, empty }) => [name, empty])).toEqual([
    ['markets', 'No market yet. Write one with `playproof new market`.'],
    ['segments', 'No segment yet. Write one with `playproof new segment`.'],
    [
      'open-next',
      'No graduated market has a segment with wins where no market is. Graduate one first: a play for it has to be repeatable.',
    ],
    ['dead', 'None.'],
  ])
  for (const { columns, rows } of tables) for (const row of rows) expect(row.length).toBe(columns.length)
})
