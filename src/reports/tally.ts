/**
 * What became of some deals: the figures that every table of markets, segments and groups has.
 */
import type { Deal } from '../ledger/ledger.ts'
import { outcomeOn } from '../ledger/outcome-on.ts'
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
export function tallyOf(deals: readonly Deal[], { playbook, evidence }: LedgerReportInput, from: string): Tally {
  const { settings } = playbook
  const customers = new Set<string>()
  const accounts = new Set<string>()
  let wins = 0
  let losses = 0
  let minor = 0
  for (const deal of deals) {
    const outcome = outcomeOn(deal, evidence.asOf)
    if (deal.accountGroup !== '') {
      accounts.add(deal.accountGroup)
      if (outcome === 'won') customers.add(deal.accountGroup)
    }
    if (deal.closed === null || deal.closed < from) continue
    if (outcome === 'lost') losses++
    if (outcome !== 'won') continue
    wins++
    minor += deal.amount ?? 0
  }
  return {
    wins,
    losses,
    winRate: wins + losses === 0 ? null : wins / (wins + losses),
    tooFew: wins + losses < settings.evidence.minClosed,
    amount: majorAmount(minor, playbook),
    customers: customers.size,
    targets: accounts.size - customers.size,
  }
}
