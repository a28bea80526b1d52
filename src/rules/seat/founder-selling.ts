/**
 * Hints at a graduated market in which founders still make every recent win.
 *
 * That is no fault of the founders: it says that nobody else has repeated what they do.
 */
import { monthsBefore } from '../../model/dates.ts'
import { placeOf } from '../../model/entity.ts'
import { isSchool, stageOn } from '../../model/market.ts'
import { shortened } from '../../source/visible.ts'
import { counted, listed } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'
import { nameOf, sellersOf } from './sellers.ts'

interface Data {
  readonly title: string
  readonly stage: string
  readonly wins: number
  readonly from: string
  readonly founders: readonly string[]
}

export const founderSellingSeat = defineRule({
  id: 'seat/founder-selling',
  reads: ['playbook', 'evidence', 'asOf'],
  text: ({ title, stage, wins, from, founders }: Data) =>
    `“${shortened(title)}” is in \`${stage}\`, but ${wins === 1 ? 'its only win' : `all ${counted(wins, 'win')}`} since ${from} ${wins === 1 ? 'was' : 'were'} made by ${listed(founders.map((name) => shortened(name)))}. Let a rep win the next ones with the founder beside; if none can, the market is still in \`validation\`.`,
  *check({ playbook, evidence, asOf }) {
    const sellers = sellersOf(playbook)
    const from = monthsBefore(asOf, playbook.settings.evidence.windowMonths)
    for (const { id, deals } of evidence.markets) {
      const market = playbook.get('market', id)
      const stage = market === undefined ? undefined : stageOn(market.data, asOf)
      if (market === undefined || stage === undefined || isSchool(stage)) continue
      const wins = deals.filter(
        ({ outcome, closed }) => outcome === 'won' && closed !== null && closed >= from && closed <= asOf,
      )
      const people = [...new Set(wins.map(({ owner }) => sellers.get(owner)))]
      const founders = people.flatMap((person) => (person?.data.role === 'founder' ? [nameOf(person)] : []))
      if (wins.length === 0 || founders.length < people.length) continue
      yield {
        at: placeOf(market, 'seats', 'selling'),
        data: { title: market.data.title ?? id, stage, wins: wins.length, from, founders },
        subject: id,
      }
    }
  },
})
