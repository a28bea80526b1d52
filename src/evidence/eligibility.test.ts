import { expect, test } from 'vitest'
import type { Evidence } from './evidence.ts'
import { type Example, evidenceOf, predicate } from './testing/evidence-of.ts'

/** `D-18: eligible` or `D-18: stale, churned`, a line for each citation of the only play. */
async function citations(csv: string, example: Example & { cites: readonly string[] }): Promise<string> {
  const play = { id: 'finance', evidence: example.cites.map((deal) => ({ deal })), ...example.plays?.[0] }
  return asText(await evidenceOf(csv, { ...example, plays: [play] }))
}

function asText({ plays: [play], messages: [message] }: Evidence): string {
  return (play ?? message)?.citations
    .map(({ deal, eligible, reasons }) => `${deal}: ${eligible ? 'eligible' : reasons.join(', ')}`)
    .join('\n') as string
}

const reviewed = (deal: string) => ({ deal, plays: ['finance'] })

test('a won deal with its story counts', async () => {
  const { plays } = await evidenceOf('id,account,owner,amount\nD-18,Halyard Bank,Jo Park,1200.50', {
    plays: [{ id: 'finance', evidence: [{ deal: 'D-18' }] }],
    reviews: [reviewed('D-18')],
  })
  expect(plays[0]?.citations).toEqual([
    {
      deal: 'D-18',
      account: 'Halyard Bank',
      owner: 'Jo Park',
      amount: 1200.5,
      closed: '2026-03-10',
      eligible: true,
      reasons: [],
    },
  ])
})

test('a deal that the ledger lacks is that and nothing else', async () => {
  const { plays, nearest } = await evidenceOf('id\nD-18', {
    plays: [{ id: 'finance', evidence: [{ deal: 'D-81' }] }],
    reviews: [{ deal: 'D-81', relationship: 'friend' }],
  })
  expect(plays[0]?.citations).toEqual([
    {
      deal: 'D-81',
      account: null,
      owner: null,
      amount: null,
      closed: null,
      eligible: false,
      reasons: ['unknown-deal'],
    },
  ])
  expect(nearest.get('D-81')).toEqual(['D-18'])
})

test('lost, open and void deals are not won and nothing else is asked of them', async () => {
  const csv = 'id,outcome,churned,source\nD-17,lost,,Founder network\nD-18,open,,\nD-19,void,,\nD-20,won,2026-04-01,'
  expect(
    await citations(csv, {
      cites: ['D-17', 'D-18', 'D-19', 'D-20'],
      settings: { friendsSources: ['Founder network'] },
    }),
  ).toBe('D-17: not-won\nD-18: not-won\nD-19: not-won\nD-20: no-review, churned')
})

test('a deal that closed after the day was still open on it', async () => {
  const csv = 'id,created,closed\nD-18,2026-01-10,2026-03-11\nD-19,2026-01-10,2026-03-10'
  const example = { cites: ['D-18', 'D-19'], reviews: [reviewed('D-18'), reviewed('D-19')], asOf: '2026-03-10' }
  expect(await citations(csv, example)).toBe('D-18: not-won\nD-19: eligible')
})

test('a deal created after the day does not exist on it, and is not suggested', async () => {
  const { plays, nearest } = await evidenceOf(
    'id,created,closed\nD-18,2026-02-01,2026-03-10\nD-28,2026-01-31,2026-03-10',
    {
      asOf: '2026-01-31',
      plays: [{ id: 'finance', evidence: [{ deal: 'D-18' }, { deal: 'D-28' }, { deal: 'D-38' }] }],
    },
  )
  expect(plays[0]?.citations.map(({ reasons }) => reasons)).toEqual([['unknown-deal'], ['not-won'], ['unknown-deal']])
  expect(nearest.get('D-18')).not.toContain('D-18')
  expect(nearest.get('D-38')).toEqual(['D-28'])
})

test('a deal is stale from the day after two years, and the boundary day is inside', async () => {
  const csv = 'id,created,closed\nD-17,2024-01-01,2024-06-29\nD-18,2024-01-01,2024-06-30'
  const example = { cites: ['D-17', 'D-18'], reviews: [reviewed('D-17'), reviewed('D-18')] }
  expect(await citations(csv, example)).toBe('D-17: stale\nD-18: eligible')
})

test('months are counted to the last day of a shorter month', async () => {
  const csv = 'id,created,closed\nD-17,2024-01-01,2025-02-27\nD-18,2024-01-01,2025-02-28'
  const example = { cites: ['D-17', 'D-18'], reviews: [reviewed('D-17'), reviewed('D-18')] }
  expect(await citations(csv, { ...example, asOf: '2026-03-31', settings: { maxAgeMonths: 13 } })).toBe(
    'D-17: stale\nD-18: eligible',
  )
})

test('a review disagrees where its outcome, amount or closing day is another than the ledger’s', async () => {
  const csv = 'id,amount\nD-18,1000\nD-19,1000\nD-20,1000\nD-21,1.10\nD-22,'
  const reviews = [
    { ...reviewed('D-18'), outcome: 'lost' },
    { ...reviewed('D-19'), amount: 1000.01 },
    { ...reviewed('D-20'), closed: '2026-03-11' },
    { ...reviewed('D-21'), amount: 1.1, closed: '2026-03-10' },
    { ...reviewed('D-22'), amount: 700 },
  ]
  expect(await citations(csv, { cites: ['D-18', 'D-19', 'D-20', 'D-21', 'D-22'], reviews })).toBe(
    'D-18: review-disagrees\nD-19: review-disagrees\nD-20: review-disagrees\nD-21: eligible\nD-22: eligible',
  )
})

test('a competitor agrees by the ledger’s name for it, and blanks contradict nothing', async () => {
  const csv = 'id,competitor\nD-18,Bramble Inc.\nD-19,Bramble Inc.\nD-20,\nD-21,Bramble Inc.\nD-22,Bramble Inc.'
  const reviews = [
    { ...reviewed('D-18'), competitors: ['bramble'] },
    { ...reviewed('D-19'), competitors: ['corval'] },
    { ...reviewed('D-20'), competitors: ['corval'] },
    { ...reviewed('D-21'), competitors: [] },
    { ...reviewed('D-22'), competitors: ['corval', 'unnamed'] },
  ]
  const competitors = [
    { id: 'bramble', ledgerName: 'Bramble Inc.' },
    { id: 'corval', ledgerName: 'Corval' },
    { id: 'unnamed', ledgerName: undefined },
  ]
  expect(await citations(csv, { cites: ['D-18', 'D-19', 'D-20', 'D-21', 'D-22'], reviews, competitors })).toBe(
    'D-18: eligible\nD-19: review-disagrees\nD-20: eligible\nD-21: eligible\nD-22: eligible',
  )
})

test('a review that says there was no compelling event leaves the deal uncounted; one that forgot to say does not', async () => {
  const reviews = [
    { ...reviewed('D-18'), compellingEvent: '' },
    { ...reviewed('D-19'), compellingEvent: undefined },
  ]
  expect(await citations('id\nD-18\nD-19', { cites: ['D-18', 'D-19'], reviews })).toBe(
    'D-18: no-compelling-event\nD-19: eligible',
  )
})

test('the review or the ledger’s play column must say that the play was run', async () => {
  const reviews = [{ deal: 'D-18', plays: ['trial-week'] }, reviewed('D-19'), { deal: 'D-20' }]
  expect(await citations('id\nD-18\nD-19\nD-20\nD-21', { cites: ['D-18', 'D-19', 'D-20', 'D-21'], reviews })).toBe(
    'D-18: not-run\nD-19: eligible\nD-20: not-run\nD-21: no-review',
  )
  const withColumn = 'id,play\nD-18,\nD-19,\nD-20,trial-week; finance\nD-21,'
  expect(await citations(withColumn, { cites: ['D-18', 'D-19', 'D-20', 'D-21'], reviews })).toBe(
    'D-18: not-run\nD-19: eligible\nD-20: eligible\nD-21: no-review, not-run',
  )
})

test('friends, family, investors and former colleagues prove nothing; an existing customer does', async () => {
  const relationships = ['friend', 'family', 'investor', 'former-colleague', 'existing-customer', 'none']
  const ids = relationships.map((_, index) => `D-${index + 1}`)
  const reviews = relationships.map((relationship, index) => ({ ...reviewed(`D-${index + 1}`), relationship }))
  expect(await citations(`id\n${ids.join('\n')}`, { cites: ids, reviews })).toBe(
    'D-1: friends-and-family\nD-2: friends-and-family\nD-3: friends-and-family\nD-4: friends-and-family\nD-5: eligible\nD-6: eligible',
  )
})

test('a source that means friends is asked of deals without a review too', async () => {
  const csv = 'id,source\nD-18,Founder network\nD-19,Website\nD-20,'
  const settings = { friendsSources: ['Founder network'] }
  expect(await citations(csv, { cites: ['D-18', 'D-19', 'D-20'], settings })).toBe(
    'D-18: no-review, friends-and-family\nD-19: no-review\nD-20: no-review',
  )
})

test('a deal outside the segment or the play’s own match is no evidence for it', async () => {
  const csv = 'id,industry,product\nD-18,banking,Audit\nD-19,banking,Ledger\nD-20,retail,Audit'
  const example = {
    cites: ['D-18', 'D-19', 'D-20'],
    reviews: ['D-18', 'D-19', 'D-20'].map(reviewed),
    segments: { banks: '{ industry: banking }' },
    plays: [{ id: 'finance', match: predicate('{ product: Audit }') }],
  }
  const cited = example.cites.map((deal) => ({ deal }))
  expect(
    await citations(csv, {
      ...example,
      plays: [{ id: 'finance', match: predicate('{ product: Audit }'), evidence: cited }],
    }),
  ).toBe('D-18: eligible\nD-19: outside-segment\nD-20: outside-segment')
})

const nineWins = [400, 450, 500, 500, 550, 600, 650, 700, 9000]
  .map((amount, index) => `D-${index + 1},banking,${amount}`)
  .join('\n')

test('an elephant is no evidence, and outside the segment nobody asks whether it is one', async () => {
  const csv = `id,industry,amount\n${nineWins}\nD-20,retail,90000`
  const segments = { banks: '{ industry: banking }' }
  const example = { cites: ['D-9', 'D-8', 'D-20'], reviews: ['D-9', 'D-8', 'D-20'].map(reviewed), segments }
  expect(await citations(csv, example)).toBe('D-9: elephant\nD-8: eligible\nD-20: outside-segment')
  const narrowed = {
    id: 'finance',
    match: predicate('{ amount: { max: 650 } }'),
    evidence: [{ deal: 'D-9' }, { deal: 'D-1' }],
  }
  expect(await citations(csv, { ...example, plays: [narrowed] })).toBe('D-9: outside-segment\nD-1: no-review')
})

test('one account counts once, and the earlier eligible citation has it', async () => {
  const csv =
    'id,account,parent\nD-17,Halyard Bank,\nD-18,Halyard Bank,\nD-19,Halyard Leasing,Halyard Bank\nD-20,Kestrel,'
  const reviews = [{ ...reviewed('D-17'), compellingEvent: '' }, reviewed('D-18'), reviewed('D-19'), reviewed('D-20')]
  expect(await citations(csv, { cites: ['D-17', 'D-18', 'D-19', 'D-20', 'D-20'], reviews })).toBe(
    'D-17: no-compelling-event\nD-18: eligible\nD-19: same-account\nD-20: eligible\nD-20: same-account',
  )
})

test('a customer who has left by the day proves nothing, and one who leaves later still does', async () => {
  const csv = 'id,churned\nD-18,2026-06-30\nD-19,2026-07-01\nD-20,'
  const reviews = ['D-18', 'D-19', 'D-20'].map(reviewed)
  expect(await citations(csv, { cites: ['D-18', 'D-19', 'D-20'], reviews })).toBe(
    'D-18: churned\nD-19: eligible\nD-20: eligible',
  )
})

test('all reasons are listed, in their order', async () => {
  const csv = `id,account,industry,amount,type,created,closed,source,churned,competitor,play
${[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `D-${n},Account ${n},banking,100,new,2026-01-10,2026-03-10,,,,`).join('\n')}
D-9,Account 9,banking,100,new,2026-01-10,2026-03-10,,,,finance
D-10,Account 9,banking,5000,Renewal,2021-01-01,2022-01-01,Founder network,2026-01-01,Bramble,`
  const example = {
    cites: ['D-9', 'D-10'],
    reviews: [reviewed('D-9'), { deal: 'D-10', outcome: 'lost', compellingEvent: ' ', relationship: 'family' }],
    settings: {
      friendsSources: ['Founder network'],
      counts: predicate('{ type: { not: [Renewal] } }'),
      windowMonths: 100,
    },
    segments: { banks: '{ industry: banking }' },
  }
  expect(await citations(csv, example)).toBe(
    'D-9: eligible\nD-10: not-counted, stale, review-disagrees, no-compelling-event, not-run, friends-and-family, same-account, churned',
  )
})

test('where the segment is unknown nothing is said that depends on it', async () => {
  const csv = `id,industry,amount\n${nineWins}`
  const evidence = [{ deal: 'D-9' }, { deal: 'D-1' }]
  const plays = [{ id: 'finance', segment: 'bnaks', evidence }]
  expect(await citations(csv, { cites: [], plays, reviews: [reviewed('D-9')] })).toBe('D-9: eligible\nD-1: no-review')
})

test('a message asks neither for the play nor for the account nor for the size', async () => {
  const csv = `id,industry,amount,account\n${nineWins.replaceAll(/$/gm, ',Halyard Bank')}\nD-20,retail,100,Kestrel`
  const evidence = ['D-9', 'D-8', 'D-20'].map((deal) => ({ deal }))
  const example = {
    segments: { banks: '{ industry: banking }', shops: '{ industry: retail }' },
    reviews: ['D-9', 'D-8', 'D-20'].map((deal) => ({ deal })),
  }
  const ask = async (segments: readonly string[]): Promise<string> =>
    asText(await evidenceOf(csv, { ...example, messages: [{ id: 'audits', segments, evidence }] }))
  expect(await ask(['banks'])).toBe('D-9: eligible\nD-8: eligible\nD-20: outside-segment')
  expect(await ask(['banks', 'shops'])).toBe('D-9: eligible\nD-8: eligible\nD-20: eligible')
  expect(await ask([])).toBe('D-9: eligible\nD-8: eligible\nD-20: eligible')
  expect(await ask(['banks', 'unheard-of'])).toBe('D-9: eligible\nD-8: eligible\nD-20: eligible')
})

test('a message is backed by a deal that counts, or by the product where it links to the source', async () => {
  const evidence = [{ deal: 'D-18' }]
  const { messages } = await evidenceOf('id\nD-18\nD-19', {
    reviews: [{ deal: 'D-18' }],
    messages: [
      { id: 'a', evidence },
      { id: 'b', evidence: [{ deal: 'D-19' }] },
      { id: 'c', proof: 'product', source: 'https://halyard.example/limits' },
      { id: 'd', proof: 'product', source: ' ' },
      { id: 'e', proof: 'product', source: 'https://halyard.example/limits', evidence },
    ],
  })
  expect(messages.map(({ id, backed }) => `${id} ${backed}`)).toEqual([
    'a deals',
    'b no',
    'c product',
    'd no',
    'e deals',
  ])
})
