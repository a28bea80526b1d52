/**
 * The format reference: every type, file and field, made from the schemas.
 */
import type { z } from 'zod'
import { compensationSchema } from '../model/compensation.ts'
import { schemas } from '../model/entity.ts'
import { type EntityType, entityTypes, folders } from '../model/entity-types.ts'
import { metaOf } from '../model/fields.ts'
import { evidenceDefaults, playbookSchema } from '../model/playbook-settings.ts'
import { unwrapped } from '../model/validate.ts'

const introductions: Record<EntityType, string> = {
  play: 'A repeatable way to win one kind of deal: when to run it, what to ask, say, show and do next.',
  message: 'An approved claim and its wordings per channel, each under a `##` heading.',
  segment: 'The kind of customer a play is for, as a predicate over columns of the ledger.',
  persona: 'A person on the buying side.',
  competitor: 'A battlecard: their claims, our answers, traps.',
  market: 'A segment in a territory, with the stage of customer development it is in and who holds its seats.',
  person: 'An employee: what they do, and the name the CRM knows them by.',
  review: 'The story of one deal, agreed by sales and marketing together.',
  feedback: 'What a seller saw when using a play or message in the field, and what marketing did about it.',
  collateral: 'A deck or document in use, and the messages it must carry.',
}

/** The whole reference as Markdown. */
export function formatReference(): string {
  const parts = [
    '# Format reference',
    '<!-- Made from the schemas by `npm run docs`; a test keeps it true. -->',
    'A playbook is a folder `playbook/` of Markdown files with YAML frontmatter. The folder a file lies in gives its type, the file name without `.md` its id. Required fields are **bold**. A field that nobody knows is a finding that suggests the nearest one; fields that begin with `x-` are your own. Days are written `YYYY-MM-DD`.',
    ...entityTypes.map(typeSection),
    predicateSection,
    '## playbook.yaml',
    'What the team is called, where its ledger lies, and what is asked of evidence.',
    fieldTable(playbookSchema),
    '### Defaults of `evidence`',
    defaultsTable(),
    '## comp.yaml',
    'Optional: the compensation plan that sales and marketing share.',
    fieldTable(compensationSchema()),
  ]
  return `${parts.join('\n\n')}\n`
}

const predicateSection = `## Predicates

\`match\`, \`territory\` and \`counts\` say which deals are meant: a column of the ledger and what is allowed in it. All must hold.

| written | allows |
| --- | --- |
| \`industry: retail\` | exactly this value |
| \`industry: [retail, medical]\` | any of these; \`null\` in the list stands for a blank cell |
| \`employees: { min: 500, max: 5000 }\` | from and to, both included; for numbers and dates |
| \`type: { not: [Renewal] }\` | anything else; a blank cell is not anything else |

Values compare exactly, case and accents included, after the spellings declared under \`values\`. Numbers and dates need a declared type (\`types: { employees: number }\`). A column of a joined table goes by its own name, or by \`accounts.revenue\` where two tables share it.`

function typeSection(type: EntityType): string {
  return [
    `## ${capital(type)}`,
    introductions[type],
    `In \`playbook/${folders[type]}/\`.`,
    fieldTable(schemas[type]),
  ].join('\n\n')
}

function fieldTable(schema: z.ZodObject): string {
  return ['| field | what it is | written as |', '| --- | --- | --- |', ...rows(schema, '')].join('\n')
}

function rows(schema: z.ZodObject, prefix: string): string[] {
  return Object.entries(schema.shape).flatMap(([key, value]) => {
    const field = value as z.ZodType
    const meta = metaOf(field)
    const required = field.def.type !== 'optional' && !meta.ownRule
    const name = `${prefix}${key}`
    const own = `| ${required ? `**${name}**` : name} | ${cell(meta.description ?? '')} | ${cell(meta.expects ?? '')} |`
    const inner = unwrapped(field)
    if (inner.def.type === 'object') return [own, ...rows(inner as z.ZodObject, `${name}.`)]
    if (inner.def.type === 'array') {
      const element = unwrapped((inner as z.ZodArray).element as z.ZodType)
      if (element.def.type === 'object') return [own, ...rows(element as z.ZodObject, `${name}[].`)]
    }
    return [own]
  })
}

function defaultsTable(): string {
  const lines = Object.entries(evidenceDefaults).flatMap(([key, value]) =>
    typeof value === 'number'
      ? [`| ${key} | ${value} |`]
      : key === 'confirmMonths'
        ? Object.entries(value as object).map(([type, months]) => `| ${key}.${type} | ${months} |`)
        : [],
  )
  return ['| threshold | default |', '| --- | --- |', ...lines].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
