/**
 * What every report is: a value for machines, and a sheet of sentences and tables for people.
 *
 * A cell is a bare value; what kind of thing its column holds decides how a face shows it: the terminal aligns money,
 * the site leads from a deal to its page, a CSV keeps the number. No report formats anything itself.
 */

import type { Evidence } from '../evidence/evidence.ts'
import type { Playbook } from '../graph/playbook.ts'

/** What a report is made from. */
export interface ReportInput {
  readonly playbook: Playbook
  /** As of T; other days are asked of it with `on`. */
  readonly evidence: Evidence
}

/** What a report says to people. */
export interface Sheet {
  readonly title: string
  /** Sentences above the tables: what was found, by which day, what to do about it. */
  readonly lines: readonly string[]
  /** The first is the report's main one, which a CSV holds. */
  readonly tables: readonly Table[]
}

export interface Table {
  /** A short name in kebab-case, for choosing one table of several. */
  readonly name: string
  readonly title: string
  /** What has to be known to read it; undefined where the headers say it all. */
  readonly note?: string | undefined
  readonly columns: readonly Column[]
  /** One cell for each column. */
  readonly rows: readonly (readonly Cell[])[]
  /** What to show, and what to do, where there is no row. */
  readonly empty: string
}

export interface Column {
  /** The name of the column in a CSV, in camelCase. */
  readonly name: string
  /** The header people read. */
  readonly title: string
  readonly kind: ColumnKind
}

/**
 * What the cells of a column are. `money` is in major units of the playbook's currency, `share` from 0 to 1, `day`
 * `YYYY-MM-DD`; `play`, `deal`, `segment`, `market`, `message`, `person`, `review` and `page` hold ids that lead somewhere
 * (`page` as `type/id`), or the ledger's own word where there is no such page; `reasons` are the codes of the evidence.
 */
export type ColumnKind =
  | 'text'
  | 'count'
  | 'money'
  | 'share'
  | 'days'
  | 'day'
  | 'verdict'
  | 'outcome'
  | 'reasons'
  | 'account'
  | 'deal'
  | 'page'
  | 'play'
  | 'message'
  | 'segment'
  | 'market'
  | 'person'

/** Null where there is nothing to say; a list is shown one after the other. */
export type Cell = string | number | null | readonly string[]
