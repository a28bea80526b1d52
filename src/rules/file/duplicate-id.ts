/**
 * Reports two files of one type with one id, and a second review of one deal.
 *
 * The first in path order is what every reference means; the later ones are reported.
 */
import { type Entity, placeOf } from '../../model/entity.ts'
import { folders } from '../../model/entity-types.ts'
import { code } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'

interface Data {
  readonly what: 'file' | 'deal'
  readonly name: string
  /** Where the first one is. */
  readonly first: string
}

export const duplicateId = defineRule({
  id: 'file/duplicate-id',
  reads: ['playbook'],
  text: ({ what, name, first }: Data) =>
    what === 'file'
      ? `${code(name)} is the id of ${code(first)} already: the file's name is the id, whatever folder it is in. Rename one of the two, or make them one page.`
      : `The deal ${code(name)} has a review already, ${code(first)}. Make the two one story: a deal is told once.`,
  *check({ playbook }) {
    const inside = (path: string): string => path.slice(playbook.folder.length + 1)
    for (const { entity, first } of playbook.duplicates) {
      const related = [
        {
          at: { file: first.path, range: first.facts.opening },
          text: `The first file of this id in \`${folders[first.type]}/\`.`,
        },
      ]
      const data: Data = { what: 'file', name: entity.id, first: inside(first.path) }
      yield { at: { file: entity.path, range: entity.facts.opening }, data, related, subject: entity.id }
    }
    const reviewOf = new Map<string, Entity<'review'>>()
    for (const review of playbook.of('review')) {
      const { deal } = review.data
      if (deal === undefined) continue
      const first = reviewOf.get(deal)
      if (first === undefined) reviewOf.set(deal, review)
      else {
        const related = [{ at: placeOf(first, 'deal'), text: 'The first review of this deal.' }]
        const data: Data = { what: 'deal', name: deal, first: inside(first.path) }
        yield { at: placeOf(review, 'deal'), data, related, subject: deal }
      }
    }
  },
})
