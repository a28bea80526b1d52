/**
 * Asks the ledger which deals predicates mean, each question once.
 *
 * Many plays share a segment and some a `match`.
 */
import { boundOfOtherKind } from '../ledger/compare.ts'
import type { LedgerEngine, Rows } from '../ledger/ledger.ts'
import { type Clause, type Predicate, predicateKey } from '../model/predicate.ts'

export type { Rows } from '../ledger/ledger.ts'

export const noRows: Rows = new Int32Array(0)

/**
 * The rows for which all predicates hold; undefined where one names a column that the ledger does not have, or bounds
 * that nothing in the column can be compared with.
 */
export type SelectedRows = (predicates: readonly Predicate[]) => Rows | undefined

/** Asks all questions; `breathe` is awaited after each. Rejects as the engine does. */
export async function selectRows(
  engine: LedgerEngine,
  questions: readonly (readonly Predicate[])[],
  breathe: () => Promise<void> = async () => {},
): Promise<SelectedRows> {
  const types = new Map(engine.columns.map(({ name, type }) => [name, type] as const))
  const canBeAsked = ({ column, condition }: Clause): boolean => {
    const type = types.get(column)
    return type !== undefined && boundOfOtherKind(condition, type) === undefined
  }
  const answers = new Map<string, Rows>()
  for (const question of questions) {
    const key = keyOf(question)
    if (answers.has(key) || !question.every(({ clauses }) => clauses.every(canBeAsked))) continue
    answers.set(key, await engine.matching({ all: question.filter(({ clauses }) => clauses.length > 0) }))
    await breathe()
  }
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

/** The rows that a test keeps: `filter` of typed arrays, which costs several times as much. */
export function keep(rows: Rows, test: (row: number) => boolean): Rows {
  const kept = new Int32Array(rows.length)
  let count = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    if (test(row)) kept[count++] = row
  }
  return kept.slice(0, count)
}

/** The rows that both hold. */
export function shared(one: Rows, other: Rows): Rows {
  const [few, many] = one.length < other.length ? [one, other] : [other, one]
  return keep(few, (row) => holds(many, row))
}

function keyOf(predicates: readonly Predicate[]): string {
  return predicates
    .filter(({ clauses }) => clauses.length > 0)
    .map(predicateKey)
    .join('\u0000')
}
