/**
 * Plays as lists offer them: by how far they have come, hypotheses apart.
 */
import type { PageLink, PlayGroup, PlayPage, PlayRow } from './page-types.ts'

/** Above so many, the plays of a group stand by their segments: nobody reads forty in a row. */
const mostInARow = 12

/** Plays for one kind of customer. */
interface SegmentRows {
  /** Undefined for plays without one, and where they are not divided. */
  readonly segment: PageLink | undefined
  readonly rows: readonly PlayRow[]
}

export interface PlayGroups {
  readonly groups: readonly { readonly group: Exclude<PlayGroup, 'learning'>; readonly rows: readonly PlayRow[] }[]
  /** Hypotheses for every market. */
  readonly learning: readonly PlayRow[]
  /** Hypotheses that name markets: shown when the reader picks one of these. */
  readonly learningIn: readonly { readonly market: string; readonly rows: readonly PlayRow[] }[]
}

export function playGroups(plays: readonly PlayPage[]): PlayGroups {
  const rows = plays.map(({ row }) => row).sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
  const hypotheses = rows.filter(({ group }) => group === 'learning')
  const markets = [...new Set(hypotheses.flatMap((row) => row.markets.map(({ title }) => title)))].sort((a, b) =>
    a.localeCompare(b),
  )
  return {
    groups: (['proven', 'repeatable', 'trial', 'retired'] as const)
      .map((group) => ({ group, rows: rows.filter((row) => row.group === group) }))
      .filter((each) => each.rows.length > 0),
    learning: hypotheses.filter((row) => row.markets.length === 0),
    learningIn: markets.map((market) => ({
      market,
      rows: hypotheses.filter((row) => row.markets.some(({ title }) => title === market)),
    })),
  }
}

/** Where there are many: by segment, in the order of the best play of each. */
export function bySegment(rows: readonly PlayRow[]): readonly SegmentRows[] {
  const segments = Map.groupBy(rows, ({ segment }) => segment?.href)
  if (rows.length <= mostInARow || segments.size < 2) return [{ segment: undefined, rows }]
  return [...segments.values()].map((rows) => ({ segment: rows[0]?.segment, rows }))
}
