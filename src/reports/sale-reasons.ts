/**
 * Why a won deal is no repeatable sale, in the words of a table.
 */
import type { SaleReason } from '../evidence/evidence.ts'

export const saleReasonWords: Readonly<Record<SaleReason, string>> = {
  'not-counted': 'of a kind that does not count',
  'friends-and-family': 'won among friends',
  elephant: 'an elephant',
  churned: 'churned',
  'no-play': 'no play explains it',
  'play-not-repeatable': 'its play is not repeatable',
}
