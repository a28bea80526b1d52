/**
 * A new page as text: fields with what explains them, then the sections.
 *
 * A required field without a value is left blank, and an optional one stands as a comment, so that `check` asks for
 * the first and is content with the second.
 */
import { stringify } from 'yaml'
import { isValues, type Value, type Values } from './field-values.ts'
import type { PageField } from './page-fields.ts'

export interface NewPage {
  /** Every field of the type, in the order of its schema. */
  readonly fields: readonly PageField[]
  readonly values: Values
  /** Names of optional fields that are shown without a value, too. */
  readonly offers: readonly string[]
  /** Names of fields whose value nobody chose: they are explained like blank ones. */
  readonly usual: ReadonlySet<string>
  /** The first paragraph, as Markdown; blank where there is none. */
  readonly opening: string
  readonly sections: readonly string[]
}

export function renderNewPage({ fields, values, offers, usual, opening, sections }: NewPage): string {
  const shown = fields.filter(
    (field) => field.required || offers.includes(field.name) || values[field.key] !== undefined,
  )
  const own = Object.keys(values).filter((key) => key.startsWith('x-'))
  const lines = [
    ...shown.flatMap((field) => fieldLines(field, values[field.key], usual, '')),
    ...own.map((key) => `${key}: ${scalar(values[key] ?? '')}`),
  ]
  const body = [...(opening === '' ? [] : [opening]), ...sections.map((section) => `## ${section}`)]
  return `---\n${lines.join('\n')}\n---\n${body.length === 0 ? '\n' : `${body.join('\n\n')}\n`}`
}

function fieldLines(field: PageField, value: Value | undefined, usual: ReadonlySet<string>, margin: string): string[] {
  const { key, kind } = field
  const explained = value === undefined || usual.has(field.name) || kind === 'choice' ? explanation(field) : ''
  if (kind === 'group') {
    const inside = isValues(value) ? value : undefined
    const off = value === undefined && !field.required
    const parts = field.fields.flatMap((each) =>
      fieldLines({ ...each, required: true }, inside?.[each.key], usual, `${margin}  `),
    )
    const lines = [`${margin}${key}:${explanation(field)}`, ...parts]
    return off ? lines.map((line) => `# ${line}`) : lines
  }
  if (value === undefined) {
    const list = kind === 'ids' || kind === 'texts' || kind === 'groups'
    if (list) return [`${margin}${key}: []${explained}`]
    return [`${field.required ? '' : '# '}${margin}${key}:${explained}`]
  }
  if (Array.isArray(value) && value.length > 0 && (kind === 'texts' || kind === 'groups')) {
    return [`${margin}${key}:${explained}`, ...value.flatMap((item) => itemLines(item, `${margin}  `))]
  }
  return [`${margin}${key}: ${flow(value)}${explained}`]
}

/** One entry of a list, a group with each of its fields on a line. */
function itemLines(item: Value, margin: string): string[] {
  if (!isValues(item)) return [`${margin}- ${scalar(item)}`]
  return Object.entries(item).map(
    ([key, value], index) => `${margin}${index === 0 ? '- ' : '  '}${inFlow(key)}: ${flow(value)}`,
  )
}

function flow(value: Value, nested = false): string {
  if (Array.isArray(value)) return `[${value.map((item) => flow(item, true)).join(', ')}]`
  if (isValues(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${inFlow(key)}: ${flow(item, true)}`)
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
  }
  return nested ? inFlow(value) : scalar(value)
}

const oneLine = { lineWidth: 0, blockQuote: false } as const

function scalar(value: Value): string {
  return stringify(value, oneLine).trimEnd()
}

/** Between brackets commas and brackets have to be quoted, too. */
function inFlow(value: Value): string {
  return stringify([value], { ...oneLine, collectionStyle: 'flow', flowCollectionPadding: false })
    .trimEnd()
    .slice(1, -1)
}

function explanation({ description, choices }: PageField): string {
  const named = choices.length === 0 || choices.every((choice) => description.includes(choice))
  const sentence = named ? description : `${description.replace(/\.$/, '')}: ${alternatives(choices)}.`
  return sentence === '' ? '' : ` # ${sentence}`
}

/** `won or lost`; `draft, approved or retired` */
function alternatives(choices: readonly string[]): string {
  return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`
}
