/**
 * What a deal was on a day, for those who hold a deal and not the table it came from.
 */
import type { Outcome } from '../model/ledger-settings.ts'
import type { Deal } from './ledger.ts'

/** One that closed later, or never, was open. */
export function outcomeOn({ outcome, closed }: Pick<Deal, 'outcome' | 'closed'>, day: string): Outcome {
  return outcome === 'void' || (closed !== null && closed <= day) ? outcome : 'open'
}
