/**
 * How playbook.yaml describes the ledger, after defaults; the ledger room works from this alone.
 */
import type { Predicate } from './predicate.ts'

export type ColumnType = 'text' | 'number' | 'date'
export type Outcome = 'won' | 'lost' | 'open' | 'void'

export interface DealTableSettings {
  /** Relative to the playbook's folder; several files are one table. */
  readonly files: readonly string[]
  /** The table of the database, instead of files. */
  readonly table: string | undefined
  readonly preset: 'salesforce' | 'hubspot' | undefined
  readonly delimiter: string
  /** One declared format, for example `YYYY-MM-DD`, `DD-MM-YY`, `MM/DD/YYYY`. */
  readonly dates: string
  readonly decimal: '.' | ','
  /** Ledger column to header of the file. */
  readonly columns: Readonly<Record<string, string>>
  /** Outcome to the stages that mean it. Undefined where playbook.yaml says nothing. */
  readonly outcomes: Readonly<Record<Outcome, readonly string[]>> | undefined
  readonly types: Readonly<Record<string, ColumnType>>
  /** Declared spellings: ledger column, then what the file says, to what is meant. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface JoinedTableSettings {
  readonly name: 'accounts' | 'sellers'
  readonly files: readonly string[]
  readonly table: string | undefined
  /** The header of the file whose cell equals the deal's `account` or `owner`. */
  readonly key: string
  readonly delimiter: string
  readonly dates: string
  readonly decimal: '.' | ','
  readonly columns: Readonly<Record<string, string>>
  readonly types: Readonly<Record<string, ColumnType>>
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface LedgerSettings {
  readonly deals: DealTableSettings
  readonly accounts: JoinedTableSettings | undefined
  readonly sellers: JoinedTableSettings | undefined
  /** The name of the environment variable that holds the URL, instead of files. */
  readonly database: string | undefined
  readonly currency: string
  /** What one unit of each further currency is worth in `currency`. */
  readonly currencies: Readonly<Record<string, number>>
}

/** Thresholds of design section `evidence:`; months, times and shares as their names say. */
export interface EvidenceSettings {
  readonly firstCustomers: number
  readonly maxAgeMonths: number
  readonly windowMonths: number
  readonly minAccounts: number
  readonly minSellers: number
  readonly minClosed: number
  readonly minBaseline: number
  readonly minBetter: number
  readonly maxFalseDiscovery: number
  readonly elephantTimes: number
  readonly maxShare: number
  readonly graceMonths: number
  readonly answerDays: number
  readonly confirmMonths: { readonly play: number; readonly message: number; readonly competitor: number }
  readonly counts: Predicate | undefined
  readonly friendsSources: readonly string[]
}
