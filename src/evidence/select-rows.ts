/**
 * Asks the ledger which deals predicates mean, each question once.
 *
 * Many plays share a segment and some a `match`; a ledger across a network charges by the trip.
 */
import type { Deal, LedgerEngine } from '../ledger/ledger.ts'
import { type Predicate, predicateKey } from '../model/predicate.ts'
import type { DealTable } from './deal-table.ts'

/** Rows of a table, ascending. */
export type Rows = Int32Array

export const noRows: Rows = new Int32Array(0)

/** The rows for which all predicates hold; undefined where one names a column that the ledger does not have. */
export type SelectedRows = (predicates: readonly Predicate[]) => Rows | undefined

/** A question and, where the answer can only lie among the deals of an earlier question, that one. */
export interface RowQuestion {
  readonly all: readonly Predicate[]
  readonly within?: readonly Predicate[]
}

/**
 * Asks all questions, a few at a time; those that others lie within stand before them. `breathe` is awaited after each.
 * Rejects as the engine does.
 */
export async function selectRows(
  engine: LedgerEngine,
  table: DealTable,
  questions: readonly RowQuestion[],
  breathe: () => Promise<void> = async () => {},
): Promise<SelectedRows> {
  const columns = new Set(engine.columns.map(({ name }) => name))
  const isAnswerable = ({ all }: RowQuestion): boolean =>
    all.every(({ clauses }) => clauses.every(({ column }) => columns.has(column)))
  const whole: Answer = { deals: table.deals, rows: Int32Array.from(table.deals.keys()) }
  const answers = new Map<string, Answer>()
  const answer = async ({ all, within }: RowQuestion): Promise<void> => {
    const key = keyOf(all)
    if (answers.has(key)) return
    // Two plays may ask the same while the first answer is on its way.
    answers.set(key, whole)
    const deals = await engine.matching({ all: all.filter(({ clauses }) => clauses.length > 0) })
    const rows = rowsOf(table, deals, within === undefined ? whole : (answers.get(keyOf(within)) ?? whole))
    // Only what others lie within is looked through again, and only where each deal has its row.
    answers.set(key, { deals: within === undefined && rows.length === deals.length ? deals : [], rows })
  }
  const answerable = questions.filter(isAnswerable)
  const first = answerable.filter(({ within }) => within === undefined)
  const then = answerable.filter(({ within }) => within !== undefined)
  for (const round of [first, then]) {
    const waiting = round.values()
    const ask = async (): Promise<void> => {
      for (const question of waiting) {
        await answer(question)
        await breathe()
      }
    }
    await Promise.all(Array.from({ length: 8 }, ask))
  }
  return (predicates) => answers.get(keyOf(predicates))?.rows
}

/** Deals as the engine gave them, and their rows. */
interface Answer {
  readonly deals: readonly Deal[]
  readonly rows: Rows
}

/**
 * The rows of deals that an engine gave in the order of the table, which are among those of an earlier answer.
 *
 * An engine in memory hands out the same objects again, and then no text needs comparing.
 */
function rowsOf(table: DealTable, deals: readonly Deal[], { deals: candidates, rows: candidateRows }: Answer): Rows {
  const rows = new Int32Array(deals.length)
  let at = 0
  for (let index = 0; index < deals.length; index++) {
    const deal = deals[index] as Deal
    while (at < candidates.length && candidates[at] !== deal) at++
    // Where objects are new each time, the first is not found, and from then on ids are compared.
    rows[index] = at < candidates.length ? (candidateRows[at++] as number) : (table.rowOf.get(deal.id) ?? noRow)
  }
  // A deal that appeared between two answers of a living database comes a moment too late.
  return keep(rows, (row) => row !== noRow).sort()
}

const noRow = -1

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
