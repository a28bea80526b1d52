/**
 * Won amounts as reports add them: whole minor units inside, major units outside.
 */
import type { Playbook } from '../graph/playbook.ts'
import { minorDigitsOf } from '../ledger/money.ts'
import { NoReport } from './report.ts'

/** How many deals, and what they are worth in major units; a won deal without an amount adds none. */
export interface Total {
  readonly deals: number
  readonly amount: number
}

interface Priced {
  readonly amount: number | null
}

/** `minor` units of the playbook's currency in major ones. */
export function majorAmount(minor: number, playbook: Playbook): number {
  return minor / 10 ** minorDigitsOf(playbook.settings.currency)
}

/** The sum in minor units. Throws {@link NoReport} where it is larger than a number can tell exactly. */
export function minorSum(deals: readonly Priced[]): number {
  let sum = 0
  for (const { amount } of deals) sum += amount ?? 0
  if (!Number.isSafeInteger(sum))
    throw new NoReport(
      'the amounts of these deals add up to more than can be told exactly. Look for amounts that are too large in the ledger.',
    )
  return sum
}

export function totalOf(deals: readonly Priced[], playbook: Playbook): Total {
  return { deals: deals.length, amount: majorAmount(minorSum(deals), playbook) }
}
