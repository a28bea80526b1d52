/**
 * Reports a citation of a deal whose review says that nothing made the buyer act.
 */
import { placeOf } from '../../model/entity.ts'
import { defineRule } from '../define-rule.ts'
import { citedDealsAs, fittingInWords } from './cited.ts'
import { code } from './deal-in-words.ts'

interface Data {
  readonly deal: string
  readonly title: string
  readonly review: string
  readonly fitting: string
}

export const noCompellingEventCitation = defineRule({
  id: 'citation/no-compelling-event',
  reads: ['playbook', 'evidence'],
  text: ({ deal, title, review, fitting }: Data) =>
    `The review of ${deal} says that nothing made the buyer act, so the win may have been luck and does not count for ${title}. If there was an event with a date, write it under \`compellingEvent\` of ${review}; else cite another deal. ${fitting}`.trim(),
  *check(inputs) {
    for (const cited of citedDealsAs('no-compelling-event', inputs)) {
      const { at, words, deal, title, related } = cited
      const review = inputs.playbook.reviewOf(deal.id)
      const where =
        review === undefined
          ? []
          : [{ at: placeOf(review, 'compellingEvent'), text: 'The review says that there was none.' }]
      const data = {
        deal: words,
        title,
        review: code(review?.path ?? 'the review'),
        fitting: fittingInWords(cited, inputs),
      }
      yield { at, related: [...where, ...related], data }
    }
  },
})
