/**
 * Reports something current that still refers to something retired.
 *
 * Reviews and feedback are left alone: they tell what was used then. So is a message that names the one it
 * replaces.
 */
import type { Playbook } from '../../graph/playbook.ts'
import { type AnyEntity, isRetired, type Reference } from '../../model/entity.ts'
import { shortened } from '../../source/visible.ts'
import { code, listed } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'

interface Data {
  readonly id: string
  readonly title: string
  readonly type: string
  /** Ids of messages that replace it. */
  readonly replacedBy: readonly string[]
}

export const retiredLink = defineRule({
  id: 'link/retired',
  reads: ['playbook'],
  text: ({ id, title, type, replacedBy }: Data) => {
    const instead =
      replacedBy.length > 0
        ? `Refer to ${listed(replacedBy.map(code), 'or')}, which replaces it`
        : 'Refer to what is used instead'
    return `The ${type} ${code(id)} is retired, and “${shortened(title)}” still refers to it. ${instead}, or take this out.`
  },
  *check({ playbook }) {
    const retired = new Set(playbook.entities.filter(isRetired))
    if (retired.size === 0) return
    for (const entity of playbook.entities) {
      if (isRetired(entity) || entity.type === 'review' || entity.type === 'feedback') continue
      const replaces = new Set(entity.type === 'message' ? entity.data.replaces : [])
      for (const { target, range } of mentions(entity, playbook)) {
        if (!retired.has(target) || target === entity || (target.type === 'message' && replaces.has(target.id)))
          continue
        const replacedBy = target.type === 'message' ? replacements(target.id, playbook) : []
        yield {
          at: { file: entity.path, range },
          data: { id: target.id, title: titleOf(entity), type: target.type, replacedBy },
        }
      }
    }
  },
})

function* mentions(entity: AnyEntity, playbook: Playbook): Iterable<{ target: AnyEntity; range: Reference['range'] }> {
  for (const { type, id, range, path } of entity.references) {
    const target = playbook.get(type, id)
    if (target !== undefined && !entity.invalid.has(String(path[0]))) yield { target: target as AnyEntity, range }
  }
  for (const { url, range } of entity.facts.links) {
    const target = playbook.target(entity, url)
    if (target.kind === 'page') yield { target: target.entity, range }
  }
}

function replacements(id: string, playbook: Playbook): string[] {
  return playbook
    .usesOf('message', id)
    .flatMap(({ by, reference }) => (reference?.path[0] === 'replaces' && !isRetired(by) ? [by.id] : []))
}

function titleOf(entity: AnyEntity): string {
  return ('title' in entity.data ? entity.data.title : undefined) ?? entity.id
}
