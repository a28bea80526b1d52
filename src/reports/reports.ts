/**
 * The reports there are, in the order they are listed: each states its name, what it answers and which periods it takes.
 */
import { compensationReport } from './compensation.ts'
import { coverageReport } from './coverage.ts'
import { feedbackReport } from './feedback.ts'
import { firstCustomersReport } from './first-customers.ts'
import { focusReport } from './focus.ts'
import { healthReport } from './health.ts'
import type { Report } from './report.ts'
import { scoreboardReport } from './scoreboard.ts'
import { whyReport } from './why.ts'

export const reports: readonly Report[] = [
  scoreboardReport,
  firstCustomersReport,
  coverageReport,
  compensationReport,
  feedbackReport,
  focusReport,
  whyReport,
  healthReport,
]
