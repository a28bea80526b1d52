import { expect, test } from 'vitest'
import type { PlayEvidence } from './evidence.ts'
import { type Example, evidenceOf, predicate } from './testing/evidence-of.ts'

async function only(csv: string, example: Example): Promise<PlayEvidence> {
  return (await evidenceOf(csv, example)).plays[0] as PlayEvidence
}

/** `3/1 against 2/0`. */
function counts({ record, baseline }: PlayEvidence): string {
  return `${record.wins}/${record.losses} against ${baseline.wins}/${baseline.losses}`
}

test('a whole record, by hand', async () => {
  const csv = `id,account,parent,owner,product,outcome,amount,created,closed
D-1,Halyard Bank,,Jo Park,Audit,won,400.10,2026-01-01,2026-01-11
D-2,Halyard Leasing,Halyard Bank,J. Park,Audit,won,450.20,2026-01-01,2026-01-21
D-3,Kestrel,,Sam Reed,Audit,lost,0,2026-01-01,2026-01-31
D-4,Corval,,,Audit,won,,2026-01-01,2026-02-10
D-5,Corval,,Sam Reed,Audit,open,0,2026-06-05,
D-6,Corval,,Sam Reed,Audit,open,0,2026-05-01,
D-7,Corval,,Sam Reed,Audit,open,0,,
D-8,Corval,,Sam Reed,Ledger,won,100,2026-01-01,2026-02-10
D-9,Corval,,Sam Reed,Ledger,lost,0,2026-01-01,2026-02-10`
  const play = await only(csv, {
    plays: [{ id: 'audit', match: predicate('{ product: Audit }') }],
    people: [{ id: 'jo', role: 'rep', ledgerNames: ['Jo Park', 'J. Park'] }],
  })
  expect(play.record).toEqual({
    basis: 'matched',
    wins: 3,
    losses: 1,
    winRate: 0.75,
    low: expect.closeTo(0.28, 1),
    high: expect.closeTo(0.97, 1),
    accounts: 2,
    sellers: 1,
    lastWin: '2026-02-10',
    medianAmount: 425.15,
    amountQ1: expect.closeTo(412.625, 9),
    amountQ3: expect.closeTo(437.675, 9),
    amountN: 2,
    // Worked example of the design: closed after 10, 20, 30 and 40 days, open for 25 and 60.
    medianCycleDays: 30,
    cycleQ1: 20,
    cycleQ3: 40,
    openUsed: 2,
    openLeftOut: 1,
    friendsLeftOut: 0,
    undatedLeftOut: 0,
  })
  expect(play.baseline).toEqual({ wins: 1, losses: 1, winRate: 0.5 })
  expect([play.tooFew, play.better]).toEqual([true, null])
})

test('an empty record says nothing', async () => {
  const play = await only('id\nD-18', { plays: [{ id: 'audit', match: predicate('{ owner: Nobody }') }] })
  expect(play.record).toMatchObject({ wins: 0, losses: 0, winRate: null, low: null, high: null, lastWin: null })
  expect(play.record).toMatchObject({ medianAmount: null, amountN: 0, medianCycleDays: null, openUsed: 0 })
  expect([play.p, play.q, play.m, play.shrunk, play.rank, play.tooFew]).toEqual([null, null, null, null, null, true])
})

test('a record reaches back two years, and the boundary day is inside', async () => {
  const csv = `id,created,closed
D-16,2024-01-01,2024-06-29
D-17,2024-01-01,2024-06-30
D-18,2026-01-01,2026-06-30
D-19,2026-01-01,2026-07-01`
  const play = await only(csv, { plays: [{ id: 'audit' }] })
  expect(counts(play)).toBe('2/0 against 0/0')
  // D-19 closed after the day, so it is open on it.
  expect(play.record.openUsed).toBe(1)
})

test('deals that do not count are in no record, baseline or median', async () => {
  const csv = `id,product,type,amount
D-17,Audit,Renewal,100
D-18,Audit,New,300
D-19,Ledger,Renewal,100
D-20,Audit,,100`
  const play = await only(csv, {
    plays: [{ id: 'audit', match: predicate('{ product: Audit }') }],
    settings: { counts: predicate('{ type: { not: [Renewal] } }') },
  })
  expect(counts(play)).toBe('1/0 against 0/0')
  expect(play.record.medianAmount).toBe(300)
})

test('friends’ deals are in no record and are counted apart', async () => {
  const csv = `id,product,outcome,source
D-17,Audit,lost,
D-18,Audit,won,Founder network
D-19,Audit,won,
D-20,Ledger,won,Founder network
D-21,Ledger,won,
D-22,Audit,open,Founder network`
  const play = await only(csv, {
    plays: [{ id: 'audit', match: predicate('{ product: Audit }') }],
    settings: { friendsSources: ['Founder network'] },
    reviews: [{ deal: 'D-19', relationship: 'former-colleague' }],
  })
  expect(counts(play)).toBe('0/1 against 1/0')
  expect(play.record).toMatchObject({ friendsLeftOut: 2, openUsed: 0, openLeftOut: 0 })
})

test('a play that was first run on a day has only deals created since, in record and baseline', async () => {
  const csv = `id,product,outcome,created,closed,source
D-1,Audit,won,2026-01-31,2026-03-10,
D-2,Audit,won,2026-02-01,2026-03-10,
D-3,Ledger,lost,2026-01-31,2026-03-10,
D-4,Ledger,lost,2026-02-01,2026-03-10,
D-5,Audit,won,,2026-03-10,
D-6,Audit,won,,2026-03-10,Founder network
D-7,Audit,won,2026-01-31,2026-03-10,Founder network
D-8,Ledger,won,,2026-03-10,
D-9,Audit,open,2026-01-31,,
D-10,Audit,open,2026-02-01,,
D-11,Audit,open,,,`
  const example = {
    plays: [{ id: 'audit', match: predicate('{ product: Audit }'), since: '2026-02-01' }],
    settings: { friendsSources: ['Founder network'] },
  }
  const play = await only(csv, example)
  expect(counts(play)).toBe('1/0 against 0/1')
  expect(play.record).toMatchObject({ undatedLeftOut: 1, friendsLeftOut: 1, openUsed: 1, openLeftOut: 1 })
  const always = await only(csv, { ...example, plays: [{ ...example.plays[0], id: 'audit', since: undefined }] })
  expect(counts(always)).toBe('3/0 against 1/2')
  expect(always.record).toMatchObject({ undatedLeftOut: 0, friendsLeftOut: 2, openUsed: 2, openLeftOut: 1 })
  // D-5 has no length, and is in the record all the same.
  expect(always.record.medianCycleDays).toBe(38)
})

test('plays of one segment that were first run on different days have each its own baseline', async () => {
  const csv = 'id,product,created\nD-1,Audit,2026-01-31\nD-2,Ledger,2026-01-31\nD-3,Ledger,2026-02-28'
  const match = predicate('{ product: Audit }')
  const { plays } = await evidenceOf(csv, {
    plays: [
      { id: 'a', match, since: '2026-01-31' },
      { id: 'b', match, since: '2026-02-01' },
      { id: 'c', match },
    ],
  })
  expect(plays.map(counts)).toEqual(['1/0 against 2/0', '0/0 against 1/0', '1/0 against 2/0'])
})

test('where the ledger names plays, the named deals of the segment are the record, whatever `match` says', async () => {
  const csv = `id,industry,product,play
D-17,banking,Audit,
D-18,banking,Ledger,audit
D-19,banking,Audit,trial-week; audit
D-20,retail,Audit,audit
D-21,banking,Audit,audit-days`
  const play = await only(csv, {
    segments: { banks: '{ industry: banking }' },
    plays: [{ id: 'audit', match: predicate('{ product: Audit }') }],
    reviews: [{ deal: 'D-17', plays: ['audit'] }],
  })
  expect(play.record.basis).toBe('named')
  expect(counts(play)).toBe('2/0 against 2/0')
})

test('a deal without a day of creation has no length, and is in the record all the same', async () => {
  const csv = 'id,created,closed\nD-1,2026-03-01,2026-03-10\nD-2,,2026-03-10\nD-3,,2026-03-10'
  const { record } = await only(csv, { plays: [{ id: 'audit' }] })
  expect(record).toMatchObject({ wins: 3, cycleQ1: 9, medianCycleDays: 9, cycleQ3: 9, openUsed: 0, undatedLeftOut: 0 })
})

test('without a `match` the whole segment is the record and nothing the baseline', async () => {
  expect(counts(await only('id,outcome\nD-17,lost\nD-18,won', { plays: [{ id: 'audit' }] }))).toBe('1/1 against 0/0')
})

test('void deals count nowhere', async () => {
  const csv = 'id,outcome,closed\nD-17,void,2026-03-10\nD-18,won,2026-03-10\nD-19,void,'
  const play = await only(csv, { plays: [{ id: 'audit' }] })
  expect(counts(play)).toBe('1/0 against 0/0')
  expect(play.record).toMatchObject({ openUsed: 0, openLeftOut: 0 })
})

test('an open deal’s expected closing day is not its closing day', async () => {
  const play = await only('id,outcome,created,closed\nD-18,open,2026-01-10,2026-03-10', { plays: [{ id: 'audit' }] })
  expect(play.record).toMatchObject({ wins: 0, losses: 0, openUsed: 1 })
})

test('where the segment is unknown the record is empty and the citations speak alone', async () => {
  const csv = 'id,owner\nD-18,Jo Park\nD-19,Sam Reed\nD-20,Sam Reed'
  const ids = ['D-18', 'D-19', 'D-20']
  const plays = [{ id: 'audit', segment: 'bnaks', evidence: ids.map((deal) => ({ deal })) }]
  const evidence = await evidenceOf(csv, { plays, reviews: ids.map((deal) => ({ deal, plays: ['audit'] })) })
  const play = evidence.plays[0] as PlayEvidence
  expect(counts(play)).toBe('0/0 against 0/0')
  expect([play.verdict, play.tooFew, play.m, play.rank]).toEqual(['repeatable', true, null, null])
  expect([evidence.fittingCount('audit'), evidence.recordOf('audit')]).toEqual([0, []])
})

test('the deals of a record are listed latest first', async () => {
  const csv = `id,outcome,created,closed
D-1,won,2026-01-01,2026-02-01
D-2,lost,2026-01-01,2026-03-01
D-3,open,2026-01-01,
D-4,won,2026-01-01,2026-03-01`
  const evidence = await evidenceOf(csv, { plays: [{ id: 'audit' }] })
  expect(evidence.recordOf('audit').map(({ id }) => id)).toEqual(['D-2', 'D-4', 'D-1'])
  expect(evidence.recordOf('unheard-of')).toEqual([])
})

test('money of a currency without cents stays whole', async () => {
  const csv = 'id,amount\nD-17,1000\nD-18,1001'
  const engine = await evidenceOf(csv, { plays: [{ id: 'audit' }], currencyDigits: 0 })
  // The padded ledger is in dollars, whose unit is a cent.
  expect(engine.plays[0]?.record.medianAmount).toBe(100_050)
})
