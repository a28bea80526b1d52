/**
 * A report of a small playbook in memory: files go in, the report's value and its sheet come out.
 *
 * The engine is the real one; what an example leaves out is made up as for the tests of rules.
 */
import { checkPlaybook } from '../../check/check-playbook.ts'
import { parsePeriod } from '../../model/fiscal-period.ts'
import { checkInputOf, type Files } from '../../testing/findings-in.ts'
import type { MadeReport, Report } from '../report.ts'

export interface Asked {
  readonly period?: string
  /** Of the playbook; by default git knows none. */
  readonly commit?: { readonly hash: string; readonly changed: boolean }
}

export async function reportOf(report: Report, files: Files, { period, commit }: Asked = {}): Promise<MadeReport> {
  const input = await checkInputOf(files)
  const { evidence, findings } = await checkPlaybook({ ...input, rules: [] })
  const { playbook, sources, asOf } = input
  return report.make({
    playbook,
    sources,
    asOf,
    evidence,
    ledgerSha256: evidence === undefined ? undefined : 'ab12',
    findings,
    period: period === undefined ? undefined : parsePeriod(period, playbook.settings.fiscalYearStart),
    commit: () => commit,
  })
}
