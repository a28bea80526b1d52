/**
 * How long a sale takes, counting the deals that are still open.
 *
 * Leaving open deals out shortens every answer, because the slow ones are the ones still open
 * (E. L. Kaplan, P. Meier, “Nonparametric estimation from incomplete observations”, 1958).
 */

export interface SurvivalTimes {
  /** Days; null where so many deals are open that the share is never reached. */
  readonly firstQuartile: number | null
  readonly median: number | null
  readonly thirdQuartile: number | null
}

/**
 * The smallest times at which the share still open is at most 3/4, 1/2 and 1/4.
 *
 * `closed`: days from created to closed. `open`: days that deals have been open so far; one that was open on
 * the day another closed was still at risk that day. Both are sorted in place.
 */
export function survivalTimes(closed: Int32Array, open: Int32Array): SurvivalTimes {
  sortDays(closed)
  sortDays(open)
  const times: (number | null)[] = [null, null, null]
  let next = 0
  let censored = 0
  let atRisk = closed.length + open.length
  // Between two censorings the product telescopes to (at risk now) / (at risk then), which keeps 2 of 4 exactly one half.
  let base = 1
  let since = atRisk
  let survival = 1
  while (next < closed.length) {
    const day = closed[next] as number
    while (censored < open.length && (open[censored] as number) < day) {
      censored++
      atRisk--
      base = survival
      since = atRisk
    }
    while (next < closed.length && closed[next] === day) {
      next++
      atRisk--
    }
    survival = (base * atRisk) / since
    shares.forEach((share, index) => {
      if (times[index] === null && survival <= share + 1e-12) times[index] = day
    })
  }
  return { firstQuartile: times[0] ?? null, median: times[1] ?? null, thirdQuartile: times[2] ?? null }
}

const shares = [0.75, 0.5, 0.25]

/** Sorts in place. Sales take some hundred different numbers of days, so that counting each costs less than comparing them. */
function sortDays(days: Int32Array): void {
  let [least, most] = [0, 0]
  for (let i = 0; i < days.length; i++) {
    const day = days[i] as number
    if (day < least) least = day
    else if (day > most) most = day
  }
  if (most - least > mostDays || days.length < fewDeals) {
    days.sort()
    return
  }
  const counts = new Uint32Array(most - least + 1)
  for (let i = 0; i < days.length; i++) {
    const at = (days[i] as number) - least
    counts[at] = (counts[at] as number) + 1
  }
  for (let at = 0, i = 0; at < counts.length; at++) {
    const end = i + (counts[at] as number)
    days.fill(at + least, i, end)
    i = end
  }
}

/** Ten years: more would be counted in vain. */
const mostDays = 3_660
const fewDeals = 500
