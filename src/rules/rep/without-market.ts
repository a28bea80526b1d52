/**
 * Reports a rep whom no graduated market lists.
 *
 * Where the playbook has no market at all, nobody is asked: the team does not divide its work so.
 */
import { type Entity, placeOf } from '../../model/entity.ts'
import { isSchool, stageOn } from '../../model/market.ts'
import { shortened } from '../../source/visible.ts'
import { code, listed } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'
import { mayBeNamed } from '../unread-pages.ts'

interface Data {
  readonly name: string
  readonly id: string
  /** Titles of markets still being learned that list the rep. */
  readonly learning: readonly string[]
}

export const repWithoutMarket = defineRule({
  id: 'rep/without-market',
  reads: ['playbook', 'asOf', 'textOf'],
  text: ({ name, id, learning }: Data) => {
    const where =
      learning.length === 0
        ? 'no market lists'
        : `only ${listed(learning.map((title) => `“${shortened(title)}”`))}, still being learned, ${learning.length === 1 ? 'lists' : 'list'}`
    return `${shortened(name)} is a rep whom ${where}: somebody sells without a market in which selling has been learned. Add ${code(id)} to \`reps\` of a market in \`creation\` or \`building\`, or correct \`role\` or \`until\` here.`
  },
  *check(inputs) {
    const { playbook, asOf } = inputs
    const markets = playbook.of('market')
    if (markets.length === 0) return
    // Whom a list that cannot be read names, nobody knows.
    if (markets.some(({ invalid }) => invalid.has('reps') || invalid.has('stage'))) return
    const stageNow = new Map(markets.map((market) => [market, stageOn(market.data, asOf)]))
    const graduated = new Set(
      markets.filter((market) => isPastSchool(stageNow.get(market))).flatMap(({ data }) => data.reps),
    )
    for (const person of playbook.of('person')) {
      if (person.data.role !== 'rep' || !isHere(person, asOf) || graduated.has(person.id)) continue
      if (mayBeNamed([person.id], ['market'], inputs)) continue
      const learning = markets.filter(({ data }) => data.reps.includes(person.id))
      yield {
        at: placeOf(person, 'name'),
        subject: person.id,
        data: {
          name: person.data.name ?? person.id,
          id: person.id,
          learning: learning.map(({ id, data }) => data.title ?? id),
        },
      }
    }
  },
})

function isPastSchool(stage: ReturnType<typeof stageOn>): boolean {
  return stage !== undefined && !isSchool(stage)
}

function isHere({ data, invalid }: Entity<'person'>, asOf: string): boolean {
  if (invalid.has('from') || invalid.has('until')) return false
  return (data.from ?? asOf) <= asOf && (data.until ?? asOf) >= asOf
}
