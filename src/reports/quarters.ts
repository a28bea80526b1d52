/**
 * Which quarters a report looks back on.
 */
import type { Evidence } from '../evidence/evidence.ts'
import { type FiscalPeriod, periodOf } from '../model/fiscal-period.ts'
import type { ReportInput } from './report.ts'

/** Two years: what is longer ago was sold by another company. */
const mostQuarters = 8

/** Quarters in which a deal had been won or lost by T, in order. */
export function quartersWithDeals(evidence: Evidence, fiscalYearStart: number): FiscalPeriod[] {
  const quarters = new Map<string, FiscalPeriod>()
  for (const month of evidence.closedByMonth().keys()) {
    const quarter = periodOf('quarter', `${month}-01`, fiscalYearStart)
    quarters.set(quarter.name, quarter)
  }
  return [...quarters.values()].sort((a, b) => (a.from < b.from ? -1 : 1))
}

/** The quarter that was asked for, else the last ones with a closed deal. */
export function quartersShown({ period }: ReportInput, known: readonly FiscalPeriod[]): readonly FiscalPeriod[] {
  return period === undefined ? known.slice(-mostQuarters) : [period]
}
