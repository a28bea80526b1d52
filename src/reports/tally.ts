/**
 * What became of some deals: the figures that every table of markets, segments and groups has.
 */
import { winRate } from '../evidence/record.ts'
import type { Rows } from '../ledger/ledger.ts'
import { majorAmount } from './money.ts'
import type { LedgerReportInput } from './report.ts'

export interface Tally {
  readonly wins: number
  readonly losses: number
  /** 0 to 1; null for 0 of 0. */
  readonly winRate: number | null
  /** Under `minClosed` closed deals: the rate says nothing yet. */
  readonly tooFew: boolean
  /** Won, in major units. */
  readonly amount: number
  /** Account groups with a won deal. */
  readonly customers: number
  /** Account groups with a deal, lost or open, and none won. */
  readonly targets: number
}

/** Counts deals that closed within the window before T; customers and targets are of any day until T. */
export function tallyOf(rows: Rows, { playbook, evidence }: LedgerReportInput, from: string): Tally {
  const { wins, losses, won, customers, targets } = evidence.counts(rows, from)
  return {
    wins,
    losses,
    winRate: winRate({ wins, losses }),
    tooFew: wins + losses < playbook.settings.evidence.minClosed,
    amount: majorAmount(won, playbook),
    customers,
    targets,
  }
}
