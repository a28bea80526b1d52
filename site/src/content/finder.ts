/**
 * What the play finder asks a rep, and what each play answers.
 *
 * A play that names no persona, stage or region fits any of them. One that names no competitor is not written against
 * one, so it fits none. A play is found in a region for which it is made, by its markets or by what its deals are
 * narrowed to, and in one where a deal was won that counts as its evidence. Only pages of the site are named.
 */

import type { Deal } from '../../../src/ledger/ledger.ts'
import { ledgerColumns } from '../../../src/ledger/read-deals.ts'
import type { Entity } from '../../../src/model/entity.ts'
import type { EntityType } from '../../../src/model/entity-types.ts'
import type { Predicate } from '../../../src/model/predicate.ts'
import type { FinderQuestion, PageLink } from './page-types.ts'

/** The pages that are built, and links to them. */
interface BuiltPages {
  built<T extends EntityType>(type: T): readonly Entity<T>[]
  links(type: EntityType, ids: readonly string[]): PageLink[]
  /** The cited deals that count, where the audience may be told of deals. */
  countingDeals(play: Entity<'play'>): readonly Deal[]
}

export interface Finder {
  /** Those to which some play has an answer. */
  readonly questions: readonly FinderQuestion[]
  /** `s3 p0 p2 t* c1 r0 R2`: see {@link FinderQuestion}. */
  fitOf(play: Entity<'play'>): string
}

export function finderOf(shown: BuiltPages): Finder {
  const plays = shown.built('play').filter(({ data }) => data.status !== 'retired')
  const asked = questionsOf(shown).map((question) => {
    const answered = new Map(shown.built('play').map((play) => [play.id, question.answered(play)]))
    const given = plays.flatMap(({ id }) => {
      const { madeFor = [], wonIn = [] } = answered.get(id) ?? {}
      return [...madeFor, ...wonIn]
    })
    return { ...question, answered, answers: [...new Set(given)].sort((a, b) => a.localeCompare(b)) }
  })
  return {
    questions: asked
      .filter(({ answers }) => answers.length > 0)
      .map(({ key, letter, label, answers }) => ({ key, letter, label, answers })),
    fitOf: (play) =>
      asked
        .flatMap(({ letter, answers, answered }) => {
          const { madeFor = [], wonIn = [], any = false } = answered.get(play.id) ?? {}
          const made = new Set(madeFor)
          return [
            ...[...made].map((answer) => `${letter}${answers.indexOf(answer)}`),
            ...(any ? [`${letter}*`] : []),
            ...[...new Set(wonIn)]
              .filter((answer) => !made.has(answer))
              .map((answer) => `${letter.toUpperCase()}${answers.indexOf(answer)}`),
          ]
        })
        .join(' '),
  }
}

/** What a play has to say to a question. */
interface Answered {
  readonly madeFor: readonly string[]
  /** Whether it fits every other answer as well. */
  readonly any: boolean
  /** Where what counts as its evidence was won. */
  readonly wonIn?: readonly string[]
}

interface Question extends Omit<FinderQuestion, 'answers'> {
  answered(play: Entity<'play'>): Answered
}

function questionsOf(shown: BuiltPages): readonly Question[] {
  const titles = (type: EntityType, ids: readonly string[]): string[] =>
    shown.links(type, ids).map(({ title }) => title)
  const orAny = (madeFor: readonly string[]): Answered => ({ madeFor, any: madeFor.length === 0 })
  const orNone = (madeFor: readonly string[]): Answered => ({ madeFor, any: false })
  return [
    {
      key: 'segment',
      letter: 's',
      label: 'Segment',
      answered: ({ data }) => orNone(titles('segment', [data.segment ?? ''])),
    },
    { key: 'persona', letter: 'p', label: 'Persona', answered: ({ data }) => orAny(titles('persona', data.personas)) },
    {
      key: 'stage',
      letter: 't',
      label: 'Stage',
      answered: ({ data }) => orAny(data.stage === undefined ? [] : [data.stage]),
    },
    {
      key: 'competitor',
      letter: 'c',
      label: 'Competitor',
      answered: ({ data }) => orNone(titles('competitor', data.competitors)),
    },
    { key: 'region', letter: 'r', label: 'Region', answered: regionsOf(shown) },
  ]
}

/**
 * A play is made for the regions of the markets it is for: those it names or, where it names none, those of its
 * segment, which then leave it free to be run elsewhere too. What narrows its deals to regions binds it to them.
 */
function regionsOf(shown: BuiltPages): Question['answered'] {
  const columns = regionColumns(shown)
  const segments = new Map(shown.built('segment').map((segment) => [segment.id, segment]))
  const matchOf = (segment: string | undefined): Predicate | undefined =>
    segments.get(segment ?? '')?.predicates['match']
  return (play) => {
    const named = new Set(play.data.markets)
    const markets = shown
      .built('market')
      .filter(({ id, data }) =>
        named.size > 0 ? named.has(id) : data.segment !== undefined && data.segment === play.data.segment,
      )
    const ofMarkets = markets.flatMap((market) => [
      ...placesIn(market.predicates['territory'], columns),
      ...placesIn(matchOf(market.data.segment), columns),
    ])
    const ofDeals = [...placesIn(play.predicates['match'], columns), ...placesIn(matchOf(play.data.segment), columns)]
    return {
      madeFor: [...ofMarkets, ...ofDeals],
      any: ofDeals.length === 0 && (named.size === 0 || ofMarkets.length === 0),
      wonIn: shown
        .countingDeals(play)
        .flatMap((deal) => [...columns].flatMap((column) => deal.cell(column) ?? []))
        .filter((place) => place !== ''),
    }
  }
}

/**
 * `territory`, and what else markets call their territory: a country, a branch. Other columns of the ledger whose
 * meaning is fixed divide markets too (a product), but are no region.
 */
function regionColumns(shown: BuiltPages): ReadonlySet<string> {
  const fixed: ReadonlySet<string> = new Set(ledgerColumns)
  const used = shown
    .built('market')
    .flatMap((market) => (market.predicates['territory']?.clauses ?? []).map(({ column }) => column))
  return new Set(['territory', ...used.filter((column) => !fixed.has(column))])
}

function placesIn(predicate: Predicate | undefined, columns: ReadonlySet<string>): string[] {
  return (predicate?.clauses ?? []).flatMap(({ column, condition }) =>
    columns.has(column) && condition.kind === 'any'
      ? condition.values.flatMap(({ value, text }) => (value === null ? [] : [text]))
      : [],
  )
}
