/**
 * Reason codes in the words of a sentence: “D-17 …”.
 */
import type { ReasonCode } from '../evidence/evidence.ts'

/** Without settings a deal that is too old is said to be so without the number of months. */
export function reasonText(reason: ReasonCode, settings?: { readonly maxAgeMonths: number }): string {
  const texts: Record<ReasonCode, string> = {
    'unknown-deal': 'is not in the ledger',
    'not-won': 'was not won',
    'not-counted': 'is of a kind that does not count',
    stale: settings === undefined ? 'is too old' : `is older than ${settings.maxAgeMonths} months`,
    'no-review': 'has no review',
    'review-disagrees': 'contradicts its review',
    'no-compelling-event': 'had no compelling event',
    'not-run': 'was won without this play',
    'friends-and-family': 'was won among friends',
    'outside-segment': 'is outside the segment',
    elephant: 'is an elephant',
    'same-account': 'is of an account cited already',
    churned: 'has churned',
  }
  return texts[reason]
}
