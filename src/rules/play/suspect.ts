/**
 * Reports a play in use that is not any more what its owner stood behind: its words moved, or a cited deal's facts.
 */
import { defineRule } from '../define-rule.ts'
import { type Suspect, suspectInWords, suspects } from './what-moved.ts'

export const suspectPlay = defineRule({
  id: 'play/suspect',
  reads: ['playbook', 'evidence', 'textOf'],
  text: (data: Suspect) => suspectInWords(data),
  *check(inputs) {
    yield* suspects(
      inputs.playbook
        .of('play')
        .filter(({ data: { status } }) => status !== undefined && status !== 'draft' && status !== 'retired'),
      inputs,
    )
  },
})
