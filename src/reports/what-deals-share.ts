/**
 * What deals have in common, told in the columns that the playbook's own predicates ask about.
 */
import type { Playbook } from '../graph/playbook.ts'
import type { Rows } from '../ledger/ledger.ts'
import type { Predicate } from '../model/predicate.ts'
import { majorAmount } from './money.ts'
import type { LedgerReportInput } from './report.ts'

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

/** Values that deals share, the largest amount first; a deal is in one of them for each column that the ledger has. */
export function whatDealsShare(deals: Rows, { playbook, evidence }: LedgerReportInput): SharedValue[] {
  const shared: SharedValue[] = []
  for (const column of columnsOf(playbook)) {
    for (const [value, rows] of evidence.byValue(deals, column)) {
      const amount = majorAmount(evidence.worth(rows), playbook)
      shared.push({ column, value: value === '' ? null : value, deals: rows.length, amount })
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
