import { expect, test } from 'vitest'
import type { EvidenceSettings } from '../model/ledger-settings.ts'
import type { Verdict } from './evidence.ts'
import { type Example, evidenceOf, predicate } from './testing/evidence-of.ts'
import { verdictOf } from './verdict.ts'

const thresholds: Pick<
  EvidenceSettings,
  'minAccounts' | 'minSellers' | 'minBetter' | 'maxFalseDiscovery' | 'minClosed'
> = {
  minAccounts: 3,
  minSellers: 2,
  minBetter: 0.025,
  maxFalseDiscovery: 0.1,
  minClosed: 10,
}
const strong = { eligible: 3, accounts: 3, sellers: 2, closed: 10, better: 0.99, q: 0.1, concentrated: [] }

function verdict(change: Partial<Parameters<typeof verdictOf>[0]>): Verdict {
  return verdictOf({ ...strong, ...change }, thresholds)
}

test('a play with a story, accounts, sellers and a record beyond chance is proven', () => {
  expect(verdict({})).toBe('proven')
})

test('what is missing for proven leaves repeatable', () => {
  expect(verdict({ q: 0.1001 })).toBe('repeatable')
  expect(verdict({ q: null })).toBe('repeatable')
  expect(verdict({ closed: 9 })).toBe('repeatable')
  expect(verdict({ better: null })).toBe('proven')
})

test('one account or seller who carries the record stands against proven, a region does not', () => {
  const carried = (dimension: 'account' | 'seller' | 'territory') => [{ dimension, value: 'x', share: 0.6 }]
  expect(verdict({ concentrated: carried('account') })).toBe('repeatable')
  expect(verdict({ concentrated: carried('seller') })).toBe('repeatable')
  expect(verdict({ concentrated: carried('territory') })).toBe('proven')
})

test('too few accounts or sellers, or a record that speaks against it, leaves anecdotal', () => {
  expect(verdict({ accounts: 2 })).toBe('anecdotal')
  expect(verdict({ sellers: 1 })).toBe('anecdotal')
  expect(verdict({ better: 0.0249 })).toBe('anecdotal')
  expect(verdict({ better: 0.025 })).toBe('proven')
})

test('without an eligible citation nothing is proven, however good the record', () => {
  expect(verdict({ eligible: 0, accounts: 0, sellers: 0 })).toBe('unproven')
  expect(verdictOf({ ...strong, eligible: 0 }, { ...thresholds, minAccounts: 0, minSellers: 0 })).toBe('unproven')
})

const four = `id,owner
D-1,Ada Moss
D-2,Ada Moss
D-3,Jo Park
D-4,Unknown Owner`

async function verdictFor(cites: readonly string[], example: Example = {}): Promise<Verdict | undefined> {
  const evidence = await evidenceOf(four, {
    people: [
      { id: 'ada', role: 'founder', ledgerNames: ['Ada Moss'] },
      { id: 'jo', role: 'rep', ledgerNames: ['Jo Park'] },
    ],
    ...example,
    plays: [{ id: 'audit', evidence: cites.map((deal) => ({ deal })) }],
    reviews: cites.map((deal) => ({ deal, plays: ['audit'] })),
  })
  return evidence.plays[0]?.verdict
}

test('a founder’s deals count as accounts and not as sellers; an owner nobody knows is a seller', async () => {
  expect(await verdictFor(['D-1', 'D-2', 'D-3'])).toBe('anecdotal')
  expect(await verdictFor(['D-1', 'D-3', 'D-4'])).toBe('repeatable')
  const promoted = [
    { id: 'ada', role: 'sales-lead', ledgerNames: ['Ada Moss'] },
    { id: 'jo', role: 'executive', ledgerNames: ['Jo Park'] },
  ]
  expect(await verdictFor(['D-1', 'D-2', 'D-3'], { people: promoted })).toBe('anecdotal')
  expect(await verdictFor(['D-1', 'D-2', 'D-4'], { people: promoted })).toBe('repeatable')
})

test('deals without an account or an owner stand for none', async () => {
  const rows = [1, 2, 3].map((n) => `D-${n},,`).join('\n')
  const cites = ['D-1', 'D-2', 'D-3']
  const { plays } = await evidenceOf(`id,account,owner\n${rows}`, {
    plays: [{ id: 'audit', evidence: cites.map((deal) => ({ deal })) }],
    reviews: cites.map((deal) => ({ deal, plays: ['audit'] })),
    settings: { minAccounts: 1, minSellers: 0 },
  })
  expect(plays[0]?.citations.map(({ eligible }) => eligible)).toEqual([true, true, true])
  expect(plays[0]?.verdict).toBe('anecdotal')
  expect(plays[0]?.record).toMatchObject({ wins: 3, accounts: 0, sellers: 0 })
})

test('two spellings of one person are one seller', async () => {
  const people = [{ id: 'jo', role: 'rep', ledgerNames: ['Jo Park', 'Unknown Owner', 'Ada Moss'] }]
  expect(await verdictFor(['D-1', 'D-3', 'D-4'], { people })).toBe('anecdotal')
})

test('a play that loses more than its neighbours is anecdotal however many deals it cites', async () => {
  // Worked example of the design, in a tenth: 8 of 40 against 60 of 80.
  const rows = [
    ...Array.from({ length: 40 }, (_, i) => `A-${100 + i},Audit,${i < 8 ? 'won' : 'lost'},Seller ${i % 3}`),
    ...Array.from({ length: 80 }, (_, i) => `B-${100 + i},Ledger,${i < 60 ? 'won' : 'lost'},Seller ${i % 3}`),
  ]
  const cites = ['A-100', 'A-101', 'A-102', 'A-103']
  const { plays } = await evidenceOf(`id,product,outcome,owner\n${rows.join('\n')}`, {
    plays: [{ id: 'audit', match: predicate('{ product: Audit }'), evidence: cites.map((deal) => ({ deal })) }],
    reviews: cites.map((deal) => ({ deal, plays: ['audit'] })),
  })
  expect(plays[0]?.better).toBeLessThan(0.025)
  expect(plays[0]?.verdict).toBe('anecdotal')
})
