/**
 * A segment's deals, the elephants among them, and what its page shows.
 */
import { type DealTable, state } from './deal-table.ts'
import { type Elephants, elephantsAmong } from './elephants.ts'
import type { SegmentEvidence } from './evidence.ts'
import type { SegmentInput } from './evidence-input.ts'
import { closedWithin, type Period } from './period.ts'
import { majorUnits } from './record.ts'
import { keep, type Rows, type SelectedRows } from './select-rows.ts'

export interface Herd {
  readonly segment: SegmentInput
  /** All deals of the segment, of any day and outcome. */
  readonly members: Rows
  readonly elephants: Elephants
}

/** Herds by the segment's id. A segment whose predicate names a column that the ledger lacks has none. */
export function herdsOf(
  table: DealTable,
  segments: readonly SegmentInput[],
  selected: SelectedRows,
  period: Period,
  times: number,
): ReadonlyMap<string, Herd> {
  const herds = new Map<string, Herd>()
  for (const segment of segments) {
    const members = selected([segment.match])
    if (members === undefined || herds.has(segment.id)) continue
    herds.set(segment.id, { segment, members, elephants: elephantsAmong(table, members, period, times) })
  }
  return herds
}

/** Deals that closed within the period and count, friends' included; `unit` is what a major unit of money is worth in minor ones. */
export function segmentEvidence(
  table: DealTable,
  id: string,
  herd: Herd | undefined,
  period: Period,
  unit: number,
): SegmentEvidence {
  if (herd === undefined) {
    const none = { median: null, bar: null, twoPriceLevels: false, aboveBar: 0 }
    return { id, deals: 0, wins: 0, losses: 0, elephants: [], ...none }
  }
  const { rows, median, bar, twoPriceLevels, aboveBar } = herd.elephants
  const closed = keep(herd.members, (row) => table.counted[row] === 1 && closedWithin(table, row, period))
  const wins = keep(closed, (row) => table.outcome[row] === state.won).length
  return {
    id,
    deals: closed.length,
    wins,
    losses: closed.length - wins,
    elephants: [...rows].map((row) => table.deal(row).id ?? ''),
    median: majorUnits(median, unit),
    bar: majorUnits(bar, unit),
    twoPriceLevels,
    aboveBar,
  }
}
