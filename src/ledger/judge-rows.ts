/**
 * Which rows of a coded table can be used as they are, judged a column at a time.
 *
 * A million rows repeat some thousand texts, so each text is read once and a row is some numbers to compare. It says
 * nothing about what is wrong: a row that is not plainly in order is left to the reader of rows, which does.
 */
import type { Outcome } from '../model/ledger-settings.ts'
import type { CodedRow, CodedTable } from './coded-table.ts'
import type { ColumnBuilder } from './column.ts'
import type { CodedTexts } from './ledger.ts'
import { outcomes } from './outcome.ts'
import type { TextList } from './text-list.ts'

/** What the reader of rows knows, for the questions about a text that are asked here. */
export interface RowMeaning {
  /** The columns in the reader's order, each with the file's column it comes from; -1 for none. */
  readonly columns: readonly { readonly builder: ColumnBuilder; readonly index: number }[]
  /** Where columns with a meaning stand in {@link RowMeaning.columns}; -1 for none. */
  readonly at: { readonly currency: number; readonly created: number; readonly closed: number }
  /** Where they stand in the file. */
  readonly cells: { readonly id: number; readonly amount: number }
  /** The columns of the file that decide the outcome of a row. */
  readonly decisive: readonly number[]
  /** The outcome of a row; undefined where it has none. */
  outcome(row: CodedRow): Outcome | undefined
  /** Minor units; null for a blank, undefined for what is no amount of that currency. */
  amount(text: string, currency: string): number | null | undefined
}

export interface JudgedRows {
  /** 1 for a row that can be used as it is. */
  readonly plain: Uint8Array
  /** By row, the place among {@link outcomes}. */
  readonly outcomes: Uint8Array
  /** By row: minor units, NaN where a won deal's cell is blank. */
  readonly amounts: Float64Array
  /** By column of the reader, the builder's code of each text of the table; undefined for a column the file lacks. */
  readonly codes: readonly (Int32Array | undefined)[]
}

/** Judges all rows of the table of `row`, which is moved; undefined where a column that decides was not read. */
export function judgeRows(row: CodedRow, meaning: RowMeaning): JudgedRows | undefined {
  const { table } = row
  const ids = idsOf(table, meaning.cells.id)
  const amounts = table.columns[meaning.cells.amount]
  const held = meaning.columns.every(({ index }) => index < 0 || table.columns[index] !== undefined)
  if (ids === undefined || amounts === undefined || !held) return undefined
  const plain = new Uint8Array(table.rowCount).fill(1)
  refuseBlank(plain, ids)
  const codes = meaning.columns.map(({ builder, index }) => {
    if (index < 0) return undefined
    const known = row.codesOf(index, builder)
    if (known.includes(-1)) refuseUnreadable(plain, known, table.columns[index] as CodedTexts)
    return known
  })
  const rowOutcomes = outcomesOf(row, meaning, plain)
  if (rowOutcomes === undefined) return undefined
  refuseDates(plain, rowOutcomes, dayNumbers('created'), dayNumbers('closed'))
  return { plain, outcomes: rowOutcomes, amounts: amountsOf(row, meaning, amounts, rowOutcomes, plain), codes }

  function dayNumbers(name: 'created' | 'closed'): CodedDays | undefined {
    const column = meaning.columns[meaning.at[name]]
    const texts = column && table.columns[column.index]
    const known = codes[meaning.at[name]]
    if (column === undefined || texts === undefined || known === undefined) return undefined
    const days = Int32Array.from(known, (code) => dayNumber(code < 0 ? '' : column.builder.value(code)))
    return { days, codes: texts.codes }
  }
}

interface CodedDays {
  /** By text: `20260630`, 0 for a blank. */
  readonly days: Int32Array
  readonly codes: CodedTexts['codes']
}

/** `2026-06-30` as 20260630, so that days compare as numbers. */
function dayNumber(day: string): number {
  return day === '' ? 0 : Number(day.replaceAll('-', ''))
}

/** The ids of a coded table as they were written; undefined where nobody read them. */
export function idsOf(table: CodedTable, index: number): Pick<TextList, 'at' | 'firstUnit'> | undefined {
  if (table.ids?.index === index) return table.ids.texts
  const column = table.columns[index]
  if (column === undefined) return undefined
  const at = (row: number): string => column.values[column.codes[row] as number] as string
  return { at, firstUnit: (row) => at(row).charCodeAt(0) }
}

function refuseBlank(plain: Uint8Array, ids: Pick<TextList, 'at' | 'firstUnit'>): void {
  for (let row = 0; row < plain.length; row++) {
    const first = ids.firstUnit(row)
    // Trimming a million ids costs more than looking at their first letters.
    if (!(first > 32 && first < 127) && ids.at(row).trim() === '') plain[row] = 0
  }
}

function refuseUnreadable(plain: Uint8Array, known: Int32Array, { codes }: CodedTexts): void {
  for (let row = 0; row < plain.length; row++) if ((known[codes[row] as number] as number) < 0) plain[row] = 0
}

/** More combinations of texts than that, and nothing is gained by asking once for each. */
const mostCombinations = 1 << 20

function outcomesOf(row: CodedRow, meaning: RowMeaning, plain: Uint8Array): Uint8Array | undefined {
  const { table } = row
  const columns = meaning.decisive.map((index) => table.columns[index])
  if (columns.length === 0 || columns.some((column) => column === undefined)) return undefined
  const decisive = columns as readonly CodedTexts[]
  const combinations = decisive.reduce((product, { values }) => product * values.length, 1)
  if (combinations > mostCombinations) return undefined
  const known = new Int8Array(combinations).fill(notAsked)
  const found = new Uint8Array(table.rowCount)
  const combined = combinationsOf(decisive, table.rowCount)
  const start = row.row
  for (let at = 0; at < found.length; at++) {
    const combination = combined[at] as number
    let outcome = known[combination] as number
    if (outcome === notAsked) {
      row.row = at
      const named = meaning.outcome(row)
      outcome = named === undefined ? none : outcomes.indexOf(named)
      known[combination] = outcome
    }
    if (outcome === none) plain[at] = 0
    else found[at] = outcome
  }
  row.row = start
  return found
}

const notAsked = -2
const none = -1

/** For each row a number that stands for its texts in all of the columns. */
function combinationsOf(columns: readonly CodedTexts[], rows: number): ArrayLike<number> {
  const [only] = columns
  if (only !== undefined && columns.length === 1) return only.codes
  const combined = new Uint32Array(rows)
  for (const { values, codes } of columns)
    for (let row = 0; row < rows; row++)
      combined[row] = (combined[row] as number) * values.length + (codes[row] as number)
  return combined
}

/** A won or lost deal was closed on some day, and none that has both days before it was created. */
function refuseDates(
  plain: Uint8Array,
  rowOutcomes: Uint8Array,
  created: CodedDays | undefined,
  closed: CodedDays | undefined,
): void {
  const [open, void_] = [outcomes.indexOf('open'), outcomes.indexOf('void')]
  for (let row = 0; row < plain.length; row++) {
    const outcome = rowOutcomes[row]
    if (outcome === open) continue
    const end = closed === undefined ? 0 : (closed.days[closed.codes[row] as number] as number)
    const start = created === undefined ? 0 : (created.days[created.codes[row] as number] as number)
    if (end === 0 ? outcome !== void_ : end < start) plain[row] = 0
  }
}

function amountsOf(
  row: CodedRow,
  meaning: RowMeaning,
  { values, codes }: CodedTexts,
  rowOutcomes: Uint8Array,
  plain: Uint8Array,
): Float64Array {
  const currency = meaning.columns[meaning.at.currency]
  const currencies = currency && row.table.columns[currency.index]
  const known = currency && currencies && row.codesOf(currency.index, currency.builder)
  const won = outcomes.indexOf('won')
  /** By currency, what each text is worth: not asked yet, no amount, blank, or minor units. */
  const worth = new Map<number, Float64Array>()
  const amounts = new Float64Array(plain.length)
  let code = -1
  let inCurrency: Float64Array = new Float64Array(0)
  for (let at = 0; at < amounts.length; at++) {
    const next = currencies === undefined || known === undefined ? 0 : (known[currencies.codes[at] as number] as number)
    if (next !== code) {
      code = next
      inCurrency = worth.get(code) ?? new Float64Array(values.length).fill(notAsked)
      worth.set(code, inCurrency)
    }
    const text = codes[at] as number
    let amount = inCurrency[text] as number
    if (amount === notAsked) {
      const read = code < 0 ? undefined : meaning.amount(values[text] as string, currency?.builder.value(code) ?? '')
      amount = read === undefined ? none : read === null ? blank : read
      inCurrency[text] = amount
    }
    if (amount === none) plain[at] = 0
    else amounts[at] = amount === blank ? (rowOutcomes[at] === won ? Number.NaN : 0) : amount
  }
  return amounts
}

const blank = -3
