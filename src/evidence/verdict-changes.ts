/**
 * Which plays have another verdict than some days ago because of the ledger, and since when.
 *
 * The playbook is taken as it stands, so this is what the deals did: some closed, some grew too old, a customer left, a
 * quarter ended. Whether somebody changed a page meanwhile is for the caller to know. A verdict that went and came back
 * is no change.
 */
import { dayFromNumber, dayNumber } from '../model/dates.ts'
import type { Evidence, Verdict } from './evidence.ts'

export interface VerdictChange {
  readonly play: string
  readonly from: Verdict
  readonly to: Verdict
  /** The first day of the verdict of today, or a day shortly after it where too many had to be asked for. */
  readonly day: string
}

/** How many other days are asked for at most: each costs as much as the evidence itself. */
const mostDays = 10

/** Compares with the verdicts of `days` days before, and halves the time between where one differs. By play. */
export async function verdictChanges(evidence: Evidence, days: number): Promise<VerdictChange[]> {
  const today = dayNumber(evidence.asOf)
  const now = verdictsOf(evidence)
  let asked = 0
  const verdictsOn = async (day: number): Promise<Verdicts> => {
    asked++
    return verdictsOf(await evidence.on(dayFromNumber(day)))
  }
  /** `plays` have another verdict on day `low` than today, and on day `high` the same. */
  const between = async (
    low: number,
    then: Verdicts,
    high: number,
    plays: readonly string[],
  ): Promise<VerdictChange[]> => {
    if (plays.length === 0) return []
    if (high - low === 1 || asked === mostDays)
      return plays.map((play) => ({
        play,
        from: then.get(play) ?? 'unproven',
        to: now.get(play) ?? 'unproven',
        day: dayFromNumber(high),
      }))
    const middle = Math.floor((low + high) / 2)
    const halfway = await verdictsOn(middle)
    const differs = (play: string): boolean => halfway.get(play) !== now.get(play)
    return [
      ...(await between(middle, halfway, high, plays.filter(differs))),
      ...(await between(
        low,
        then,
        middle,
        plays.filter((play) => !differs(play)),
      )),
    ]
  }
  const first = await verdictsOn(today - days)
  const differing = [...now.keys()].filter((play) => first.get(play) !== now.get(play))
  const found = await between(today - days, first, today, differing)
  return found.sort((a, b) => (a.play < b.play ? -1 : 1))
}

type Verdicts = ReadonlyMap<string, Verdict>

function verdictsOf({ plays }: Evidence): Verdicts {
  return new Map(plays.map(({ id, verdict }) => [id, verdict]))
}
