/**
 * Who a build is for, and which pages it may hold.
 *
 * Asked before anything is drawn, linked, counted or indexed: what this says no to is not in the site in
 * any form. Where a page cannot be read well enough to know, the answer is no.
 */
import type { AnyEntity } from '../model/entity.ts'

export const audiences = ['reps', 'leaders', 'partners'] as const
export type Audience = (typeof audiences)[number]

/** Whether the site for this audience has a page of the entity. */
export function isBuilt(entity: AnyEntity, audience: Audience): boolean {
  return isReadable(entity) && mayBeSeen(entity, audience) && isFinished(entity, audience)
}

/** A draft play with a day by which it is decided: built, and marked so that nobody takes it for a play. */
export function isHypothesis(entity: AnyEntity): boolean {
  return entity.type === 'play' && entity.data.status === 'draft' && entity.data.until !== undefined
}

/** A page whose fields cannot be read may be restricted, and whether a play is a draft may be unknown. */
function isReadable(entity: AnyEntity): boolean {
  return entity.facts.data !== undefined && !entity.invalid.has('visibility') && !entity.invalid.has('status')
}

function mayBeSeen(entity: AnyEntity, audience: Audience): boolean {
  if (audience === 'partners') return entity.data.visibility === 'partner'
  return entity.data.visibility !== 'restricted' || audience === 'leaders'
}

function isFinished(entity: AnyEntity, audience: Audience): boolean {
  if (isHypothesis(entity)) return audience !== 'partners'
  return (entity.type !== 'play' && entity.type !== 'message') || entity.data.status !== 'draft'
}
