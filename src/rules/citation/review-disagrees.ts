/**
 * Reports a review that contradicts the ledger: at the citation of its deal, and at the review's own field
 * where no citation says it.
 *
 * What either side leaves blank contradicts nothing. A review of a deal that the ledger lacks is for
 * `reference/unknown`.
 */
import type { Playbook } from '../../graph/playbook.ts'
import type { Deal } from '../../ledger/ledger.ts'
import { minorDigitsOf } from '../../ledger/money.ts'
import { type Entity, placeOf } from '../../model/entity.ts'
import type { Place } from '../../source/text.ts'
import { defineRule } from '../define-rule.ts'
import { citedDealsAs, rowOf, telling } from './cited.ts'
import { code, dealInWords, listed, majorInWords, moneyInWords, outcomeInWords } from './deal-in-words.ts'

interface Data {
  readonly deal: string
  readonly review: string
  readonly conflicts: readonly Conflict[]
  /** What it is cited for; undefined at the review itself. */
  readonly title: string | undefined
}

/** One thing that review and ledger say differently. */
interface Conflict {
  readonly field: 'outcome' | 'amount' | 'closed' | 'competitors'
  readonly review: string
  readonly ledger: string
  readonly at: Place
}

export const reviewDisagreesCitation = defineRule({
  id: 'citation/review-disagrees',
  reads: ['playbook', 'evidence'],
  text: ({ deal, review, conflicts, title }: Data) => {
    const said = conflicts.map(
      ({ field, review: says, ledger }) => `\`${field}\` is ${says} in the review and ${ledger} in the ledger`,
    )
    const facts = said.length === 0 ? '' : `: ${listed(said)}`
    return title === undefined
      ? `This review of ${deal} contradicts the ledger${facts}. Correct the review; if the ledger is wrong, correct the deal in the CRM and export again.`
      : `${review} contradicts the ledger about ${deal}${facts}. The deal does not count for ${title} until both agree: correct the review, or the deal in the CRM.`
  },
  *check(inputs) {
    const { playbook, evidence } = inputs
    const told = telling(inputs)
    const said = new Set<string>()
    for (const { at, deal, words, title, related } of citedDealsAs('review-disagrees', inputs)) {
      said.add(deal.id)
      const review = inputs.playbook.reviewOf(deal.id)
      const conflicts = review === undefined ? [] : conflictsOf(review, deal, playbook, evidence.asOf)
      const where = conflicts.map((conflict) => ({ at: conflict.at, text: `\`${conflict.field}\` of the review.` }))
      yield {
        at,
        related: [...where, ...related],
        data: { deal: words, review: code(review?.path ?? ''), conflicts, title },
      }
    }
    for (const review of playbook.of('review')) {
      const deal = review.data.deal === undefined ? undefined : evidence.deals.get(review.data.deal)
      if (deal === undefined || said.has(deal.id) || isLater(deal, evidence.asOf)) continue
      // A second review of one deal is not heard, and `file/duplicate-id` says so.
      said.add(deal.id)
      for (const conflict of conflictsOf(review, deal, playbook, evidence.asOf)) {
        const data = {
          deal: dealInWords(deal, told),
          review: code(review.path),
          conflicts: [conflict],
          title: undefined,
        }
        yield { at: conflict.at, related: [rowOf(deal)], data }
      }
    }
  },
})

/** A deal created after the day does not exist yet: nothing can be said about it. */
function isLater({ created }: Deal, asOf: string): boolean {
  return created !== null && created > asOf
}

/** Everything the two say differently; the same questions by which a citation of the deal is judged. */
function conflictsOf(review: Entity<'review'>, deal: Deal, playbook: Playbook, asOf: string): Conflict[] {
  const { outcome, amount, closed, competitors } = review.data
  const { settings } = playbook
  const conflicts: Conflict[] = []
  const add = (field: Conflict['field'], says: string, ledger: string): void => {
    conflicts.push({ field, review: says, ledger, at: placeOf(review, field) })
  }
  if (outcome !== undefined && outcome !== outcomeOn(deal, asOf))
    add('outcome', code(outcome), outcomeInWords(deal, asOf))
  if (
    amount !== undefined &&
    deal.amount !== null &&
    hasAmount(deal) &&
    Math.round(amount * 10 ** minorDigitsOf(settings.currency)) !== deal.amount
  ) {
    add('amount', majorInWords(amount, settings), moneyInWords(deal.amount, settings))
  }
  if (closed !== undefined && deal.closed !== null && closed !== deal.closed) add('closed', closed, deal.closed)
  const names = competitors.map((id) => playbook.get('competitor', id)?.data.ledgerName)
  // A competitor whose name in the ledger nobody knows may be the one that the ledger names.
  if (deal.competitor !== '' && names.length > 0 && !names.includes(deal.competitor) && !names.includes(undefined)) {
    add('competitors', listed(competitors.map(code)), code(deal.competitor))
  }
  return conflicts
}

/** A blank amount of a deal that was not won is 0, and what is blank contradicts nothing. */
function hasAmount({ outcome, amount }: Deal): boolean {
  return outcome === 'won' || amount !== 0
}

function outcomeOn({ outcome, closed }: Deal, asOf: string): Deal['outcome'] {
  return outcome === 'void' || (closed !== null && closed <= asOf) ? outcome : 'open'
}
