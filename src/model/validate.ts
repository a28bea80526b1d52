/**
 * A YAML tree against a schema: typed values, and every problem at its own key or value.
 *
 * All problems come in one pass. What is wrong is left out of the value, so that rules which read
 * other fields still run.
 */
import type { z } from 'zod'
import { type DataNode, type DataPath, entryOf, type MapNode, nodeAt, rangeAt } from '../page/data-node.ts'
import { nearest } from '../source/nearest.ts'
import type { Range } from '../source/text.ts'
import { shortened } from '../source/visible.ts'
import { type FieldMeta, metaOf } from './fields.ts'
import { onceFor } from './once.ts'
import { parsePredicate } from './predicate.ts'

export interface FieldProblem {
  readonly rule: 'field/missing' | 'field/unknown' | 'field/wrong'
  readonly path: DataPath
  readonly range: Range
  readonly text: string
  /** A mechanical repair: what to put in place of `range`. */
  readonly replacement?: { readonly title: string; readonly newText: string }
}

export interface Validated {
  /** What is right, as a plain value; top-level lists are present even when absent in the text. */
  readonly value: Record<string, unknown>
  readonly problems: readonly FieldProblem[]
  /** Every scalar and predicate that the schema knows. */
  readonly fields: readonly FoundField[]
}

/**
 * Checks `node` against an object schema. `what` names the thing for the reader (`a play`); `root` is where
 * a missing field is reported when its mapping is the whole text.
 */
export function validate(schema: z.ZodObject, node: MapNode, what: string, root: Range): Validated {
  const value = guided(schema, node) as Record<string, unknown>
  for (const key of Object.keys(value)) if (key.startsWith('x-')) delete value[key]
  const problems: FieldProblem[] = []
  for (let round = 0; round < 4; round++) {
    const result = schema.safeParse(value)
    const issues = result.success ? [] : result.error.issues
    if (round === 0) for (const issue of issues) problems.push(...problemsOf(issue, schema, node, what, root))
    const prunable = issues.filter((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys')
    if (prunable.length === 0) break
    prune(value, prunable)
  }
  const fields = fieldsIn(schema, node)
  for (const predicate of fields.filter((field) => field.meta.predicate)) {
    for (const problem of parsePredicate(predicate.node).problems) {
      problems.push({
        rule: 'field/wrong',
        path: predicate.path,
        range: nonEmpty(problem.range, node, predicate.path),
        text: problem.text,
      })
    }
  }
  for (const key of listsOf(schema)) if (value[key] === undefined) value[key] = []
  return { value, problems, fields }
}

/** The fields that are lists. */
const listsOf = onceFor((schema: z.ZodObject): readonly string[] => {
  const fields = Object.entries(schema.shape) as [string, z.ZodType][]
  return fields.flatMap(([key, field]) => (unwrapped(field).def.type === 'array' ? [key] : []))
})

export interface FoundField {
  readonly path: DataPath
  readonly node: DataNode
  readonly meta: FieldMeta
}

/** Every scalar (or predicate) of the tree that the schema knows, with the metadata of its field. */
function fieldsIn(schema: z.ZodType, node: DataNode, path: DataPath = []): FoundField[] {
  const inner = unwrapped(schema)
  const meta = metaOf(schema)
  if (meta.predicate) return [{ path, node, meta }]
  if (inner.def.type === 'object' && node.kind === 'map') {
    const shape = (inner as z.ZodObject).shape
    return node.entries.flatMap((entry) => {
      const field = fieldOf(shape, entry.key)
      return field === undefined ? [] : fieldsIn(field, entry.value, [...path, entry.key])
    })
  }
  if (inner.def.type === 'array' && node.kind === 'list') {
    return node.items.flatMap((item, index) =>
      fieldsIn((inner as z.ZodArray).element as z.ZodType, item, [...path, index]),
    )
  }
  if (inner.def.type === 'union') {
    const option = (inner.def as unknown as { options: z.ZodType[] }).options.find(
      (each) => (unwrapped(each).def.type === 'array') === (node.kind === 'list'),
    )
    return option === undefined
      ? []
      : fieldsIn(option, node, path).map((field) => ({ ...field, meta: { ...meta, ...field.meta } }))
  }
  return node.kind === 'scalar' ? [{ path, node, meta }] : []
}

/** A schema without `optional` and `default`. */
export function unwrapped(schema: z.ZodType): z.ZodType {
  let current = schema
  for (
    let inner = (current.def as { innerType?: z.ZodType }).innerType;
    inner !== undefined;
    inner = (current.def as { innerType?: z.ZodType }).innerType
  ) {
    current = inner
  }
  return current
}

/** `__proto__` is a key like any other, and no field. */
function fieldOf(shape: z.ZodRawShape | undefined, key: string): z.ZodType | undefined {
  return shape !== undefined && Object.hasOwn(shape, key) ? (shape[key] as z.ZodType) : undefined
}

/** The plain value; where the schema wants text, an unquoted number keeps its spelling (`0007` is no seven). */
function guided(schema: z.ZodType | undefined, node: DataNode): unknown {
  const inner = schema === undefined ? undefined : unwrapped(schema)
  const type = inner?.def.type
  if (node.kind === 'map') {
    const shape = type === 'object' ? (inner as z.ZodObject).shape : undefined
    const valueType = type === 'record' ? ((inner as z.ZodRecord).valueType as z.ZodType) : undefined
    const object: Record<string, unknown> = Object.create(null)
    for (const entry of node.entries) object[entry.key] = guided(fieldOf(shape, entry.key) ?? valueType, entry.value)
    return object
  }
  const options = type === 'union' ? ((inner as z.ZodUnion).options as z.ZodType[]) : undefined
  if (node.kind === 'list') {
    const array = type === 'array' ? inner : options?.find((option) => unwrapped(option).def.type === 'array')
    const element = array === undefined ? undefined : ((unwrapped(array) as z.ZodArray).element as z.ZodType)
    return node.items.map((item) => guided(element, item))
  }
  const wantsText =
    type === 'string' ||
    type === 'enum' ||
    options?.some((option) => ['string', 'enum'].includes(unwrapped(option).def.type))
  return wantsText && typeof node.value === 'number' ? node.source : node.value
}

/** Removes what the issues are about: unknown keys, whole list items, values. List items go from the end, so that indexes hold. */
function prune(value: Record<string, unknown>, issues: readonly z.core.$ZodIssue[]): void {
  const items: (readonly (string | number)[])[] = []
  for (const issue of issues) {
    const path = issue.path as (string | number)[]
    if (issue.code === 'unrecognized_keys') {
      const holder = step(value, path)
      if (isObject(holder)) for (const key of issue.keys) delete holder[key]
      continue
    }
    const index = path.findIndex((part) => typeof part === 'number')
    if (index >= 0) items.push(path.slice(0, index + 1))
    else pruneValue(value, path)
  }
  items.sort((a, b) => Number(b.at(-1)) - Number(a.at(-1)))
  const done = new Set<string>()
  for (const path of items) {
    const holder = step(value, path.slice(0, -1))
    if (!Array.isArray(holder) || done.has(JSON.stringify(path))) continue
    done.add(JSON.stringify(path))
    holder.splice(Number(path.at(-1)), 1)
  }
}

/** Deletes the value at `path`; where it is missing already, the mapping that should hold it. */
function pruneValue(value: Record<string, unknown>, path: readonly (string | number)[]): void {
  for (let length = path.length; length > 0; length--) {
    const holder = step(value, path.slice(0, length - 1))
    const key = String(path[length - 1])
    if (isObject(holder) && holder[key] !== undefined) {
      delete holder[key]
      return
    }
  }
}

function step(value: unknown, path: readonly (string | number)[]): unknown {
  let current = value
  for (const part of path)
    current =
      isObject(current) || Array.isArray(current) ? (current as Record<string, unknown>)[String(part)] : undefined
  return current
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function problemsOf(
  issue: z.core.$ZodIssue,
  schema: z.ZodObject,
  node: MapNode,
  what: string,
  root: Range,
): FieldProblem[] {
  const path = issue.path as (string | number)[]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField(key, path, schema, node, what))
  const found = nodeAt(node, path)
  if (found === undefined) return [missing(path, schema, node, what, root)]
  const field = schemaAt(schema, path)
  const meta = field === undefined ? {} : metaOf(field)
  const name = nameOf(path)
  const expects = meta.expects ?? 'another kind of value'
  if (found.kind === 'scalar' && (found.value === null || found.value === '')) {
    return [
      {
        rule: 'field/wrong',
        path,
        range: nonEmpty(found.range, node, path),
        text: `\`${name}\` is blank. Write ${expects}.`,
      },
    ]
  }
  const written =
    meta.secret === true
      ? 'something else'
      : found.kind === 'scalar'
        ? `\`${shortened(found.source || String(found.value))}\``
        : found.kind === 'list'
          ? 'a list'
          : 'a group of fields'
  const choices = field === undefined ? undefined : choicesOf(field)
  const near = choices !== undefined && found.kind === 'scalar' ? nearest(String(found.value), choices) : undefined
  return [
    {
      rule: 'field/wrong',
      path,
      range: found.range,
      text: `\`${name}\` is ${written}. Write ${expects}.${near === undefined ? '' : ` Did you mean \`${near}\`?`}`,
      ...(near === undefined ? {} : { replacement: { title: `Write \`${near}\``, newText: near } }),
    },
  ]
}

function unknownField(key: string, path: DataPath, schema: z.ZodObject, node: MapNode, what: string): FieldProblem {
  const holder = nodeAt(node, path)
  const entry = entryOf(holder, key)
  const parent = path.length === 0 ? schema : schemaAt(schema, path)
  const shape = parent === undefined ? undefined : (unwrapped(parent) as z.ZodObject).shape
  const known = Object.keys(shape ?? {}).filter((name) => entryOf(holder, name) === undefined)
  const near = nearest(key, known)
  const own = path.length === 0 ? `, or begin its name with \`x-\` if it is your own` : ''
  const where = path.length === 0 ? what : `\`${nameOf(path)}\``
  return {
    rule: 'field/unknown',
    path: [...path, key],
    range: entry?.keyRange ?? holder?.range ?? node.range,
    text: `\`${shortened(key)}\` is no field of ${where}. ${near === undefined ? `Remove it${own}.` : `Did you mean \`${near}\`?`}`,
    ...(near === undefined ? {} : { replacement: { title: `Rename to \`${near}\``, newText: near } }),
  }
}

function missing(path: DataPath, schema: z.ZodObject, node: MapNode, what: string, root: Range): FieldProblem {
  const field = schemaAt(schema, path)
  const expects = field === undefined ? undefined : metaOf(field).expects
  const holder = path.slice(0, -1)
  const where = holder.length === 0 ? what : `\`${nameOf(holder)}\``
  const range = holder.length === 0 ? root : (rangeAt(node, path) ?? root)
  const text = `${capital(where)} needs \`${String(path.at(-1))}\`${expects === undefined ? '' : `: ${expects}`}.`
  return { rule: 'field/missing', path, range, text }
}

/** The words of a choice; undefined where a field is none. */
export function choicesOf(schema: z.ZodType): readonly string[] | undefined {
  const inner = unwrapped(schema)
  return inner.def.type === 'enum' ? ((inner as z.ZodEnum).options as string[]) : undefined
}

/** The schema of the field at `path`; undefined where the schema knows none. */
export function schemaAt(schema: z.ZodType, path: DataPath): z.ZodType | undefined {
  let current: z.ZodType | undefined = schema
  for (const part of path) {
    const inner: z.ZodType | undefined = current === undefined ? undefined : unwrapped(current)
    if (inner?.def.type === 'object') current = fieldOf((inner as z.ZodObject).shape, String(part))
    else if (inner?.def.type === 'array') current = (inner as z.ZodArray).element as z.ZodType
    else if (inner?.def.type === 'record') current = (inner.def as unknown as { valueType: z.ZodType }).valueType
    else return undefined
  }
  return current
}

/** A blank value has no width: its key stands for it. */
function nonEmpty(range: Range, node: MapNode, path: DataPath): Range {
  return range.start === range.end ? (rangeAt(node, path) ?? range) : range
}

/** `evidence[0].deal` as people read it: `evidence`, entry 1, `deal` shortened to a dotted name. */
function nameOf(path: DataPath): string {
  return shortened(path.filter((part) => typeof part === 'string').join('.'))
}

/** The beginning of a sentence; the name of a file stays as it is. */
function capital(text: string): string {
  return text.endsWith('.yaml') ? text : text.charAt(0).toUpperCase() + text.slice(1)
}
