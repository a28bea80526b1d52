/**
 * Reports a play that has been in use for half a year without one closed deal.
 *
 * Without `since` nobody knows how long it has been run, and where the segment is unknown nobody knows which deals
 * are its own: neither is called dead.
 */
import type { PlayRecord } from '../../evidence/evidence.ts'
import type { LedgerColumn } from '../../ledger/ledger.ts'
import { monthsBefore } from '../../model/dates.ts'
import { type Entity, placeOf } from '../../model/entity.ts'
import { quoted } from '../citation/cited.ts'
import { counted } from '../citation/deal-in-words.ts'
import { defineRule, type RuleInputs } from '../define-rule.ts'
import { claimsSomething, segmentIsKnown } from './claims.ts'

interface Data {
  readonly title: string
  readonly since: string
  /** The first day that the record looks at. */
  readonly from: string
  readonly basis: 'named' | 'matched'
  readonly open: number
  readonly friends: number
  readonly undated: number
}

const patience = 6

export const deadPlay = defineRule({
  id: 'play/dead',
  reads: ['playbook', 'evidence', 'ledger', 'asOf'],
  text: ({ title, since, from, basis, open, friends, undated }: Data) => {
    const deal = basis === 'named' ? 'deal whose `play` cell names it' : 'deal that fits it'
    const besides = [
      ...(open > 0 ? [`${counted(open, 'open deal')}`] : []),
      ...(friends > 0 ? [`${counted(friends, 'deal')} of friends and family`] : []),
      ...(undated > 0 ? [`${counted(undated, 'deal')} without \`created\``] : []),
    ]
    const left = besides.length === 0 ? '' : ` (left out: ${besides.join(', ')})`
    return `${title} has been in use since ${since}, and no ${deal} has closed since ${from > since ? from : 'then'}${left}. Find out whether anybody runs it; if not, set \`status: retired\`, or correct \`segment\`, \`match\` or \`since\`.`
  },
  *check(inputs) {
    const { playbook, asOf } = inputs
    const from = monthsBefore(asOf, playbook.settings.evidence.windowMonths)
    for (const { play, since, record } of deadPlays({ ...inputs, columns: inputs.ledger.columns })) {
      yield {
        at: placeOf(play, 'title'),
        data: {
          title: quoted(play),
          since,
          from,
          basis: record.basis,
          open: record.openUsed,
          friends: record.friendsLeftOut,
          undated: record.undatedLeftOut,
        },
      }
    }
  },
})

/** A play in use with an empty record, and since when it has been in use. */
export interface DeadPlay {
  readonly play: Entity<'play'>
  readonly since: string
  readonly record: PlayRecord
}

export function* deadPlays({ playbook, evidence, columns, asOf }: DeadPlayInputs): Iterable<DeadPlay> {
  const longAgo = monthsBefore(asOf, patience)
  const found = new Map(evidence.plays.map((play) => [play.id, play.record]))
  for (const play of playbook.of('play')) {
    const { status, since } = play.data
    const record = found.get(play.id)
    if (record === undefined || since === undefined || since > longAgo || record.wins + record.losses > 0) continue
    if (!claimsSomething(status) || play.invalid.has('match')) continue
    if (segmentIsKnown(play, { playbook, ledger: { columns } })) yield { play, since, record }
  }
}

interface DeadPlayInputs extends Pick<RuleInputs, 'playbook' | 'evidence' | 'asOf'> {
  readonly columns: readonly LedgerColumn[]
}
