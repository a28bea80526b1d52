import { expect, test } from 'vitest'
import { factorialRemainder, stirlingRemainder } from './stirling.ts'

test('Stirling’s formula leaves over 1 − ln(2π)/2 at 1, because Γ(1) is 1', () => {
  expect(stirlingRemainder(1)).toBeCloseTo(1 - Math.log(2 * Math.PI) / 2, 14)
})

test('it leaves over (1 − ln 2)/2 at 1/2, because Γ(1/2) is √π', () => {
  expect(stirlingRemainder(0.5)).toBeCloseTo((1 - Math.LN2) / 2, 14)
})

test('a prior worth a hundredth of a deal is no difficulty', () => {
  // mpmath, 40 digits: loggamma(0.01) − (0.01 − 1/2) ln 0.01 + 0.01 − ln(2π)/2.
  expect(stirlingRemainder(0.01)).toBeCloseTo(1.434007953703184, 14)
})

test('with the remainder, n! comes out to 14 digits', () => {
  const factorial = (n: number): number =>
    Math.exp(n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + factorialRemainder(n))
  expect(factorial(1)).toBeCloseTo(1, 13)
  expect(factorial(10) / 3_628_800).toBeCloseTo(1, 13)
  expect(factorial(18) / 6_402_373_705_728_000).toBeCloseTo(1, 13)
})
