/**
 * Who has to do something about a page: those who own it, signed it, hold its seats, or owe it an answer.
 */
import type { Playbook } from '../graph/playbook.ts'
import type { AnyEntity } from '../model/entity.ts'
import { answererOf, targetOf } from '../rules/feedback/unanswered.ts'

/** Ids of people, each once; none where nobody owns the page. */
export function ownersOf(entity: AnyEntity, playbook: Playbook): string[] {
  return [...new Set(named(entity, playbook))].flatMap((id) => id ?? [])
}

function named(entity: AnyEntity, playbook: Playbook): (string | undefined)[] {
  switch (entity.type) {
    case 'play':
    case 'message':
      return [entity.data.owners?.marketing, entity.data.owners?.sales]
    case 'review':
      return [entity.data.reviewers?.marketing, entity.data.reviewers?.sales]
    case 'market':
      return [entity.data.seats?.learning, entity.data.seats?.selling]
    case 'collateral':
      return [entity.data.owner]
    case 'person':
      return [entity.id]
    case 'feedback': {
      const target = targetOf(entity, playbook)
      return target === undefined ? [] : [answererOf(target)]
    }
    default:
      return []
  }
}
