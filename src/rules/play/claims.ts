/**
 * What a play's status claims and what its evidence supports, for the rules that compare the two.
 */
import type { Evidence, PlayEvidence, Verdict } from '../../evidence/evidence.ts'
import type { Playbook } from '../../graph/playbook.ts'
import type { LedgerColumn } from '../../ledger/ledger.ts'
import type { Entity } from '../../model/entity.ts'
import type { PlayStatus } from '../../model/play.ts'
import type { Predicate } from '../../model/predicate.ts'

/** A play in use beside its evidence, where both can be compared. */
export interface Claim {
  readonly play: Entity<'play'>
  readonly found: PlayEvidence
  readonly claimed: number
  readonly supported: number
}

/** Statuses by what they claim; a verdict supports the status at its place in {@link verdicts}. */
export const statuses: readonly PlayStatus[] = ['draft', 'trial', 'repeatable', 'proven']
export const verdicts: readonly Verdict[] = ['unproven', 'anecdotal', 'repeatable', 'proven']

/** Whether the status says that the play may be run: `trial` and above. */
export function claimsSomething(status: PlayStatus | undefined): status is PlayStatus {
  return status !== undefined && statuses.indexOf(status) > 0
}

interface Inputs {
  readonly playbook: Playbook
  readonly evidence: Evidence
  readonly ledger: { readonly columns: readonly LedgerColumn[] }
}

/** Plays of a status that claims something, whose fields can be read and whose segment is known. */
export function* claims(inputs: Inputs): Iterable<Claim> {
  const found = new Map(inputs.evidence.plays.map((play) => [play.id, play]))
  for (const play of inputs.playbook.of('play')) {
    const evidence = found.get(play.id)
    const { status } = play.data
    if (evidence === undefined || !claimsSomething(status) || !segmentIsKnown(play, inputs)) continue
    if (['evidence', 'match', 'since'].some((field) => play.invalid.has(field))) continue
    yield { play, found: evidence, claimed: statuses.indexOf(status), supported: verdicts.indexOf(evidence.verdict) }
  }
}

/** Whether anybody can say which deals are the play's: its segment is there, and the ledger has every column named. */
export function segmentIsKnown(
  play: Entity<'play'>,
  { playbook, ledger }: Pick<Inputs, 'playbook' | 'ledger'>,
): boolean {
  const segment = playbook.get('segment', play.data.segment)
  const match = segment?.predicates.match
  if (segment === undefined || match === undefined || segment.invalid.has('match')) return false
  const columns = new Set(ledger.columns.map(({ name }) => name))
  const answerable = (predicate: Predicate | undefined) =>
    predicate === undefined || predicate.clauses.every(({ column }) => columns.has(column))
  return answerable(match) && answerable(play.predicates.match)
}
