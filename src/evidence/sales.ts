/**
 * Repeatable sales: the won deals that a compensation plan may pay on, and why the others are none.
 */
import { type DealTable, state, stateOn } from './deal-table.ts'
import { hasChurned } from './eligibility.ts'
import type { SaleEvidence, SaleReason } from './evidence.ts'
import type { Herd } from './herd.ts'
import type { Rows } from './select-rows.ts'

/** A play that may lend its record to a sale: any but a draft. */
export interface LendingPlay {
  readonly recorded: Rows
  readonly repeatable: boolean
}

/** Every deal won by `today`, in order of id, with all reasons why it is no repeatable sale. */
export function salesOf(
  table: DealTable,
  today: number,
  plays: readonly LendingPlay[],
  segments: readonly Herd[],
): SaleEvidence[] {
  const lent = new Uint8Array(table.size)
  for (const { recorded, repeatable } of plays)
    for (const row of recorded) lent[row] = (lent[row] as number) | (repeatable ? inRepeatable : inRecord)
  const elephant = elephantEverywhere(table, segments)
  const sales: SaleEvidence[] = []
  for (let row = 0; row < table.size; row++) {
    if (stateOn(table, row, today) !== state.won) continue
    const reasons: SaleReason[] = []
    if (table.counted[row] === 0) reasons.push('not-counted')
    if (table.friend[row] === 1) reasons.push('friends-and-family')
    // Such a deal is in no record whatever the plays are, so a missing play is not what stands against it.
    const couldBelong = reasons.length === 0
    if (elephant.has(row)) reasons.push('elephant')
    if (hasChurned(table, row, today)) reasons.push('churned')
    if (couldBelong && lent[row] === 0) reasons.push('no-play')
    if (couldBelong && lent[row] === inRecord) reasons.push('play-not-repeatable')
    sales.push({ deal: table.deal(row), repeatable: reasons.length === 0, reasons })
  }
  return sales
}

const inRecord = 1
const inRepeatable = 2

/** Deals that are elephants in every segment they match. */
function elephantEverywhere(table: DealTable, segments: readonly Herd[]): ReadonlySet<number> {
  const matched = new Uint32Array(table.size)
  const large = new Uint32Array(table.size)
  for (const { members, elephants } of segments) {
    for (const row of members) matched[row] = (matched[row] as number) + 1
    for (const row of elephants.rows) large[row] = (large[row] as number) + 1
  }
  const everywhere = new Set<number>()
  for (const { elephants } of segments)
    for (const row of elephants.rows) if (large[row] === matched[row]) everywhere.add(row)
  return everywhere
}
