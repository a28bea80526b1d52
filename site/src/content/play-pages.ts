/**
 * The page of a play.
 */

import { isHypothesis } from '../../../src/audience/audience.ts'
import { recordByMonth } from '../../../src/evidence/record-by-month.ts'
import type { AnyEntity, Entity } from '../../../src/model/entity.ts'
import { predicateWords } from '../../../src/model/predicate-words.ts'
import { feedbackOn } from './deal-pages.ts'
import type { DealLine, PageLink, PlayPage, PlayProof, PlayRow, RelatedPlay } from './page-types.ts'
import type { Shown } from './shown.ts'

/** How many won and how many lost deals of the record are listed. */
const listed = 6

export function playPage(shown: Shown, play: Entity<'play'>): PlayPage {
  const { data } = play
  const row = shown.playRow(play)
  const evidence = shown.evidenceOf(play.id)
  return {
    type: 'play',
    ...shown.basics(play),
    row,
    status: data.status ?? 'draft',
    claims: overclaimed(data.status, evidence?.verdict) ? data.status : undefined,
    personas: shown.links('persona', data.personas),
    competitors: shown.links('competitor', data.competitors),
    messages: data.messages.flatMap((id) => {
      const message = shown.playbook.get('message', id)
      return message?.data.status !== 'approved' || !shown.isVisible(message) ? [] : [shown.messageLink(message)]
    }),
    fit: predicateWords(play.predicates['match']),
    since: data.since,
    owners: shown.owners(data.owners),
    confirmed: shown.confirmation(play),
    hypothesis: isHypothesis(play as AnyEntity)
      ? {
          test: data.hypothesis?.test,
          confirmedBy: dealLines(shown, data.hypothesis?.confirmedBy),
          refutedBy: dealLines(shown, data.hypothesis?.refutedBy),
        }
      : undefined,
    history: data.history.map(({ status, on, why }) => ({ status, on, why })),
    proof: proofOf(shown, play),
    notices: shown.notices(play, [
      'play/suspect',
      'play/unconfirmed',
      'play/trial-expired',
      'play/dead',
      'play/overclaimed',
    ]),
    feedback: feedbackOn(shown, 'plays', play.id),
    related: relatedTo(shown, play),
    callHref: callHrefOf(row),
  }
}

/** Where its page for the call stands; only what can be run has one. */
export function callHrefOf({ group, href }: PlayRow): string | undefined {
  return group === 'learning' || group === 'retired' ? undefined : `${href}call/`
}

function proofOf(shown: Shown, play: Entity<'play'>): PlayProof | undefined {
  const evidence = shown.evidenceOf(play.id)
  if (evidence === undefined || shown.evidence === undefined) return undefined
  const record = shown.evidence.recordOf(play.id)
  const latest = (outcome: 'won' | 'lost'): DealLine[] =>
    record
      .filter((deal) => deal.outcome === outcome)
      .slice(0, listed)
      .map((deal) => shown.dealLine(deal))
  return {
    ...shown.figures(evidence),
    citations: shown.citations(play),
    better: evidence.better,
    p: evidence.p,
    q: evidence.q,
    m: evidence.m,
    judgedOn: shown.evidence.judgedOn,
    rank: evidence.rank,
    amounts: evidence.amounts,
    concentrated: evidence.concentrated.map((each) => ({
      ...each,
      shown: nameOfValue(shown, each.dimension, each.value)?.title ?? each.value,
    })),
    won: latest('won'),
    lost: latest('lost'),
    months: recordByMonth(record),
  }
}

/** A seller is a person's id where the playbook knows the seller, else the ledger's spelling. */
function nameOfValue(shown: Shown, dimension: string, value: string): PageLink | undefined {
  return dimension === 'seller' ? shown.link('person', value) : undefined
}

function dealLines(shown: Shown, ids: readonly string[] | undefined): DealLine[] {
  return (ids ?? []).flatMap((id) => {
    const deal = shown.deal(id)
    return deal === undefined ? [] : [shown.dealLine(deal)]
  })
}

const strength = ['draft', 'trial', 'repeatable', 'proven']
const supports = { unproven: 0, anecdotal: 1, repeatable: 2, proven: 3 } as const

function overclaimed(status: string | undefined, verdict: keyof typeof supports | undefined): boolean {
  return status !== undefined && verdict !== undefined && strength.indexOf(status) > supports[verdict]
}

const related = 6

/** Plays for the same kind of customer; where there is none, plays that speak to the same person. */
function relatedTo(shown: Shown, play: Entity<'play'>): RelatedPlay[] {
  const sameSegment = shown.playsFor(play.data.segment)
  const others = sameSegment.some((other) => other.id !== play.id)
    ? sameSegment
    : shown.runnable.filter(({ id }) =>
        shown.playbook.get('play', id)?.data.personas.some((persona) => play.data.personas.includes(persona)),
      )
  return others
    .filter(({ id }) => id !== play.id)
    .slice(0, related)
    .map(({ id, title, href, mark, byFit, doubt }) => ({
      title,
      href,
      mark,
      byFit,
      doubt,
      shares: shared(shown, play, shown.playbook.get('play', id)),
    }))
}

function shared(shown: Shown, play: Entity<'play'>, other: Entity<'play'> | undefined): string[] {
  if (other === undefined) return []
  const both = (type: 'persona' | 'competitor' | 'message', one: readonly string[], two: readonly string[]): string[] =>
    shown
      .links(
        type,
        one.filter((id) => two.includes(id)),
      )
      .map(({ title }) => title)
  return [
    ...(play.data.segment === other.data.segment ? shown.links('segment', [play.data.segment ?? '']) : []).map(
      ({ title }) => title,
    ),
    ...both('persona', play.data.personas, other.data.personas),
    ...both('competitor', play.data.competitors, other.data.competitors),
    ...both('message', play.data.messages, other.data.messages),
  ]
}
