import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantileAmong, quantileOf } from './quantile.ts'

test('quartiles of 1 to 10 are those that R and spreadsheets give', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  expect(quantileOf(values, 0.25)).toBe(3.25)
  expect(quantileOf(values, 0.5)).toBe(5.5)
  expect(quantileOf(values, 0.75)).toBe(7.75)
})

test('one value is every quantile, and none has none', () => {
  expect(quantileOf([700], 0.25)).toBe(700)
  expect(quantileOf([700], 1)).toBe(700)
  expect(quantileOf([], 0.5)).toBeNull()
})

test('a median between two cents keeps its half', () => {
  expect(quantileOf([109_600, 109_701], 0.5)).toBe(109_650.5)
})

test('without sorting, a quantile is the same to the last digit', () => {
  const amounts = fc.array(fc.oneof(fc.nat(20), fc.nat(10 ** 12)), { maxLength: 60 })
  fc.assert(
    fc.property(amounts, fc.constantFrom(0, 0.25, 0.5, 0.75, 1), fc.constantFrom(0.25, 0.5), (values, share, other) => {
      const sorted = Float64Array.from(values).sort()
      const unsorted = Float64Array.from(values)
      // One after the other, of the same values.
      expect(quantileAmong(unsorted, other)).toBe(quantileOf(sorted, other))
      expect(quantileAmong(unsorted, share)).toBe(quantileOf(sorted, share))
    }),
  )
})
