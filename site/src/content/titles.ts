/**
 * What a page is called where others speak of it.
 */
import type { AnyEntity } from '../../../src/model/entity.ts'

export function titleOf(entity: AnyEntity): string {
  switch (entity.type) {
    case 'person':
      return entity.data.name ?? entity.id
    case 'review':
      return entity.data.deal ?? entity.id
    case 'feedback':
      return `Feedback of ${entity.data.date ?? entity.id}`
    default:
      return entity.data.title ?? entity.id
  }
}
