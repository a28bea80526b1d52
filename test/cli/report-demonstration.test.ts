/**
 * The compensation statement of the demonstration, made again by other means: from the CSV files and the design's table alone.
 *
 * Nothing here goes through the product's reader, engine or evidence. The plays are those that the table of the demonstration
 * calls repeatable or proven; at the end of September few of their citations had closed, so only the last quarter is done.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { playproof } from '../hostile/small-playbook.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))

/** Rows of a file without quotes, by header. */
function rowsOf(file: string): Record<string, string>[] {
  const [header = '', ...lines] = readFileSync(`${project}playbook/ledger/${file}`, 'utf8').trim().split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell])))
}

const sectors = new Map(
  rowsOf('accounts.csv').map(({ account, sector }) => [account, sector === 'technolgy' ? 'technology' : sector]),
)
const offices = new Map(rowsOf('sales_teams.csv').map((row) => [row.sales_agent, row.regional_office]))
const media = ['marketing', 'entertainment', 'telecommunications']
const engineers = ['technology', 'software']

const repeatablePlays: readonly [readonly string[], string][] = [
  [['retail'], 'GTX Basic'],
  [engineers, 'MG Special'],
  [['medical'], 'GTX Plus Pro'],
  [media, 'MG Special'],
  [media, 'MG Advanced'],
  [engineers, 'GTX Pro'],
  [['medical'], 'MG Special'],
  [['retail'], 'GTX Plus Basic'],
  [['finance'], 'GTX Plus Basic'],
]

const won = rowsOf('sales_pipeline.csv')
  .filter(({ deal_stage }) => deal_stage === 'Won')
  .map((row) => ({
    id: row.opportunity_id ?? '',
    cents: Math.round(Number(row.close_value) * 100),
    closed: row.close_date ?? '',
    product: row.product === 'GTXPro' ? 'GTX Pro' : (row.product ?? ''),
    sector: sectors.get(row.account) ?? '',
    office: offices.get(row.sales_agent) ?? '',
  }))
type Won = (typeof won)[number]

const segments: readonly ((deal: Won) => boolean)[] = [
  ...[['finance'], media, ['medical'], ['retail'], ['services', 'employment'], ['services'], engineers].map(
    (of) => (deal: Won) => of.includes(deal.sector),
  ),
  ...['Central', 'West'].map((office) => (deal: Won) => deal.office === office),
]

/** Ids above ten medians of their segment, unless more than one in twenty are. */
function elephantsIn(holds: (deal: Won) => boolean): ReadonlySet<string> {
  const cents = won
    .filter(holds)
    .flatMap((deal) => (deal.cents > 0 ? [deal.cents] : []))
    .sort((a, b) => a - b)
  const middle = cents.length / 2
  const median =
    cents.length % 2 === 1 ? (cents[Math.floor(middle)] ?? 0) : ((cents[middle - 1] ?? 0) + (cents[middle] ?? 0)) / 2
  const large = won.filter((deal) => holds(deal) && deal.cents > 10 * median)
  return new Set(large.length > 1 && large.length > 0.05 * cents.length ? [] : large.map(({ id }) => id))
}

const friends = ['LXZA2OSZ', 'G1QGATKV']

test('the statement of the last quarter is what the files say, to the cent', () => {
  const herds = segments.map((holds) => ({ holds, elephants: elephantsIn(holds) }))
  const isElephant = (deal: Won): boolean => {
    const inside = herds.filter(({ holds }) => holds(deal))
    return inside.length > 0 && inside.every(({ elephants }) => elephants.has(deal.id))
  }
  const quarter = won.filter(({ closed }) => closed >= '2017-10-01' && closed <= '2017-12-31')
  const paid = quarter.filter(
    (deal) =>
      !friends.includes(deal.id) &&
      !isElephant(deal) &&
      repeatablePlays.some(([of, product]) => of.includes(deal.sector) && product === deal.product),
  )
  const cents = paid.reduce((sum, deal) => sum + deal.cents, 0)
  expect([quarter.length, paid.length, cents]).toEqual([1196, 386, 65_357_600])

  const ran = playproof(project, ['report', 'comp', '--period', '2017-Q4', '--format', 'json'])
  expect([ran.status, ran.stderr]).toEqual([0, ''])
  const statement = JSON.parse(ran.stdout) as {
    deals: { id: string; amount: number; repeatable: boolean; reasons: string[] }[]
    repeatableAmount: number
    participants: object[]
  }
  const { deals, ...rest } = statement
  expect(deals.map(({ id, amount }) => [id, amount])).toEqual(
    quarter.map(({ id, cents }) => [id, cents / 100] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  expect(deals.flatMap(({ id, repeatable }) => (repeatable ? [id] : []))).toEqual(paid.map(({ id }) => id).sort())
  expect(deals.flatMap(({ id, reasons }) => (reasons.includes('elephant') ? [id] : []))).toEqual(
    quarter.flatMap((deal) => (isElephant(deal) ? [deal.id] : [])).sort(),
  )
  // 0.004 of 653,576.00 is 2,614.304.
  const people: Record<string, string> = { 'maya-lindqvist': 'marketing', 'tomas-brandt': 'marketing' }
  const participants = [
    'cara-losch',
    'rocco-neubert',
    'melvin-marxen',
    'dustin-brinkmann',
    'celia-rouche',
    'summer-sewald',
    'maya-lindqvist',
    'tomas-brandt',
  ]
  expect(rest).toEqual({
    version: 1,
    period: '2017-Q4',
    judgedOn: '2017-12-31',
    ledgerSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    clawbacks: [],
    repeatableAmount: 653_576,
    participants: participants.map((person) => ({
      person,
      role: people[person] ?? 'sales-lead',
      rate: 0.004,
      commission: 2614.3,
    })),
  })
}, 60_000)
