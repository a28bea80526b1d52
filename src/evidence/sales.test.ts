import { expect, test } from 'vitest'
import { type Example, evidenceOf, predicate } from './testing/evidence-of.ts'

/** `D-18: repeatable` or `D-17: no-play`, a line for each won deal. */
async function sales(csv: string, example: Example): Promise<string> {
  const { sales } = await evidenceOf(csv, example)
  return sales
    .map(({ deal, repeatable, reasons }) => `${deal.id}: ${repeatable ? 'repeatable' : reasons.join(', ')}`)
    .join('\n')
}

const cites = ['D-1', 'D-2', 'D-3']
const audit = { id: 'audit', match: predicate('{ product: Audit }'), evidence: cites.map((deal) => ({ deal })) }
const reviews = cites.map((deal) => ({ deal, plays: ['audit', 'other'] }))
const three = 'D-1,Audit,Jo Park,,,,\nD-2,Audit,Sam Reed,,,,\nD-3,Audit,Lee Ash,,,,'
const header = 'id,product,owner,type,source,churned,amount'

test('a won deal of a repeatable play’s record is a repeatable sale, and every reason against the others is given', async () => {
  const csv = `${header}
${three}
D-4,Audit,Jo Park,Renewal,Founder network,2026-05-01,100
D-5,Ledger,Jo Park,,Founder network,,100
D-6,Audit,Jo Park,,,2026-05-01,100
D-7,Ledger,Jo Park,,,2026-05-01,100
D-8,Probe,Jo Park,,,,100
D-9,Audit,Jo Park,,,2026-07-01,100`
  const example = {
    plays: [audit, { id: 'probe', match: predicate('{ product: Probe }') }],
    reviews,
    settings: { counts: predicate('{ type: [null, New] }'), friendsSources: ['Founder network'] },
  }
  expect(await sales(csv, example)).toBe(`D-1: repeatable
D-2: repeatable
D-3: repeatable
D-4: not-counted, friends-and-family, churned
D-5: friends-and-family
D-6: churned
D-7: churned, no-play
D-8: play-not-repeatable
D-9: repeatable`)
})

test('a draft lends nothing, a retired play still does', async () => {
  const csv = `${header}\n${three}`
  const all = (reason: string): string => cites.map((id) => `${id}: ${reason}`).join('\n')
  expect(await sales(csv, { plays: [{ ...audit, status: 'draft' }], reviews })).toBe(all('no-play'))
  expect(await sales(csv, { plays: [{ ...audit, status: 'retired' }], reviews })).toBe(all('repeatable'))
  const beside = { ...audit, id: 'other', evidence: [], status: 'trial' }
  expect(await sales(csv, { plays: [{ ...audit, status: 'draft' }, beside], reviews })).toBe(all('play-not-repeatable'))
  expect(await sales(csv, { plays: [audit, beside], reviews })).toBe(all('repeatable'))
})

test('a deal is an elephant where it is one in every segment it matches', async () => {
  const amounts = [400, 450, 500, 500, 550, 600, 650, 700, 9000]
  const small = amounts.map((amount, index) => `D-${index + 1},banking,${amount},East`)
  const large = amounts.map((_, index) => `E-${index + 1},retail,20000,West`)
  const csv = ['id,industry,amount,territory', ...small, ...large, 'F-1,banking,9500,West'].join('\n')
  const banks = { banks: '{ industry: banking, territory: East }' }
  const reasonsOf = async (segments: Readonly<Record<string, string>>): Promise<string | undefined> =>
    (await sales(csv, { segments, plays: [] })).split('\n').find((line) => line.startsWith('D-9'))
  expect(await reasonsOf(banks)).toBe('D-9: elephant, no-play')
  expect(await reasonsOf({ ...banks, west: '{ territory: West }' })).toBe('D-9: elephant, no-play')
  expect(await reasonsOf({ ...banks, all: '{}' })).toBe('D-9: no-play')
  expect(await reasonsOf({})).toBe('D-9: no-play')
})

test('only deals won by the day are sales, by id, and old ones are in no play’s record', async () => {
  const csv = `id,outcome,created,closed
D-4,won,2020-01-01,2020-03-01
D-3,won,2026-01-01,2026-07-01
D-2,lost,2026-01-01,2026-03-01
D-1,won,2026-01-01,2026-06-30`
  expect(await sales(csv, { plays: [{ id: 'audit' }] })).toBe('D-1: play-not-repeatable\nD-4: no-play')
})

const dated = `id,product,outcome,created,closed,churned
D-1,Audit,won,2026-01-10,2026-01-31,2026-04-01
D-2,Audit,won,2026-01-10,2026-02-01,2026-03-31
D-3,Audit,lost,2026-01-10,2026-02-28,
D-4,Ledger,won,2026-01-10,2026-04-01,2026-04-02
D-5,Ledger,won,2026-01-10,2026-06-30,2026-07-01
D-6,Ledger,won,2026-01-10,2026-07-01,
D-7,Ledger,open,2026-01-10,,
D-8,Ledger,void,2026-01-10,,`

test('sales of some days are those that closed within them, both ends inside, as they were judged on the day asked for', async () => {
  const evidence = await evidenceOf(dated, {})
  const ids = (day: string, from: string, to: string): string =>
    evidence
      .salesOn(day)
      .within(from, to)
      .map(({ deal, reasons }) => `${deal.id} ${reasons.join('+')}`)
      .join(', ')
  expect(ids('2026-06-30', '2026-01-31', '2026-04-01')).toBe(
    'D-1 churned+no-play, D-2 churned+no-play, D-4 churned+no-play',
  )
  expect(ids('2026-03-31', '2026-01-31', '2026-04-01')).toBe('D-1 no-play, D-2 churned+no-play')
  expect(ids('2026-06-30', '2026-07-01', '2026-07-31')).toBe('')
})

test('what churned within some days was won before them, and had churned by the day asked for', async () => {
  const evidence = await evidenceOf(dated, {})
  const churned = (day: string, from: string, to: string): string =>
    evidence
      .salesOn(day)
      .churnedWithin(from, to)
      .map(({ id }) => id)
      .join()
  expect(churned('2026-06-30', '2026-04-01', '2026-06-30')).toBe('D-1')
  expect(churned('2026-06-30', '2026-03-31', '2026-04-01')).toBe('D-1,D-2')
  expect(churned('2026-03-31', '2026-03-31', '2026-04-01')).toBe('D-2')
})

test('deals that were won or lost are counted by the month they closed in', async () => {
  const evidence = await evidenceOf(dated, {})
  expect([...evidence.closedByMonth()]).toEqual([
    ['2026-01', 1],
    ['2026-02', 2],
    ['2026-04', 1],
    ['2026-06', 1],
  ])
})

test('a deal lies in every segment whose predicate it holds, whatever became of it', async () => {
  const segments = { whole: '{}', audits: '{ product: Audit }', unknown: '{ prodct: Audit }' }
  const evidence = await evidenceOf(dated, { segments })
  expect(['D-3', 'D-8', 'D-99'].map((deal) => evidence.segmentsOf(deal))).toEqual([['audits', 'whole'], ['whole'], []])
  const inside = evidence.insideOf(['audits', 'unknown', 'unheard-of'])
  // Rows are in the order of ids: D-1, D-3, D-4 and one that the ledger lacks.
  expect([0, 2, 3, 98].map(inside)).toEqual([true, true, false, false])
})
