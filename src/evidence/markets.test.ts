/** Which deals lie in a market. */
import { expect, test } from 'vitest'
import { evidenceOf, predicate } from './testing/evidence-of.ts'

const ledger = `id,industry,territory,outcome,created,type
D-17,banking,East,lost,2026-01-10,New
D-18,banking,East,won,2026-01-10,New
D-19,banking,West,won,2026-01-10,New
D-20,retail,East,won,2026-01-10,New
D-21,banking,East,open,2026-01-10,New
D-22,banking,East,void,2026-01-10,New
D-23,banking,East,open,2026-07-01,New
D-24,banking,East,won,2026-01-10,Renewal
`
const segments = { banks: '{ industry: banking }' }
const market = (id: string, segment: string, territory: string) => ({ id, segment, territory: predicate(territory) })

test('a market holds the deals of its segment in its territory that exist, count and are not void', async () => {
  const { markets } = await evidenceOf(ledger, {
    segments,
    settings: { counts: predicate('{ type: { not: [Renewal] } }') },
    markets: [market('everywhere', 'banks', '{}'), market('east', 'banks', '{ territory: East }')],
  })
  expect(markets.map(({ id, deals }) => [id, deals.map((deal) => deal.id)])).toEqual([
    ['east', ['D-17', 'D-18', 'D-21']],
    ['everywhere', ['D-17', 'D-18', 'D-19', 'D-21']],
  ])
})

test('a segment holds the same kind of deals wherever they are, and one that nobody can tell holds none', async () => {
  const { segmentRows, deal } = await evidenceOf(ledger, {
    segments: { ...segments, regions: '{ region: East }' },
    settings: { counts: predicate('{ type: { not: [Renewal] } }') },
  })
  const ids = (segment: string) => Array.from(segmentRows(segment), (row) => deal(row).id)
  expect(ids('banks')).toEqual(['D-17', 'D-18', 'D-19', 'D-21'])
  expect([ids('regions'), ids('shops')]).toEqual([[], []])
})

test('of a market whose segment or territory nobody can tell nothing is said', async () => {
  const { markets } = await evidenceOf(ledger, {
    segments,
    markets: [market('a', 'shops', '{}'), market('b', 'banks', '{ region: East }')],
  })
  expect(markets).toEqual([])
})
