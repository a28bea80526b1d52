/**
 * Reports a first customer whose story nobody has written down.
 *
 * The company says how many of its first accounts need a review, and a market may say so of its own. A review that
 * one side has not signed is for `review/one-sided` to report, at the review.
 */
import type { Deal } from '../../ledger/ledger.ts'
import type { Place } from '../../source/text.ts'
import { shortened } from '../../source/visible.ts'
import { telling } from '../citation/cited.ts'
import { code, dealInWords } from '../citation/deal-in-words.ts'
import { defineRule, type RuleInputs } from '../define-rule.ts'
import { hasUnreadReview } from '../unread-pages.ts'

interface Data {
  readonly deal: string
  /** The deal with the ledger's facts. */
  readonly words: string
  /** Its place among the first, from 1. */
  readonly place: number
  readonly most: number
  /** The market's title; undefined for the whole company. */
  readonly market: string | undefined
}

interface First {
  readonly deal: Deal
  readonly data: Omit<Data, 'deal' | 'words'>
}

export const missingFirstCustomerReview = defineRule({
  id: 'review/missing-first-customer',
  reads: ['playbook', 'evidence'],
  text: ({ deal, words, place, most, market }: Data) => {
    const where = market === undefined ? '' : ` of “${shortened(market)}”`
    return `With ${words} customer ${place} of the first ${most}${where} was won, and no review tells why they bought. Ask while somebody remembers: \`playproof new review ${shortened(deal, 40)}\` fills in what the ledger knows, and ${code(deal)} needs the compelling event and both signatures.`
  },
  *check(inputs) {
    const told = telling(inputs)
    const said = new Set<string>()
    for (const { deal, data } of firsts(inputs)) {
      if (said.has(deal.id) || inputs.playbook.reviewOf(deal.id) !== undefined) continue
      if (hasUnreadReview(deal.id, inputs.playbook)) continue
      said.add(deal.id)
      const at: Place = { file: deal.place.file, lines: deal.idPlace() }
      yield { at, subject: deal.id, data: { deal: deal.id, words: dealInWords(deal, told), ...data } }
    }
  },
})

/** The company's first customers, then those of each market that asks for its own. */
function* firsts({ playbook, evidence }: Pick<RuleInputs, 'playbook' | 'evidence'>): Iterable<First> {
  const of = (most: number, id?: string, market?: string): First[] =>
    evidence.firstCustomers(most, id).map((deal, index) => ({ deal, data: { place: index + 1, most, market } }))
  yield* of(playbook.settings.evidence.firstCustomers)
  for (const { id } of evidence.markets) {
    const market = playbook.get('market', id)?.data
    if (market?.firstCustomers) yield* of(market.firstCustomers, id, market.title ?? id)
  }
}
