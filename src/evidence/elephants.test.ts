import { expect, test } from 'vitest'
import type { SegmentEvidence } from './evidence.ts'
import { type Example, evidenceOf, predicate } from './testing/evidence-of.ts'

async function banks(rows: readonly string[], header = 'id,amount', example: Example = {}): Promise<SegmentEvidence> {
  const csv = [header, ...rows.map((row, index) => `D-${index + 1},${row}`)].join('\n')
  return (await evidenceOf(csv, example)).segments[0] as SegmentEvidence
}

const worked = ['400', '450', '500', '500', '550', '600', '650', '700', '9000']

test('nine wins of which one is above ten times the median have one elephant', async () => {
  expect(await banks(worked)).toEqual({
    id: 'banks',
    deals: 9,
    wins: 9,
    losses: 0,
    elephants: ['D-9'],
    median: 550,
    bar: 5500,
    twoPriceLevels: false,
    aboveBar: 1,
  })
})

test('exactly ten times the median is no elephant', async () => {
  expect((await banks([...worked.slice(0, 8), '5250'])).elephants).toEqual([])
  expect((await banks([...worked.slice(0, 8), '5500'])).elephants).toEqual([])
  expect((await banks([...worked.slice(0, 8), '5500.01'])).elephants).toEqual(['D-9'])
})

test('two of nine are another price level, and two of forty are elephants', async () => {
  const two = await banks([...worked, '9500'])
  expect([two.twoPriceLevels, two.aboveBar, two.elephants]).toEqual([true, 2, []])
  const many = Array.from({ length: 38 }, () => '500')
  const rare = await banks([...many, '9000', '9500'])
  expect([rare.twoPriceLevels, rare.aboveBar, rare.elephants]).toEqual([false, 2, ['D-39', 'D-40']])
  const atMost = await banks([...many.slice(1), '9000', '9500'])
  expect(atMost.twoPriceLevels).toBe(true)
})

test('under eight wins with an amount there are no elephants', async () => {
  const seven = await banks([...worked.slice(2), '0', ''])
  expect([seven.wins, seven.elephants, seven.median, seven.bar]).toEqual([9, [], null, null])
  const eight = await banks(worked.slice(1))
  expect([eight.elephants, eight.median]).toEqual([['D-8'], 575])
})

test('lost, stale, uncounted and open deals are not among them; friends’ deals are', async () => {
  const header = 'id,amount,outcome,created,closed,type,source'
  const rows = [
    ...worked.map((amount) => `${amount},won,2026-01-10,2026-03-10,,`),
    '90000,lost,2026-01-10,2026-03-10,,',
    '90000,won,2023-01-10,2023-03-10,,',
    '90000,won,2026-01-10,2026-03-10,Renewal,',
    '90000,open,2026-01-10,,,',
    '8000,won,2026-01-10,2026-03-10,,Founder network',
  ]
  const settings = { counts: predicate('{ type: [null, New] }'), friendsSources: ['Founder network'] }
  const segment = await banks(rows, header, { settings })
  expect([segment.aboveBar, segment.median, segment.twoPriceLevels]).toEqual([2, 575, true])
})

test('a play’s own match and first day do not change what is large in its segment', async () => {
  const csv = `id,amount,product\n${worked.map((amount, index) => `D-${index + 1},${amount},${amount === '9000' ? 'Vault' : 'Audit'}`).join('\n')}`
  const { plays } = await evidenceOf(csv, {
    plays: [{ id: 'vault', match: predicate('{ product: Vault }'), since: '2026-01-01', evidence: [{ deal: 'D-9' }] }],
  })
  expect(plays[0]?.citations[0]?.reasons).toEqual(['no-review', 'elephant'])
})

test('a segment over a column that the ledger lacks has no deals', async () => {
  const segment = await banks(worked, 'id,amount', { segments: { banks: '{ idustry: banking }' } })
  expect([segment.deals, segment.elephants, segment.median]).toEqual([0, [], null])
})
