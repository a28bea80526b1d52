/**
 * Asks the ledger which deals predicates mean, each question once.
 *
 * Many plays share a segment and some a `match`; a ledger across a network charges by the trip.
 */
import type { LedgerEngine } from '../ledger/ledger.ts'
import { type Predicate, predicateKey } from '../model/predicate.ts'
import type { DealTable } from './deal-table.ts'

/** Rows of a table, ascending. */
export type Rows = Int32Array

/** The rows for which all predicates hold; undefined where one names a column that the ledger does not have. */
export type SelectedRows = (predicates: readonly Predicate[]) => Rows | undefined

/** Asks all questions, a few at a time. Rejects as the engine does. */
export async function selectRows(engine: LedgerEngine, table: DealTable, questions: readonly (readonly Predicate[])[]): Promise<SelectedRows> {
  const columns = new Set(engine.columns.map(({ name }) => name))
  const answerable = (predicates: readonly Predicate[]): boolean => predicates.every(({ clauses }) => clauses.every(({ column }) => columns.has(column)))
  const open = new Map<string, readonly Predicate[]>()
  for (const question of questions) if (answerable(question)) open.set(keyOf(question), question)
  const answers = new Map<string, Rows>()
  const waiting = [...open]
  const ask = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [key, all] = next
      const deals = await engine.matching({ all: all.filter(({ clauses }) => clauses.length > 0) })
      const rows = new Int32Array(deals.length)
      deals.forEach((deal, index) => {
        rows[index] = table.rowOf.get(deal.id) ?? -1
      })
      answers.set(key, rows.sort())
    }
  }
  await Promise.all(Array.from({ length: 8 }, ask))
  return (predicates) => answers.get(keyOf(predicates))
}

/** Whether ascending rows hold a row. */
export function holds(rows: Rows, row: number): boolean {
  let low = 0
  let high = rows.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const at = rows[middle] as number
    if (at === row) return true
    if (at < row) low = middle + 1
    else high = middle - 1
  }
  return false
}

/** The rows that both hold. */
export function shared(one: Rows, other: Rows): Rows {
  const [few, many] = one.length < other.length ? [one, other] : [other, one]
  return few.filter((row) => holds(many, row))
}

function keyOf(predicates: readonly Predicate[]): string {
  return predicates
    .filter(({ clauses }) => clauses.length > 0)
    .map(predicateKey)
    .join('\u0000')
}
