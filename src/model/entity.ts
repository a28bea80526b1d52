/**
 * One page as the typed thing it declares, with places.
 *
 * What is wrong in the frontmatter is left out of `data` and listed in `problems`; rules ask
 * {@link Entity.invalid} nothing, they simply find the field absent.
 */
import type { z } from 'zod'
import { type DataPath, type MapNode, nodeAt, rangeAt } from '../page/data-node.ts'
import { noFacts, type PageFacts } from '../page/page.ts'
import type { Place, Range } from '../source/text.ts'
import { collateralSchema } from './collateral.ts'
import { competitorSchema } from './competitor.ts'
import { type EntityType, identify } from './entity-types.ts'
import { feedbackSchema } from './feedback.ts'
import { marketSchema } from './market.ts'
import { messageSchema } from './message.ts'
import { personSchema } from './person.ts'
import { personaSchema } from './persona.ts'
import { playSchema } from './play.ts'
import { type Predicate, parsePredicate } from './predicate.ts'
import { reviewSchema } from './review.ts'
import { segmentSchema } from './segment.ts'
import { type FieldProblem, type Validated, validate } from './validate.ts'

export const schemas = {
  get play() {
    return playSchema()
  },
  get message() {
    return messageSchema()
  },
  get segment() {
    return segmentSchema()
  },
  get persona() {
    return personaSchema()
  },
  get competitor() {
    return competitorSchema()
  },
  get market() {
    return marketSchema()
  },
  get person() {
    return personSchema()
  },
  get review() {
    return reviewSchema()
  },
  get feedback() {
    return feedbackSchema()
  },
  get collateral() {
    return collateralSchema()
  },
} as const satisfies Record<EntityType, z.ZodObject>

/** Fields as they can be trusted to be: lists always there, everything else perhaps missing. */
type Loose<T> = {
  readonly [K in keyof T]-?: NonNullable<T[K]> extends readonly (infer Item)[] ? readonly Item[] : T[K] | undefined
}

export type EntityData<T extends EntityType> = Loose<z.infer<(typeof schemas)[T]>>

/** A mention of another entity in the frontmatter, at the id as written. */
export interface Reference {
  readonly type: EntityType
  readonly id: string
  readonly range: Range
  readonly path: DataPath
}

/** A mention of a deal of the ledger in the frontmatter. */
export interface DealMention {
  readonly deal: string
  readonly range: Range
  readonly path: DataPath
}

/** An entry of `evidence` that names a deal. */
export interface Citation {
  readonly deal: string
  readonly shows: string | undefined
  /** The deal's id as written. */
  readonly range: Range
  /** The whole entry. */
  readonly entryRange: Range
}

export interface FrontmatterWaiver {
  readonly rule: string
  readonly reason: string
  readonly until: string | undefined
  readonly ruleRange: Range
}

export interface Entity<T extends EntityType = EntityType> {
  readonly type: T
  /** The file's name without `.md`. */
  readonly id: string
  /** Relative to the root, with `/`: `playbook/plays/audit-deadline.md`. */
  readonly path: string
  readonly data: EntityData<T>
  readonly node: MapNode | undefined
  readonly facts: PageFacts
  readonly problems: readonly FieldProblem[]
  /** Top-level fields with a `field/*` problem: rules that read them stay quiet. */
  readonly invalid: ReadonlySet<string>
  /** Predicates by field name: `match`, `territory`. */
  readonly predicates: Readonly<Record<string, Predicate>>
  readonly references: readonly Reference[]
  readonly deals: readonly DealMention[]
  /** `evidence` of plays and messages; of every entry that names a deal. */
  readonly citations: readonly Citation[]
  readonly waivers: readonly FrontmatterWaiver[]
}

export type AnyEntity = { [T in EntityType]: Entity<T> }[EntityType]

const articles: Record<EntityType, string> = {
  play: 'a play',
  message: 'a message',
  segment: 'a segment',
  persona: 'a persona',
  competitor: 'a competitor',
  market: 'a market',
  person: 'a person',
  review: 'a review',
  feedback: 'a feedback note',
  collateral: 'a piece of collateral',
}

/** The entity of a page; `pathInPlaybook` begins with its type's folder. Undefined for pages of no type. */
export function parseEntity(path: string, pathInPlaybook: string, facts: PageFacts): AnyEntity | undefined {
  const identity = identify(pathInPlaybook)
  if (identity === undefined) return undefined
  const schema = schemas[identity.type]
  const node: MapNode = facts.data ?? { kind: 'map', range: { start: 0, end: 0 }, entries: [] }
  const validated = validate(schema, node, articles[identity.type], facts.opening)
  const problems =
    facts.data === undefined ? [] : [...validated.problems, ...trialWithoutEnd(identity.type, validated, node, facts)]
  const { fields } = validated
  const scalars = fields.flatMap((field) =>
    field.node.kind === 'scalar' && field.node.value !== null && field.node.value !== ''
      ? [{ ...field, text: textOf(field.node) }]
      : [],
  )
  return {
    ...identity,
    path,
    data: validated.value,
    node: facts.data,
    facts,
    problems,
    invalid: new Set(problems.map((problem) => String(problem.path[0] ?? ''))),
    predicates: Object.fromEntries(
      fields
        .filter((field) => field.meta.predicate)
        .map((field) => [String(field.path[0]), parsePredicate(field.node).predicate]),
    ),
    references: [
      ...scalars.flatMap(({ meta, text, node, path }) =>
        meta.reference === undefined ? [] : [{ type: meta.reference, id: text, range: node.range, path }],
      ),
      ...feedbackTarget(identity.type, scalars),
    ],
    deals: scalars.flatMap(({ meta, text, node, path }) =>
      meta.deal ? [{ deal: text, range: node.range, path }] : [],
    ),
    citations: citationsIn(node),
    waivers: waiversIn(node),
  } as unknown as AnyEntity
}

/** What is known of a page by its path alone: its type and id, and nothing of what it says. Undefined as for {@link parseEntity}. */
export function unreadEntity(path: string, pathInPlaybook: string): AnyEntity | undefined {
  // What stands for pages and is none, such as a folder that cannot be listed, has the id it would have.
  const identity = identify(pathInPlaybook.endsWith('.md') ? pathInPlaybook : `${pathInPlaybook}.md`)
  if (identity === undefined) return undefined
  // Written out, because a large playbook has ten thousand of them before anything is shown.
  const unread: Omit<Entity, 'data'> & { data: object } = {
    type: identity.type,
    id: identity.id,
    path,
    data: {},
    node: undefined,
    facts: noFacts,
    problems: [],
    invalid: nothing,
    predicates: {},
    references: [],
    deals: [],
    citations: [],
    waivers: [],
  }
  return unread as unknown as AnyEntity
}

const nothing: ReadonlySet<string> = new Set()

/** The place of a value, or of what stands for it when it is missing: see {@link rangeAt}. */
export function placeOf(entity: AnyEntity, ...path: DataPath): Place {
  return { file: entity.path, range: rangeAt(entity.node, path) ?? entity.facts.opening }
}

/** A trial is promoted or retired by a day that is said beforehand. */
function trialWithoutEnd(type: EntityType, { value }: Validated, node: MapNode, facts: PageFacts): FieldProblem[] {
  if (type !== 'play' || value.status !== 'trial' || nodeAt(node, ['until']) !== undefined) return []
  const text = 'A trial needs `until`: the day by which it is promoted or retired, as `YYYY-MM-DD`.'
  return [{ rule: 'field/missing', path: ['until'], range: facts.opening, text }]
}

/** Whether a page was taken out of use: a retired play, message or piece of collateral. */
export function isRetired(entity: AnyEntity): boolean {
  return (
    (entity.type === 'play' || entity.type === 'message' || entity.type === 'collateral') &&
    entity.data.status === 'retired'
  )
}

interface ScalarField {
  readonly text: string
  readonly path: DataPath
  readonly node: { readonly range: Range }
  readonly meta: { readonly reference?: EntityType; readonly deal?: true }
}

/** `on: plays/<id>` of feedback is a reference whose type is part of the value. */
function feedbackTarget(type: EntityType, scalars: readonly ScalarField[]): Reference[] {
  const on = type === 'feedback' ? scalars.find(({ path }) => path.length === 1 && path[0] === 'on') : undefined
  const match = /^(plays|messages|collateral)\/(.+)$/.exec(on?.text ?? '')
  if (on === undefined || match === null) return []
  const target = match[1] === 'plays' ? 'play' : match[1] === 'messages' ? 'message' : 'collateral'
  return [{ type: target, id: match[2] ?? '', range: on.node.range, path: on.path }]
}

function citationsIn(node: MapNode): Citation[] {
  const evidence = nodeAt(node, ['evidence'])
  if (evidence?.kind !== 'list') return []
  return evidence.items.flatMap((item) => {
    const deal = nodeAt(item, ['deal'])
    if (deal?.kind !== 'scalar' || deal.value === null || typeof deal.value === 'boolean' || deal.value === '')
      return []
    const shows = nodeAt(item, ['shows'])
    return [
      {
        deal: textOf(deal),
        shows: shows?.kind === 'scalar' && typeof shows.value === 'string' ? shows.value : undefined,
        range: deal.range,
        entryRange: item.range,
      },
    ]
  })
}

function waiversIn(node: MapNode): FrontmatterWaiver[] {
  const waivers = nodeAt(node, ['waivers'])
  if (waivers?.kind !== 'list') return []
  return waivers.items.flatMap((item) => {
    const rule = nodeAt(item, ['rule'])
    if (rule?.kind !== 'scalar' || typeof rule.value !== 'string') return []
    const said = (key: string): string | undefined => {
      const value = nodeAt(item, [key])
      return value?.kind === 'scalar' && value.value !== null ? textOf(value).trim() : undefined
    }
    return [{ rule: rule.value, reason: said('reason') ?? '', until: said('until'), ruleRange: rule.range }]
  })
}

function textOf(node: { value: unknown; source: string }): string {
  return typeof node.value === 'number' ? node.source : String(node.value)
}
