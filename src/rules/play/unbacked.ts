/**
 * Reports a play in use that cites no deal at all.
 *
 * What is wrong with a deal that *is* cited is for the `citation/*` rules
 * to say, at that citation: one cause, one finding.
 */
import { placeOf } from '../../model/entity.ts'
import { quoted } from '../citation/cited.ts'
import { defineRule } from '../define-rule.ts'

export const unbackedPlay = defineRule({
  id: 'play/unbacked',
  reads: ['playbook', 'evidenceIfAny'],
  text: ({ title, fitting }: { title: string; fitting: number | undefined }) =>
    `${title} cites no deal. ${fitting ? `Cite ${fitting === 1 ? 'the won deal that fits it' : `one of the ${fitting} won deals that fit it`}` : 'Cite a won deal'} under \`evidence\`, or set \`status: draft\`.`,
  *check({ playbook, evidenceIfAny }) {
    for (const play of playbook.of('play')) {
      // Without a status nobody can tell whether it is in use.
      if (['evidence', 'status'].some((field) => play.invalid.has(field)) || play.citations.length > 0) continue
      const data = { title: quoted(play), fitting: evidenceIfAny?.fittingCount(play.id) }
      yield { at: placeOf(play, 'evidence'), data }
    }
  },
})
