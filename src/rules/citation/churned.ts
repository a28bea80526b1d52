/**
 * Reports a citation of a customer who has left since.
 */
import { defineRule } from '../define-rule.ts'
import { citedDealsAs, fittingInWords } from './cited.ts'

interface Data {
  readonly deal: string
  readonly title: string
  readonly churned: string
  readonly fitting: string
}

export const churnedCitation = defineRule({
  id: 'citation/churned',
  reads: ['playbook', 'evidence'],
  text: ({ deal, title, churned, fitting }: Data) =>
    `The customer of ${deal} left on ${churned}, so the win no longer counts for ${title}. Cite a customer who stayed. ${fitting}`.trim(),
  *check(inputs) {
    for (const cited of citedDealsAs('churned', inputs)) {
      const { at, words, deal, title, related } = cited
      yield {
        at,
        related,
        data: { deal: words, title, churned: deal.churned ?? '', fitting: fittingInWords(cited, inputs) },
      }
    }
  },
})
