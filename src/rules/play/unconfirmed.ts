/**
 * Reports a play in use that nobody stands behind, or not any more.
 *
 * Where something moved since it was confirmed, `play/suspect` has said so, and the age adds nothing.
 */
import { defineRule } from '../define-rule.ts'
import { type Unconfirmed, unconfirmed, unconfirmedInWords } from './what-moved.ts'

export const unconfirmedPlay = defineRule({
  id: 'play/unconfirmed',
  reads: ['playbook', 'asOf', 'textOf', 'evidenceIfAny'],
  text: (data: Unconfirmed) => unconfirmedInWords(data),
  *check(inputs) {
    yield* unconfirmed(
      inputs.playbook
        .of('play')
        .filter(({ data: { status } }) => status !== undefined && status !== 'draft' && status !== 'retired'),
      inputs,
    )
  },
})
