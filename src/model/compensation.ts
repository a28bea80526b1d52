/** comp.yaml: the compensation plan that sales and marketing share. */
import { z } from 'zod'
import type { MapNode } from '../page/data-node.ts'
import { choice, reference } from './fields.ts'
import { once } from './once.ts'
import { type FieldProblem, validate } from './validate.ts'

export const compensationSchema = once(() =>
  z.strictObject({
    period: choice(['quarter', 'month']).describe('How often it is paid.'),
    participants: z
      .array(
        z.strictObject({
          person: reference('person').describe('Who is paid.'),
          rate: z
            .number()
            .min(0)
            .max(1)
            .meta({ expects: 'a share from 0 to 1, for example `0.05`' })
            .describe('The share of the repeatable amount.'),
        }),
      )
      .meta({ expects: 'a list of `{ person, rate }`' })
      .describe('All are paid on the same base; at least one of sales and one of marketing.'),
  }),
)

export interface CompensationPlan {
  readonly period: 'quarter' | 'month'
  readonly participants: readonly { readonly person: string; readonly rate: number }[]
}

export interface ParsedCompensation {
  readonly plan: CompensationPlan
  readonly problems: readonly FieldProblem[]
  readonly references: readonly {
    readonly type: 'person'
    readonly id: string
    readonly range: { readonly start: number; readonly end: number }
  }[]
}

/** The plan of a parsed comp.yaml; what is wrong is left out of it and listed. */
export function parseCompensation(node: MapNode): ParsedCompensation {
  const { value, problems, fields } = validate(compensationSchema(), node, 'comp.yaml', { start: 0, end: 0 })
  const people = fields.flatMap(({ meta, node: scalar }) =>
    meta.reference === 'person' && scalar.kind === 'scalar' && scalar.value !== null && scalar.value !== ''
      ? [
          {
            type: 'person' as const,
            id: typeof scalar.value === 'number' ? scalar.source : String(scalar.value),
            range: scalar.range,
          },
        ]
      : [],
  )
  const plan = { period: 'quarter', participants: [], ...value } as CompensationPlan
  return { plan, problems, references: people }
}
