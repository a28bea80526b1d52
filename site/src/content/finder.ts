/**
 * What the play finder asks a rep, and what each play answers.
 *
 * A play that names no persona, stage or region fits any of them. One that names no competitor is not written against
 * one, so it fits none. Only pages of the site are named.
 */
import type { Entity } from '../../../src/model/entity.ts'
import type { EntityType } from '../../../src/model/entity-types.ts'
import type { Predicate } from '../../../src/model/predicate.ts'
import type { FinderQuestion, PageLink } from './page-types.ts'

/** The pages that are built, and links to them. */
interface BuiltPages {
  built<T extends EntityType>(type: T): readonly Entity<T>[]
  links(type: EntityType, ids: readonly string[]): PageLink[]
}

export interface Finder {
  /** Those to which some play has an answer. */
  readonly questions: readonly FinderQuestion[]
  /** `s3 p0 p2 t* c1 r0`: see {@link FinderQuestion}. */
  fitOf(play: Entity<'play'>): string
}

export function finderOf(shown: BuiltPages): Finder {
  const plays = shown.built('play').filter(({ data }) => data.status !== 'retired')
  const asked = questions.map((question) => ({
    ...question,
    answers: [...new Set(plays.flatMap((play) => question.answered(shown, play)))].sort((a, b) => a.localeCompare(b)),
  }))
  return {
    questions: asked
      .filter(({ answers }) => answers.length > 0)
      .map(({ key, letter, label, answers }) => ({ key, letter, label, answers })),
    fitOf: (play) =>
      asked
        .flatMap(({ letter, answers, answered, none }) => {
          const given = answered(shown, play)
          if (given.length === 0) return none === 'any' ? [`${letter}*`] : []
          return given.map((answer) => answers.indexOf(answer)).map((index) => `${letter}${index}`)
        })
        .join(' '),
  }
}

interface Question extends Omit<FinderQuestion, 'answers'> {
  /** What a play fits that names nothing. */
  readonly none: 'any' | 'nothing'
  answered(shown: BuiltPages, play: Entity<'play'>): readonly string[]
}

const questions: readonly Question[] = [
  {
    key: 'segment',
    letter: 's',
    label: 'Segment',
    none: 'nothing',
    answered: (shown, { data }) => shown.links('segment', [data.segment ?? '']).map(({ title }) => title),
  },
  {
    key: 'persona',
    letter: 'p',
    label: 'Persona',
    none: 'any',
    answered: (shown, { data }) => shown.links('persona', data.personas).map(({ title }) => title),
  },
  {
    key: 'stage',
    letter: 't',
    label: 'Stage',
    none: 'any',
    answered: (_, { data }) => (data.stage === undefined ? [] : [data.stage]),
  },
  {
    key: 'competitor',
    letter: 'c',
    label: 'Competitor',
    none: 'nothing',
    answered: (shown, { data }) => shown.links('competitor', data.competitors).map(({ title }) => title),
  },
  { key: 'region', letter: 'r', label: 'Region', none: 'any', answered: regionsOf },
]

/** The territories of the markets it names; else what its own deals are narrowed to. */
function regionsOf(shown: BuiltPages, play: Entity<'play'>): readonly string[] {
  const markets = shown.built('market').filter(({ id }) => play.data.markets.includes(id))
  const named = markets.flatMap((market) => territoriesIn(market.predicates['territory']))
  if (named.length > 0) return named
  const segment = shown.built('segment').find(({ id }) => id === play.data.segment)
  return [...territoriesIn(play.predicates['match']), ...territoriesIn(segment?.predicates['match'])]
}

function territoriesIn(predicate: Predicate | undefined): string[] {
  return (predicate?.clauses ?? []).flatMap(({ column, condition }) =>
    column === 'territory' && condition.kind === 'any'
      ? condition.values.flatMap(({ value, text }) => (value === null ? [] : [text]))
      : [],
  )
}
