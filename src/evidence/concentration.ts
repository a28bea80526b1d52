/**
 * Whether one account, seller or territory carries the record of a play.
 */

import { onceFor } from '../model/once.ts'
import { type CodedColumn, type DealTable, noCode, type Seller, state } from './deal-table.ts'
import type { Concentration } from './evidence.ts'
import { keep, type Rows } from './select-rows.ts'

const fewestWins = 5

/**
 * Each dimension in which a single value holds more than `maxShare` of the won amount of a record (`recorded`).
 *
 * Wins without an account, a seller or a territory count in the whole. A dimension is skipped where
 * `fixed`, the columns that the segment or `match` fixes to one value, leaves no choice. Empty under
 * 5 wins of positive amount.
 */
export function concentrationOf(
  table: DealTable,
  recorded: Rows,
  fixed: ReadonlySet<string>,
  maxShare: number,
): Concentration[] {
  const wins = keep(recorded, (row) => table.outcome[row] === state.won && (table.amount[row] as number) > 0)
  if (wins.length < fewestWins) return []
  let whole = 0
  for (let i = 0; i < wins.length; i++) whole += table.amount[wins[i] as number] as number
  const largest = <T>(
    dimension: Concentration['dimension'],
    column: CodedColumn<T>,
    name: (value: T) => string,
  ): Concentration[] => {
    const sums = sumsOf(column)
    let top = noCode
    let most = 0
    for (let i = 0; i < wins.length; i++) {
      const row = wins[i] as number
      const code = column.codes[row] as number
      if (code === noCode) continue
      const sum = (sums[code] as number) + (table.amount[row] as number)
      sums[code] = sum
      if (sum <= most) continue
      top = code
      most = sum
    }
    for (let i = 0; i < wins.length; i++) {
      const code = column.codes[wins[i] as number] as number
      if (code !== noCode) sums[code] = 0
    }
    const share = most / whole
    return share > maxShare ? [{ dimension, value: name(column.values[top] as T), share }] : []
  }
  return [
    ...(fixed.has('account') || fixed.has('parent') ? [] : largest('account', table.account, (group) => group)),
    ...(fixed.has('owner') ? [] : largest('seller', table.seller, (seller: Seller) => seller.name)),
    ...(fixed.has('territory') ? [] : largest('territory', table.territory, (territory) => territory)),
  ]
}

/** A sum of nothing for each value, which the caller leaves so: accounts are many, and there may be thousands of plays. */
const sumsOf = onceFor(({ values }: CodedColumn<unknown>) => new Float64Array(values.length))
