import { expect, test } from 'vitest'
import { type Example, evidenceOf, predicate } from './testing/evidence-of.ts'

async function fitting(csv: string, example: Example): Promise<string> {
  const evidence = await evidenceOf(csv, example)
  return `${evidence
    .fitting('audit')
    .map(({ id }) => id)
    .join(' ')} of ${evidence.fittingCount('audit')}`
}

test('won deals of the play that a review could make count are suggested', async () => {
  const csv = `id,industry,product,outcome,created,closed,type,source,churned
D-1,banking,Audit,won,2026-01-01,2026-03-01,,,
D-2,banking,Audit,lost,2026-01-01,2026-03-01,,,
D-3,banking,Ledger,won,2026-01-01,2026-03-01,,,
D-4,retail,Audit,won,2026-01-01,2026-03-01,,,
D-5,banking,Audit,won,2022-01-01,2022-03-01,,,
D-6,banking,Audit,won,2026-01-01,2026-03-01,Renewal,,
D-7,banking,Audit,won,2026-01-01,2026-03-01,,Founder network,
D-8,banking,Audit,won,2026-01-01,2026-03-01,,,2026-05-01
D-9,banking,Audit,open,2026-01-01,,,,`
  expect(
    await fitting(csv, {
      segments: { banks: '{ industry: banking }' },
      plays: [{ id: 'audit', match: predicate('{ product: Audit }') }],
      settings: { counts: predicate('{ type: [null, New] }'), friendsSources: ['Founder network'] },
    }),
  ).toBe('D-1 of 1')
})

test('elephants are not suggested', async () => {
  const amounts = [400, 450, 500, 500, 550, 600, 650, 700, 9000]
  const csv = `id,amount\n${amounts.map((amount, index) => `D-${index + 1},${amount}`).join('\n')}`
  expect(await fitting(csv, { plays: [{ id: 'audit' }] })).toBe('D-1 D-2 D-3 D-4 D-5 D-6 D-7 D-8 of 8')
})

test('reviewed deals come first, then the latest; a review against the play rules a deal out', async () => {
  const csv = `id,created,closed
D-1,2026-01-01,2026-03-01
D-2,2026-01-01,2026-05-01
D-3,2026-01-01,2026-02-01
D-4,2026-01-01,2026-06-01
D-5,2026-01-01,2026-06-02
D-6,2026-01-01,2026-06-03`
  const reviews = [
    { deal: 'D-3', plays: ['audit'] },
    { deal: 'D-4', plays: ['other'] },
    { deal: 'D-5', plays: ['audit'], compellingEvent: '' },
    { deal: 'D-6', plays: ['audit'], relationship: 'investor' },
  ]
  expect(await fitting(csv, { plays: [{ id: 'audit' }], reviews })).toBe('D-3 D-2 D-1 of 3')
})

test('where the ledger names plays, deals that name this one come before those that do not', async () => {
  const csv = 'id,play,created,closed\nD-1,,2026-01-01,2026-03-02\nD-2,audit,2026-01-01,2026-03-01'
  expect(await fitting(csv, { plays: [{ id: 'audit' }] })).toBe('D-2 D-1 of 2')
})

test('what is cited already is not suggested, nor is the account of a citation that counts', async () => {
  const csv = `id,account,parent
D-1,Halyard Bank,
D-2,Halyard Leasing,Halyard Bank
D-3,Kestrel,
D-4,Kestrel,
D-5,Corval,
D-6,Corval,`
  const example = {
    plays: [{ id: 'audit', evidence: [{ deal: 'D-1' }, { deal: 'D-3' }, { deal: 'D-99' }] }],
    reviews: [{ deal: 'D-1', plays: ['audit'] }],
  }
  // D-3 has no review, so another deal of its account may stand in: after those of new accounts.
  expect(await fitting(csv, example)).toBe('D-5 D-4 D-6 of 6')
})

test('each account comes once before any comes again, ten in all', async () => {
  const rows = Array.from({ length: 14 }, (_, i) => `D-${10 + i},${i < 5 ? 'Halyard Bank' : `Account ${i}`}`)
  expect(await fitting(`id,account\n${rows.join('\n')}`, { plays: [{ id: 'audit' }] })).toBe(
    'D-10 D-15 D-16 D-17 D-18 D-19 D-20 D-21 D-22 D-23 of 14',
  )
})

test('an unknown play fits nothing', async () => {
  expect(await fitting('id\nD-18', {})).toBe(' of 0')
})
