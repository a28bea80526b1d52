/**
 * Won amounts as reports add them: whole minor units inside, major units outside.
 */
import type { Playbook } from '../graph/playbook.ts'
import { minorDigitsOf } from '../ledger/money.ts'

/** How many deals, and what they are worth in major units; a won deal without an amount is worth nothing here. */
export interface Total {
  readonly deals: number
  readonly amount: number
}

/** `minor` units of the playbook's currency in major ones. */
export function majorAmount(minor: number, playbook: Playbook): number {
  return minor / 10 ** minorDigitsOf(playbook.settings.currency)
}

export function totalOf(deals: readonly { readonly amount: number | null }[], playbook: Playbook): Total {
  const minor = deals.reduce((sum, { amount }) => sum + (amount ?? 0), 0)
  return { deals: deals.length, amount: majorAmount(minor, playbook) }
}
