/**
 * Which fields of a CRM a playbook's ledger needs, under which header each is written, and how a value becomes a cell.
 *
 * A header that playbook.yaml maps names the field itself, or is the label that the CRM's own reports and exports give
 * it; so one playbook.yaml reads an export and an import alike. What nobody mapped comes from the CRM's standard
 * field. Nothing else is asked for.
 */
import { presets } from '../ledger/presets.ts'
import { ImportFault } from './import-fault.ts'
import type { LedgerSettings, TableName } from './snapshot.ts'
import { tableSettings } from './snapshot.ts'

export type CellKind = 'text' | 'number' | 'date'

export interface CrmColumn {
  readonly header: string
  /** The CRM's name of the field. */
  readonly field: string
  readonly kind: CellKind
}

export interface CrmFields {
  /** `salesforce` or `hubspot`. */
  readonly source: 'salesforce' | 'hubspot'
  /** Ledger column to header and field where playbook.yaml says nothing. */
  readonly usual: Readonly<Record<string, { readonly header: string; readonly field: string }>>
  /** Of those, the columns that are taken only where no joined table brings them. */
  readonly optional: readonly string[]
  /** Labels of reports and exports, by table. */
  readonly labels: Readonly<Record<TableName, Readonly<Record<string, string>>>>
  /** What a field's name looks like. */
  readonly fieldName: RegExp
  readonly example: string
}

const required = ['id', 'account', 'owner', 'stage', 'amount', 'created', 'closed']
const dates = new Set(['created', 'closed', 'churned'])

/** The deals' columns, by ledger column; the key is `id`. Throws {@link ImportFault} where playbook.yaml does not fit this CRM. */
export function dealColumns(settings: LedgerSettings, crm: CrmFields): Map<string, CrmColumn> {
  const { deals, accounts, sellers } = settings
  checkTable('deals', settings, crm)
  if (deals.preset !== undefined && deals.preset !== crm.source)
    throw new ImportFault(
      `\`ledger.deals.preset\` of playbook.yaml is \`${deals.preset}\`. Set it to \`${crm.source}\` to import from there.`,
    )
  if (deals.preset === undefined && deals.outcomes === undefined && deals.columns.outcome === undefined)
    throw new ImportFault(
      `nothing in playbook.yaml says which stages are won. Add \`preset: ${crm.source}\` under \`ledger.deals\`, or name them in \`outcomes\`.`,
    )
  const joined = new Set([...Object.keys(accounts?.columns ?? {}), ...Object.keys(sellers?.columns ?? {})])
  const taken = [...required, ...crm.optional.filter((column) => !joined.has(column))]
  if (Object.keys(settings.currencies).length > 0) taken.push('currency')
  const columns = new Map<string, CrmColumn>()
  for (const column of new Set([...taken, ...declared(deals)])) {
    const mapped = Object.hasOwn(deals.columns, column) ? deals.columns[column] : undefined
    const usual = crm.usual[column]
    const field = mapped !== undefined ? fieldOf(mapped, 'deals', crm) : (usual?.field ?? fieldOf(column, 'deals', crm))
    const header = mapped ?? (deals.preset === undefined ? column : (usual?.header ?? column))
    const type = deals.types[column]
    const kind = column === 'amount' ? 'number' : dates.has(column) ? 'date' : required.includes(column) ? 'text' : type
    columns.set(column, { header, field, kind: kind ?? 'text' })
  }
  if (deals.preset !== undefined) {
    for (const flag of ['isClosed', 'isWon'] as const) {
      const usual = crm.usual[flag]
      if (usual !== undefined && presets[deals.preset][flag].includes(usual.header))
        columns.set(usual.header, { ...usual, kind: 'text' })
    }
  }
  return columns
}

/** A joined table's columns; the key stands first. Undefined where playbook.yaml has no such table. */
export function joinedColumns(
  settings: LedgerSettings,
  name: 'accounts' | 'sellers',
  crm: CrmFields,
): CrmColumn[] | undefined {
  const table = settings[name]
  if (table === undefined) return undefined
  checkTable(name, settings, crm)
  const key: CrmColumn = { header: table.key, field: fieldOf(table.key, name, crm), kind: 'text' }
  const columns = new Map([[table.key, key]])
  for (const column of declared(table)) {
    const header = table.columns[column] ?? column
    const kind = column === 'churned' ? 'date' : (table.types[column] ?? 'text')
    if (!columns.has(header)) columns.set(header, { header, field: fieldOf(header, name, crm), kind })
  }
  return [...columns.values()]
}

/** Two ledger columns may be one header. */
export function unique(columns: readonly CrmColumn[]): CrmColumn[] {
  return [...new Map(columns.map((column) => [column.header, column])).values()]
}

function declared(table: { columns: object; types: object; values: object }): string[] {
  return [...new Set([...Object.keys(table.columns), ...Object.keys(table.types), ...Object.keys(table.values)])].sort()
}

function fieldOf(header: string, name: TableName, crm: CrmFields): string {
  const labels = crm.labels[name]
  if (Object.hasOwn(labels, header)) return labels[header] ?? header
  if (crm.fieldName.test(header)) return header
  throw new ImportFault(
    `\`ledger.${name}\` of playbook.yaml wants \`${header}\`, and an import needs the field's own name there. Look it up in the CRM; it looks like \`${crm.example}\`.`,
  )
}

function checkTable(name: TableName, settings: LedgerSettings, crm: CrmFields): void {
  const table = tableSettings(settings, name)
  if (table === undefined) return
  if (table.dates !== 'YYYY-MM-DD' || table.decimal !== '.')
    throw new ImportFault(
      `an import from ${crm.source} writes dates as YYYY-MM-DD and amounts with a point. Take \`dates\` and \`decimal\` out of \`ledger.${name}\` in playbook.yaml.`,
    )
}

/** A value of the CRM as a cell. Numbers lose their exponent and needless zeros, date-times their time. */
export function cellOf(value: unknown, kind: CellKind): string {
  if (value === null || value === undefined) return ''
  const text = String(value)
  if (kind === 'number') return plainDecimal(text)
  return kind === 'date' ? text.replace(/^(\d{4}-\d{2}-\d{2})T.*$/s, '$1') : text
}

/** `plainDecimal('1.39E8')` is `139000000`, `plainDecimal('1000.50')` is `1000.5`; what is no number stays as it is. */
export function plainDecimal(text: string): string {
  const match = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text)
  if (match === null) return text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const shift = Number(exponent)
  const digits = `${'0'.repeat(Math.max(0, -shift))}${whole}${fraction}${'0'.repeat(Math.max(0, shift))}`
  const point = Math.max(0, -shift) + whole.length + shift
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '')
  const right = digits.slice(point).replace(/0+$/, '')
  const size = right === '' ? left || '0' : `${left || '0'}.${right}`
  return size === '0' ? '0' : `${sign}${size}`
}
