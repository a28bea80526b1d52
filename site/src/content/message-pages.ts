/**
 * The page of a message.
 */
import type { Entity } from '../../../src/model/entity.ts'
import { feedbackOn } from './deal-pages.ts'
import type { MessagePage } from './page-types.ts'
import type { Shown } from './shown.ts'

export function messagePage(shown: Shown, message: Entity<'message'>): MessagePage {
  const { data } = message
  return {
    type: 'message',
    ...shown.basics(message),
    status: data.status ?? 'draft',
    pillar: data.pillar ?? 'Without a pillar',
    claim: data.claim ?? '',
    owners: shown.owners(data.owners),
    confirmed: shown.confirmation(message),
    personas: shown.links('persona', data.personas),
    segments: shown.links('segment', data.segments),
    replaces: shown.links('message', data.replaces),
    replacedBy: shown
      .built('message')
      .filter((other) => other.data.replaces.includes(message.id))
      .map((other) => shown.linkTo(other)),
    backed: shown.backing(message.id),
    source: data.source !== undefined && /^https?:\/\//i.test(data.source) ? data.source : undefined,
    citations: shown.citations(message),
    plays: shown.playLinks(shown.built('play').filter((play) => play.data.messages.includes(message.id))),
    notices: shown.notices(message, ['message/suspect', 'message/unconfirmed', 'message/overclaimed']),
    feedback: feedbackOn(shown, 'messages', message.id),
  }
}
