/**
 * A report of a small playbook in memory: files go in, the report's value and its sheet come out.
 *
 * The engine is the real one; what an example leaves out is made up as for the tests of rules.
 */
import { parsePeriod } from '../../model/fiscal-period.ts'
import { type Files, readFiles } from '../../testing/findings-in.ts'
import type { Commit, MadeReport, Report } from '../report.ts'

export interface Asked {
  readonly period?: string
  /** Of the playbook; by default git knows none. */
  readonly commit?: Commit
}

export async function reportOf(report: Report, files: Files, { period, commit }: Asked = {}): Promise<MadeReport> {
  const { playbook, sources, asOf, result } = await readFiles(files)
  return report.make({
    playbook,
    sources,
    asOf,
    evidence: result.evidence,
    ledgerSha256: result.evidence === undefined ? undefined : 'ab12',
    findings: result.findings,
    period: period === undefined ? undefined : parsePeriod(period, playbook.settings.fiscalYearStart),
    commit: () => commit,
  })
}
