import { expect, test } from 'vitest'
import { priorOf, rank, shrink } from './shrinkage.ts'

function records(...pairs: readonly (readonly [number, number])[]): { wins: number; losses: number }[] {
  return pairs.map(([wins, losses]) => ({ wins, losses }))
}

test('three plays of ten deals are drawn together as far as their spread deserves', () => {
  // By hand: p̄ = 1/2, MSB = 2/5, MSW = 67/270, n₀ = 10, so M = n₀ MSW / (MSB − MSW) = 670/41.
  const plays = records([7, 3], [5, 5], [3, 7])
  expect(priorOf(plays).rate).toBe(0.5)
  expect(priorOf(plays).worth).toBeCloseTo(670 / 41, 12)
  expect(shrink(plays).map(({ mean }) => mean)).toEqual([
    expect.closeTo(622 / 1080, 12),
    0.5,
    expect.closeTo(458 / 1080, 12),
  ])
  // mpmath, 40 digits: the 2.5% quantile of Beta(7 + 335/41, 3 + 335/41).
  expect(shrink(plays)[0]?.low).toBeCloseTo(0.38687543371985, 10)
})

test('plays of unequal size use the average size of the analysis of variance', () => {
  // By hand: N = 30, p̄ = 1/2, n₀ = (30 − 450/30) / 2 = 15/2 with sizes 20, 5 and 5.
  // MSB = (20 × 0 + 5 × 0.09 + 5 × 0.09) / 2 = 0.45, MSW = (5 + 0.8 + 0.8) / 27, M = n₀ MSW / (MSB − MSW).
  const plays = records([10, 10], [4, 1], [1, 4])
  const within = 6.6 / 27
  expect(priorOf(plays).worth).toBeCloseTo((7.5 * within) / (0.45 - within), 12)
})

test('a prior is worth at least two deals', () => {
  expect(priorOf(records([9, 1], [5, 5], [1, 9])).worth).toBe(2)
})

test('a prior is worth 200 deals where the plays tell nothing apart', () => {
  // Alike, all of one deal, no spread within, fewer than three.
  expect(priorOf(records([6, 4], [6, 4], [6, 4])).worth).toBe(200)
  expect(priorOf(records([1, 0], [0, 1], [1, 0])).worth).toBe(200)
  expect(priorOf(records([4, 0], [5, 0], [0, 3])).worth).toBe(200)
  expect(priorOf(records([9, 1], [1, 9])).worth).toBe(200)
  expect(priorOf(records([9, 1])).worth).toBe(200)
})

test('where every deal was won, or none, there is nothing to be unsure of', () => {
  expect(shrink(records([4, 0], [6, 0]))).toEqual([
    { mean: 1, low: 1 },
    { mean: 1, low: 1 },
  ])
  expect(shrink(records([0, 4]))).toEqual([{ mean: 0, low: 0 }])
  expect(shrink([])).toEqual([])
})

test('equal means share the smaller rank', () => {
  expect(rank([0.6, 0.7, 0.7, 0.5])).toEqual([3, 1, 1, 4])
  expect(rank([0.6, 0.6 + 1e-14])).toEqual([1, 1])
  expect(rank([])).toEqual([])
})
