/**
 * Which type a ledger column has, and how a cell of it is read.
 */
import type { ColumnType, LedgerSettings } from '../model/ledger-settings.ts'
import type { DateFormat } from './date-format.ts'
import { plainNumber } from './money.ts'
import { exportAgain, shown } from './row-problems.ts'

/** Columns whose meaning is fixed; `types` of playbook.yaml has no say in them. */
const fixedTypes: Readonly<Record<string, ColumnType>> = {
  id: 'text',
  account: 'text',
  owner: 'text',
  outcome: 'text',
  stage: 'text',
  amount: 'number',
  currency: 'text',
  created: 'date',
  closed: 'date',
  play: 'text',
  parent: 'text',
}

export function typeOfDealColumn(column: string, declared: Readonly<Record<string, ColumnType>>): ColumnType {
  if (Object.hasOwn(fixedTypes, column)) return fixedTypes[column] ?? 'text'
  return typeOfJoinedColumn(column, declared)
}

export function typeOfJoinedColumn(column: string, declared: Readonly<Record<string, ColumnType>>): ColumnType {
  if (column === 'churned') return 'date'
  return Object.hasOwn(declared, column) ? (declared[column] ?? 'text') : 'text'
}

/** The type of a column as predicates name it, whichever table has it. */
export function typeOfColumn(column: string, { deals, accounts, sellers }: LedgerSettings): ColumnType {
  const own = typeOfDealColumn(column, deals.types)
  if (own !== 'text' || Object.hasOwn(fixedTypes, column)) return own
  const [, table, name = column] = /^(accounts|sellers)\.(.+)$/.exec(column) ?? []
  const asked = [accounts, sellers].filter((each) => table === undefined || each?.name === table)
  return asked.map((each) => typeOfJoinedColumn(name, each?.types ?? {})).find((type) => type !== 'text') ?? 'text'
}

/** Declared spellings, then the type: what a text of the file means. Undefined where every text means itself. */
export function cellReader(
  type: ColumnType,
  spellings: Readonly<Record<string, string>> | undefined,
  dates: DateFormat,
  decimal: '.' | ',',
): ((text: string) => string | undefined) | undefined {
  const meant = new Map(Object.entries(spellings ?? {}))
  const typed = (text: string): string | undefined =>
    text === '' || type === 'text' ? text : type === 'date' ? dates.day(text) : plainNumber(text, decimal)
  if (meant.size === 0) return type === 'text' ? undefined : typed
  return (text) => typed(meant.get(text) ?? text)
}

/** `header` is fit to show already, `text` is not. */
export function unreadableText(
  type: ColumnType,
  header: string,
  text: string,
  dates: DateFormat,
  decimal: '.' | ',',
): string {
  if (type === 'date') {
    return `${header} is ${shown(text)}, which is no day written as \`${dates.pattern}\`. ${exportAgain} If the whole column is written another way, declare that as \`dates\`.`
  }
  return `${header} is ${shown(text)}, which is no number such as \`1200${decimal}5\`: digits, at most one \`${decimal}\`, no grouping and no sign but a minus. ${exportAgain}`
}
