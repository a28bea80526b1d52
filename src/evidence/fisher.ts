/**
 * Fisher's exact test, one-sided: how often chance alone would give the play so many of the wins.
 */

import type { WinsAndLosses } from './better.ts'
import { factorialRemainder } from './stirling.ts'

/**
 * P(X >= wins of the play) for hypergeometric X: the play's and all deals, all wins and all losses held fixed, the
 * observed table included. Nine correct digits, relative where tiny, for thousands of deals; 1 where there is nothing to compare.
 *
 * `fisherP({ wins: 12, losses: 4 }, { wins: 30, losses: 30 }) === 0.0645159178…`
 */
export function fisherP(play: WinsAndLosses, baseline: WinsAndLosses): number {
  const drawn = play.wins + play.losses
  const wins = play.wins + baseline.wins
  const losses = play.losses + baseline.losses
  const fewest = Math.max(0, drawn - losses)
  const most = Math.min(drawn, wins)
  if (play.wins <= fewest) return 1
  // Sum outward from the observed table, away from the mode, so that the terms fall from the first.
  const mode = Math.floor(((drawn + 1) * (wins + 1)) / (wins + losses + 2))
  if (play.wins > mode) {
    let term = 1
    let sum = 1
    for (let x = play.wins; x < most && term > sum * 1e-18; x++) {
      term *= ((wins - x) * (drawn - x)) / ((x + 1) * (losses - drawn + x + 1))
      sum += term
    }
    return Math.min(1, sum * probabilityOf(play.wins, drawn, wins, losses))
  }
  let term = 1
  let sum = 1
  for (let x = play.wins - 1; x > fewest && term > sum * 1e-18; x--) {
    term *= (x * (losses - drawn + x)) / ((wins - x + 1) * (drawn - x + 1))
    sum += term
  }
  return Math.max(0, 1 - sum * probabilityOf(play.wins - 1, drawn, wins, losses))
}

/** C(wins, x) C(losses, drawn − x) / C(wins + losses, drawn), as a quotient of binomial probabilities (Loader 2000). */
function probabilityOf(x: number, drawn: number, wins: number, losses: number): number {
  const rate = drawn / (wins + losses)
  return Math.exp(
    logBinomial(x, wins, rate) + logBinomial(drawn - x, losses, rate) - logBinomial(drawn, wins + losses, rate),
  )
}

/** The logarithm of the binomial probability of x successes in n trials, by Loader's saddle point. */
function logBinomial(x: number, n: number, rate: number): number {
  if (x === 0) return n === 0 ? 0 : n * Math.log1p(-rate)
  if (x === n) return n * Math.log(rate)
  const remainder = factorialRemainder(n) - factorialRemainder(x) - factorialRemainder(n - x)
  const deviance = devianceOf(x, n * rate) + devianceOf(n - x, n * (1 - rate))
  return remainder - deviance - 0.5 * Math.log((2 * Math.PI * x * (n - x)) / n)
}

/** x ln(x / mean) + mean − x, without cancellation where the two are close. */
function devianceOf(x: number, mean: number): number {
  const difference = x - mean
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference
  const v = difference / (x + mean)
  let sum = difference * v
  let power = 2 * x * v
  for (let j = 3; ; j += 2) {
    power *= v * v
    const next = sum + power / j
    if (next === sum) return sum
    sum = next
  }
}
