/**
 * `check --format json`: the contract of design/interfaces, every key always present.
 */
import type { CheckReport } from './report.ts'

export function jsonReport({ asOf, summary, notRun, findings }: CheckReport): string {
  return JSON.stringify(
    {
      version: 1,
      asOf,
      root: 'playbook',
      summary,
      notRun,
      findings: findings.map(({ subject: _, ...finding }) => finding),
    },
    undefined,
    2,
  )
}
