/**
 * In which segments a deal lies, whatever was won or lost there.
 */
import type { DealTable } from './deal-table.ts'
import type { Evidence } from './evidence.ts'
import type { Herd } from './herd.ts'
import { holds } from './select-rows.ts'

/** A segment whose predicate names a column that the ledger lacks holds no deal. */
export function segmentsOf(
  table: DealTable,
  herds: ReadonlyMap<string, Herd>,
): Pick<Evidence, 'segmentsOf' | 'insideOf'> {
  return {
    segmentsOf(deal) {
      const row = table.rowOf(deal)
      if (row === undefined) return []
      return [...herds.values()].flatMap(({ segment, members }) => (holds(members, row) ? [segment.id] : [])).sort()
    },
    insideOf(segments) {
      const inside = new Uint8Array(table.size)
      for (const id of segments) for (const row of herds.get(id)?.members ?? []) inside[row] = 1
      return (row) => inside[row] === 1
    },
  }
}
