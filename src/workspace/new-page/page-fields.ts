/**
 * What the schema of a type says of its fields, in the terms of somebody who makes a page: the kind of value, whether
 * it is required, what may be chosen, and the sentence that explains it.
 */
import type { z } from 'zod'
import { schemas } from '../../model/entity.ts'
import type { EntityType } from '../../model/entity-types.ts'
import { metaOf } from '../../model/fields.ts'
import { unwrapped } from '../../model/validate.ts'

export type FieldKind =
  | 'text'
  | 'number'
  | 'choice'
  | 'predicate'
  /** Several ids, or several texts. */
  | 'ids'
  | 'texts'
  /** One text, or a list where there are several. */
  | 'text-or-texts'
  /** A group of fields, or a list of such groups. */
  | 'group'
  | 'groups'

export interface PageField {
  /** `owners.marketing` */
  readonly name: string
  readonly key: string
  readonly kind: FieldKind
  readonly required: boolean
  /** A whole sentence, or blank. */
  readonly description: string
  readonly choices: readonly string[]
  /** The type whose id, or ids, the value holds. */
  readonly reference: EntityType | undefined
  /** Of a group, or of each group of a list: its fields. */
  readonly fields: readonly PageField[]
}

/** The fields of a type in the order of its schema. */
export function fieldsOf(type: EntityType): PageField[] {
  return fieldsIn(schemas[type], '')
}

/** The field of a dotted name: `owners.marketing`. */
export function fieldNamed(fields: readonly PageField[], name: string): PageField | undefined {
  for (const field of fields) {
    if (field.name === name) return field
    if (name.startsWith(`${field.name}.`)) return fieldNamed(field.fields, name)
  }
  return undefined
}

function fieldsIn(schema: z.ZodObject, prefix: string): PageField[] {
  return Object.entries(schema.shape).map(([key, field]) => fieldOf(key, `${prefix}${key}`, field as z.ZodType))
}

function fieldOf(key: string, name: string, schema: z.ZodType): PageField {
  const inner = unwrapped(schema)
  const item = inner.def.type === 'array' ? ((inner as z.ZodArray).element as z.ZodType) : undefined
  const meta = metaOf(schema)
  const reference = meta.reference ?? (item === undefined ? undefined : metaOf(item).reference)
  const group = [inner, item === undefined ? undefined : unwrapped(item)].find((each) => each?.def.type === 'object')
  return {
    name,
    key,
    kind: kindOf(inner, item, meta.predicate === true),
    required: schema.def.type !== 'optional',
    description: meta.description ?? '',
    choices: inner.def.type === 'enum' ? ((inner as z.ZodEnum).options as string[]) : [],
    reference,
    fields: group === undefined ? [] : fieldsIn(group as z.ZodObject, `${name}.`),
  }
}

function kindOf(inner: z.ZodType, item: z.ZodType | undefined, predicate: boolean): FieldKind {
  if (predicate) return 'predicate'
  if (item !== undefined) {
    if (unwrapped(item).def.type === 'object') return 'groups'
    return metaOf(item).reference === undefined && !metaOf(item).deal ? 'texts' : 'ids'
  }
  const kinds: Record<string, FieldKind> = { object: 'group', enum: 'choice', number: 'number', union: 'text-or-texts' }
  return kinds[inner.def.type] ?? 'text'
}
