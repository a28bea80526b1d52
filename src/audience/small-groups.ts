/**
 * Which counts an audience outside the company may not see, and which further ones would give them away.
 *
 * A count under five stands for people one could guess. Hiding it alone is not enough: the segment's total less its
 * neighbours gives it back. So in a segment with one hidden record the totals and every “others” are hidden as well
 * (complementary suppression), and only records that stand for themselves stay.
 */
import type { Evidence } from '../evidence/evidence.ts'
import { smallestGroup } from './customer-words.ts'

export interface HiddenCounts {
  /** Plays whose own record is hidden. */
  readonly records: ReadonlySet<string>
  /** Plays whose “others” are hidden, and with them what was computed from both. */
  readonly baselines: ReadonlySet<string>
  /** Segments whose totals are hidden. */
  readonly segments: ReadonlySet<string>
}

/** `segmentOf` says for which segment a play is. */
export function hiddenCounts(
  evidence: Pick<Evidence, 'plays' | 'segments'>,
  segmentOf: (play: string) => string | undefined,
): HiddenCounts {
  const bySegment = Map.groupBy(evidence.plays, ({ id }) => segmentOf(id) ?? '')
  const records = new Set(evidence.plays.filter((play) => isSmall(play.record)).map(({ id }) => id))
  const segments = new Set(evidence.segments.filter(isSmall).map(({ id }) => id))
  const baselines = new Set<string>()
  for (const [segment, plays] of bySegment) {
    if (!segments.has(segment) && !plays.some((play) => records.has(play.id) || isSmall(play.baseline))) continue
    segments.add(segment)
    for (const { id } of plays) baselines.add(id)
  }
  return { records, baselines, segments }
}

function isSmall({ wins, losses }: { readonly wins: number; readonly losses: number }): boolean {
  return isSmallCount(wins) || isSmallCount(losses)
}

/** Whether a count stands for so few that one could guess whom. */
export function isSmallCount(count: number): boolean {
  return count < smallestGroup
}
