/**
 * Says in what a deal differs from what predicates ask for.
 *
 * Cells are compared as the ledger compares them, so that what is said here is what left the deal out.
 */
import { cellTest } from '../../ledger/compare.ts'
import type { Deal, LedgerColumn } from '../../ledger/ledger.ts'
import type { Condition, Predicate, PredicateValue } from '../../model/predicate.ts'
import { code, listed } from './deal-in-words.ts'

/** ``its `industry` is `retail`, not `finance` `` for each clause that does not hold; blank where all do. */
export function misfitsInWords(deal: Deal, predicates: readonly Predicate[], columns: readonly LedgerColumn[]): string {
  const types = new Map(columns.map(({ name, type }) => [name, type]))
  const misfits = predicates
    .flatMap(({ clauses }) => clauses)
    .flatMap(({ column, condition }) => {
      const type = types.get(column)
      const cell = deal.cell(column)
      if (type === undefined || cell === undefined || cellTest(condition, type)(cell)) return []
      return [`its ${code(column)} is ${cell === '' ? 'blank' : code(cell)}${wanted(condition, cell)}`]
    })
  return listed([...new Set(misfits)])
}

function wanted(condition: Condition, cell: string): string {
  if (condition.kind === 'not') return cell === '' ? '' : ', which is excluded'
  if (condition.kind === 'any') return `, not ${listed(shortList(condition.values), 'or')}`
  const { min, max } = condition
  if (min !== undefined && max !== undefined) return `, not from ${code(min.text)} to ${code(max.text)}`
  return min === undefined ? `, not at most ${code(max?.text ?? '')}` : `, not at least ${code(min.text)}`
}

function shortList(values: readonly PredicateValue[]): string[] {
  const shown = values.slice(0, 4).map(({ value, text }) => (value === null ? 'blank' : code(text)))
  return values.length > shown.length ? [...shown, `${values.length - shown.length} more`] : shown
}
