/**
 * Won deals that a page could cite, best first, each with why it fits.
 */
import type { Deal } from '../ledger/ledger.ts'
import type { AnyEntity } from '../model/entity.ts'
import { visible } from '../source/visible.ts'
import type { View } from './language-service.ts'
import { titleOf } from './words.ts'

export interface FittingDeal {
  readonly deal: Deal
  /** In a sentence. */
  readonly why: string
}

const most = 50

/** Of a play those that the evidence ranks; of a message won deals of its segments, which it does not cite. */
export function fittingDeals(view: View, entity: AnyEntity): readonly FittingDeal[] {
  const { evidence, playbook } = view
  if (evidence === undefined) return []
  if (entity.type === 'play') {
    if (playbook.get('play', entity.id) !== entity) return []
    return evidence.fitting(entity.id, most).map((deal) => ({ deal, why: whyOf(view, entity, deal) }))
  }
  if (entity.type !== 'message') return []
  const cited = new Set(entity.citations.map(({ deal }) => deal))
  const users = playbook.of('play').filter(({ data }) => data.messages.includes(entity.id))
  const found = new Map<string, FittingDeal>()
  for (const play of users) {
    for (const deal of evidence.fitting(play.id, most)) {
      if (cited.has(deal.id) || found.has(deal.id) || found.size >= most) continue
      found.set(deal.id, {
        deal,
        why: `${whyOf(view, entity, deal)} It fits the play “${visible(titleOf(play))}”, which uses this message.`,
      })
    }
  }
  return [...found.values()]
}

function whyOf({ playbook, evidence }: View, entity: AnyEntity, deal: Deal): string {
  const segment = entity.type === 'play' ? playbook.get('segment', entity.data.segment) : undefined
  const review = playbook.reviewOf(deal.id)
  const kind = segment === undefined ? 'Won' : `Won in ${visible(titleOf(segment))}`
  const match = entity.type === 'play' && entity.predicates.match !== undefined ? ', as the play’s `match` asks' : ''
  const story = review === undefined ? 'No review yet: it counts once one is written.' : `Reviewed in ${review.id}.`
  const isAgain = entity.citations.some((cited) => evidence?.deals.get(cited.deal)?.accountGroup === deal.accountGroup)
  const account = isAgain ? 'A deal of this account is cited already.' : 'A new account.'
  return `${kind}${match}. ${story} ${account}`
}
