import { expect, test } from 'vitest'
import { falseDiscovery } from './false-discovery.ts'

test('Benjamini and Hochberg’s own fifteen comparisons give four discoveries at 0.05', () => {
  // “Controlling the false discovery rate”, 1995, section 4.2.
  const ps = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ]
  const qs = falseDiscovery(ps)
  expect(qs.filter((q) => q <= 0.05)).toHaveLength(4)
  // By hand: 15 × 0.0095 / 4, 15 × 0.0201 / 5, and the sixth takes the seventh's 15 × 0.0298 / 7.
  expect(qs[3]).toBeCloseTo(0.035625, 12)
  expect(qs[4]).toBeCloseTo(0.0603, 12)
  expect(qs[5]).toBeCloseTo(0.0298 * (15 / 7), 12)
  expect(qs[14]).toBe(1)
})

test('answers stand where their p stood, and equal p share a q', () => {
  const qs = falseDiscovery([0.04, 0.01, 0.04, 0.9])
  expect(qs[0]).toBeCloseTo(0.16 / 3, 12)
  expect(qs[1]).toBeCloseTo(0.04, 12)
  expect(qs[2]).toBe(qs[0])
  expect(qs[3]).toBe(0.9)
})

test('a single play’s q is its p, and no play has none', () => {
  expect(falseDiscovery([0.07])).toEqual([0.07])
  expect(falseDiscovery([])).toEqual([])
})
