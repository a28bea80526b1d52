/**
 * Reports an approved message that nobody stands behind, or not any more.
 *
 * Where something moved since it was confirmed, `message/suspect` has said so, and the age adds nothing.
 */
import { defineRule } from '../define-rule.ts'
import { type Unconfirmed, unconfirmed, unconfirmedInWords } from '../play/what-moved.ts'

export const unconfirmedMessage = defineRule({
  id: 'message/unconfirmed',
  reads: ['playbook', 'asOf', 'textOf', 'evidenceIfAny'],
  text: (data: Unconfirmed) => unconfirmedInWords(data),
  *check(inputs) {
    yield* unconfirmed(
      inputs.playbook.of('message').filter(({ data: { status } }) => status === 'approved'),
      inputs,
    )
  },
})
