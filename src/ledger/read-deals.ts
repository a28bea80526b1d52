/**
 * The deals of the ledger: rows to columns in memory, with a problem for each thing that cannot be read.
 *
 * A row is used as a whole or left out as a whole, and one that is left out has all its problems told at once, so
 * that one export mends it.
 */
import type { DealTableSettings, LedgerSettings, Outcome } from '../model/ledger-settings.ts'
import { CellPlaces, type PlaceOf } from './cell-places.ts'
import type { CodedRow, CodedTable } from './coded-table.ts'
import { type Column, ColumnBuilder, RowNumbers } from './column.ts'
import { cellReader, typeOfDealColumn, unreadableText } from './column-types.ts'
import type { TableRow } from './csv.ts'
import type { DateFormat } from './date-format.ts'
import { findRepeated, repeatedProblems } from './find-repeated.ts'
import { idsOf, type JudgedRows, judgeRows } from './judge-rows.ts'
import type { CodedTexts, LedgerFile, LedgerProblem } from './ledger.ts'
import type { HeaderMap, HeaderWishes } from './map-headers.ts'
import { type AmountFault, converter, minorDigitsOf, parseAmount } from './money.ts'
import { copyInOrder, type RowOrder, rowOf, sortedById } from './order-ids.ts'
import { OutcomeReader, type OutcomeReading, outcomes } from './outcome.ts'
import { presets } from './presets.ts'
import { type RowTaker, readTable, type TableDescription } from './read-table.ts'
import { exportAgain, type ProblemList, shown } from './row-problems.ts'
import { TextList, TextListBuilder } from './text-list.ts'

/** Deals in memory: all arrays are by row, and rows are in the order of their ids. */
export interface DealTable {
  readonly ids: TextList
  /** By name; `id` and `amount` have arrays of their own. */
  readonly columns: ReadonlyMap<string, Column>
  /** Columns that the table has and nobody asked for. */
  readonly unread: ReadonlySet<string>
  /** Minor units; NaN where a won deal's cell is blank. */
  readonly amounts: Float64Array
  /** Decimals of the playbook's currency. */
  readonly minorDigits: number
  readonly files: readonly string[]
  readonly fileOf: CodedTexts['codes']
  readonly lineOf: CodedTexts['codes']
  /** Where the row's id or owner stands in its file. */
  readonly placeOf: PlaceOf
}

export interface ReadDeals {
  /** Undefined where the header of a file lacks what is required. */
  readonly table: DealTable | undefined
  readonly problems: readonly LedgerProblem[]
  readonly leftOut: ReadonlyMap<string, { readonly file: string; readonly line: number }>
}

/** The columns whose meaning is fixed, in the order in which an import writes them. */
export const ledgerColumns = [
  'id',
  'account',
  'owner',
  'outcome',
  'stage',
  'amount',
  'currency',
  'created',
  'closed',
  'source',
  'type',
  'industry',
  'territory',
  'segment',
  'product',
  'competitor',
  'play',
  'parent',
  'churned',
] as const

const required = [['id'], ['account'], ['owner'], ['stage', 'outcome'], ['amount'], ['created'], ['closed']] as const

export function readDeals(
  settings: LedgerSettings,
  files: readonly (LedgerFile | CodedTable)[],
  dates: DateFormat,
): ReadDeals {
  const description = describeDeals(settings.deals)
  const reader = new DealReader(settings, files, dates)
  const problems: LedgerProblem[] = []
  let usable = true
  files.forEach((file, index) => {
    reader.file = index
    const reading = readTable(file, description, reader)
    for (const problem of reading.problems) problems.push(problem)
    usable &&= reading.usable && reader.usable
  })
  if (!usable) return { table: undefined, problems, leftOut: new Map() }
  const repeated = findRepeated(files, description, reader.repeatedIds(), (id) => reader.spelledId(id))
  // The same row again is told once: what is wrong with its cells was told at the first.
  const again = new Set(
    repeated
      .filter((key) => !key.differ)
      .flatMap((key) => key.rows.slice(1).map((row) => `${row.line} ${files[row.file]?.path}`)),
  )
  const kept =
    again.size === 0 || files.some((file) => !('bytes' in file || file.numbered))
      ? problems
      : problems.filter((problem) => !again.has(`${problem.lines.start.line} ${problem.file}`))
  for (const key of repeated) {
    kept.push(...repeatedProblems(key, files, key.key))
    if (key.differ) reader.drop(key.key, key.rows[0])
  }
  const table = reader.finish(new Set(repeated.map((key) => key.key)))
  return { table, problems: kept, leftOut: reader.leftOutOf(table) }
}

/**
 * Whether the deals need a column: its meaning is fixed, somebody gave it one, or it has a type, so that each cell must
 * be read. The others are further texts, which only a predicate may ask for.
 */
export function needsColumn(settings: DealTableSettings, column: string): boolean {
  const preset = settings.preset && presets[settings.preset]
  return (
    (ledgerColumns as readonly string[]).includes(column) ||
    Object.hasOwn(settings.columns, column) ||
    Object.hasOwn(settings.types, column) ||
    [...(preset?.isClosed ?? []), ...(preset?.isWon ?? [])].includes(column)
  )
}

/** The deals' table as its settings describe it. */
export function describeDeals(settings: DealTableSettings): TableDescription {
  const preset = settings.preset && presets[settings.preset]
  const columns = new Map<string, readonly string[]>()
  for (const column of new Set([...ledgerColumns, ...Object.keys(settings.columns)])) {
    const mapped = Object.hasOwn(settings.columns, column) ? settings.columns[column] : undefined
    columns.set(column, mapped === undefined ? [...(preset?.columns[column] ?? []), column] : [mapped])
  }
  const wishes: HeaderWishes = { columns, required }
  const setting = 'ledger.deals.columns'
  return {
    delimiter: settings.delimiter,
    wishes,
    mapped: settings.columns,
    key: 'id',
    setting,
    requiredSetting: setting,
  }
}

function resized(numbers: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length)
  larger.set(numbers)
  return larger
}

/** A column and where it stands in the file that is being read; -1 in a file without it. */
interface Source {
  readonly builder: ColumnBuilder
  index: number
}

class DealReader implements RowTaker {
  /** Which of the files is being read. */
  file = 0
  usable = true
  readonly #settings: LedgerSettings
  readonly #files: readonly (LedgerFile | CodedTable)[]
  readonly #dates: DateFormat
  readonly #minorDigits: number

  // What was read, by row.
  readonly #kept = new TextListBuilder()
  #ids: TextList | undefined
  #rows = 0
  #order: RowOrder | undefined
  readonly #sources = new Map<string, Source>()
  readonly #unread = new Set<string>()
  readonly #outcome = new ColumnBuilder('outcome', 'text')
  #amounts = new Float64Array(1024)
  readonly #fileOf = new RowNumbers()
  readonly #lines = new RowNumbers()
  readonly #places = new CellPlaces()
  readonly #leftOut = new Map<string, { file: string; line: number }>()
  readonly #dropped = new Set<string>()
  /** Ids of rows whose cells could not be read. */
  readonly #refusedIds: string[] = []
  readonly #rates = new Map<string, { digits: number; convert: (minor: number) => number }>()

  // The file and the row being read.
  #header: HeaderMap | undefined
  #problems: ProblemList | undefined
  #outcomes: OutcomeReader | undefined
  #columns: Source[] = []
  #codes = new Int32Array(0)
  /** Where columns with a meaning stand in {@link DealReader.#columns}; -1 for none. */
  #at = { stage: -1, currency: -1, created: -1, closed: -1 }
  /** Where they stand in the file. */
  #cells = { id: 0, owner: 0, outcome: -1, amount: 0, currency: -1, created: 0, closed: 0 }
  #readable = true
  #id = ''
  /** Of a coded table, what was found out about all its rows; null before anybody asked. */
  #judged: JudgedRows | undefined | null = null

  constructor(settings: LedgerSettings, files: readonly (LedgerFile | CodedTable)[], dates: DateFormat) {
    this.#settings = settings
    this.#files = files
    this.#dates = dates
    this.#minorDigits = minorDigitsOf(settings.currency)
    for (const [currency, rate] of Object.entries(settings.currencies)) {
      if (!(rate > 0 && Number.isFinite(rate)) || currency === settings.currency || currency === '') continue
      const digits = minorDigitsOf(currency)
      this.#rates.set(currency, { digits, convert: converter(rate, digits, this.#minorDigits) })
    }
  }

  open(header: HeaderMap, problems: ProblemList): void {
    this.#header = header
    this.#problems = problems
    for (const column of header.unread) this.#unread.add(column)
    const { deals } = this.#settings
    const cell = (column: string) => header.indexes.get(column) ?? -1
    this.#cells = {
      id: cell('id'),
      owner: cell('owner'),
      outcome: cell('outcome'),
      amount: cell('amount'),
      currency: cell('currency'),
      created: cell('created'),
      closed: cell('closed'),
    }
    this.#places.open(this.file, this.#cells)
    this.#outcomes = new OutcomeReader(deals, deals.preset && presets[deals.preset], header)
    if (!this.#outcomes.declared) {
      const line = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }
      const text = `Nothing says which stages in ${this.#name(cell('stage'))} are won, so there is no ledger and what needs it is not run. Name them in \`ledger.deals.outcomes\` of playbook.yaml: \`{ won: [Won], lost: [Lost], open: [Engaging] }\`.`
      problems.at(line, text)
      this.usable = false
    }
    for (const source of this.#sources.values()) source.index = -1
    for (const [column, index] of header.indexes) {
      if (column === 'id' || column === 'amount' || column === 'outcome') continue
      const known = this.#sources.get(column)
      if (known !== undefined) known.index = index
      else this.#sources.set(column, { builder: this.#builder(column), index })
    }
    const names = [...this.#sources.keys()]
    this.#at = {
      stage: names.indexOf('stage'),
      currency: names.indexOf('currency'),
      created: names.indexOf('created'),
      closed: names.indexOf('closed'),
    }
    this.#columns = [...this.#sources.values()]
    const rows = this.#rows + header.rows
    if (rows > this.#amounts.length) this.#amounts = resized(this.#amounts, rows)
    for (const numbers of [this.#fileOf, this.#lines, this.#places, this.#outcome]) numbers.reserve(rows)
    for (const { builder } of this.#columns) builder.reserve(rows)
    this.#codes = new Int32Array(this.#columns.length)
    this.#judged = null
  }

  /** Rows of a coded table that are plainly in order are kept a column at a time. */
  stretch(row: CodedRow): number {
    if (!this.usable) return 0
    if (this.#judged === null) this.#judged = this.#judge(row)
    const judged = this.#judged
    if (judged?.plain[row.row] !== 1) return 0
    const from = row.row
    const odd = judged.plain.indexOf(0, from)
    const to = odd < 0 ? row.rows : odd
    this.#keepAll(row.table, judged, from, to)
    return to - from
  }

  row(row: TableRow): void {
    if (!this.usable) return
    this.#readable = true
    const id = this.spelledId(row.cell(this.#cells.id))
    this.#id = id.trim() === '' ? '' : id
    if (this.#id === '')
      this.#refuse(
        row,
        this.#cells.id,
        `${this.#name(this.#cells.id)} is blank, so nothing can cite this row. ${exportAgain}`,
      )

    for (let i = 0; i < this.#columns.length; i++) {
      const { builder, index } = this.#columns[i] as Source
      const code = index < 0 ? 0 : row.code(index, builder)
      this.#codes[i] = code
      if (code < 0)
        this.#refuse(
          row,
          index,
          unreadableText(builder.type, this.#name(index), row.cell(index), this.#dates, this.#settings.deals.decimal),
        )
    }
    const outcome = this.#readOutcome(row)
    const amount = this.#readAmount(row, outcome)
    if (outcome !== undefined) this.#checkDates(row, outcome)

    if (this.#readable && outcome !== undefined) {
      this.#keep(row, outcome, amount)
      return
    }
    this.#refusedIds.push(id)
    this.leaveOut(id, row.line)
  }

  leaveOut(id: string, line: number): void {
    if (id.trim() !== '' && !this.#leftOut.has(id))
      this.#leftOut.set(id, { file: this.#files[this.file]?.path ?? '', line })
  }

  /** No row with this id is used, because they contradict each other. */
  drop(id: string, first: { readonly file: number; readonly line: number } | undefined): void {
    this.#dropped.add(id)
    if (first !== undefined && !this.#leftOut.has(id))
      this.#leftOut.set(id, { file: this.#files[first.file]?.path ?? '', line: first.line })
  }

  spelledId(id: string): string {
    return this.#spelled('id', id)
  }

  /** Ids that more than one row has, readable or not. */
  repeatedIds(): ReadonlySet<string> {
    const { ids, order } = this.#rowsById()
    const repeated = new Set<string>()
    for (let i = 1; order.repeated && i < order.rows.length; i++) {
      const row = order.rows[i] as number
      if (ids.compare(order.rows[i - 1] as number, row) === 0) repeated.add(ids.at(row))
    }
    if (this.#refusedIds.length === 0) return repeated
    const refused = new Set<string>()
    const readable = ids.inOrder(order.rows)
    for (const id of this.#refusedIds) {
      if (id.trim() !== '' && (refused.has(id) || rowOf(readable, id) >= 0)) repeated.add(id)
      refused.add(id)
    }
    return repeated
  }

  finish(repeated: ReadonlySet<string>): DealTable {
    const order = this.#usedRows(repeated)
    const columns = new Map<string, Column>()
    for (const [name, { builder }] of this.#sources) {
      builder.pad(this.#rows)
      columns.set(name, builder.finish(order))
      // The outcome stands before the stage, which often decides it.
      if (name === 'owner') columns.set('outcome', this.#outcome.finish(order))
    }
    const amounts = copyInOrder(this.#amounts, order, new Float64Array(order.length))
    const fileOf = this.#fileOf.inOrder(order)
    const lineOf = this.#lines.inOrder(order)
    return {
      ids: this.#rowsById().ids.inOrder(order),
      columns,
      unread: this.#unread,
      amounts,
      minorDigits: this.#minorDigits,
      files: this.#files.map((file) => file.path),
      fileOf,
      lineOf,
      placeOf: this.#places.finish(this.#files, { fileOf, lineOf, order }),
    }
  }

  /** Ids of rows left out; an id that another row has in good order is not one. */
  leftOutOf(table: DealTable): ReadonlyMap<string, { file: string; line: number }> {
    for (const id of [...this.#leftOut.keys()]) if (rowOf(table.ids, id) >= 0) this.#leftOut.delete(id)
    return this.#leftOut
  }

  #rowsById(): { readonly ids: TextList; readonly order: RowOrder } {
    this.#ids ??= this.#kept.finish()
    this.#order ??= sortedById(this.#ids)
    return { ids: this.#ids, order: this.#order }
  }

  #usedRows(repeated: ReadonlySet<string>): Uint32Array {
    const { ids, order } = this.#rowsById()
    if (repeated.size === 0) return order.rows
    let before: string | undefined
    return order.rows.filter((row) => {
      const id = ids.at(row)
      const used = !this.#dropped.has(id) && id !== before
      before = id
      return used
    })
  }

  #builder(column: string): ColumnBuilder {
    const { types, values, decimal } = this.#settings.deals
    const type = typeOfDealColumn(column, types)
    const builder = new ColumnBuilder(
      column,
      type,
      cellReader(type, Object.hasOwn(values, column) ? values[column] : undefined, this.#dates, decimal),
    )
    builder.pad(this.#rows)
    return builder
  }

  #judge(row: CodedRow): JudgedRows | undefined {
    return judgeRows(row, {
      columns: this.#columns,
      at: this.#at,
      cells: this.#cells,
      decisive: this.#outcomes?.decisive ?? [],
      outcome: (at) => {
        const stage = this.#columns[this.#at.stage]
        const named = stage !== undefined && stage.index >= 0
        const outcome = this.#outcomeOf(at, named ? stage.builder.value(at.code(stage.index, stage.builder)) : '')
        return typeof outcome === 'string' ? outcome : undefined
      },
      amount: (text, currency) => {
        if (!this.#isKnown(currency)) return undefined
        const spelled = this.#spelled('amount', text)
        if (spelled === '') return null
        const amount = this.#amountOf(spelled, currency)
        return typeof amount === 'number' && amount >= 0 ? amount : undefined
      },
    })
  }

  #keepAll(table: CodedTable, judged: JudgedRows, from: number, to: number): void {
    const start = this.#rows
    this.#rows += to - from
    const ids = idsOf(table, this.#cells.id)
    if (ids instanceof TextList && this.#settings.deals.values.id === undefined) this.#kept.pushAll(ids, from, to)
    else for (let row = from; row < to; row++) this.#kept.push(this.spelledId(ids?.at(row) ?? ''))
    if (this.#rows > this.#amounts.length) this.#amounts = resized(this.#amounts, this.#rows)
    this.#amounts.set(judged.amounts.subarray(from, to), start)
    this.#columns.forEach(({ builder, index }, place) => {
      const codes = judged.codes[place]
      const texts = table.columns[index]
      if (codes === undefined || texts === undefined) builder.pad(this.#rows)
      else builder.pushAll(codes, texts.codes, from, to)
    })
    this.#clearExpected(judged.outcomes, from, to, start)
    const codeOfOutcome = Int32Array.from(outcomes, (outcome) => this.#outcome.code(outcome))
    this.#outcome.pushAll(codeOfOutcome, judged.outcomes, from, to)
    this.#fileOf.pushSame(this.file, to - from)
    const line = table.line(from)
    // Rows of one line each are the rule.
    if (table.line(to - 1) - line === to - 1 - from) this.#lines.pushRange(line, line + to - from)
    else for (let row = from; row < to; row++) this.#lines.push(table.line(row))
    this.#places.pushRange(from, to)
  }

  /** A CRM asks for the date on which somebody expects to close: of an open deal that is no date of closing. */
  #clearExpected(rowOutcomes: Uint8Array, from: number, to: number, start: number): void {
    const closed = this.#columns[this.#at.closed]?.builder
    const open = outcomes.indexOf('open')
    for (let row = from; row < to; row++) if (rowOutcomes[row] === open) closed?.clear(start + row - from)
  }

  #keep(row: TableRow, outcome: Outcome, amount: number): void {
    const number = this.#rows++
    this.#kept.push(this.#id)
    if (number === this.#amounts.length) this.#amounts = resized(this.#amounts, number * 2)
    this.#amounts[number] = amount
    for (let i = 0; i < this.#columns.length; i++) this.#columns[i]?.builder.push(this.#codes[i] ?? 0)
    this.#outcome.push(this.#outcome.code(outcome))
    this.#fileOf.push(this.file)
    this.#lines.push(row.line)
    this.#places.push(this.file, row)
  }

  #readOutcome(row: TableRow): Outcome | undefined {
    const outcome = this.#outcomeOf(row, this.#valueAt(this.#at.stage))
    if (typeof outcome !== 'object') return outcome
    this.#refuse(row, outcome.cell, outcome.text)
    return undefined
  }

  #outcomeOf(row: TableRow, stage: string): OutcomeReading | undefined {
    const named = this.#cells.outcome < 0 ? '' : this.#spelled('outcome', row.cell(this.#cells.outcome))
    return this.#outcomes?.read(row, named, stage)
  }

  /** A won or lost deal was closed on some day, and not before it was created; an open one was not closed. */
  #checkDates(row: TableRow, outcome: Outcome): void {
    const { closed: closedCell, created: createdCell } = this.#cells
    const code = this.#codes[this.#at.closed] ?? 0
    if (outcome === 'open') {
      // A CRM asks for the date on which somebody expects to close: that is no date of closing.
      if (code > 0) this.#codes[this.#at.closed] = 0
    } else if (code === 0) {
      if (outcome === 'void') return
      this.#refuse(row, closedCell, `This deal is ${outcome}, but ${this.#name(closedCell)} is blank. ${exportAgain}`)
    } else {
      const [created, closed] = [this.#valueAt(this.#at.created), this.#valueAt(this.#at.closed)]
      if (created === '' || closed === '' || closed >= created) return
      this.#refuse(
        row,
        closedCell,
        `${this.#name(closedCell)} is ${closed}, before ${this.#name(createdCell)}, which is ${created}. ${exportAgain}`,
      )
    }
  }

  /** Minor units of the playbook's currency; NaN for a won deal without an amount. */
  #readAmount(row: TableRow, outcome: Outcome | undefined): number {
    const { amount: cell, currency: currencyCell } = this.#cells
    const currency = this.#valueAt(this.#at.currency)
    const known = this.#isKnown(currency)
    if (!known) {
      const text = `${this.#name(currencyCell)} is ${shown(currency)}, and playbook.yaml does not say what that is worth in ${this.#settings.currency}. Add it to \`currencies\`, or correct it in the CRM and export the ledger again.`
      this.#refuse(row, currencyCell, text)
    }
    const written = row.cell(cell)
    const text = this.#spelled('amount', written)
    if (text === '') return outcome === 'won' ? Number.NaN : 0
    const amount = this.#amountOf(text, currency)
    if (typeof amount === 'string') {
      const digits = this.#rates.get(currency)?.digits ?? this.#minorDigits
      // How many decimals are too many is not known of an unknown currency.
      if (known || amount !== 'decimals')
        this.#refuse(row, cell, this.#amountText(amount, written, currency || this.#settings.currency, digits))
      return Number.NaN
    }
    if (amount >= 0) return amount
    this.#refuse(
      row,
      cell,
      `${this.#name(cell)} is ${shown(written)}; the amount of a deal is not negative. ${exportAgain}`,
    )
    return Number.NaN
  }

  /** Minor units of the playbook's currency, below zero ones of the row's own. */
  #amountOf(text: string, currency: string): number | AmountFault {
    const rate = this.#rates.get(currency)
    const minor = parseAmount(text, this.#settings.deals.decimal, rate?.digits ?? this.#minorDigits)
    if (typeof minor === 'string' || minor < 0 || rate === undefined) return minor
    const converted = rate.convert(minor)
    return converted > Number.MAX_SAFE_INTEGER ? 'too-large' : converted
  }

  #isKnown(currency: string): boolean {
    return currency === '' || currency === this.#settings.currency || this.#rates.has(currency)
  }

  #amountText(fault: AmountFault, written: string, currency: string, digits: number): string {
    const { decimal } = this.#settings.deals
    const is = `${this.#name(this.#cells.amount)} is ${shown(written)}`
    if (fault === 'too-large') return `${is}, which is more than can be added without error. ${exportAgain}`
    if (fault === 'decimals')
      return `${is}, which has more decimals than ${currency} has (${digits}); it is not rounded for you. ${exportAgain}`
    return `${is}, which is no amount such as \`1200${decimal}50\`: digits, at most one \`${decimal}\`, no currency sign and no grouping. ${exportAgain} If the whole column has another decimal sign, declare that as \`decimal\`.`
  }

  #valueAt(column: number): string {
    return this.#columns[column]?.builder.value(this.#codes[column] ?? 0) ?? ''
  }

  #spelled(column: string, text: string): string {
    const spellings = this.#settings.deals.values[column]
    return spellings !== undefined && Object.hasOwn(spellings, text) ? (spellings[text] ?? text) : text
  }

  #name(cell: number): string {
    return shown(this.#header?.headers[cell] ?? '')
  }

  #refuse(row: TableRow, cell: number, text: string): void {
    this.#readable = false
    this.#problems?.at(row.lines(cell), text, this.#id)
  }
}
