/**
 * Reports an approved message that is not any more what its owner stood behind: its words moved, or a cited deal's facts.
 */
import { defineRule } from '../define-rule.ts'
import { type Suspect, suspectInWords, suspects } from '../play/what-moved.ts'

export const suspectMessage = defineRule({
  id: 'message/suspect',
  reads: ['playbook', 'evidence', 'textOf'],
  text: (data: Suspect) => suspectInWords(data),
  *check(inputs) {
    yield* suspects(
      inputs.playbook.of('message').filter(({ data: { status } }) => status === 'approved'),
      inputs,
    )
  },
})
