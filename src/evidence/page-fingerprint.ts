/**
 * The fingerprint of a play or message as it stands: its fields, its segment, its cited deals, its sections.
 */
import type { Playbook } from '../graph/playbook.ts'
import type { Deal } from '../ledger/ledger.ts'
import type { Entity } from '../model/entity.ts'
import { predicateKey } from '../model/predicate.ts'
import { fingerprintOf } from './fingerprint.ts'

/** `text` is the page's own text; a cited deal that the ledger lacks is no part. */
export function pageFingerprint(
  page: Entity<'play'> | Entity<'message'>,
  text: string,
  playbook: Playbook,
  dealOf: (id: string) => Deal | undefined,
): string {
  const segment = page.type === 'play' ? playbook.get('segment', page.data.segment) : undefined
  const fields = {
    title: page.data.title,
    status: page.data.status,
    claim: page.type === 'message' ? page.data.claim : undefined,
    segment: page.type === 'play' ? page.data.segment : undefined,
    since: page.type === 'play' ? page.data.since : undefined,
    match: page.predicates.match === undefined ? undefined : predicateKey(page.predicates.match),
    'segment-match': segment?.predicates.match === undefined ? undefined : predicateKey(segment.predicates.match),
  }
  const deals = [...new Set(page.citations.map(({ deal }) => deal))].flatMap((id) => {
    const deal = dealOf(id)
    return deal === undefined
      ? []
      : [{ id, account: deal.account, outcome: deal.outcome, amount: deal.amount, closed: deal.closed }]
  })
  const headings = page.facts.headings.filter(({ depth }) => depth <= 2)
  const opening = text.slice(page.facts.bodyStart, headings[0]?.range.start ?? text.length)
  const sections = headings.map(({ text: heading, content }) => ({
    heading,
    text: text.slice(content.start, content.end),
  }))
  if (opening.trim() !== '') sections.unshift({ heading: '', text: opening })
  return fingerprintOf({ fields, deals, sections })
}
