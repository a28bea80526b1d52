/**
 * The real export of the demonstration; its numbers were counted by other means.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dealsIn, ledgerOf, matching } from './fixtures/ledger-of.ts'

const csv = (name: string): string => readFileSync(new URL(`../../playbook/ledger/${name}`, import.meta.url), 'utf8')
const read = ledgerOf({
  deals: { 'sales_pipeline.csv': csv('sales_pipeline.csv') },
  settings: {
    columns: {
      id: 'opportunity_id',
      owner: 'sales_agent',
      stage: 'deal_stage',
      amount: 'close_value',
      created: 'engage_date',
      closed: 'close_date',
    },
    values: { product: { GTXPro: 'GTX Pro' } },
  },
  accounts: {
    csv: csv('accounts.csv'),
    key: 'account',
    columns: { industry: 'sector', parent: 'subsidiary_of' },
    types: { employees: 'number', revenue: 'number' },
    values: { industry: { technolgy: 'technology' } },
  },
  sellers: { csv: csv('sales_teams.csv'), key: 'sales_agent', columns: { territory: 'regional_office' } },
})

async function count(yaml: string): Promise<number> {
  const deals = read.engine === undefined ? '' : await matching(read.engine, yaml)
  return deals === '' ? 0 : deals.split(' ').length
}
const wonAndLost = async (predicate: string) =>
  `${await count(`{ ${predicate}, outcome: won }`)}/${await count(`{ ${predicate}, outcome: lost }`)}`

test('every row of the export is read', async () => {
  expect(read.problems).toEqual([])
  expect(read.engine?.dealCount).toBe(8_800)
  const counts = await Promise.all(
    ['Won', 'Lost', 'Engaging', 'Prospecting'].map((stage) => count(`{ stage: ${stage} }`)),
  )
  expect(counts).toEqual([4_238, 2_473, 1_589, 500])
  expect(await count('{ outcome: open }')).toBe(2_089)
  expect(await count('{ outcome: open, account: [null] }')).toBe(1_425)
  expect(await count('{ created: [null] }')).toBe(500)
})

test('the value of all won deals is exact', async () => {
  const won = (await dealsIn(read.engine)).filter(({ outcome }) => outcome === 'won')
  const amounts = won.map(({ amount }) => amount ?? 0)
  expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(1_000_553_400)
  expect([amounts.reduce((a, b) => Math.min(a, b)), amounts.reduce((a, b) => Math.max(a, b))]).toEqual([
    3_800, 3_028_800,
  ])
  const days = won.map(({ closed }) => closed ?? '').sort()
  expect([days[0], days.at(-1)]).toEqual(['2017-03-01', '2017-12-31'])
})

test('wins and losses by product are those of the source, with one spelling', async () => {
  const products = {
    'GTX Basic': '915/521',
    'MG Special': '793/430',
    'GTX Pro': '729/418',
    GTXPro: '0/0',
    'MG Advanced': '654/430',
    'GTX Plus Basic': '653/398',
    'GTX Plus Pro': '479/266',
    'GTK 500': '15/10',
  }
  for (const [product, expected] of Object.entries(products))
    expect([product, await wonAndLost(`product: ${product}`)]).toEqual([product, expected])
})

test('wins and losses by industry are those of the source', async () => {
  const industries = {
    retail: '799/468',
    technology: '671/387',
    medical: '592/358',
    software: '450/254',
    marketing: '404/219',
    finance: '375/238',
    telecommunications: '285/171',
    entertainment: '260/142',
    services: '223/129',
    employment: '179/107',
  }
  for (const [industry, expected] of Object.entries(industries))
    expect([industry, await wonAndLost(`industry: ${industry}`)]).toEqual([industry, expected])
})

test('thirty sellers own deals, the first of them in the first row', async () => {
  const owners = (await read.engine?.owners()) ?? []
  expect(owners).toHaveLength(30)
  expect(owners[0]).toEqual({
    owner: 'Moses Frase',
    deals: 260,
    file: 'playbook/sales_pipeline.csv',
    lines: { start: { line: 2, column: 10 }, end: { line: 2, column: 21 } },
  })
  expect(owners.reduce((sum, { deals }) => sum + deals, 0)).toBe(8_800)
})

test('an id with a letter wrong finds the right one first', async () => {
  expect((await read.engine?.nearestIds('1C1I7A6T'))?.[0]).toBe('1C1I7A6R')
  expect(await read.engine?.nearestIds('IC1I7A6R')).toEqual(['1C1I7A6R'])
})
