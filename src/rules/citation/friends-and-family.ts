/**
 * Reports a citation of a deal that friends, family, investors or former colleagues bought.
 */
import { placeOf } from '../../model/entity.ts'
import { defineRule } from '../define-rule.ts'
import { citedDealsAs, fittingInWords } from './cited.ts'
import { code, listed } from './deal-in-words.ts'

interface Data {
  readonly deal: string
  readonly title: string
  readonly because: readonly string[]
  readonly fitting: string
}

const friendly = new Set(['friend', 'family', 'investor', 'former-colleague'])

export const friendsAndFamilyCitation = defineRule({
  id: 'citation/friends-and-family',
  reads: ['playbook', 'evidence'],
  text: ({ deal, title, because, fitting }: Data) =>
    `${deal} was bought by people who knew us${because.length === 0 ? '' : ` (${listed(because)})`}. That says nothing about a stranger, so it does not count for ${title}. Cite a deal won without such help. ${fitting}`.trim(),
  *check(inputs) {
    const sources = new Set(inputs.playbook.settings.evidence.friendsSources)
    for (const cited of citedDealsAs('friends-and-family', inputs)) {
      const { at, words, deal, title, related } = cited
      const review = inputs.playbook.reviewOf(deal.id)
      const relationship = review?.data.relationship ?? ''
      const told = review !== undefined && friendly.has(relationship)
      const because = [
        ...(told ? [`the review's \`relationship\` is ${code(relationship)}`] : []),
        ...(sources.has(deal.source)
          ? [`the ledger's \`source\` is ${code(deal.source)}, which \`friendsSources\` lists`]
          : []),
      ]
      const where = told
        ? [{ at: placeOf(review, 'relationship'), text: 'The relationship that the review gives.' }]
        : []
      yield {
        at,
        related: [...where, ...related],
        data: { deal: words, title, because, fitting: fittingInWords(cited, inputs) },
      }
    }
  },
})
