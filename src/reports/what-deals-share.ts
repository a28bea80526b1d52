/**
 * What deals have in common, told in the columns that the playbook's own predicates ask about.
 */
import type { Playbook } from '../graph/playbook.ts'
import type { Deal } from '../ledger/ledger.ts'
import type { Predicate } from '../model/predicate.ts'
import { majorAmount } from './money.ts'

export interface SharedValue {
  readonly column: string
  /** Null for a blank cell. */
  readonly value: string | null
  readonly deals: number
  /** Major units. */
  readonly amount: number
}

/** Asked where no predicate names a column. */
const usualColumns = ['industry', 'territory', 'product', 'type']

/** Values that deals share, the largest amount first; a deal is in one of them for each column. */
export function whatDealsShare(deals: readonly Deal[], playbook: Playbook): SharedValue[] {
  const shared: SharedValue[] = []
  for (const column of columnsOf(playbook)) {
    const groups = new Map<string, { deals: number; minor: number }>()
    for (const deal of deals) {
      const value = deal.cell(column)
      // The ledger has no such column, whichever deal is asked.
      if (value === undefined) break
      const group = groups.get(value)
      if (group === undefined) groups.set(value, { deals: 1, minor: deal.amount ?? 0 })
      else {
        group.deals++
        group.minor += deal.amount ?? 0
      }
    }
    for (const [value, group] of groups) {
      const amount = majorAmount(group.minor, playbook)
      shared.push({ column, value: value === '' ? null : value, deals: group.deals, amount })
    }
  }
  return shared.sort(
    (a, b) =>
      b.amount - a.amount || b.deals - a.deals || compare(a.column, b.column) || compare(a.value ?? '', b.value ?? ''),
  )
}

/** Columns of segments, plays and territories that hold words: a range of numbers is nothing that two deals share. */
function columnsOf(playbook: Playbook): readonly string[] {
  const predicates = [...playbook.of('segment'), ...playbook.of('play'), ...playbook.of('market')].flatMap(
    ({ predicates }): Predicate[] => Object.values(predicates),
  )
  const columns = predicates.flatMap(({ clauses }) =>
    clauses.flatMap(({ column, condition }) => (condition.kind === 'range' ? [] : [column])),
  )
  return columns.length === 0 ? usualColumns : [...new Set(columns)].sort()
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
