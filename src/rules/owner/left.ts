/**
 * Reports a page whose owner, seller or seat holder has left the company.
 *
 * One finding for each person on a page, whatever the places they hold there.
 */
import { type AnyEntity, type Entity, placeOf } from '../../model/entity.ts'
import { shortened } from '../../source/visible.ts'
import { code, listed } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'

interface Data {
  readonly title: string
  readonly name: string
  readonly until: string
  readonly id: string
  /** Fields that name the person: `owners.sales`. */
  readonly fields: readonly string[]
}

export const leftOwner = defineRule({
  id: 'owner/left',
  reads: ['playbook', 'asOf'],
  text: ({ title, name, until, id, fields }: Data) => {
    const places = fields.filter((field) => field !== 'reps')
    const naming = places.length > 0 ? [`name somebody else under ${listed(places.map(code))}`] : []
    const taking = fields.length > places.length ? [`take ${code(id)} out of \`reps\``] : []
    const remedy = listed([...naming, ...taking])
    return `${shortened(name)} left on ${until}, and “${shortened(title)}” still relies on that person. ${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.`
  },
  *check({ playbook, asOf }) {
    const left = new Map(
      playbook.of('person').flatMap((person) => ((person.data.until ?? asOf) < asOf ? [[person.id, person]] : [])),
    )
    if (left.size === 0) return
    const duplicates = new Set(playbook.duplicates.map(({ entity }) => entity))
    for (const page of playbook.entities) {
      if (duplicates.has(page)) continue
      for (const [id, fields] of Map.groupBy(holdersOf(page), ({ person }) => person)) {
        const person = left.get(id)
        if (person?.data.until === undefined) continue
        const { name = person.id, until } = person.data
        yield {
          at: placeOf(page, 'title'),
          data: { title: titleOf(page), name, until, id, fields: fields.map(({ field }) => field) },
          related: [{ at: placeOf(person, 'until'), text: `The last day of ${shortened(name)}.` }],
          subject: id,
        }
      }
    }
  },
})

/** Who answers for a page or sells in a market, and under which field. */
function holdersOf(page: AnyEntity): { person: string; field: string }[] {
  const holders = fieldsOf(page).flatMap(([field, people]) =>
    people.flatMap((person) => (person === undefined ? [] : [{ person, field }])),
  )
  return holders.filter(({ field }) => !page.invalid.has(field.replace(/\..*$/, '')))
}

function fieldsOf(page: AnyEntity): [string, readonly (string | undefined)[]][] {
  switch (page.type) {
    case 'play':
    case 'message':
      return [
        ['owners.sales', [page.data.owners?.sales]],
        ['owners.marketing', [page.data.owners?.marketing]],
      ]
    case 'market':
      return [
        ['seats.learning', [page.data.seats?.learning]],
        ['seats.selling', [page.data.seats?.selling]],
        ['reps', page.data.reps],
      ]
    case 'collateral':
      return [['owner', [page.data.owner]]]
    default:
      return []
  }
}

function titleOf(page: AnyEntity): string {
  return (page as Entity<'play'>).data.title ?? page.id
}
