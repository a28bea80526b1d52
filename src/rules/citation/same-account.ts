/**
 * Reports a citation of an account that an earlier citation of the same play has already.
 *
 * Messages are not asked: a claim may rest on one customer twice.
 */
import { shortened } from '../../source/visible.ts'
import { defineRule } from '../define-rule.ts'
import { citedDealsAs, fittingInWords } from './cited.ts'
import { code } from './deal-in-words.ts'

interface Data {
  readonly deal: string
  readonly title: string
  readonly earlier: string
  /** The parent that makes two accounts one; undefined where both rows name the same account. */
  readonly parent: string | undefined
  readonly fitting: string
}

export const sameAccountCitation = defineRule({
  id: 'citation/same-account',
  reads: ['playbook', 'evidence'],
  text: ({ deal, title, earlier, parent, fitting }: Data) =>
    `${deal} is of the same account as ${earlier}${parent === undefined ? '' : ` (both belong to ${parent})`}, which ${title} cites already, and an account counts once. Cite a deal of another account. ${fitting}`.trim(),
  *check(inputs) {
    const { evidence } = inputs
    for (const cited of citedDealsAs('same-account', inputs)) {
      const { at, page, deal, words, title, related, index, judged } = cited
      const before = judged
        .slice(0, index)
        .findIndex((other) => other.eligible && evidence.deals.get(other.deal)?.accountGroup === deal.accountGroup)
      const earlier = page.citations[before]
      const account = earlier === undefined ? undefined : evidence.deals.get(earlier.deal)?.account
      const where =
        earlier === undefined
          ? []
          : [{ at: { file: page.path, range: earlier.range }, text: 'The citation that counts.' }]
      yield {
        at,
        related: [...where, ...related],
        data: {
          deal: words,
          title,
          earlier: earlier === undefined ? 'an earlier one' : code(earlier.deal),
          parent: account === deal.account ? undefined : shortened(deal.accountGroup, 40),
          fitting: fittingInWords(cited, inputs),
        },
      }
    }
  },
})
