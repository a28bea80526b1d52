/**
 * Reports a play whose evidence allows a higher status than it has.
 */
import { placeOf } from '../../model/entity.ts'
import { quoted } from '../citation/cited.ts'
import { counted } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'
import { claims, statuses } from './claims.ts'

interface Data {
  readonly title: string
  readonly claimed: string
  readonly supported: string
  readonly eligible: number
  readonly wins: number
  readonly losses: number
}

export const underclaimedPlay = defineRule({
  id: 'play/underclaimed',
  reads: ['playbook', 'evidence', 'ledger'],
  text: ({ title, claimed, supported, eligible, wins, losses }: Data) =>
    `${title} is \`${claimed}\`, and its evidence supports \`${supported}\`: ${counted(eligible, 'cited deal')} that ${eligible === 1 ? 'counts' : 'count'}, and a record of ${wins.toLocaleString('en-US')} won and ${losses.toLocaleString('en-US')} lost. Set \`status: ${supported}\` if its owners agree.`,
  *check(inputs) {
    for (const { play, found, claimed, supported } of claims(inputs)) {
      const status = statuses[supported]
      if (claimed >= supported || status === undefined) continue
      const at = placeOf(play, 'status')
      const eligible = found.citations.filter((citation) => citation.eligible).length
      yield {
        at,
        data: {
          title: quoted(play),
          claimed: statuses[claimed] ?? '',
          supported: status,
          eligible,
          wins: found.record.wins,
          losses: found.record.losses,
        },
        fixes: 'range' in at ? [{ title: `Set \`status: ${status}\``, edits: [{ ...at, newText: status }] }] : [],
      }
    }
  },
})
