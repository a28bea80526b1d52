/**
 * The Beta distribution: what a win rate may be, given wins and losses.
 *
 * With w wins and l losses and Jeffreys' prior the rate follows Beta(w + 1/2, l + 1/2); its
 * equal-tailed interval is right on average at every rate, at 0 of n and n of n too
 * (L. D. Brown, T. T. Cai, A. DasGupta, “Interval estimation for a binomial proportion”, 2001).
 */
import { stirlingRemainder } from './stirling.ts'

/** The equal-tailed interval that holds 95% of Beta(wins + 1/2, losses + 1/2). `jeffreysInterval(0, 5).high === 0.3793…` */
export function jeffreysInterval(wins: number, losses: number): { low: number; high: number } {
  return { low: betaQuantile(0.025, wins + 0.5, losses + 0.5), high: 1 - betaQuantile(0.025, losses + 0.5, wins + 0.5) }
}

/**
 * The x with P(X <= x) = p for X of Beta(a, b), to about 1e-13 (relative where x is small).
 *
 * Newton's method on ln P over the log odds of x, where ln P is concave, inside a bracket that only
 * shrinks. A parameter of 0 puts all mass at its end: `betaQuantile(0.025, 3, 0) === 1`.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (a <= 0) return 0
  if (b <= 0) return 1
  if (p > 0.5) return 1 - betaQuantile(1 - p, b, a)
  const target = Math.log(p)
  const constants = constantsOf(a, b)
  let below = lowestLogOdds
  let above = -lowestLogOdds
  let logOdds = firstGuess(p, a, b)
  for (let step = 0; step < 200; step++) {
    const x = 1 / (1 + Math.exp(-logOdds))
    const y = 1 / (1 + Math.exp(logOdds))
    const { density, cumulative } = tails(x, y, constants)
    const excess = Math.log(cumulative) - target
    if (excess > 0) above = logOdds
    else below = logOdds
    // d ln P / d log odds = x (1 − x) f(x) / P, and `density` is x (1 − x) f(x).
    let next = logOdds - (excess * cumulative) / density
    if (!(next > below && next < above)) next = (below + above) / 2
    const moved = Math.abs(next - logOdds)
    logOdds = next
    if (moved < 1e-14 * Math.max(1, Math.abs(next)) || above - below < 1e-14) break
  }
  return 1 / (1 + Math.exp(-logOdds))
}

/** P(X <= x) for X of Beta(a, b), with full relative precision in the lower tail. */
export function betaCumulative(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  return tails(x, 1 - x, constantsOf(a, b)).cumulative
}

/** Below e^−745 a number is 0 to a computer. */
const lowestLogOdds = -745

interface BetaConstants {
  readonly a: number
  readonly b: number
  readonly mean: number
  readonly complement: number
  /** What x^a (1 − x)^b / B(a, b) is at the mean. */
  readonly peak: number
}

function constantsOf(a: number, b: number): BetaConstants {
  const sum = a + b
  const remainder = stirlingRemainder(sum) - stirlingRemainder(a) - stirlingRemainder(b)
  const peak = Math.sqrt((a / sum) * (b / (2 * Math.PI))) * Math.exp(remainder)
  return { a, b, mean: a / sum, complement: b / sum, peak }
}

/** x^a y^b / B(a, b), which is x (1 − x) times the density, and P(X <= x); y is 1 − x, given apart so that neither loses digits. */
function tails(
  x: number,
  y: number,
  { a, b, mean, complement, peak }: BetaConstants,
): { density: number; cumulative: number } {
  const density = peak * Math.exp(a * logRatio(x, mean, y, complement) + b * logRatio(y, complement, x, mean))
  if (x <= (a + 1) / (a + b + 2)) return { density, cumulative: density / (a * continuedFraction(x, a, b)) }
  return { density, cumulative: 1 - density / (b * continuedFraction(y, b, a)) }
}

/** ln(x / mean), by whichever difference is exact. */
function logRatio(x: number, mean: number, y: number, complement: number): number {
  if (x < 0.5 * mean || x > 2 * mean) return Math.log(x / mean)
  return Math.log1p((x < 0.5 ? x - mean : complement - y) / mean)
}

/**
 * The continued fraction K with I_x(a, b) = x^a (1 − x)^b / (a B(a, b) K), by the modified Lentz
 * method (NIST DLMF 8.17.22; W. J. Lentz 1976, I. J. Thompson and A. R. Barnett 1986).
 */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let numerator = 1
  let denominator = 0
  let value = 1
  for (let m = 0; m < 100_000; m++) {
    const even = m === 0 ? undefined : (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    if (even !== undefined) {
      denominator = 1 / nonZero(1 + even * denominator, tiny)
      numerator = nonZero(1 + even / numerator, tiny)
      value *= numerator * denominator
    }
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    denominator = 1 / nonZero(1 + odd * denominator, tiny)
    numerator = nonZero(1 + odd / numerator, tiny)
    const factor = numerator * denominator
    value *= factor
    if (Math.abs(factor - 1) < 3e-16) break
  }
  return value
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value
}

/** On the scale φ with x = sin² φ the distribution is nearly normal with deviation 1 / (2 √(a + b)). */
function firstGuess(p: number, a: number, b: number): number {
  const t = Math.sqrt(-2 * Math.log(p))
  // Abramowitz and Stegun 26.2.22: good to 0.003, and a guess is all it is.
  const z = (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t) - t
  const angle = Math.atan2(Math.sqrt(a), Math.sqrt(b)) + z / (2 * Math.sqrt(a + b))
  if (angle > 0.05) return 2 * Math.log(Math.tan(Math.min(angle, 1.57)))
  // Far in the lower tail P is about x^a / (a B(a, b)).
  const logBeta =
    0.5 * Math.log((2 * Math.PI * (a + b)) / (a * b)) +
    stirlingRemainder(a) +
    stirlingRemainder(b) -
    stirlingRemainder(a + b) +
    a * Math.log(a / (a + b)) +
    b * Math.log(b / (a + b))
  const guess = (Math.log(p) + Math.log(a) + logBeta) / a
  return Math.max(lowestLogOdds, Math.min(guess, 0))
}
