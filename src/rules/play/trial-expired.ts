/**
 * Reports a trial whose last day has passed.
 *
 * A trial that never had a last day lacks a required field, which is for `field/missing` to say.
 */
import { placeOf } from '../../model/entity.ts'
import { quoted } from '../citation/cited.ts'
import { defineRule } from '../define-rule.ts'
import { statuses, verdicts } from './claims.ts'

interface Data {
  readonly title: string
  readonly until: string
  /** What the evidence says; undefined without a ledger. */
  readonly supported: string | undefined
}

export const trialExpiredPlay = defineRule({
  id: 'play/trial-expired',
  reads: ['playbook', 'asOf', 'evidenceIfAny'],
  text: ({ title, until, supported }: Data) =>
    `The trial of ${title} ended on ${until}, and nobody has decided what became of it. ${decision(supported)}`,
  *check({ playbook, asOf, evidenceIfAny }) {
    const found = new Map(evidenceIfAny?.plays.map((play) => [play.id, play.verdict]))
    for (const play of playbook.of('play')) {
      const { status, until } = play.data
      if (status !== 'trial' || until === undefined || until >= asOf) continue
      const verdict = found.get(play.id)
      const supported = verdict === undefined ? undefined : statuses[verdicts.indexOf(verdict)]
      yield { at: placeOf(play, 'until'), data: { title: quoted(play), until, supported } }
    }
  },
})

function decision(supported: string | undefined): string {
  if (supported === 'repeatable' || supported === 'proven')
    return `Its evidence supports \`status: ${supported}\`: promote it, or set \`status: retired\`.`
  const later = 'or, if more time will tell, set a later `until` and say why under `history`.'
  if (supported === undefined) return `Promote it as far as its evidence allows, set \`status: retired\`, ${later}`
  return `Its evidence does not support more than a trial: set \`status: retired\`, ${later}`
}
