/**
 * The reports there are, in the order they are listed: each states its name, what it answers and which periods it takes.
 */
import { compensationReport } from './compensation.ts'
import { firstCustomersReport } from './first-customers.ts'
import { focusReport } from './focus.ts'
import type { Report } from './report.ts'
import { scoreboardReport } from './scoreboard.ts'

export const reports: readonly Report[] = [scoreboardReport, firstCustomersReport, compensationReport, focusReport]
