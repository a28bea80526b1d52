/**
 * Reports a battlecard that nobody stands behind, or not any more.
 *
 * What a competitor says and asks changes without us, so a battlecard is due sooner than a play; what moved on the
 * page itself is not asked.
 */
import { defineRule } from '../define-rule.ts'
import { type Unconfirmed, unconfirmed, unconfirmedInWords } from '../play/what-moved.ts'

export const unconfirmedCompetitor = defineRule({
  id: 'competitor/unconfirmed',
  reads: ['playbook', 'asOf', 'textOf', 'evidenceIfAny'],
  text: (data: Unconfirmed) => unconfirmedInWords(data),
  *check(inputs) {
    yield* unconfirmed(inputs.playbook.of('competitor'), inputs)
  },
})
