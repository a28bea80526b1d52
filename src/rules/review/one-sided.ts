/**
 * Reports a review that one person of sales and one of marketing have not both signed.
 *
 * Who signs is told by `reviewers`; that it is missing altogether is for `field/missing`. Somebody who has left
 * since may stay: the review tells who was there. Where one founder is the whole company it is only a hint.
 */
import { placeOf } from '../../model/entity.ts'
import { code } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'
import { type Flaw, flawInWords, flawsOf, isOnePersonCompany } from '../owner/two-sides.ts'

interface Data {
  readonly deal: string
  readonly flaws: readonly Flaw[]
}

export const oneSidedReview = defineRule({
  id: 'review/one-sided',
  reads: ['playbook', 'asOf'],
  text: ({ deal, flaws }: Data) =>
    `The review of ${code(deal)} is not signed by one person of sales and one of marketing, so it is one side's story. ${flaws.map((flaw) => flawInWords(flaw, 'reviewers')).join(' ')}`,
  *check({ playbook, asOf }) {
    const alone = isOnePersonCompany(playbook, asOf)
    for (const review of playbook.of('review')) {
      if (review.invalid.has('reviewers')) continue
      const flaws = flawsOf(review.data.reviewers ?? {}, playbook)
      if (flaws.length === 0) continue
      const finding = { at: placeOf(review, 'reviewers'), data: { deal: review.data.deal ?? review.id, flaws } }
      yield alone ? { ...finding, severity: 'hint' as const } : finding
    }
  },
})
