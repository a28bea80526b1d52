/**
 * A report made from a small playbook in memory: its value and its sheet.
 */
import { parsePeriod } from '../model/fiscal-period.ts'
import type { MadeReport, PageChanges, Report, ReportValue } from '../reports/report.ts'
import { type Files, readFiles } from './findings-in.ts'

export interface Asked {
  /** `2026-Q1` */
  readonly period?: string
  /** What git would tell; by default that there is no history. */
  readonly pageChanges?: PageChanges
}

export async function madeFrom<Value extends ReportValue>(
  report: Report<Value>,
  files: Files,
  { period, pageChanges }: Asked = {},
): Promise<MadeReport<Value>> {
  const { playbook, sources, asOf, result } = await readFiles(files)
  return report.make({
    playbook,
    asOf,
    evidence: result.evidence,
    ledgerSha256: result.evidence === undefined ? undefined : '0'.repeat(64),
    findings: result.findings,
    sources,
    period: period === undefined ? undefined : parsePeriod(period, playbook.settings.fiscalYearStart),
    commit: () => undefined,
    pageChanges: () => pageChanges,
  })
}
