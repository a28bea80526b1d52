/**
 * What every report is: a value for machines, and a sheet of sentences and tables for people.
 *
 * A cell is a bare value; what kind of thing its column holds decides how a face shows it: the terminal aligns money,
 * the site leads from a deal to its page, a CSV keeps the number. No report formats anything itself, and none touches
 * the world: what it needs is handed in.
 */
import type { Finding } from '../check/finding.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { Playbook } from '../graph/playbook.ts'
import type { FiscalPeriod, PeriodKind } from '../model/fiscal-period.ts'
import type { SourceText } from '../source/text.ts'

/** What a report is made from. */
export interface ReportInput {
  readonly playbook: Playbook
  /** T, `YYYY-MM-DD`. */
  readonly asOf: string
  /** As of T; other days are asked of it with `on`. Undefined without a ledger. */
  readonly evidence: Evidence | undefined
  /** SHA-256 of the ledger's files, hexadecimal. */
  readonly ledgerSha256: string | undefined
  /** All findings of a check, for what is to be done. */
  readonly findings: readonly Finding[]
  /** The text of every page and settings file, by path relative to the root. */
  readonly sources: ReadonlyMap<string, SourceText>
  /** The period that was asked for. */
  readonly period: FiscalPeriod | undefined
  /** The commit the playbook stands at; undefined where git does not know it. */
  readonly commit: () => Commit | undefined
}

export interface LedgerReportInput extends ReportInput {
  readonly evidence: Evidence
  readonly ledgerSha256: string
}

export interface Commit {
  /** Hexadecimal, whole. */
  readonly hash: string
  /** Whether a file of the playbook differs from it. */
  readonly changed: boolean
}

/** What every report's JSON begins with. */
export interface ReportValue {
  readonly version: 1
}

export interface Report {
  readonly name: string
  /** What it answers, in one sentence. */
  readonly about: string
  /** The kinds of period that may be asked for; empty where it takes none. */
  readonly periods: readonly PeriodKind[]
  /** Rejects with {@link NoReport} where it cannot be made. */
  make(input: ReportInput): Promise<MadeReport>
}

export interface MadeReport {
  /** The report's JSON: field names are a contract, every key is always there. */
  readonly value: ReportValue
  readonly sheet: Sheet
}

/** Why a report cannot be made, in one line that says what to do. */
export class NoReport extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NoReport'
  }
}

interface InputOf {
  readonly ledger: LedgerReportInput
  /** Something can be said without a ledger: `evidence` may be undefined. */
  readonly pages: ReportInput
}

interface Definition<Needs extends keyof InputOf, Value extends ReportValue> {
  readonly name: string
  readonly about: string
  readonly needs: Needs
  readonly periods: readonly PeriodKind[]
  readonly value: (input: InputOf[Needs]) => Value | Promise<Value>
  readonly sheet: (value: Value, input: InputOf[Needs]) => Sheet
}

export function defineReport<Needs extends keyof InputOf, Value extends ReportValue>(
  definition: Definition<Needs, Value>,
): Report {
  const { name, about, periods } = definition
  return {
    name,
    about,
    periods,
    async make(given) {
      const { needs } = definition
      if (needs === 'ledger' && (given.evidence === undefined || given.ledgerSha256 === undefined))
        throw new NoReport(
          `\`report ${name}\` needs the ledger, and there is none to read. Name one under \`ledger\` in playbook.yaml; \`playproof check\` says what is wrong with it if there is one.`,
        )
      const input = given as InputOf[Needs]
      const value = await definition.value(input)
      return { value, sheet: definition.sheet(value, input) }
    },
  }
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
 * What the cells of a column are. `money` is in major units of the playbook's currency, `share` from 0 to 1, `number` shown
 * with all its digits, `day` `YYYY-MM-DD`, `code` to be copied as it stands; `play`, `deal`, `segment`, `market`, `message`,
 * `person` and `page` hold ids that lead somewhere (`page` as `type/id`), or the ledger's own word where there is no such
 * page; `reasons` are the codes of the evidence.
 */
export type ColumnKind =
  | 'text'
  | 'count'
  | 'number'
  | 'money'
  | 'share'
  | 'days'
  | 'day'
  | 'verdict'
  | 'outcome'
  | 'reasons'
  | 'code'
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
