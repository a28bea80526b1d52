/**
 * Win rates drawn towards what all plays share, so that a play with five deals does not top the ranking.
 *
 * How far is learnt from the plays themselves: a one-way random-effects analysis of variance gives the
 * intraclass correlation rho, and a Beta prior worth M = 1/rho − 1 deals follows from it (M. S. Ridout,
 * C. G. B. Demétrio, D. Firth, “Estimating intraclass correlation for binary data”, 1999: the ANOVA estimator).
 */
import { betaQuantile } from './beta.ts'
import type { WinsAndLosses } from './better.ts'

export interface Shrunk {
  /** 0 to 1. */
  readonly mean: number
  /** The 2.5% quantile. */
  readonly low: number
}

/** The shrunk rate of each record; every record has at least one deal. */
export function shrink(records: readonly WinsAndLosses[]): Shrunk[] {
  const { rate, worth } = priorOf(records)
  return records.map(({ wins, losses }) => ({
    mean: (wins + worth * rate) / (wins + losses + worth),
    low: betaQuantile(0.025, wins + worth * rate, losses + worth * (1 - rate)),
  }))
}

/** The common win rate, and how many deals the prior is worth: 2 to 200, and 200 where the plays tell nothing apart. */
export function priorOf(records: readonly WinsAndLosses[]): { rate: number; worth: number } {
  const plays = records.length
  let deals = 0
  let wins = 0
  let squares = 0
  for (const record of records) {
    const n = record.wins + record.losses
    deals += n
    wins += record.wins
    squares += n * n
  }
  const rate = deals === 0 ? 0 : wins / deals
  if (plays < 3 || deals === plays) return { rate, worth: mostWorth }
  let between = 0
  let within = 0
  for (const record of records) {
    const n = record.wins + record.losses
    between += n * (record.wins / n - rate) ** 2
    within += (record.wins * record.losses) / n
  }
  const size = (deals - squares / deals) / (plays - 1)
  between /= plays - 1
  within /= deals - plays
  if (within === 0 || between <= within) return { rate, worth: mostWorth }
  const correlation = (between - within) / (between + (size - 1) * within)
  return { rate, worth: Math.min(mostWorth, Math.max(2, 1 / correlation - 1)) }
}

const mostWorth = 200

/**
 * Competition ranks: the largest mean to 12 digits is 1, equal ones share the smaller rank. `rank([0.6, 0.7, 0.7])` is `[3, 1, 1]`.
 */
export function rank(means: readonly number[]): number[] {
  const rounded = means.map((mean) => Math.round(mean * 1e12))
  const sorted = Float64Array.from(rounded).sort()
  return rounded.map((mean) => {
    // The number of means that are larger, by binary search.
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle] as number) <= mean) low = middle + 1
      else high = middle
    }
    return sorted.length - low + 1
  })
}
