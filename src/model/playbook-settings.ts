/**
 * playbook.yaml: the schema of its keys, and the settings every room works with after defaults.
 *
 * A key that is wrong is a finding and its default is used; only YAML that cannot be parsed stops a run.
 */
import { z } from 'zod'
import { entryOf, type MapNode, nodeAt } from '../page/data-node.ts'
import type { PageLimits } from '../page/page.ts'
import { defaultLimits } from '../page/page.ts'
import { nearest } from '../source/nearest.ts'
import type { Range } from '../source/text.ts'
import { shortened } from '../source/visible.ts'
import { choice, day, predicate, text, wholeNumber } from './fields.ts'
import type { EvidenceSettings, JoinedTableSettings, LedgerSettings, Outcome } from './ledger-settings.ts'
import { parsePredicate } from './predicate.ts'
import { isRuleId, type RuleId, type RuleSetting, ruleIds } from './rule-ids.ts'
import { type FieldProblem, validate } from './validate.ts'

const words = (expects: string) => z.array(text()).meta({ expects })
const share = (expects: string) => z.number().min(0).max(1).meta({ expects })
const columnTypes = z.record(z.string(), choice(['number', 'date', 'text']))
const spellings = z.record(z.string(), z.record(z.string(), text()))
const columnNames = z.record(z.string(), text("a header of the ledger's file"))
const files = z
  .union([text('a file, relative to the playbook'), z.array(text())])
  .meta({ expects: 'a file relative to the playbook, or a list of files' })
const decimal = choice(['.', ','])
const dateFormat = z
  .string()
  .regex(/^(?=.*Y)(?=.*M)(?=.*D)[YMD./ -]+$/)
  .meta({ expects: 'one format, for example `YYYY-MM-DD`, `DD-MM-YY` or `MM/DD/YYYY`' })

const table = {
  delimiter: z
    .string()
    .length(1)
    .meta({ expects: 'one character, for example `","`' })
    .optional()
    .describe('What separates cells; `,` by default.'),
  dates: dateFormat
    .optional()
    .describe('The one format of dates; `YYYY-MM-DD` by default. Date-times keep their date.'),
  decimal: decimal.optional().describe('The decimal sign of amounts; `.` by default.'),
  columns: columnNames.optional().describe("Ledger column to the file's header."),
  types: columnTypes.optional().describe('The type of further columns: `number`, `date` or `text` (the default).'),
  values: spellings.optional().describe('Declared spellings: by ledger column, what the file says and what is meant.'),
}

const joined = z.strictObject({
  file: files.optional().describe('The file, relative to the playbook.'),
  table: text('the name of a table')
    .optional()
    .describe('The table or view, with `database`: `deals`, or `crm.deals`.'),
  key: text("the header whose cell equals the deal's").describe(
    'The header whose cell equals the `account` or `owner` of a deal.',
  ),
  ...table,
})

export const playbookSchema = z.strictObject({
  company: text('the name of your company').describe('The company whose playbook this is.'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .meta({ expects: 'a currency code of three letters, for example `USD`' })
    .describe('The currency of amounts without a currency column.'),
  currencies: z
    .record(
      z.string().regex(/^[A-Z]{3}$/),
      z.number().positive().meta({ expects: 'what one unit is worth, as a number above 0' }),
    )
    .optional()
    .describe('What one unit of each further currency is worth in `currency`.'),
  locale: text('a language tag, for example `en-US`')
    .optional()
    .describe('How dates and numbers are written on the site; `en-US` by default.'),
  fiscalYearStart: z
    .number()
    .int()
    .min(1)
    .max(12)
    .meta({ expects: 'a month as a number from 1 to 12' })
    .optional()
    .describe('The month in which the fiscal year begins; 1 by default.'),
  asOf: day().optional().describe('Freezes the day everything is judged on: for a demonstration only.'),
  repository: text('the address of the repository')
    .optional()
    .describe('Where the pages are edited; links lead there.'),
  feedbackTo: text('a `mailto:` address or a link')
    .optional()
    .describe('Where feedback goes: `mailto:`, a new-file address of the code host, or an issue form.'),
  site: z
    .strictObject({
      title: text('the title of the site').optional().describe('The title of the site.'),
      base: z
        .string()
        .regex(/^\//)
        .meta({ expects: 'a path that begins with `/`' })
        .optional()
        .describe('The path the site is served under; `/` by default.'),
    })
    .optional()
    .describe('The site.'),
  stages: words('a list of sales stages').optional().describe('The sales process, in order.'),
  sections: z
    .strictObject({
      play: words('a list of headings').optional().describe('The `##` sections every play has.'),
      competitor: words('a list of headings').optional().describe('The `##` sections every battlecard has.'),
    })
    .optional()
    .describe('The sections pages must have.'),
  rules: z
    .record(z.string(), choice(['error', 'warn', 'hint', 'off']))
    .optional()
    .describe('Severities of rules: `error`, `warn`, `hint` or `off`.'),
  limits: z
    .strictObject({
      maxFileBytes: z
        .number()
        .int()
        .min(1)
        .max(16_777_216)
        .meta({ expects: 'a number of bytes from 1 to 16,777,216' })
        .optional()
        .describe('The largest page, in bytes; 1,048,576 by default.'),
      maxDepth: z
        .number()
        .int()
        .min(1)
        .max(1_000)
        .meta({ expects: 'a number from 1 to 1,000' })
        .optional()
        .describe('The deepest nesting of Markdown; 100 by default.'),
    })
    .optional()
    .describe('What a page may be.'),
  evidence: z
    .strictObject({
      firstCustomers: wholeNumber('a whole number')
        .optional()
        .describe('How many first customers need a signed review; 0, the default, asks for none.'),
      maxAgeMonths: wholeNumber('a number of months')
        .optional()
        .describe('How old a cited deal may be; 24 by default.'),
      windowMonths: wholeNumber('a number of months')
        .optional()
        .describe('How far back a record looks; 24 by default.'),
      minAccounts: wholeNumber('a whole number')
        .optional()
        .describe('Accounts that make a play repeatable; 3 by default.'),
      minSellers: wholeNumber('a whole number')
        .optional()
        .describe('Sellers that make a play repeatable; 2 by default.'),
      minClosed: wholeNumber('a whole number')
        .optional()
        .describe('Closed deals under which a rate is too few to say; 10 by default.'),
      minBaseline: wholeNumber('a whole number')
        .optional()
        .describe('Closed deals a comparison needs on either side; 10 by default.'),
      minBetter: share('a number from 0 to 1')
        .optional()
        .describe('The least probability of being better that a record may show; 0.025 by default.'),
      maxFalseDiscovery: share('a number from 0 to 1')
        .optional()
        .describe('The largest q of a proven play; 0.10 by default.'),
      elephantTimes: z
        .number()
        .min(1)
        .meta({ expects: 'a number of times, at least 1' })
        .optional()
        .describe('How many medians make an elephant; 10 by default.'),
      maxShare: share('a number from 0 to 1')
        .optional()
        .describe('The share of won amount one account, seller or territory may carry; 0.5 by default.'),
      graceMonths: wholeNumber('a number of months')
        .optional()
        .describe('The time a branched market has to graduate; 6 by default.'),
      answerDays: wholeNumber('a number of days')
        .optional()
        .describe('The time feedback may wait for an answer; 7 by default.'),
      confirmMonths: z
        .strictObject({
          play: wholeNumber('a number of months').optional().describe('For plays; 6 by default.'),
          message: wholeNumber('a number of months').optional().describe('For messages; 6 by default.'),
          competitor: wholeNumber('a number of months').optional().describe('For battlecards; 3 by default.'),
        })
        .optional()
        .describe('How long a confirmation holds.'),
      counts: predicate().optional().describe('Which deals count at all.'),
      friendsSources: words("a list of values of the ledger's source column")
        .optional()
        .describe('Sources that mean friends, family, investors or the founders’ network.'),
    })
    .optional()
    .describe('Thresholds of evidence.'),
  ledger: z
    .strictObject({
      deals: z
        .strictObject({
          file: files.optional().describe('The export, or a list of files that are one table.'),
          table: text('the name of a table')
            .optional()
            .describe('The table or view, with `database`: `deals`, or `crm.deals`.'),
          preset: choice(['salesforce', 'hubspot'])
            .optional()
            .describe('Column names of a Salesforce or HubSpot export.'),
          outcomes: z
            .strictObject({
              won: words('a list of stages').optional().describe('Stages that mean won.'),
              lost: words('a list of stages').optional().describe('Stages that mean lost.'),
              open: words('a list of stages').optional().describe('Stages that mean open.'),
              void: words('a list of stages')
                .optional()
                .describe('Stages of deals that count nowhere: duplicates, unqualified.'),
            })
            .optional()
            .describe('Which stages mean which outcome; a stage in none is a finding.'),
          ...table,
        })
        .describe('The deals.'),
      accounts: joined.optional().describe('The accounts, joined by the deal’s `account`.'),
      sellers: joined.optional().describe('The sellers, joined by the deal’s `owner`.'),
      database: z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
        .meta({ expects: 'the NAME of an environment variable; the address itself stays out of files', secret: true })
        .optional()
        .describe('The name of the environment variable with the database’s URL, instead of files.'),
      publicKey: text('an Ed25519 public key').optional().describe('The key that signed imports are checked with.'),
    })
    .optional()
    .describe('Where the deals are and how to read them.'),
})
export type PlaybookData = z.infer<typeof playbookSchema>

export interface PlaybookSettings {
  readonly company: string
  readonly currency: string
  readonly locale: string
  readonly fiscalYearStart: number
  readonly asOf: string | undefined
  readonly repository: string | undefined
  readonly feedbackTo: string | undefined
  readonly site: { readonly title: string; readonly base: string }
  readonly stages: readonly string[]
  readonly sections: { readonly play: readonly string[]; readonly competitor: readonly string[] }
  readonly rules: Readonly<Partial<Record<RuleId, RuleSetting>>>
  readonly limits: PageLimits
  readonly evidence: EvidenceSettings
  /** Undefined where playbook.yaml names no ledger. */
  readonly ledger: LedgerSettings | undefined
  readonly publicKey: string | undefined
}

export interface ParsedSettings {
  readonly settings: PlaybookSettings
  readonly problems: readonly FieldProblem[]
}

/** Settings of a parsed playbook.yaml; `node` is an empty map for an empty file. */
export function parseSettings(node: MapNode): ParsedSettings {
  const { value, problems } = validate(playbookSchema, node, 'playbook.yaml', { start: 0, end: 0 })
  const data = value as Partial<PlaybookData>
  const countsNode = nodeAt(node, ['evidence', 'counts'])
  const rules: Partial<Record<RuleId, RuleSetting>> = {}
  for (const [id, setting] of Object.entries(data.rules ?? {})) if (isRuleId(id)) rules[id] = setting
  const settings: PlaybookSettings = {
    company: data.company ?? '',
    currency: data.currency ?? 'USD',
    locale: locale(data.locale),
    fiscalYearStart: data.fiscalYearStart ?? 1,
    asOf: data.asOf,
    repository: data.repository,
    feedbackTo: data.feedbackTo,
    site: { title: data.site?.title ?? `${data.company ?? 'Sales'} playbook`, base: data.site?.base ?? '/' },
    stages: data.stages ?? [],
    sections: {
      play: data.sections?.play ?? [
        'When to run it',
        'Discovery questions',
        'Talk track',
        'Objections',
        'Proof',
        'Next step',
      ],
      competitor: data.sections?.competitor ?? ['Their claims', 'Our answers', 'Traps'],
    },
    rules,
    limits: { ...defaultLimits, ...data.limits },
    evidence: {
      ...evidenceDefaults,
      ...data.evidence,
      confirmMonths: { ...evidenceDefaults.confirmMonths, ...data.evidence?.confirmMonths },
      counts: countsNode === undefined ? undefined : parsePredicate(countsNode).predicate,
    },
    ledger: data.ledger?.deals === undefined ? undefined : ledgerSettings(data.ledger, data),
    publicKey: data.ledger?.publicKey,
  }
  return { settings, problems: [...problems, ...unknownRules(node)] }
}

export const evidenceDefaults: EvidenceSettings = {
  firstCustomers: 0,
  maxAgeMonths: 24,
  windowMonths: 24,
  minAccounts: 3,
  minSellers: 2,
  minClosed: 10,
  minBaseline: 10,
  minBetter: 0.025,
  maxFalseDiscovery: 0.1,
  elephantTimes: 10,
  maxShare: 0.5,
  graceMonths: 6,
  answerDays: 7,
  confirmMonths: { play: 6, message: 6, competitor: 3 },
  counts: undefined,
  friendsSources: [],
}

function locale(wanted: string | undefined): string {
  try {
    return Intl.getCanonicalLocales(wanted ?? 'en-US')[0] ?? 'en-US'
  } catch {
    return 'en-US'
  }
}

type LedgerData = NonNullable<PlaybookData['ledger']>

function ledgerSettings(ledger: LedgerData, data: Partial<PlaybookData>): LedgerSettings {
  const deals = ledger.deals
  const outcomes = deals.outcomes
  return {
    deals: {
      files: fileList(deals.file),
      table: deals.table,
      preset: deals.preset,
      ...tableSettings(deals),
      outcomes:
        outcomes === undefined
          ? undefined
          : (Object.fromEntries(
              (['won', 'lost', 'open', 'void'] as const).map((key) => [key, outcomes[key] ?? []]),
            ) as Record<Outcome, string[]>),
    },
    accounts: joinedSettings('accounts', ledger.accounts),
    sellers: joinedSettings('sellers', ledger.sellers),
    database: ledger.database,
    currency: data.currency ?? 'USD',
    currencies: data.currencies ?? {},
  }
}

function joinedSettings(name: 'accounts' | 'sellers', table: LedgerData['accounts']): JoinedTableSettings | undefined {
  return table === undefined
    ? undefined
    : { name, files: fileList(table.file), table: table.table, key: table.key, ...tableSettings(table) }
}

function tableSettings(
  table: Partial<Pick<LedgerData['deals'], 'delimiter' | 'dates' | 'decimal' | 'columns' | 'types' | 'values'>>,
) {
  return {
    delimiter: table.delimiter ?? ',',
    dates: table.dates ?? 'YYYY-MM-DD',
    decimal: table.decimal ?? ('.' as const),
    columns: table.columns ?? {},
    types: table.types ?? {},
    values: table.values ?? {},
  }
}

function fileList(file: string | readonly string[] | undefined): readonly string[] {
  return file === undefined ? [] : typeof file === 'string' ? [file] : file
}

function unknownRules(node: MapNode): FieldProblem[] {
  const rules = nodeAt(node, ['rules'])
  if (rules?.kind !== 'map') return []
  return rules.entries
    .filter((entry) => !isRuleId(entry.key))
    .map((entry) => {
      const near = nearest(entry.key, ruleIds)
      const range: Range = entryOf(rules, entry.key)?.keyRange ?? entry.keyRange
      return {
        rule: 'field/unknown',
        path: ['rules', entry.key],
        range,
        text: `There is no rule \`${shortened(entry.key)}\`. ${near === undefined ? 'Remove it.' : `Did you mean \`${near}\`?`}`,
        ...(near === undefined ? {} : { replacement: { title: `Rename to \`${near}\``, newText: near } }),
      }
    })
}
