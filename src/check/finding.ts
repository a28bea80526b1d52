/**
 * A finding as every face shows it, and the result of a check.
 *
 * These are the shapes of `check --format json`: field names are a contract.
 */
import type { Evidence } from '../evidence/evidence.ts'
import type { RuleId, Severity } from '../model/rule-ids.ts'
import type { LineRange } from '../source/text.ts'

export interface FixEdit {
  readonly file: string
  readonly range: LineRange
  readonly newText: string
}

export interface Fix {
  readonly title: string
  readonly edits: readonly FixEdit[]
}

export interface Finding {
  readonly rule: RuleId
  readonly severity: Severity
  readonly text: string
  /** Relative to the root, with `/`. */
  readonly file: string
  /** Lines and columns from 1, columns in UTF-16 units, the end exclusive. */
  readonly range: LineRange
  readonly related: readonly { readonly file: string; readonly range: LineRange; readonly text: string }[]
  readonly fixes: readonly Fix[]
  /** What it is about, so that it is recognised when lines move; not shown. */
  readonly subject: string
}

export interface NotRun {
  readonly rule: RuleId
  readonly reason: string
}

export interface CheckSummary {
  /** Markdown pages checked. */
  readonly files: number
  /** Plays of every status. */
  readonly plays: number
  /** Rows of the ledger that are used. */
  readonly deals: number
  readonly errors: number
  readonly warnings: number
  readonly hints: number
  readonly waived: number
  readonly baselined: number
  readonly ms: number
}

export interface CheckResult {
  readonly asOf: string
  readonly files: number
  readonly plays: number
  readonly deals: number
  readonly findings: readonly Finding[]
  readonly waived: readonly Finding[]
  readonly notRun: readonly NotRun[]
  /** Undefined without a ledger. */
  readonly evidence: Evidence | undefined
}

/** The same finding on another day or line: rule, file and subject. */
export function findingKey(finding: Finding): string {
  return `${finding.rule}\u0000${finding.file}\u0000${finding.subject}`
}
