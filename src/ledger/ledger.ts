/**
 * Deals as facts, and the questions an engine answers about them.
 *
 * An engine only selects, counts and fetches; every figure is computed elsewhere. Deals are rows of columns, numbered in
 * the order of their ids, because a million objects would take ten times the memory of a million numbers.
 */

import type { ColumnType, Outcome } from '../model/ledger-settings.ts'
import type { Predicate } from '../model/predicate.ts'
import type { LineRange } from '../source/text.ts'

/** One row of the ledger that could be read, after declared spellings and joins. */
export interface Deal {
  readonly id: string
  readonly account: string
  /** The account's parent where the ledger gives one, else the account: one group counts as one account. */
  readonly accountGroup: string
  /** Blank where the ledger names none. */
  readonly owner: string
  readonly outcome: Outcome
  readonly stage: string
  /** Integer of the minor unit (cents) of the playbook's currency; null where a won deal's cell is blank. */
  readonly amount: number | null
  /** `YYYY-MM-DD`, or null where blank. */
  readonly created: string | null
  readonly closed: string | null
  readonly churned: string | null
  readonly source: string
  readonly territory: string
  /** Play ids of the `play` cell, which are separated by `;`. */
  readonly plays: readonly string[]
  readonly competitor: string
  /** Where the row stands, for findings: the file relative to the root, its first physical line. */
  readonly place: { readonly file: string; readonly line: number }
  /** Where its id stands in that file. */
  idPlace(): LineRange
  /** The value of any column as text: canonical, joined (`employees`, `accounts.revenue`) or further. Undefined for a column that is unknown or that nobody asked to have read. */
  cell(column: string): string | undefined
}

export interface LedgerColumn {
  /** As predicates name it: `industry`, or `accounts.revenue` where two tables share the name. */
  readonly name: string
  readonly type: ColumnType
}

/** Which deals: all predicates hold. */
export interface DealFilter {
  readonly all: readonly Predicate[]
}

/** Rows of the ledger, ascending. */
export type Rows = Int32Array

/** A column as numbers: the text of a row is `values[codes[row]]`. Two codes may stand for the same text. */
export interface CodedTexts {
  readonly values: readonly string[]
  readonly codes: Uint8Array | Uint16Array | Uint32Array
}

/**
 * A ledger that was read. `deals`, `summary` and findings count only rows that are used; rows
 * that could not be read are in the problems of {@link ReadLedger}.
 */
export interface LedgerEngine {
  readonly columns: readonly LedgerColumn[]
  /** Whether the file has, or a mapping names, this canonical column. */
  has(column: 'play' | 'churned' | 'source' | 'territory' | 'competitor' | 'parent'): boolean
  /** How many rows are used. */
  readonly dealCount: number
  /** SHA-256, hexadecimal, over the ledger's files in the order of their names. */
  readonly sha256: string
  /** By row: integers of the minor unit, NaN where a won deal's cell is blank. */
  readonly amounts: Float64Array
  /** The texts of a column by row; undefined for a column that the ledger lacks or that nobody asked to have read. */
  texts(column: string): CodedTexts | undefined
  /** The row of an id; undefined where the ledger has no such deal. */
  rowOf(id: string): number | undefined
  /** The deal of a row: the same object each time. */
  deal(row: number): Deal
  /** At most three known ids near a mistyped one. */
  nearestIds(id: string): Promise<readonly string[]>
  /** The rows of every deal that matches, ascending. The same array may be handed out twice: do not change it. */
  matching(filter: DealFilter): Promise<Rows>
  /**
   * The account groups that the table of accounts has for these predicates, whether a deal was made with them or not;
   * undefined where there is no such table, or a predicate asks for more than it tells.
   */
  accounts(filter: DealFilter): Iterable<string> | undefined
  /** Each owner with the number of deals and the place of its first cell. */
  owners(): Promise<readonly OwnerCount[]>
  /** Whether any row of the deals or of a joined table has this value in the column, compared as predicates compare. */
  hasValue(
    column: string,
    value: { readonly text: string; readonly value: string | number | boolean | null },
  ): Promise<boolean>
  /** At most `most` distinct values of a column, most frequent first, for suggestions. */
  valuesOf(column: string, most: number): Promise<readonly string[]>
}

export interface OwnerCount {
  readonly owner: string
  readonly deals: number
  readonly file: string
  readonly lines: LineRange
}

/** A row that cannot be read, or a fault of the table: a `ledger/row` finding. */
export interface LedgerProblem {
  /** Relative to the root, for example `playbook/ledger/deals.csv`. */
  readonly file: string
  readonly lines: LineRange
  readonly text: string
  /** The id of the row where it has one, so that a citation of it can name the row. */
  readonly deal: string | undefined
}

/** What reading the files gave. Without a required header there is no engine. */
export interface ReadLedger {
  readonly engine: LedgerEngine | undefined
  readonly problems: readonly LedgerProblem[]
  /** Ids of rows left out, with the row's place. */
  readonly leftOut: ReadonlyMap<string, { readonly file: string; readonly line: number }>
}

/** A file of the ledger as bytes; `path` is relative to the root and uses `/`. */
export interface LedgerFile {
  readonly path: string
  readonly bytes: Uint8Array
  /** Where these bytes lie on disk, for who can do without having all of them in memory; none where they were packed. */
  readonly disk?: string
}
