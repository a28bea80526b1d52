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
