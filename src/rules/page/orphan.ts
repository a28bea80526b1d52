/**
 * Reports a message, persona, segment or battlecard that no page in use refers to.
 *
 * A page that cannot be read may use it, if its text has the id: then nothing is said.
 */
import { type AnyEntity, type Entity, isRetired, placeOf } from '../../model/entity.ts'
import { entityTypes } from '../../model/entity-types.ts'
import { shortened } from '../../source/visible.ts'
import { defineRule } from '../define-rule.ts'
import { mayBeNamed } from '../unread-pages.ts'

const remedies = {
  message: 'Name it under `messages` of a play, or set `status: retired`.',
  persona: 'Name it under `personas` of a play, or delete the page.',
  segment: 'Name it as the `segment` of a play or a market, or delete the page.',
  competitor: 'Name it under `competitors` of a play or a review, or delete the page.',
} as const

type UsablePage = Entity<'message'> | Entity<'persona'> | Entity<'segment'> | Entity<'competitor'>

export const orphanPage = defineRule({
  id: 'page/orphan',
  reads: ['playbook', 'textOf'],
  text: ({ title, type }: { readonly title: string; readonly type: UsablePage['type'] }) =>
    `Nothing in use refers to “${shortened(title)}”. ${remedies[type]}`,
  *check(inputs) {
    const { playbook } = inputs
    const duplicates = new Set(playbook.duplicates.map(({ entity }) => entity))
    for (const page of playbook.entities) {
      if (!isUsable(page) || isRetired(page) || duplicates.has(page)) continue
      const used = playbook
        .usesOf(page.type, page.id)
        .some(({ by, reference }) => !isRetired(by) && reference?.path[0] !== 'replaces')
      if (!used && !mayBeNamed([page.id], entityTypes, inputs))
        yield { at: placeOf(page, 'title'), data: { title: page.data.title ?? page.id, type: page.type } }
    }
  },
})

function isUsable(page: AnyEntity): page is UsablePage {
  return Object.hasOwn(remedies, page.type)
}
