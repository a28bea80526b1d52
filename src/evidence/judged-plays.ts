/**
 * How the plays compare: p and q over the family, shrunk rates and ranks over all that have a record.
 *
 * These are the figures of one play that depend on all others, which is why they are apart.
 */
import { closedIn, type WinsAndLosses } from './better.ts'
import { falseDiscovery } from './false-discovery.ts'
import { fisherP } from './fisher.ts'
import { rank, type Shrunk, shrink } from './shrinkage.ts'

/** A play's record and baseline on one day. */
export interface Standing {
  readonly record: WinsAndLosses
  readonly baseline: WinsAndLosses
}

/** p, q and the size of the family; null outside the family. */
export interface Discovery {
  readonly p: number | null
  readonly q: number | null
  readonly m: number | null
}

/** Standings at the day of judgement, undefined where the play is retired or its segment unknown, to one answer each. */
export function discoveries(standings: readonly (Standing | undefined)[], minBaseline: number): Discovery[] {
  const family = standings.flatMap((standing, index) => {
    const isMember =
      standing !== undefined && closedIn(standing.record) > 0 && closedIn(standing.baseline) >= minBaseline
    return isMember ? [{ index, p: fisherP(standing.record, standing.baseline) }] : []
  })
  const qs = falseDiscovery(family.map(({ p }) => p))
  const answers = standings.map((): Discovery => ({ p: null, q: null, m: null }))
  family.forEach(({ index, p }, place) => {
    answers[index] = { p, q: qs[place] ?? null, m: family.length }
  })
  return answers
}

export interface Placing {
  readonly shrunk: Shrunk | null
  readonly rank: number | null
}

/** Records at T, undefined where the play is retired or its segment unknown; null where there is no closed deal. */
export function placings(records: readonly (WinsAndLosses | undefined)[]): Placing[] {
  const answers = records.map((): Placing => ({ shrunk: null, rank: null }))
  const placed = records.flatMap((record, index) =>
    record !== undefined && closedIn(record) > 0 ? [{ index, record }] : [],
  )
  const shrunk = shrink(placed.map(({ record }) => record))
  const ranks = rank(shrunk.map(({ mean }) => mean))
  placed.forEach(({ index }, place) => {
    answers[index] = { shrunk: shrunk[place] ?? null, rank: ranks[place] ?? null }
  })
  return answers
}
