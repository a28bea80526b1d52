import { expect, test } from 'vitest'
import { betaCumulative, betaQuantile, jeffreysInterval } from './beta.ts'

/** Nine correct digits, counted from the first that is not 0. */
function toNineDigits(actual: number, expected: number): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(5e-10)
}

test('Beta(1/2, 1/2) follows the arcsine law', () => {
  for (const p of [1e-9, 0.001, 0.025, 0.3, 0.5, 0.7, 0.975])
    toNineDigits(betaQuantile(p, 0.5, 0.5), Math.sin((Math.PI * p) / 2) ** 2)
})

test('with a parameter of 1 the quantile is a power', () => {
  for (const p of [0.001, 0.025, 0.5, 0.975]) {
    toNineDigits(betaQuantile(p, 7.25, 1), p ** (1 / 7.25))
    toNineDigits(betaQuantile(p, 1, 4000), -Math.expm1(Math.log1p(-p) / 4000))
    toNineDigits(betaQuantile(p, 0.01, 1), p ** 100)
  }
})

test('Beta(3/2, 1/2) and Beta(1/2, 3/2) follow from the arcsine law by parts', () => {
  // With x = sin² φ their distribution functions are (2φ − sin 2φ)/π and (2φ + sin 2φ)/π.
  for (const angle of [0.01, 0.2, 0.7, 1.1, 1.5]) {
    const x = Math.sin(angle) ** 2
    // 2φ − sin 2φ by its series where the difference would lose digits.
    const t = 2 * angle
    const difference = t < 0.1 ? t ** 3 / 6 - t ** 5 / 120 + t ** 7 / 5040 : t - Math.sin(t)
    toNineDigits(betaCumulative(x, 1.5, 0.5), difference / Math.PI)
    toNineDigits(betaCumulative(x, 0.5, 1.5), (t + Math.sin(t)) / Math.PI)
  }
})

/**
 * P(X <= x) for Beta(w + 1/2, l + 1/2) from the arcsine law by the recurrences
 * I(a, b + 1) = I(a, b) + x^a (1 − x)^b / (b B) and I(a + 1, b) = I(a, b) − x^a (1 − x)^b / (a B), NIST DLMF 8.17.20-21.
 */
function cumulativeByRecurrence(x: number, wins: number, losses: number): number {
  let [a, b] = [0.5, 0.5]
  let cumulative = (2 / Math.PI) * Math.asin(Math.sqrt(x))
  let term = Math.sqrt(x * (1 - x)) / Math.PI
  while (a < wins + 0.5 || b < losses + 0.5) {
    if ((b - 0.5) * wins < (a - 0.5) * losses || a === wins + 0.5) {
      cumulative += term / b
      term *= ((1 - x) * (a + b)) / b
      b++
    } else {
      cumulative -= term / a
      term *= (x * (a + b)) / a
      a++
    }
  }
  return cumulative
}

test('2.5% lie below and 2.5% above an interval, counted up from the arcsine law', () => {
  for (const [wins, losses] of [
    [186, 80],
    [245, 183],
    [12, 4],
    [1, 30],
    [30, 1],
  ] as const) {
    const { low, high } = jeffreysInterval(wins, losses)
    expect(cumulativeByRecurrence(low, wins, losses)).toBeCloseTo(0.025, 11)
    expect(cumulativeByRecurrence(high, wins, losses)).toBeCloseTo(0.975, 11)
  }
})

test('intervals agree with the worked examples of the design', () => {
  expect(jeffreysInterval(186, 80).low).toBeCloseTo(0.642208, 6)
  expect(jeffreysInterval(186, 80).high).toBeCloseTo(0.751979, 6)
  expect(jeffreysInterval(245, 183).low).toBeCloseTo(0.525203, 6)
  expect(jeffreysInterval(245, 183).high).toBeCloseTo(0.618681, 6)
  expect(jeffreysInterval(0, 5).low).toBeCloseTo(0.0000934, 7)
  expect(jeffreysInterval(0, 5).high).toBeCloseTo(0.3793771, 7)
  expect(jeffreysInterval(5, 0).low).toBeCloseTo(0.6206229, 7)
  expect(jeffreysInterval(5, 0).high).toBeCloseTo(0.9999066, 7)
})

test('intervals have nine digits at 0 of n, n of n and thousands of deals', () => {
  // mpmath, 40 digits: bisection on the series of I_x(a, b) whose terms are all positive, NIST DLMF 8.17.8.
  for (const [wins, losses, low, high] of [
    [0, 1, 3.855809807559e-4, 0.85325368369042],
    [0, 2000, 2.4548656141979e-7, 0.0012550263386699],
    [3, 4997, 1.6901489450099e-4, 0.0016003949302265],
    [186, 80, 0.64220830921954, 0.75197877205429],
    [4500, 3000, 0.58887593603625, 0.61104689918271],
  ] as const) {
    toNineDigits(jeffreysInterval(wins, losses).low, low)
    toNineDigits(jeffreysInterval(wins, losses).high, high)
    toNineDigits(1 - jeffreysInterval(losses, wins).low, high)
    toNineDigits(1 - jeffreysInterval(losses, wins).high, low)
  }
})

test('without any deal a rate may be almost anything', () => {
  // Arcsine law: sin²(0.025 π/2).
  toNineDigits(jeffreysInterval(0, 0).low, Math.sin(0.0125 * Math.PI) ** 2)
  toNineDigits(jeffreysInterval(0, 0).high, Math.cos(0.0125 * Math.PI) ** 2)
})

test('a parameter of 0 puts all mass at one end', () => {
  expect(betaQuantile(0.025, 0, 3)).toBe(0)
  expect(betaQuantile(0.025, 3, 0)).toBe(1)
})

test('a quantile too small for a number is 0', () => {
  // 0.025^(1/0.001) is about 1e-1602.
  expect(betaQuantile(0.025, 0.001, 1)).toBeLessThan(1e-300)
})
