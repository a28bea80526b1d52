import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Condition } from '../model/predicate.ts'
import { cellTest } from './compare.ts'
import {
  dealsIn,
  engineOf,
  good,
  header,
  ledgerOf,
  matching,
  placesIn,
  predicate,
  problemsIn,
  rows,
} from './fixtures/ledger-of.ts'

const joined = () =>
  ledgerOf({
    deals: `${header},region,revenue\nD-17,Halyard Bank,Jo Park,Lost,0,2026-01-10,2026-02-10,East,1\nD-18,Bramble,Jo Park,Won,5,2026-01-10,2026-02-10,,2\nD-19,Oak,Lee,Won,5,2026-01-10,2026-02-10,West,3\n`,
    accounts: {
      csv: 'name,sector,employees,revenue,group,team\nHalyard Bank,finanse,500,10.50,Halyard,a\nBramble,retail,,20,,b\nAsh,medical,9,,,c\n',
      key: 'name',
      columns: { industry: 'sector', parent: 'group' },
      types: { employees: 'number', revenue: 'number' },
      values: { industry: { finanse: 'finance' } },
    },
    sellers: { csv: 'user,office,team\nJo Park,Central,x\n', key: 'user', columns: { territory: 'office' } },
  })

test('rows of a joined table extend the deals of their account and owner', async () => {
  const { engine, problems } = joined()
  expect(problems).toEqual([])
  const deals = await dealsIn(engine)
  expect(
    deals.map((deal) => [deal.id, deal.accountGroup, deal.territory, deal.cell('industry'), deal.cell('employees')]),
  ).toEqual([
    ['D-17', 'Halyard', 'Central', 'finance', '500'],
    ['D-18', 'Bramble', 'Central', 'retail', ''],
    ['D-19', 'Oak', '', '', ''],
  ])
})

test('a joined column goes by its own name, or by its table’s where two tables share it', () => {
  const { engine } = joined()
  const columns = engine?.columns.map(({ name, type }) => `${name}: ${type}`)
  expect(columns?.slice(8)).toEqual([
    'region: text',
    'revenue: text',
    'industry: text',
    'parent: text',
    'employees: number',
    'accounts.revenue: number',
    'accounts.team: text',
    'territory: text',
    'sellers.team: text',
  ])
  expect(
    (['play', 'churned', 'source', 'territory', 'competitor', 'parent'] as const).filter((name) => engine?.has(name)),
  ).toEqual(['territory', 'parent'])
})

test('a predicate over joined columns finds the deals of those rows', async () => {
  const engine = joined().engine ?? engineOf({ deals: header })
  expect(await matching(engine, '{ industry: [finance, retail] }')).toBe('D-17 D-18')
  expect(await matching(engine, '{ industry: { not: [retail] } }')).toBe('D-17')
  expect(await matching(engine, '{ industry: [null, retail] }')).toBe('D-18 D-19')
  expect(await matching(engine, '{ employees: { min: 500.0 } }')).toBe('D-17')
  expect(await matching(engine, '{ accounts.revenue: 10.5 }')).toBe('D-17')
  expect(await matching(engine, '{ revenue: { min: 0 } }')).toBe('')
  expect(await matching(engine, '{ team: a }')).toBe('')
  expect(await matching(engine, '{ territory: Central, region: [null] }', '{ outcome: won }')).toBe('D-18')
})

test('whether a value is known is asked of joined rows without a deal too', async () => {
  const engine = joined().engine ?? engineOf({ deals: header })
  const has = (column: string, yaml: string) => {
    const condition = predicate(`column: [${yaml}]`).clauses[0]?.condition as Condition & { kind: 'any' }
    const [value] = condition.values
    return value === undefined ? undefined : engine.hasValue(column, value)
  }
  expect(await has('industry', 'medical')).toBe(true)
  expect(await has('industry', 'finanse')).toBe(false)
  expect(await has('employees', '9.0')).toBe(true)
  expect(await has('amount', '5.00')).toBe(true)
  expect(await has('id', 'D-17')).toBe(true)
  expect(await has('closed', '2026-02-10')).toBe(true)
  expect(await has('region', 'null')).toBe(true)
  expect(await has('id', 'null')).toBe(false)
  expect(await has('nowhere', 'retail')).toBe(false)
})

test('values are listed with the most frequent first, blanks left out', async () => {
  const engine = joined().engine ?? engineOf({ deals: header })
  expect(await engine.valuesOf('industry', 9)).toEqual(['finance', 'retail', 'medical'])
  expect(await engine.valuesOf('owner', 1)).toEqual(['Jo Park'])
  expect(await engine.valuesOf('amount', 9)).toEqual(['5', '0'])
  expect(await engine.valuesOf('nowhere', 9)).toEqual([])
})

test('owners come with their deals and the first cell in the files that names them', async () => {
  const engine = engineOf({
    deals: rows(
      'D-9,"Oak\nAsh",Jo Park,Won,5,,2026-02-10',
      'D-2,A,"Lee ""L""",Won,5,,2026-02-10',
      'D-1,A,Jo Park,Won,5,,2026-02-10',
      'D-3,A,,Won,5,,2026-02-10',
    ),
  })
  expect(await engine.owners()).toEqual([
    {
      owner: 'Jo Park',
      deals: 2,
      file: 'playbook/deals.csv',
      lines: { start: { line: 3, column: 6 }, end: { line: 3, column: 13 } },
    },
    {
      owner: 'Lee "L"',
      deals: 1,
      file: 'playbook/deals.csv',
      lines: { start: { line: 4, column: 7 }, end: { line: 4, column: 18 } },
    },
  ])
})

test('deals come in the order of their ids and know their place', async () => {
  const engine = engineOf({ deals: rows('D-9,A,J,Won,5,,2026-02-10', 'D-10,A,J,Won,5,,2026-02-10', good) })
  const deals = await dealsIn(engine)
  expect(deals.map(({ id, place }) => `${id} ${place.line}`)).toEqual(['D-10 3', 'D-16 4', 'D-9 2'])
  expect([engine.rowOf('D-9'), engine.rowOf('D-77')]).toEqual([2, undefined])
  expect(engine.deal(2)).toBe(deals[2])
  expect(await engine.nearestIds('D-l6')).toEqual(['D-16', 'D-10'])
  expect(engine.sha256).toBe('a1')
})

test('the plays of a deal are separated by semicolons', async () => {
  const engine = engineOf({
    deals: `${header},play\n${good},audit-deadline; land-with-finance;\nD-17,A,J,Lost,0,,2026-01-11,\n`,
  })
  expect((await dealsIn(engine)).map(({ plays }) => plays)).toEqual([['audit-deadline', 'land-with-finance'], []])
})

test('a key that stands twice in a joined table is told; where the rows differ none is joined', async () => {
  const accounts = (csv: string) => ledgerOf({ deals: rows(good), accounts: { csv, key: 'account' } })
  const same = accounts('account,sector\nHalyard Bank,finance\nHalyard Bank,finance\n')
  expect(problemsIn(same)).toEqual([
    'accounts.csv:3:1-13 `Halyard Bank` stands here again, with the same cells as in line 2; that row is used. Remove what is repeated.',
  ])
  expect(await matching(same.engine ?? engineOf({ deals: header }), '{ sector: finance }')).toBe('D-16')
  const differ = accounts('account,sector\nHalyard Bank,finance\nHalyard Bank,retail\nBramble,retail\n')
  expect(placesIn(differ)).toEqual(['2:1', '3:1'])
  expect(await matching(differ.engine ?? engineOf({ deals: header }), '{ sector: [null] }')).toBe('D-16')
  expect(await differ.engine?.valuesOf('sector', 9)).toEqual(['retail'])
})

test('a row of a joined table that cannot be read is told, and its deals have blank cells', async () => {
  const read = ledgerOf({
    deals: rows(good),
    accounts: {
      csv: 'account,employees,since\nHalyard Bank,many,2020-02-30\n,5,\n',
      key: 'account',
      types: { employees: 'number', since: 'date' },
    },
  })
  expect(problemsIn(read)).toEqual([
    'accounts.csv:2:14-18 `employees` is `many`, which is no number such as `1200.5`: digits, at most one `.`, no grouping and no sign but a minus. Correct it in the CRM and export the ledger again.',
    'accounts.csv:2:19-29 `since` is `2020-02-30`, which is no day written as `YYYY-MM-DD`. Correct it in the CRM and export the ledger again. If the whole column is written another way, declare that as `dates`.',
    'accounts.csv:3:1-1 `account` is blank, so no deal can belong to this row. Correct it in the CRM and export the ledger again.',
  ])
  expect(await matching(read.engine ?? engineOf({ deals: header }), '{ employees: [null] }')).toBe('D-16')
})

test('a joined table without its key gives no ledger, because every segment would miss for a reason of its own', () => {
  const read = ledgerOf({
    deals: rows(good),
    accounts: { csv: 'Account,sector\nHalyard Bank,finance\n', key: 'account' },
  })
  expect(read.engine).toBeUndefined()
  expect(problemsIn(read)).toEqual([
    'accounts.csv:1:1-15 This header lacks `account`, so there is no ledger and what needs it is not run. It has `Account` and `sector`. Did you mean `Account`? Export it too, or say in `ledger.accounts.key` of playbook.yaml which header is meant.',
  ])
})

const industries = ['retail', 'finance', 'Retail', '5', '']
const value = fc.constantFrom('retail', 'finance', '5', '5.0', '"5"', 'null', '7', '12', 'x')
const bound = fc.constantFrom('5', '7.5', '12', 'x', '2026-01-01', '2026-01-20')
const condition = fc.oneof(
  value.map((one) => `[${one}]`),
  fc.array(value, { minLength: 1, maxLength: 3 }).map((values) => `[${values.join(', ')}]`),
  fc.array(value, { minLength: 1, maxLength: 3 }).map((values) => `{ not: [${values.join(', ')}] }`),
  fc.tuple(bound, bound).map(([min, max]) => `{ min: ${min}, max: ${max} }`),
)
const clauses = fc.dictionary(
  fc.constantFrom('industry', 'employees', 'amount', 'created', 'segment', 'outcome', 'nowhere'),
  condition,
  { noNullPrototype: true, maxKeys: 3 },
)
const deal = fc.record({
  account: fc.constantFrom('A', 'B', 'C', 'unknown', ''),
  won: fc.boolean(),
  amount: fc.constantFrom('', '5', '7.5', '12'),
  day: fc.integer({ min: 1, max: 28 }),
  segment: fc.constantFrom(...industries),
})

test('a predicate finds the deals whose cells it allows, one by one', async () => {
  const property = fc.asyncProperty(fc.array(deal, { maxLength: 70 }), clauses, clauses, async (deals, one, other) => {
    const engine = engineOf({
      deals: `${header},segment\n${deals.map(({ account, won, amount, day, segment }, i) => `D-${(i * 7) % 71},${account},J,${won ? 'Won' : 'Lost'},${amount},2026-01-${String(day).padStart(2, '0')},2026-02-10,${segment}\n`).join('')}`,
      accounts: {
        csv: 'account,industry,employees\nA,retail,5\nB,finance,12\nC,,\n',
        key: 'account',
        types: { employees: 'number' },
      },
    })
    const types = new Map(engine.columns.map(({ name, type }) => [name, type]))
    const predicates = [one, other].map((map) =>
      predicate(
        `{ ${Object.entries(map)
          .map(([column, allowed]) => `${column}: ${allowed}`)
          .join(', ')} }`,
      ),
    )
    const expected = (await dealsIn(engine)).filter((deal) =>
      predicates.every(({ clauses }) =>
        clauses.every(({ column, condition }) => {
          const cell = deal.cell(column)
          return cell !== undefined && cellTest(condition, types.get(column) ?? 'text')(cell)
        }),
      ),
    )
    expect((await dealsIn(engine, predicates)).map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  })
  await fc.assert(property, { numRuns: 150 })
})

test('what was forgotten to spare memory is found again', async () => {
  const lines = Array.from({ length: 10_000 }, (_, i) => `D-${i},A${i % 7},J,Won,${i},2026-01-10,2026-02-10`)
  const engine = engineOf({ deals: rows(...lines) })
  const filter = { all: [predicate('{ amount: { min: 100 }, account: A1 }')] }
  const first = await engine.matching(filter)
  expect(await engine.matching(filter)).toBe(first)
  // Each answer is some 40 kB, so that all together are more than the engine keeps.
  for (let i = 0; i < 1_000; i++) await engine.matching({ all: [predicate(`{ amount: { min: ${i / 100} } }`)] })
  const second = await engine.matching(filter)
  expect(second).not.toBe(first)
  expect(second).toEqual(first)
})
