/**
 * Won deals that a play could cite: what “Would fit: D-41, D-52” is made of.
 */
import { noCode, state } from './deal-table.ts'
import { type Bench, type Cause, reasonsAgainst } from './eligibility.ts'
import type { CitationEvidence, ReasonCode } from './evidence.ts'
import { closedWithin } from './period.ts'
import { keep, type Rows } from './select-rows.ts'

/** The rows that would be eligible once a review tells their story, among those that match the play. */
export function fittingRows(bench: Bench, matched: Rows, cause: Cause): Rows {
  return keep(matched, (row) => {
    if (!couldCount(bench, row)) return false
    const reviewed = bench.reviews.has(row)
    return reasonsAgainst(bench, row, cause, false).every((reason) => !reviewed && unwritten.has(reason))
  })
}

/** Rules out most deals at once, for the sake of speed alone: {@link reasonsAgainst} would say the same. */
function couldCount({ table, fresh }: Bench, row: number): boolean {
  return (
    table.counted[row] === 1 &&
    table.friend[row] === 0 &&
    table.outcome[row] === state.won &&
    closedWithin(table, row, fresh)
  )
}

/** What writing a review would cure. */
const unwritten: ReadonlySet<ReasonCode> = new Set(['no-review', 'not-run'])

/**
 * The same without what is cited already, best first: with nothing left to write before a review to be written,
 * then the latest; each account once before any comes again.
 */
export function suggestedRows(
  bench: Bench,
  fitting: Rows,
  cause: Cause,
  citations: readonly CitationEvidence[],
): number[] {
  const { table } = bench
  const cited = new Set(citations.map(({ deal }) => table.rowOf(deal)))
  const accountOf = (row: number): number => table.account.codes[row] as number
  const closed = new Set<number>()
  const mentioned = new Set<number>()
  for (const { deal, eligible } of citations) {
    const row = table.rowOf(deal)
    if (row !== undefined && accountOf(row) !== noCode) (eligible ? closed : mentioned).add(accountOf(row))
  }
  const open = Array.from(fitting).filter((row) => !cited.has(row) && !closed.has(accountOf(row)))
  const left = new Map(open.map((row) => [row, reasonsAgainst(bench, row, cause, false).length]))
  open.sort(
    (a, b) =>
      (left.get(a) as number) - (left.get(b) as number) ||
      (table.closed[b] as number) - (table.closed[a] as number) ||
      a - b,
  )
  const first: number[] = []
  const again: number[] = []
  for (const row of open) {
    const account = accountOf(row)
    if (account !== noCode && mentioned.has(account)) again.push(row)
    else first.push(row)
    mentioned.add(account)
  }
  return [...first, ...again]
}
