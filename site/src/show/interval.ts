/**
 * The geometry of an interval chart: where a win rate, its interval and the rate of the others lie on the axis.
 *
 * In percent of the width, so that the drawing stretches while its text keeps its size.
 */
import type { RecordFigures, SiteFacts } from '../content/page-types.ts'

export interface Interval {
  /** Percent of the width, like those below. */
  readonly low: number
  readonly high: number
  readonly rate: number
  readonly others: number | undefined
  /** Whether the interval leaves the others' rate out, and on which side. */
  readonly side: 'better' | 'worse' | ''
  /** Where words above the two marks may stand without covering each other. */
  readonly rateAnchor: 'start' | 'middle' | 'end'
  readonly othersAnchor: 'start' | 'middle' | 'end'
}

/** Undefined where there are too few deals for a rate. */
export function intervalOf({ tooFew, record, baseline }: RecordFigures, axis: SiteFacts['axis']): Interval | undefined {
  const { low, high, winRate } = record
  if (tooFew || low === null || high === null || winRate === null) return undefined
  const at = (share: number): number => ((share - axis.from) / (axis.to - axis.from)) * 100
  const others = baseline.winRate
  const anchor = (x: number): 'start' | 'middle' | 'end' => (x < 18 ? 'start' : x > 82 ? 'end' : 'middle')
  return {
    low: percent(at(low)),
    high: percent(at(high)),
    rate: percent(at(winRate)),
    others: others === null ? undefined : percent(at(others)),
    side: others === null ? '' : low > others ? 'better' : high < others ? 'worse' : '',
    rateAnchor: anchor(at(winRate)),
    othersAnchor: anchor(at(others ?? 0.5)),
  }
}

function percent(value: number): number {
  return Math.round(value * 10) / 10
}
