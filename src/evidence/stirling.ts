/**
 * What Stirling's formula leaves over, the one special function behind every probability here.
 *
 * Probabilities of thousands of deals are quotients of factorials with thousands of digits. Taking
 * the difference of two logarithms of that size would cost five digits, so formulas are arranged
 * until only this small remainder is left (C. Loader, “Fast and accurate computation of binomial
 * probabilities”, 2000).
 */

/**
 * ln Γ(z) − (z − 1/2) ln z + z − ln(2π)/2 for z > 0, to about 1e-15.
 *
 * From z = 12 the asymptotic series (NIST DLMF 5.11.1); below, the recurrence of Γ upward.
 * `stirlingRemainder(1) === 1 - Math.log(2 * Math.PI) / 2`, up to rounding.
 */
export function stirlingRemainder(z: number): number {
  let remainder = 0
  let at = z
  while (at < 12) {
    remainder += (at + 0.5) * Math.log1p(1 / at) - 1
    at += 1
  }
  const square = 1 / (at * at)
  const series =
    1 / 12 -
    square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360360))))
  return remainder + series / at
}

/** ln n! − n ln n + n − ln(2πn)/2: the same remainder at Γ(n + 1), for whole n above 0. */
export function factorialRemainder(n: number): number {
  return n < tabled ? (table[n] ?? 0) : stirlingRemainder(n)
}

// Γ(n + 1) = n Γ(n) turns the remainder at n + 1 into the one at n: ln n! = ln n + ln Γ(n).
const tabled = 256
const table = Float64Array.from({ length: tabled }, (_, n) => (n === 0 ? 0 : stirlingRemainder(n)))
