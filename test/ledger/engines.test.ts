import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EvidenceInput } from '../../src/evidence/evidence-input.ts'
import { gatherEvidence } from '../../src/evidence/gather-evidence.ts'
import type { LedgerEngine, ReadLedger } from '../../src/ledger/ledger.ts'
import type { LedgerSettings } from '../../src/model/ledger-settings.ts'
import { evidenceDefaults } from '../../src/model/playbook-settings.ts'
import { type Predicate, parsePredicate } from '../../src/model/predicate.ts'
import { parseYaml } from '../../src/page/parse-yaml.ts'
import { contentOf, dealTypes, filesOf, inDuckDb, inMemory, inPostgres, settingsOf, type Tables } from './engines.ts'

/** The ledger as each engine read it. */
async function everywhere(
  settings: LedgerSettings,
  tables: Tables,
): Promise<Record<'memory' | 'duckdb' | 'postgres', LedgerEngine>> {
  const files = filesOf(tables)
  const [memory, duckdb, postgres] = [
    inMemory(settings, files),
    await inDuckDb(settings, files),
    await inPostgres(settings, tables),
  ]
  const engineOf = (name: string, read: ReadLedger | undefined): LedgerEngine => {
    if (read?.engine === undefined) throw new Error(`${name} has no ledger: ${JSON.stringify(read?.problems)}`)
    return read.engine
  }
  return {
    memory: engineOf('memory', memory),
    duckdb: engineOf('DuckDB', duckdb),
    postgres: engineOf('PostgreSQL', postgres),
  }
}

function predicate(yaml: string): Predicate {
  const { data } = parseYaml(yaml)
  if (data === undefined) throw new Error(`This is no YAML: ${yaml}`)
  return parsePredicate(data).predicate
}

/** What an engine answers to one of each question. */
async function answers(engine: LedgerEngine, predicates: readonly string[]): Promise<unknown> {
  const owners = (await engine.owners()).map(({ owner, deals }) => `${owner} ${deals}`).sort()
  const values = await Promise.all(engine.columns.map(async ({ name }) => [name, await engine.valuesOf(name, 50)]))
  return {
    content: contentOf(engine),
    matching: await Promise.all(
      predicates.map(async (yaml) => [...(await engine.matching({ all: [predicate(yaml)] }))]),
    ),
    has: await Promise.all(
      predicates.flatMap((yaml) =>
        predicate(yaml).clauses.flatMap(({ column, condition }) =>
          condition.kind === 'range' ? [] : condition.values.map((value) => engine.hasValue(column, value)),
        ),
      ),
    ),
    nearest: await Promise.all(['D-l6', 'd-10', '0008', ''].map((id) => engine.nearestIds(id))),
    values: Object.fromEntries(values.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))),
    owners,
    hasColumns: (['play', 'churned', 'source', 'territory', 'competitor', 'parent'] as const).map((column) =>
      engine.has(column),
    ),
    rows: ['D-16', 'D-10', '0007', '7', 'nothing'].map((id) => engine.rowOf(id)),
  }
}

const headers = [
  'id',
  'account',
  'owner',
  'stage',
  'amount',
  'created',
  'closed',
  'source',
  'play',
  'competitor',
  'churned',
  'size',
  'met',
]
const types = { ...dealTypes, size: 'numeric', met: 'date' }
const settings = settingsOf({
  deals: { types: { size: 'number', met: 'date' }, values: { source: { Freinds: 'Friends' } } },
  accounts: { key: 'account', columns: { industry: 'sector' }, types: { employees: 'number' } },
  sellers: { key: 'seller', columns: { territory: 'office' } },
})
const tables: Tables = {
  deals: {
    headers,
    types,
    rows: [
      [
        'D-16',
        'Halyard Bank',
        'Jo Park',
        'Won',
        '1200.50',
        '2026-01-10',
        '2026-02-10',
        'Web',
        'audit; land',
        'Acme',
        '',
        '500',
        '2026-01-01',
      ],
      ['D-10', 'Bramble', '', 'Lost', '', '2026-01-10', '2026-02-10', 'Freinds', '', '', '', '0.1', ''],
      [
        '0007',
        'Bramble, Inc.',
        'Kö "Ko" 李',
        'Won',
        '',
        '',
        '2025-12-31',
        '',
        'land;;audit ',
        '',
        '2026-03-01',
        '-0.30',
        '2024-02-29',
      ],
      ['7', ' padded ', "O'Hara", 'Open', '9007199254740.99', '2026-05-01', '', 'Web', '', '', '', '', ''],
      ['\u{1f600}', 'Zwölf', 'Jo Park', 'Void', '3', '2026-05-01', '', 'Web', 'x', 'a;b', '', '1200', ''],
      ['\uffff', 'Zwölf', 'Jo Park', 'Lost', '0', '2026-05-01', '2026-05-01', 'null', '', '', '', '7', ''],
    ],
  },
  accounts: {
    headers: ['account', 'sector', 'employees', 'parent'],
    types: { employees: 'integer' },
    rows: [
      ['Halyard Bank', 'finance', '500', ''],
      ['Bramble', 'retail', '', 'Bramble, Inc.'],
      ['Nobody', 'ghost', '3', ''],
    ],
  },
  sellers: {
    headers: ['seller', 'office', 'source'],
    rows: [
      ['Jo Park', 'North', 'inside'],
      ["O'Hara", '', ''],
    ],
  },
}
const predicates = [
  '{ stage: Won }',
  '{ source: [Friends, null] }',
  '{ source: { not: [Web] } }',
  '{ amount: { min: 1200.5 } }',
  '{ amount: [null] }',
  '{ size: { min: 0.1, max: 500 } }',
  '{ size: 0.1 }',
  '{ size: -0.3 }',
  '{ met: { max: 2024-02-29 } }',
  '{ industry: [finance, ghost], employees: { min: 500 } }',
  '{ territory: North }',
  '{ sellers.source: inside }',
  '{ id: 0007 }',
  '{ id: "7" }',
  '{ account: " padded " }',
  '{ play: land }',
  '{ nowhere: x }',
]

test('every engine gives the same deals, in the order of their ids, and the same answers', async () => {
  const { memory, duckdb, postgres } = await everywhere(settings, tables)
  const expected = await answers(memory, predicates)
  expect(await answers(duckdb, predicates)).toEqual(expected)
  expect(await answers(postgres, predicates)).toEqual(expected)
  expect(Array.from({ length: memory.dealCount }, (_, row) => memory.deal(row).id)).toEqual([
    '0007',
    '7',
    'D-10',
    'D-16',
    '\u{1f600}',
    '\uffff',
  ])
})

const texts = fc.oneof(
  fc.constantFrom(
    '',
    'Web',
    'web',
    'null',
    '0',
    '007',
    ' x',
    "O'Hara",
    'a,b',
    'a"b',
    'a\nb',
    'Zwölf',
    '李',
    '\u{1f600}',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.replace(/\p{Cc}|\ufeff/gu, '').trim()),
)
const amounts = fc
  .record({ whole: fc.integer({ min: 0, max: 9_000_000_000_000 }), cents: fc.integer({ min: 0, max: 99 }) })
  .map(({ whole, cents }) => `${whole}.${String(cents).padStart(2, '0')}`)
const days = fc
  .integer({ min: 0, max: 900 })
  .map((day) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10))
const numbers = fc.oneof(
  fc.constant(''),
  fc.integer({ min: -50, max: 50 }).map(String),
  fc.constantFrom('0.1', '0.3', '-2.50', '12345678901234567890'),
)

const randomRow = fc.record({
  account: texts,
  owner: texts,
  stage: fc.constantFrom('Won', 'Lost', 'Open', 'Void'),
  amount: fc.oneof(fc.constant(''), amounts),
  created: fc.oneof(fc.constant(''), days),
  cycle: fc.integer({ min: 0, max: 200 }),
  source: texts,
  play: fc.constantFrom('', 'audit', 'land', 'audit;land', ' land ; ; audit'),
  competitor: texts,
  churned: fc.oneof(fc.constant(''), days),
  size: numbers,
  met: fc.oneof(fc.constant(''), days),
})

const randomTables = fc
  .record({
    rows: fc.array(randomRow, { minLength: 1, maxLength: 40 }),
    accounts: fc.uniqueArray(
      fc.record({ account: texts, sector: texts, employees: fc.oneof(fc.constant(''), fc.nat(900).map(String)) }),
      {
        selector: ({ account }) => account,
        maxLength: 8,
      },
    ),
  })
  .map(({ rows, accounts }): Tables => {
    const closedOf = ({ created, cycle, stage }: (typeof rows)[number]): string => {
      if (stage === 'Open') return ''
      const from = created === '' ? Date.UTC(2025, 0, 1) : Date.parse(created)
      return new Date(from + cycle * 86_400_000).toISOString().slice(0, 10)
    }
    return {
      deals: {
        headers,
        types,
        rows: rows.map((row, index) => [
          `D-${(index * 7919) % 104_729}`,
          row.account,
          row.owner,
          row.stage,
          row.amount,
          row.created,
          closedOf(row),
          row.source,
          row.play,
          row.competitor,
          row.churned,
          row.size,
          row.met,
        ]),
      },
      accounts: {
        headers: ['account', 'sector', 'employees'],
        types: { employees: 'integer' },
        rows: accounts
          .filter(({ account }) => account.trim() !== '')
          .map(({ account, sector, employees }) => [account, sector, employees]),
      },
      sellers: { headers: ['seller', 'office'], rows: [["O'Hara", 'North']] },
    }
  })

const randomPredicate = fc.oneof(
  fc
    .record({
      column: fc.constantFrom('account', 'owner', 'source', 'competitor', 'industry', 'play'),
      values: fc.array(texts, { minLength: 1, maxLength: 3 }),
      not: fc.boolean(),
    })
    .map(
      ({ column, values, not }) =>
        `{ ${column}: ${not ? `{ not: ${JSON.stringify(values)} }` : JSON.stringify([...values, null])} }`,
    ),
  fc
    .record({
      column: fc.constantFrom('size', 'amount', 'employees'),
      min: fc.double({ min: -60, max: 9e12, noNaN: true }),
      max: fc.integer({ min: 0, max: 900 }),
    })
    .map(({ column, min, max }) => `{ ${column}: { min: ${min}, max: ${max} } }`),
  fc
    .record({ column: fc.constantFrom('created', 'closed', 'met'), min: days })
    .map(({ column, min }) => `{ ${column}: { min: ${min} } }`),
)

/** Plays over random predicates: everything that is computed of a ledger. */
function inputOf(all: readonly string[]): EvidenceInput {
  const plays = all.map((yaml, index) => ({
    id: `play-${index}`,
    status: 'trial' as const,
    segment: 'all',
    match: predicate(yaml),
    since: undefined,
    evidence: [{ deal: 'D-0' }, { deal: 'D-7919' }],
  }))
  return {
    asOf: '2026-06-30',
    fiscalYearStart: 1,
    currencyDigits: 2,
    settings: { ...evidenceDefaults, friendsSources: ['Web'] },
    plays: [
      ...plays,
      { id: 'audit', status: 'trial', segment: 'all', match: undefined, since: '2024-06-01', evidence: [] },
    ],
    messages: [],
    segments: [{ id: 'all', match: predicate('{ stage: { not: [Void] } }') }],
    markets: [],
    people: [{ id: 'ohara', ledgerNames: ["O'Hara"], role: 'founder' }],
    reviews: [
      {
        deal: 'D-0',
        outcome: 'won',
        amount: undefined,
        closed: undefined,
        competitors: [],
        plays: [],
        relationship: undefined,
        compellingEvent: 'audit',
      },
    ],
    competitors: [],
    namedDeals: ['D-0', 'D-1'],
  } as unknown as EvidenceInput
}

test('over random tables and predicates every engine gives the same deals and the same figures to the last digit', async () => {
  const property = fc.asyncProperty(
    randomTables,
    fc.array(randomPredicate, { minLength: 1, maxLength: 4 }),
    async (random, asked) => {
      const engines = await everywhere(settings, random)
      const expected = await answers(engines.memory, asked)
      const evidence = await gatherEvidence(inputOf(asked), engines.memory)
      for (const other of [engines.duckdb, engines.postgres]) {
        expect(await answers(other, asked)).toEqual(expected)
        const { plays, segments, sales, orphans } = await gatherEvidence(inputOf(asked), other)
        expect({ plays, segments }).toEqual({ plays: evidence.plays, segments: evidence.segments })
        expect(sales.map(({ deal, reasons }) => [deal.id, reasons])).toEqual(
          evidence.sales.map(({ deal, reasons }) => [deal.id, reasons]),
        )
        expect(orphans).toEqual(evidence.orphans)
      }
    },
  )
  await fc.assert(property, { numRuns: 12 })
})
