import { expect, test } from 'vitest'
import type { PlayEvidence } from './evidence.ts'
import { gatherEvidence } from './gather-evidence.ts'
import { engineOf, evidenceOf, inputOf, predicate } from './testing/evidence-of.ts'

/** Rows of a product with so many wins and losses. */
function deals(product: string, wins: number, losses: number, created = '2026-01-10', closed = '2026-03-10'): string[] {
  return Array.from({ length: wins + losses }, (_, index) => {
    const id = `${product}-${closed}-${String(index).padStart(4, '0')}`
    return `${id},${product},${index < wins ? 'won' : 'lost'},${created},${closed}`
  })
}

const header = 'id,product,outcome,created,closed'
const match = (product: string) => predicate(`{ product: ${product} }`)
const ofId = (plays: readonly PlayEvidence[], id: string): PlayEvidence | undefined =>
  plays.find((play) => play.id === id)

test('better and p are those of the worked example', async () => {
  const csv = [header, ...deals('Audit', 12, 4), ...deals('Ledger', 30, 30)].join('\n')
  const { plays } = await evidenceOf(csv, { plays: [{ id: 'audit', match: match('Audit') }] })
  expect(plays[0]?.better).toBeCloseTo(0.965197664, 9)
  expect(plays[0]?.p).toBeCloseTo(0.0645159178, 10)
  expect(plays[0]).toMatchObject({ q: plays[0]?.p, m: 1, rank: 1, tooFew: false })
})

test('q is over all plays but retired ones that have a closed deal and a baseline to compare with; ranks are over all with a deal', async () => {
  const csv = [header, ...deals('Audit', 12, 4), ...deals('Ledger', 30, 30), ...deals('Probe', 0, 1)].join('\n')
  const { plays } = await evidenceOf(csv, {
    plays: [
      { id: 'audit', match: match('Audit') },
      { id: 'draft', match: match('Ledger'), status: 'draft' },
      { id: 'empty', match: match('Nothing') },
      { id: 'lost', match: match('Probe'), status: undefined },
      { id: 'no-segment', segment: 'unheard-of' },
      { id: 'retired', match: match('Ledger'), status: 'retired' },
      { id: 'whole' },
    ],
  })
  expect(plays.map(({ id, m, p }) => [id, m, p !== null])).toEqual([
    ['audit', 3, true],
    ['draft', 3, true],
    ['empty', null, false],
    ['lost', 3, true],
    ['no-segment', null, false],
    ['retired', null, false],
    ['whole', null, false],
  ])
  const [audit, draft, lost] = ['audit', 'draft', 'lost'].map((id) => ofId(plays, id)?.p as number)
  expect(ofId(plays, 'audit')?.q).toBeCloseTo(
    Math.min(3 * (audit as number), (3 * (lost as number)) / 2, lost as number),
    12,
  )
  expect([lost, draft]).toEqual([1, expect.closeTo(0.93, 1)])
  // By rates of .75, .55, 0 of a single deal, and .5: one lost deal moves the common rate of .54 less than sixty do.
  expect(plays.map(({ id, rank }) => [id, rank]).filter(([, rank]) => rank !== null)).toEqual([
    ['audit', 1],
    ['draft', 4],
    ['lost', 3],
    ['whole', 2],
  ])
})

test('nine deals on either side are too few to call one better, ten are enough', async () => {
  const audit = async (play: number, baseline: number): Promise<PlayEvidence | undefined> => {
    const csv = [header, ...deals('Audit', play, 0), ...deals('Ledger', baseline, 0)].join('\n')
    return (await evidenceOf(csv, { plays: [{ id: 'audit', match: match('Audit') }] })).plays[0]
  }
  expect(await audit(9, 10)).toMatchObject({ better: null, tooFew: true, m: 1 })
  expect(await audit(10, 9)).toMatchObject({ better: null, tooFew: false, m: null })
  expect(await audit(10, 10)).toMatchObject({ better: expect.closeTo(0.5, 9), tooFew: false, m: 1, p: 1 })
})

test('p and q are those of the last quarter end, everything else is of the day', async () => {
  const before = [...deals('Audit', 12, 4), ...deals('Ledger', 30, 30)]
  const after = deals('Audit', 0, 20, '2026-04-02', '2026-05-10')
  // Closed within two years of the quarter end, and no longer within two years of the day.
  const old = deals('Ledger', 10, 0, '2024-01-10', '2024-04-15')
  const example = { plays: [{ id: 'audit', match: match('Audit') }] }
  const csv = [header, ...before, ...after, ...old].join('\n')
  const inJune = await evidenceOf(csv, { ...example, asOf: '2026-06-29' })
  const atQuarterEnd = await evidenceOf([header, ...before, ...old].join('\n'), { ...example, asOf: '2026-03-31' })
  expect([inJune.judgedOn, atQuarterEnd.judgedOn]).toEqual(['2026-03-31', '2026-03-31'])
  expect(inJune.plays[0]).toMatchObject({ p: atQuarterEnd.plays[0]?.p, q: atQuarterEnd.plays[0]?.q })
  expect(inJune.plays[0]?.record).toMatchObject({ wins: 12, losses: 24 })
  expect(inJune.plays[0]?.baseline).toMatchObject({ wins: 30, losses: 30 })
  expect(atQuarterEnd.plays[0]?.baseline).toMatchObject({ wins: 40, losses: 30 })
})

test('quarters follow the fiscal year', async () => {
  const judgedOn = async (asOf: string, fiscalYearStart: number): Promise<string> =>
    (await evidenceOf('id\nD-18', { asOf, fiscalYearStart })).judgedOn
  expect(await judgedOn('2026-06-29', 1)).toBe('2026-03-31')
  expect(await judgedOn('2026-06-30', 1)).toBe('2026-06-30')
  expect(await judgedOn('2026-06-29', 2)).toBe('2026-04-30')
  expect(await judgedOn('2026-06-29', 12)).toBe('2026-05-31')
})

test('a play new since the quarter end has a record and no q', async () => {
  const csv = [header, ...deals('Audit', 12, 0, '2026-04-02', '2026-05-10'), ...deals('Ledger', 10, 10)].join('\n')
  const { plays } = await evidenceOf(csv, { asOf: '2026-06-29', plays: [{ id: 'audit', match: match('Audit') }] })
  expect(plays[0]).toMatchObject({ p: null, q: null, m: null, rank: 1, record: { wins: 12 } })
})

test('plays, messages and segments are sorted by id, and named deals are at hand', async () => {
  const evidence = await evidenceOf('id\nD-17\nD-18\nD-19\nD-20', {
    plays: [{ id: 'b', evidence: [{ deal: 'D-18' }] }, { id: 'a' }],
    messages: [{ id: 'y' }, { id: 'x', evidence: [{ deal: 'D-98' }] }],
    segments: { banks: '{}', all: '{}' },
    reviews: [{ deal: 'D-19' }],
    namedDeals: ['D-20', 'D-99'],
  })
  const ids = [evidence.plays, evidence.messages, evidence.segments].map((all) => all.map(({ id }) => id).join())
  expect(ids).toEqual(['a,b', 'x,y', 'all,banks'])
  expect([...evidence.deals.keys()].sort()).toEqual(['D-18', 'D-19', 'D-20'])
  expect([...evidence.nearest.keys()]).toEqual(['D-98', 'D-99'])
})

test('a `match` over a column that the ledger lacks leaves unsaid what depends on it', async () => {
  const { plays } = await evidenceOf('id\nD-18', {
    plays: [{ id: 'audit', match: predicate('{ prodct: Audit }'), evidence: [{ deal: 'D-18' }] }],
    reviews: [{ deal: 'D-18', plays: ['audit'] }],
  })
  expect(plays[0]).toMatchObject({ record: { wins: 0, losses: 0 }, citations: [{ eligible: true }], m: null })
})

test('where the ledger names plays, a `match` that it cannot answer does not empty the record', async () => {
  const { plays } = await evidenceOf('id,play\nD-18,audit', {
    plays: [{ id: 'audit', match: predicate('{ prodct: Audit }') }],
  })
  expect(plays[0]?.record).toMatchObject({ basis: 'named', wins: 1 })
})

test('the ledger is asked once for all plays that share their predicates', async () => {
  const engine = engineOf([header, ...deals('Audit', 3, 1)].join('\n'))
  let asked = 0
  const counting = new Proxy(engine, {
    get(target, name) {
      if (name === 'matching') asked++
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const plays = ['a', 'b', 'c', 'd'].map((id) => ({ id, match: match(id < 'c' ? 'Audit' : 'Ledger') }))
  await gatherEvidence(inputOf({ plays, segments: { banks: '{ outcome: won }' } }), counting)
  // The segment, and two matches.
  expect(asked).toBe(3)
})
