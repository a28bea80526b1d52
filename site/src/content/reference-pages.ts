/**
 * The pages one looks things up in: battlecards, personas, segments, markets, people.
 */
import type { Entity } from '../../../src/model/entity.ts'
import { predicateWords } from '../../../src/model/predicate-words.ts'
import { nameOf } from './address.ts'
import { reviewRow } from './deal-pages.ts'
import type { CompetitorPage, MarketPage, MessageLink, PersonaPage, PersonPage, SegmentPage } from './page-types.ts'
import type { Shown } from './shown.ts'

export function competitorPage(shown: Shown, competitor: Entity<'competitor'>): CompetitorPage {
  const { data } = competitor
  return {
    type: 'competitor',
    ...shown.basics(competitor),
    segments: shown.links('segment', data.segments),
    confirmed: shown.confirmation(competitor),
    plays: shown.playLinks(shown.built('play').filter((play) => play.data.competitors.includes(competitor.id))),
    met: shown
      .built('review')
      .filter((review) => review.data.competitors.includes(competitor.id))
      .map((review) => reviewRow(shown, review))
      .sort((a, b) => ((a.closed ?? '') < (b.closed ?? '') ? 1 : -1)),
    notices: shown.notices(competitor, ['competitor/unconfirmed']),
  }
}

export function personaPage(shown: Shown, persona: Entity<'persona'>): PersonaPage {
  const { data } = persona
  return {
    type: 'persona',
    ...shown.basics(persona),
    segments: shown.links('segment', data.segments),
    goals: data.goals,
    pains: data.pains,
    plays: shown.playLinks(shown.built('play').filter((play) => play.data.personas.includes(persona.id))),
    messages: approved(shown, (message) => message.data.personas.includes(persona.id)),
  }
}

export function segmentPage(shown: Shown, segment: Entity<'segment'>): SegmentPage {
  const { data } = segment
  const found = shown.evidence?.segments.find(({ id }) => id === segment.id)
  return {
    type: 'segment',
    ...shown.basics(segment),
    description: data.description,
    match: predicateWords(segment.predicates['match']),
    deals:
      found === undefined
        ? undefined
        : {
            deals: found.deals,
            wins: found.wins,
            losses: found.losses,
            median: found.median,
            bar: found.bar,
            elephants: found.elephants.length,
            twoPriceLevels: found.twoPriceLevels,
          },
    plays: shown.playLinks(shown.built('play').filter((play) => play.data.segment === segment.id)),
    markets: shown
      .built('market')
      .filter((market) => market.data.segment === segment.id)
      .map((market) => shown.linkTo(market)),
    messages: approved(shown, (message) => message.data.segments.includes(segment.id)),
    personas: shown
      .built('persona')
      .filter((persona) => persona.data.segments.includes(segment.id))
      .map((persona) => shown.linkTo(persona)),
    competitors: shown
      .built('competitor')
      .filter((competitor) => competitor.data.segments.includes(segment.id))
      .map((competitor) => shown.linkTo(competitor)),
  }
}

export function marketPage(shown: Shown, market: Entity<'market'>): MarketPage {
  const { data } = market
  return {
    type: 'market',
    ...shown.basics(market),
    segment: shown.link('segment', data.segment),
    territory: predicateWords(market.predicates['territory']),
    stage: data.stage ?? '',
    since: data.since,
    history: data.history.map(({ stage, on, why }) => ({ stage, on, why })),
    learning: shown.link('person', data.seats?.learning),
    selling: shown.link('person', data.seats?.selling),
    reps: shown.links('person', data.reps),
    branchedFrom: shown.link('market', data.branchedFrom),
    branches: shown
      .built('market')
      .filter((other) => other.data.branchedFrom === market.id)
      .map((other) => shown.linkTo(other)),
    plays: shown.playRows(playsFor(shown, market)),
    notices: shown.notices(market, ['market/opened-too-early', 'seat/shared']),
  }
}

/** A play is for a market that it names or, where it names none, that has its segment. */
function playsFor(shown: Shown, market: Entity<'market'>): Entity<'play'>[] {
  return shown.built('play').filter((play) => {
    if (play.data.status === 'retired') return false
    if (play.data.markets.length > 0) return play.data.markets.includes(market.id)
    return play.data.segment !== undefined && play.data.segment === market.data.segment
  })
}

export function personPage(shown: Shown, person: Entity<'person'>): PersonPage {
  const { data } = person
  const owned = [...shown.built('play'), ...shown.built('message')].filter(
    ({ data: { status, owners } }) =>
      status !== 'retired' && (owners?.marketing === person.id || owners?.sales === person.id),
  )
  const collateral = shown.built('collateral').filter((each) => each.data.owner === person.id)
  return {
    type: 'person',
    ...shown.basics(person),
    anchor: nameOf(person.id),
    role: data.role ?? 'other',
    left: data.until !== undefined && data.until < shown.reading.asOf ? data.until : undefined,
    owns: [...owned, ...collateral].map((page) => shown.namedLink(page)),
    seats: shown
      .built('market')
      .flatMap((market) => [
        ...(market.data.seats?.learning === person.id ? [{ ...shown.linkTo(market), seat: 'learns' as const }] : []),
        ...(market.data.seats?.selling === person.id ? [{ ...shown.linkTo(market), seat: 'sells' as const }] : []),
      ]),
  }
}

function approved(shown: Shown, wanted: (message: Entity<'message'>) => boolean): MessageLink[] {
  return shown
    .built('message')
    .filter((message) => message.data.status === 'approved' && wanted(message))
    .map((message) => shown.messageLink(message))
}
