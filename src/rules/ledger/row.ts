/**
 * Reports what cannot be read in the ledger, at its cell or row.
 *
 * The texts come from the reader of the file, which alone knows what it expected there. What a missing row takes
 * away is said at the citations of its deal.
 */
import { defineRule } from '../define-rule.ts'

export const ledgerRow = defineRule({
  id: 'ledger/row',
  reads: ['ledgerProblems'],
  text: ({ text }: { text: string }) => text,
  *check({ ledgerProblems }) {
    for (const { file, lines, text, deal } of ledgerProblems) {
      // Rows move with every export: the deal and what is wrong with it stay.
      yield { at: { file, lines }, subject: `${deal ?? ''} ${text}`, data: { text } }
    }
  },
})
