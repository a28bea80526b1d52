/**
 * Evidence of a small ledger, for tests: CSV and a few plays go in, {@link Evidence} comes out.
 *
 * Columns of the ledger that an example leaves out are made up, so that it shows only what it is about. The
 * engine is the real one.
 */
import type { LedgerEngine } from '../../ledger/ledger.ts'
import { readLedger } from '../../ledger/read-ledger.ts'
import type { ColumnType, LedgerSettings } from '../../model/ledger-settings.ts'
import { evidenceDefaults } from '../../model/playbook-settings.ts'
import { type Predicate, parsePredicate } from '../../model/predicate.ts'
import { parseYaml } from '../../page/parse-yaml.ts'
import type { Evidence } from '../evidence.ts'
import type { EvidenceInput, PlayInput, ReviewInput } from '../evidence-input.ts'
import { gatherEvidence } from '../gather-evidence.ts'

type Loose<T, K extends keyof T> = Partial<T> & Pick<T, K>

export interface Example
  extends Partial<Omit<EvidenceInput, 'settings' | 'plays' | 'reviews' | 'segments' | 'messages'>> {
  readonly plays?: readonly Loose<PlayInput, 'id'>[]
  readonly messages?: readonly Loose<EvidenceInput['messages'][number], 'id'>[]
  readonly reviews?: readonly Loose<ReviewInput, 'deal'>[]
  /** Id to the YAML of `match`. */
  readonly segments?: Readonly<Record<string, string>>
  readonly settings?: Partial<EvidenceInput['settings']>
  readonly types?: Readonly<Record<string, ColumnType>>
}

/** Evidence as of 2026-06-30 unless the example says otherwise; the segment `banks` is every deal. */
export function evidenceOf(csv: string, example: Example = {}): Promise<Evidence> {
  return gatherEvidence(inputOf(example), engineOf(csv, example.types))
}

/** Plays run for `banks` on trial and cite nothing, reviews tell of a compelling event, unless they say otherwise. */
export function inputOf(example: Example): EvidenceInput {
  return {
    asOf: '2026-06-30',
    fiscalYearStart: 1,
    currencyDigits: 2,
    people: [],
    competitors: [],
    namedDeals: [],
    markets: [],
    ...example,
    settings: { ...evidenceDefaults, ...example.settings },
    plays: (example.plays ?? []).map((play) => ({ status: 'trial', segment: 'banks', evidence: [], ...play })),
    messages: (example.messages ?? []).map((message) => ({
      status: 'approved',
      segments: [],
      evidence: [],
      ...message,
    })),
    segments: Object.entries(example.segments ?? { banks: '{}' }).map(([id, match]) => ({
      id,
      match: predicate(match),
    })),
    reviews: (example.reviews ?? []).map((review) => ({
      outcome: 'won',
      compellingEvent: 'The audit was due in May.',
      relationship: 'none',
      plays: [],
      competitors: [],
      ...review,
    })),
  }
}

/** A predicate from the YAML an author writes: `{ industry: [banking, retail] }`. */
export function predicate(yaml: string): Predicate {
  const { data } = parseYaml(yaml)
  if (data === undefined) throw new Error(`${yaml} is no mapping.`)
  return parsePredicate(data).predicate
}

/** The engine over `csv`, whose headers are ledger columns; missing required ones are padded. */
export function engineOf(csv: string, types: Readonly<Record<string, ColumnType>> = {}): LedgerEngine {
  const settings: LedgerSettings = {
    deals: {
      files: ['deals.csv'],
      table: undefined,
      preset: undefined,
      delimiter: ',',
      dates: 'YYYY-MM-DD',
      decimal: '.',
      columns: {},
      outcomes: undefined,
      types,
      values: {},
    },
    accounts: undefined,
    sellers: undefined,
    database: undefined,
    currency: 'USD',
    currencies: {},
  }
  const { engine, problems } = readLedger(
    settings,
    [{ path: 'deals.csv', bytes: new TextEncoder().encode(padded(csv)) }],
    {
      root: '',
      sha256: '',
    },
  )
  if (engine === undefined || problems.length > 0) throw new Error(problems.map(({ text }) => text).join('\n'))
  return engine
}

/** Adds a column for each required one that the example leaves out; every deal then has its own account. */
function padded(csv: string): string {
  const [header = '', ...rows] = csv
    .trim()
    .split('\n')
    .map((line) => line.trim().replace(/ *, */g, ','))
  const headers = header.split(',')
  const cell = (cells: readonly string[], name: string): string | undefined => cells[headers.indexOf(name)]
  const defaults: [string, (cells: readonly string[]) => string][] = [
    ['account', (cells) => `Account of ${cell(cells, 'id')}`],
    ['owner', () => 'Jo Park'],
    ['outcome', () => 'won'],
    ['amount', (cells) => (cell(cells, 'outcome') === 'lost' ? '0' : '1000')],
    ['created', () => '2026-01-10'],
    ['closed', (cells) => (['open', 'void'].includes(cell(cells, 'outcome') ?? '') ? '' : '2026-03-10')],
  ]
  const missing = defaults.filter(([name]) => !headers.includes(name))
  const lines = rows.map((row) => [row, ...missing.map(([, value]) => value(row.split(',')))].join(','))
  return `${[header, ...missing.map(([name]) => name)].join(',')}\n${lines.join('\n')}\n`
}
