/**
 * What a period comes to: its won deals judged on its last day, and deals of earlier periods that churned in it.
 *
 * The scoreboard and the compensation plan both take their number from here, so that both say the same one. A period that
 * has not ended is judged on T; one that has is never judged again, and what churns later is a line of a later period.
 */
import type { Evidence, SaleEvidence } from '../evidence/evidence.ts'
import type { Deal } from '../ledger/ledger.ts'
import { type FiscalPeriod, periodOf } from '../model/fiscal-period.ts'

export interface Statement {
  readonly period: FiscalPeriod
  /** The period's last day, or T where that comes first. */
  readonly judgedOn: string
  /** Deals won in the period, by id. */
  readonly sales: readonly SaleEvidence[]
  readonly clawbacks: readonly Clawback[]
}

/** A deal that was paid for in an earlier period and churned in this one. */
export interface Clawback {
  readonly deal: Deal
  /** The period it was paid in. */
  readonly paidIn: FiscalPeriod
}

/** The statement of a period as of the evidence's day. */
export function statementOf(period: FiscalPeriod, evidence: Evidence, fiscalYearStart: number): Statement {
  const judgedOn = period.to < evidence.asOf ? period.to : evidence.asOf
  const judged = evidence.salesOn(judgedOn)
  const clawbacks: Clawback[] = []
  const churned = Map.groupBy(
    judged.churnedWithin(period.from, judgedOn),
    ({ closed }) => periodOf(period.kind, closed ?? '', fiscalYearStart).name,
  )
  for (const deals of churned.values()) {
    const paidIn = periodOf(period.kind, deals[0]?.closed ?? '', fiscalYearStart)
    const sales = evidence.salesOn(paidIn.to).within(paidIn.from, paidIn.to)
    const paid = new Set(sales.flatMap(({ deal, repeatable }) => (repeatable ? [deal.id] : [])))
    // For a deal without an amount nothing was paid that could be taken back.
    for (const deal of deals) if (paid.has(deal.id) && deal.amount) clawbacks.push({ deal, paidIn })
  }
  return {
    period,
    judgedOn,
    sales: judged.within(period.from, judgedOn),
    clawbacks: clawbacks.sort((a, b) => (a.deal.id < b.deal.id ? -1 : 1)),
  }
}
