/**
 * The playbook as the evidence room wants it: plain data, without pages or places.
 */
import type { EvidenceInput } from '../evidence/evidence-input.ts'
import type { Playbook } from '../graph/playbook.ts'
import { minorDigitsOf } from '../ledger/money.ts'

export function evidenceInput(playbook: Playbook, asOf: string): EvidenceInput {
  const { settings } = playbook
  return {
    asOf,
    fiscalYearStart: settings.fiscalYearStart,
    settings: settings.evidence,
    currencyDigits: minorDigitsOf(settings.currency),
    plays: playbook.of('play').map((play) => ({
      id: play.id,
      status: play.data.status,
      segment: play.data.segment,
      match: play.predicates.match,
      since: play.data.since,
      evidence: play.citations.map(({ deal }) => ({ deal })),
    })),
    messages: playbook.of('message').map((message) => ({
      id: message.id,
      status: message.data.status,
      segments: message.data.segments,
      proof: message.data.proof,
      source: message.data.source,
      evidence: message.citations.map(({ deal }) => ({ deal })),
    })),
    segments: playbook
      .of('segment')
      .flatMap((segment) =>
        segment.predicates.match === undefined || segment.invalid.has('match')
          ? []
          : [{ id: segment.id, match: segment.predicates.match }],
      ),
    markets: playbook
      .of('market')
      .flatMap(({ id, data, predicates, invalid }) =>
        predicates.territory === undefined || invalid.has('territory')
          ? []
          : [{ id, segment: data.segment, territory: predicates.territory }],
      ),
    reviews: playbook.of('review').flatMap(({ data }) =>
      data.deal === undefined
        ? []
        : [
            {
              deal: data.deal,
              outcome: data.outcome,
              compellingEvent: data.compellingEvent,
              relationship: data.relationship,
              plays: data.plays,
              amount: data.amount,
              closed: data.closed,
              competitors: data.competitors,
            },
          ],
    ),
    people: playbook.of('person').map(({ id, data }) => ({
      id,
      role: data.role,
      ledgerNames:
        data.ledgerName === undefined ? [] : typeof data.ledgerName === 'string' ? [data.ledgerName] : data.ledgerName,
    })),
    competitors: playbook.of('competitor').map(({ id, data }) => ({ id, ledgerName: data.ledgerName })),
    namedDeals: playbook.entities.flatMap((entity) => entity.deals.map(({ deal }) => deal)),
  }
}
