import { expect, test } from 'vitest'
import { focusReport } from './focus.ts'
import { halyard, ledgerOf, won } from './testing/halyard.ts'
import { type Asked, reportOf } from './testing/report-of.ts'

const market = (segment: string) =>
  `---\ntitle: Somewhere\nsegment: ${segment}\nterritory: { source: Nowhere }\nstage: discovery\nsince: 2025-01-01\n---\n`

async function focus(files: Record<string, string>, asked: Asked = {}): Promise<object> {
  return (await reportOf(focusReport, { ...halyard, ...files }, asked)).value
}

const rows = [
  won('D-1', '1000', '2026-02-10'),
  won('D-2', '', '2026-02-10'),
  won('G-1', '800', '2026-02-12', ',retail,,Renewal'),
  won('H-1', '900.50', '2026-02-12', ',retail,,New'),
  won('H-2', '99.50', '2026-02-12', ',,Founder network,New'),
  won('H-3', '500', '2026-02-12', ',retail,,Upgrade'),
]

test('a win is inside where a market names its segment, wherever the market lies; renewals that do not count are in neither part', async () => {
  const files = { 'markets/a.md': market('banks'), 'ledger.csv': ledgerOf(...rows) }
  expect(await focus(files, { period: '2026-Q1' })).toEqual({
    version: 1,
    asOf: '2026-03-31',
    segments: ['banks'],
    quarters: [
      {
        quarter: '2026-Q1',
        from: '2026-01-01',
        to: '2026-03-31',
        complete: true,
        wins: { deals: 5, amount: 2500 },
        inside: { deals: 2, amount: 1000 },
        share: 0.4,
        amountShare: 0.4,
      },
    ],
    outside: { deals: 3, amount: 1500 },
    artClasses: [
      { column: 'industry', value: 'retail', deals: 2, amount: 1400.5 },
      { column: 'source', value: null, deals: 2, amount: 1400.5 },
      { column: 'industry', value: null, deals: 1, amount: 99.5 },
      { column: 'source', value: 'Founder network', deals: 1, amount: 99.5 },
    ],
    moreArtClasses: 0,
  })
})

test('a segment that no market names is no focus', async () => {
  const files = { 'ledger.csv': ledgerOf(...rows) }
  expect(await focus(files)).toMatchObject({
    segments: [],
    quarters: [
      { quarter: '2025-Q4', inside: { deals: 0, amount: 0 }, share: 0 },
      { quarter: '2026-Q1', inside: { deals: 0, amount: 0 }, share: 0 },
    ],
  })
})

test('a quarter without wins has no share', async () => {
  expect(await focus({ 'markets/a.md': market('banks') }, { period: '2024-Q1' })).toMatchObject({
    quarters: [{ wins: { deals: 0, amount: 0 }, share: null, amountShare: null }],
    artClasses: [],
  })
})

test('the largest fifteen art classes are listed, and the others counted', async () => {
  const many = Array.from({ length: 20 }, (_, index) =>
    won(`H-${index}`, String(100 + index), '2026-02-12', `,trade ${index},,New`),
  )
  const files = {
    'markets/a.md': market('banks').replace('source: Nowhere', 'industry: x'),
    'ledger.csv': ledgerOf(...many),
  }
  const { value, sheet } = await reportOf(focusReport, { ...halyard, ...files })
  expect(value).toMatchObject({
    moreArtClasses: 5,
    artClasses: { length: 15, 0: { value: 'trade 19' }, 14: { value: 'trade 5' } },
  })
  expect(sheet.tables[1]?.note).toContain('5 smaller rows are left out')
})
