/**
 * `check --format json`: the contract of design/interfaces, every key always present.
 */
import { visibleJson } from '../../source/visible.ts'
import type { CheckReport } from './report.ts'

export function jsonReport({ asOf, summary, notRun, findings }: CheckReport): string {
  const json = JSON.stringify(
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
  return visibleJson(json)
}
