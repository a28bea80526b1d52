/**
 * Reports a citation of a deal that was lost, is open or is void.
 *
 * It stands alone: what else is wrong with a deal that was not won does not matter.
 */
import { defineRule } from '../define-rule.ts'
import { citedDealsAs, fittingInWords } from './cited.ts'

export const notWonCitation = defineRule({
  id: 'citation/not-won',
  reads: ['playbook', 'evidence'],
  text: ({ deal, title, fitting }: { deal: string; title: string; fitting: string }) =>
    `${deal} was not won, so it is no evidence for ${title}. Cite a won deal instead. ${fitting}`.trim(),
  *check(inputs) {
    for (const cited of citedDealsAs('not-won', inputs)) {
      const { at, words, title, related } = cited
      yield { at, related, data: { deal: words, title, fitting: fittingInWords(cited, inputs) } }
    }
  },
})
