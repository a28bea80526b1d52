/**
 * Reports a citation of a won deal whose story nobody has written down.
 */
import { defineRule } from '../define-rule.ts'
import { hasUnreadReview } from '../unread-pages.ts'
import { citedDealsAs } from './cited.ts'

export const noReviewCitation = defineRule({
  id: 'citation/no-review',
  reads: ['playbook', 'evidence'],
  text: ({ deal, id, title }: { deal: string; id: string; title: string }) =>
    `No review tells why ${deal} was won, so it does not count for ${title} yet. Write one with \`playproof new review ${id}\`; one person of sales and one of marketing sign it.`,
  *check(inputs) {
    for (const { at, words, deal, title, related } of citedDealsAs('no-review', inputs)) {
      // There is one by its name, and it cannot be read: that has been said there.
      if (hasUnreadReview(deal.id, inputs.playbook)) continue
      yield { at, related, data: { deal: words, id: argument(deal.id), title } }
    }
  },
})

/** An id as a terminal takes it. */
function argument(id: string): string {
  return /^[\w.][\w.-]*$/.test(id) ? id : `'${id.replaceAll("'", `'\\''`)}'`
}
