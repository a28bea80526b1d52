/**
 * Plays as lists offer them: by how far they have come, hypotheses apart.
 */
import type { PlayGroup, PlayPage, PlayRow } from './page-types.ts'

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
