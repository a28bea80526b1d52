/**
 * Reports an approved message whose cited deals all do not count.
 *
 * Why each does not is said at the citation; a message that cites none is for `message/unbacked`.
 */
import { placeOf } from '../../model/entity.ts'
import { quoted } from '../citation/cited.ts'
import { defineRule } from '../define-rule.ts'
import { awaitsReview } from '../unread-pages.ts'

export const overclaimedMessage = defineRule({
  id: 'message/overclaimed',
  reads: ['playbook', 'evidence'],
  text: ({ title, cited }: { title: string; cited: number }) =>
    `${title} is approved, but ${cited === 1 ? 'the one deal it cites does not count' : `none of the ${cited} deals it cites counts`}; the finding at each says why. Cite a deal that counts, write \`proof: product\` with a link under \`source\` if the product itself proves it, or set \`status: draft\`.`,
  *check({ playbook, evidence }) {
    const judged = new Map(evidence.messages.map((message) => [message.id, message]))
    for (const message of playbook.of('message')) {
      const found = judged.get(message.id)
      if (message.data.status !== 'approved' || message.citations.length === 0 || found?.backed !== 'no') continue
      if (found.citations.some((citation) => awaitsReview(citation, playbook))) continue
      if (['evidence', 'proof', 'source', 'segments'].some((field) => message.invalid.has(field))) continue
      yield { at: placeOf(message, 'status'), data: { title: quoted(message), cited: message.citations.length } }
    }
  },
})
