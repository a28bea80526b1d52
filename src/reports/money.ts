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

/**
 * `minor` units of the playbook's currency in major ones. Throws {@link NoReport} where they are more than a number can
 * tell exactly.
 */
export function majorAmount(minor: number, playbook: Playbook): number {
  if (!Number.isSafeInteger(minor))
    throw new NoReport(
      'the amounts of these deals add up to more than can be told exactly. Look for amounts that are too large in the ledger.',
    )
  return minor / 10 ** minorDigitsOf(playbook.settings.currency)
}

/** A sum of deals that grows; reading each amount once is what a million of them cost. */
export class Sum {
  deals = 0
  /** Minor units. */
  minor = 0

  add({ amount }: Priced): void {
    this.deals++
    this.minor += amount ?? 0
  }

  /** Throws {@link NoReport} where the sum is larger than a number can tell exactly. */
  total(playbook: Playbook): Total {
    return { deals: this.deals, amount: majorAmount(this.minor, playbook) }
  }
}

export function sumOf(deals: Iterable<Priced>): Sum {
  const sum = new Sum()
  for (const deal of deals) sum.add(deal)
  return sum
}
