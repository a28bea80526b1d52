/**
 * The building blocks of entity schemas: zod types that know what they are called in a reader's words.
 *
 * Each carries metadata ({@link FieldMeta}) from which findings, references between pages, completion
 * and the format reference are made, so that none of these is typed twice.
 */
import { z } from 'zod'
import { isDay } from './dates.ts'
import type { EntityType } from './entity-types.ts'
import { once, onceFor } from './once.ts'

export interface FieldMeta {
  /** What the field expects, to finish the sentence “Write …”. */
  readonly expects?: string
  /** The value is the id of an entity of this type. */
  readonly reference?: EntityType
  /** The value is a deal's id of the ledger. */
  readonly deal?: true
  /** The value is a predicate over ledger columns, parsed by `parsePredicate`. */
  readonly predicate?: true
  /** What is written there by mistake may be secret, so no finding repeats it. */
  readonly secret?: true
  /** Required by the model, but its absence is another rule's to report. */
  readonly ownRule?: true
}

/** Metadata of a schema, looked for through `optional` and `default`, once: every field of every page asks for it. */
export const metaOf = onceFor((schema: z.ZodType): FieldMeta & { description?: string } => {
  let current: z.ZodType | undefined = schema
  const found: Record<string, unknown> = {}
  while (current !== undefined) {
    const meta = (current.meta() ?? {}) as Record<string, unknown>
    for (const [key, value] of Object.entries(meta)) found[key] ??= value
    current = (current.def as { innerType?: z.ZodType }).innerType
  }
  return found as FieldMeta & { description?: string }
})

/** Gives a copy of the schema what is known of one field; `optional` and `describe` keep it. */
function meta<T extends z.ZodType>(schema: T, value: FieldMeta): T {
  return schema.meta(value as Record<string, unknown>) as T
}

// Every start makes a hundred fields, and a schema costs more to make than to copy.
const notBlank = z.string().refine((value) => value.trim() !== '')
const id = z.string().min(1)
const aDay = z.string().refine(isDay)

/** One line of text that is not blank. */
export const text = (expects = 'a text') => meta(notBlank, { expects })

/** Text that may be the empty string, which then says something. */
export const anyText = (expects = 'a text') => meta(z.string(), { expects })

export const day = () => meta(aDay, { expects: 'a day as `YYYY-MM-DD`, for example `2026-03-31`' })

export const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  meta(z.enum(values), { expects: `one of ${values.map((value) => `\`${value}\``).join(', ')}` })

export const reference = (type: EntityType) =>
  meta(id, { reference: type, expects: `the id of a ${type}: its file name without \`.md\`` })

export const references = (type: EntityType) =>
  listOf(reference(type), `a list of ${type} ids, for example \`[${examples[type]}]\``)

export const deal = () => meta(id, { deal: true, expects: 'the id of a deal as the CRM writes it' })

export const predicate = () =>
  meta(
    z.unknown().refine((value) => value !== undefined),
    {
      predicate: true,
      expects: 'columns and what is allowed in them, for example `{ industry: [retail, medical] }`',
    },
  )

export const wholeNumber = (expects: string) => meta(z.number().int().min(0), { expects })

export const listOf = <T extends z.ZodType>(item: T, expects: string) => meta(z.array(item), { expects }).optional()

export const texts = (expects: string) => listOf(text(), expects)

/** One text or a list of them. */
export const oneOrMore = (expects: string) => meta(z.union([text(), z.array(text())]), { expects })

const examples: Record<EntityType, string> = {
  play: 'audit-deadline',
  message: 'one-invoice',
  segment: 'retail',
  persona: 'store-manager',
  competitor: 'bramble',
  market: 'retail-east',
  person: 'jo-park',
  review: 'D-18',
  feedback: '2026-03-31-audit-deadline',
  collateral: 'first-call-deck',
}

/** owners {marketing, sales}: their absence is `owner/one-sided`. */
export const owners = () =>
  meta(
    z.strictObject({
      marketing: meta(reference('person').optional(), { ownRule: true }).describe(
        'Who in marketing stands behind the page.',
      ),
      sales: meta(reference('person').optional(), { ownRule: true }).describe(
        'Who in sales stands behind it: another person.',
      ),
    }),
    { expects: '`{ marketing: <person>, sales: <person> }`' },
  )

export const citations = () =>
  meta(
    listOf(
      meta(
        z.strictObject({
          deal: deal().describe('The won deal, by its id in the ledger.'),
          shows: text('one sentence: what this deal proves')
            .optional()
            .describe('One sentence: what this deal proves.'),
        }),
        { expects: '`deal: <id>` and `shows: <what it proves>`' },
      ),
      'a list of won deals, each with `deal: <id>` and `shows: <what it proves>`',
    ),
    { ownRule: true },
  )

export const confirmed = () =>
  meta(
    z.strictObject({
      by: reference('person').describe('Who stood behind the page.'),
      date: day().describe('When.'),
      fingerprint: text('the fingerprint that `playproof confirm` wrote').describe(
        'What the page and its deals were then.',
      ),
    }),
    { expects: 'what `playproof confirm` writes: `{ by, date, fingerprint }`' },
  )
    .optional()
    .describe('Written by `playproof confirm`: who stood behind the page, when, and what it said.')

/** Fields that every type may carry. */
export const common = once(() => ({
  waivers: listOf(
    z.strictObject({
      rule: text('the id of a rule').describe('The rule that is waived.'),
      reason: z.string().optional().describe('Why; required.'),
      by: reference('person').optional().describe('Who decided it.'),
      until: day().optional().describe('The last day it holds; required for a rule that is an error.'),
    }),
    'a list of `{ rule, reason, by, until }`',
  ).describe('Findings of this page that were looked at and accepted.'),
  visibility: choice(['internal', 'restricted', 'partner'])
    .optional()
    .describe('Who may see the page: `internal` (the default), `restricted` or `partner`.'),
  tags: texts('a list of words').describe('Words to find the page by.'),
}))
