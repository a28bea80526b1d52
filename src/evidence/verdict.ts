/**
 * How strong the evidence for a play is, in one of four words.
 */
import type { EvidenceSettings } from '../model/ledger-settings.ts'
import type { Concentration, Verdict } from './evidence.ts'

export interface VerdictQuestion {
  /** Of the eligible citations: how many account groups, whoever sold. */
  readonly accounts: number
  /** Of the same: how many sellers who are neither founder nor executive. */
  readonly sellers: number
  readonly eligible: number
  readonly closed: number
  readonly better: number | null
  readonly q: number | null
  readonly concentrated: readonly Concentration[]
}

type Thresholds = Pick<EvidenceSettings, 'minAccounts' | 'minSellers' | 'minBetter' | 'maxFalseDiscovery' | 'minClosed'>

/** The strongest verdict whose needs are all met; a region that carries the record does not stand against `proven`. */
export function verdictOf(question: VerdictQuestion, thresholds: Thresholds): Verdict {
  const { accounts, sellers, eligible, closed, better, q, concentrated } = question
  if (eligible === 0) return 'unproven'
  const cited = accounts >= thresholds.minAccounts && sellers >= thresholds.minSellers
  if (!cited || (better !== null && better < thresholds.minBetter)) return 'anecdotal'
  const carried = concentrated.some(({ dimension }) => dimension !== 'territory')
  const beyondChance = q !== null && q <= thresholds.maxFalseDiscovery
  return beyondChance && closed >= thresholds.minClosed && !carried ? 'proven' : 'repeatable'
}

/** Whether sales teams may be asked to repeat it. */
export function isRepeatable(verdict: Verdict): boolean {
  return verdict === 'repeatable' || verdict === 'proven'
}
