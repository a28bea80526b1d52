/**
 * `--set field=value` to values of a page, as the schema wants them.
 *
 * Names are dotted (`owners.sales`), lists are written with commas, and whatever commas cannot say is written as YAML
 * in `[ ]` or `{ }`. Whether a value is right is left to the schema's own check of the finished page.
 */
import { parseDocument } from 'yaml'
import type { EntityType } from '../../model/entity-types.ts'
import { nearest } from '../../source/nearest.ts'
import { visible } from '../../source/visible.ts'
import { Fault } from '../fault.ts'
import { fieldsOf, type PageField } from './page-fields.ts'

export type Value = string | number | boolean | null | readonly Value[] | Values

/** By key; made without a prototype, because a column may be called anything. */
export interface Values {
  [key: string]: Value
}

/** Adds what `--set` says to `values`. Throws {@link Fault} for a field that the type does not have. */
export function setValues(type: EntityType, settings: readonly string[], values: Values): void {
  for (const setting of settings) {
    const at = setting.indexOf('=')
    if (at <= 0) throw new Fault(`\`--set ${visible(setting)}\` says no value. Write \`--set field=value\`.`)
    setValue(type, setting.slice(0, at).trim(), setting.slice(at + 1).trim(), values)
  }
}

/** Puts one value where a dotted name says. */
export function setValue(type: EntityType, name: string, text: string, values: Values): void {
  if (/^x-./.test(name)) values[name] = text
  else put(fieldsOf(type), name.split('.'), text, values, { type, name })
}

/** The value at a dotted name. */
export function valueAt(values: Values, name: string): Value | undefined {
  let current: Value | undefined = values
  for (const key of name.split('.')) current = isValues(current) ? current[key] : undefined
  return current
}

export function isValues(value: Value | undefined): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function noValues(): Values {
  return Object.create(null) as Values
}

interface Asked {
  readonly type: EntityType
  readonly name: string
}

function put(fields: readonly PageField[], path: readonly string[], text: string, holder: Values, asked: Asked): void {
  const [key = '', ...rest] = path
  const field = fields.find((each) => each.key === key)
  if (field === undefined) throw unknownField(key, fields, asked)
  if (field.kind === 'predicate' && rest.length > 0) putCondition(field, rest, text, holder)
  else if (rest.length === 0) holder[key] = merged(field, holder[key], read(field, text, asked))
  else if (field.kind === 'group') put(field.fields, rest, text, groupAt(holder, key), asked)
  else if (field.kind === 'groups' && /^\d{1,3}$/.test(rest[0] ?? '')) {
    const groups = Array.isArray(holder[key]) ? (holder[key] as Value[]) : []
    holder[key] = groups
    const index = Number(rest[0])
    if (index > groups.length)
      throw new Fault(
        `\`${visible(asked.name)}\` leaves a gap: the next entry of \`${field.name}\` is number ${groups.length}.`,
      )
    put(field.fields, rest.slice(1), text, groupAt(groups as unknown as Values, String(index)), asked)
  } else throw new Fault(`\`${visible(asked.name)}\` leads nowhere: \`${field.name}\` has no fields of its own.`)
}

function groupAt(holder: Values, key: string): Values {
  const known = holder[key]
  const group = isValues(known) ? known : noValues()
  holder[key] = group
  return group
}

/** `match.industry=retail,medical`, `match.employees.min=500`, `match.type.not=Renewal`. */
function putCondition(field: PageField, rest: readonly string[], text: string, holder: Values): void {
  const predicate = groupAt(holder, field.key)
  const last = rest.at(-1) ?? ''
  const bounded = rest.length > 1 && ['min', 'max', 'not'].includes(last)
  const column = (bounded ? rest.slice(0, -1) : rest).join('.')
  if (!bounded) predicate[column] = oneOrSeveral(text)
  else if (last === 'not') predicate[column] = Object.assign(noValues(), { not: listed(text).map(plain) })
  else groupAt(predicate, column)[last] = plain(text)
}

function read(field: PageField, text: string, asked: Asked): Value {
  const flow = field.kind !== 'text' && field.kind !== 'choice' && /^[[{]/.test(text)
  if (flow) return fromYaml(text, asked)
  switch (field.kind) {
    case 'number':
      return plain(text)
    case 'ids':
    case 'texts':
      return listed(text)
    case 'groups': {
      // `evidence=D-18,D-21`: the first field of each entry is what entries are told apart by.
      const first = field.fields[0]?.key ?? ''
      return listed(text).map((item) => Object.assign(noValues(), { [first]: item }))
    }
    case 'predicate':
      return conditions(text)
    default:
      // Two quotes say "nothing", which a review may: there was no compelling event.
      return text === '""' ? '' : text
  }
}

/** `industry=retail,medical; territory=East` as people answer it. */
function conditions(text: string): Value {
  const predicate = noValues()
  for (const part of text.split(';')) {
    const match = /^\s*([^=:]+?)\s*[=:]\s*(.+?)\s*$/.exec(part)
    if (match === null) return text
    predicate[match[1] ?? ''] = oneOrSeveral(match[2] ?? '')
  }
  return predicate
}

function oneOrSeveral(text: string): Value {
  const items = listed(text).map(plain)
  return items.length === 1 ? (items[0] as Value) : items
}

/** A list named twice is one list. */
function merged(field: PageField, before: Value | undefined, value: Value): Value {
  const isList = field.kind === 'ids' || field.kind === 'texts' || field.kind === 'groups'
  return isList && Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** A number where it reads as one and would be written so again. */
function plain(text: string): string | number {
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/.test(text) ? Number(text) : text
}

function fromYaml(text: string, { name }: Asked): Value {
  const document = parseDocument(text, { schema: 'core', logLevel: 'silent' })
  if (document.errors.length > 0) {
    throw new Fault(`the value of \`${visible(name)}\` is no YAML: ${visible(text)}. Close every bracket and quote.`)
  }
  return document.toJS({ maxAliasCount: 0 }) as Value
}

function unknownField(key: string, fields: readonly PageField[], { type, name }: Asked): Fault {
  const near = nearest(
    key,
    fields.map((each) => each.key),
  )
  const advice =
    near === undefined ? `It has ${fields.map((each) => `\`${each.key}\``).join(', ')}.` : `Did you mean \`${near}\`?`
  return new Fault(`\`${visible(name)}\` is no field of the type ${type}. ${advice}`)
}
