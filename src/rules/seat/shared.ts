/**
 * Reports a market in which one person both learns and sells.
 *
 * A founder may, while the market is still being discovered: then there is nobody else. A person nobody knows is
 * for `reference/unknown`.
 */
import { placeOf } from '../../model/entity.ts'
import { stageOn } from '../../model/market.ts'
import { shortened } from '../../source/visible.ts'
import { defineRule } from '../define-rule.ts'
import { nameOf } from './sellers.ts'

interface Data {
  readonly title: string
  readonly name: string
  readonly stage: string | undefined
  readonly founder: boolean
}

export const sharedSeat = defineRule({
  id: 'seat/shared',
  reads: ['playbook', 'asOf'],
  text: ({ title, name, stage, founder }: Data) => {
    const exception = founder
      ? `A founder may hold both while a market is in \`discovery\`; this one is in \`${stage ?? 'no stage yet'}\`.`
      : 'Only a founder may, and only in `discovery`.'
    return `${shortened(name)} holds both seats of “${shortened(title)}”: who has to sell does not hear what the market says. ${exception} Name somebody else under \`seats.learning\` or \`seats.selling\`.`
  },
  *check({ playbook, asOf }) {
    for (const market of playbook.of('market')) {
      const { seats, title = market.id } = market.data
      const person = playbook.get('person', seats?.selling)
      if (market.invalid.has('seats') || person === undefined || seats?.learning !== seats?.selling) continue
      const stage = stageOn(market.data, asOf)
      const founder = person.data.role === 'founder'
      if (founder && stage === 'discovery') continue
      yield {
        at: placeOf(market, 'seats', 'selling'),
        data: { title, name: nameOf(person), stage, founder },
        related: [{ at: placeOf(market, 'seats', 'learning'), text: 'The same person holds the learning seat.' }],
      }
    }
  },
})
