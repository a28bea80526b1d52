/**
 * The embedded engine: all deals in memory, as columns.
 *
 * Thousands of plays and segments ask, often the same thing, so each clause of a predicate is answered once, as a set
 * of bits over the deals, and a predicate is the intersection of its clauses. A clause looks at the distinct
 * texts of its column, not at the rows; for a joined table it looks at that table's rows. {@link Deal} objects are made
 * when somebody first sees the deal.
 */
import type { ColumnType } from '../model/ledger-settings.ts'
import type { Clause, Condition } from '../model/predicate.ts'
import type { LineRange } from '../source/text.ts'
import { Bits } from './bits.ts'
import type { Column } from './column.ts'
import { cellTest, conditionKey, numberBounds, numberTest } from './compare.ts'
import type { CodedTexts, Deal, DealFilter, LedgerColumn, LedgerEngine, OwnerCount, Rows } from './ledger.ts'
import { majorText } from './money.ts'
import { NearestIds } from './nearest-ids.ts'
import { rowOf } from './order-ids.ts'
import { outcomes } from './outcome.ts'
import type { DealTable } from './read-deals.ts'
import type { JoinedTable } from './read-joined.ts'
import type { TextList } from './text-list.ts'

/** A column as predicates see it, wherever its values lie. */
interface EngineColumn extends LedgerColumn {
  /** The cell of a deal. */
  text(row: number): string
  texts(): CodedTexts
  /** The deals that satisfy a condition. */
  deals(condition: Condition): Bits
  /** Every text that some row of a deal or of the joined table has, with the number of deals. */
  counts(): Map<string, number>
}

export class MemoryEngine implements LedgerEngine {
  readonly columns: readonly LedgerColumn[]
  readonly dealCount: number
  readonly sha256: string
  readonly #table: DealTable
  readonly #accounts: JoinedTable | undefined
  readonly #columns = new Map<string, EngineColumn>()
  readonly #deals = new Map<number, LedgerDeal>()
  readonly #facts: DealFacts
  readonly #clauses = new BoundedCache<Bits>(64 << 20)
  readonly #answers = new BoundedCache<Rows>(32 << 20)
  readonly #counts = new Map<string, Map<string, number>>()
  #nearest: NearestIds | undefined

  constructor(table: DealTable, joined: readonly JoinedTable[], sha256: string) {
    this.#table = table
    this.#accounts = joined.find(({ name }) => name === 'accounts')
    this.sha256 = sha256
    this.dealCount = table.ids.length
    for (const column of columnsOf(table, joined)) this.#columns.set(column.name, column)
    this.#facts = new DealFacts(table, this.#columns)
    const unread = [table, ...joined]
      .flatMap((each) => [...each.unread])
      .filter((name, index, names) => !this.#columns.has(name) && names.indexOf(name) === index)
    this.columns = [
      ...[...this.#columns.values()].map(({ name, type }) => ({ name, type })),
      ...unread.map((name) => ({ name, type: 'text' as const })),
    ]
  }

  has(column: 'play' | 'churned' | 'source' | 'territory' | 'competitor' | 'parent'): boolean {
    return this.#columns.has(column)
  }

  get amounts(): Float64Array {
    return this.#table.amounts
  }

  texts(column: string): CodedTexts | undefined {
    return this.#columns.get(column)?.texts()
  }

  rowOf(id: string): number | undefined {
    const row = rowOf(this.#table.ids, id)
    return row < 0 ? undefined : row
  }

  deal(row: number): Deal {
    const known = this.#deals.get(row)
    if (known !== undefined) return known
    const deal = new LedgerDeal(this.#facts, row)
    this.#deals.set(row, deal)
    return deal
  }

  async nearestIds(id: string): Promise<readonly string[]> {
    this.#nearest ??= new NearestIds(this.#table.ids)
    return this.#nearest.near(id)
  }

  async matching(filter: DealFilter): Promise<Rows> {
    const clauses = new Map<string, Clause>()
    for (const predicate of filter.all) {
      for (const clause of predicate.clauses) clauses.set(conditionKey(clause.column, clause.condition), clause)
    }
    const key = [...clauses.keys()].sort().join('&')
    const known = this.#answers.get(key)
    if (known !== undefined) return known
    const [first, ...others] = [...clauses].map(([clauseKey, clause]) => this.#matching(clauseKey, clause))
    const rows =
      first === undefined
        ? Int32Array.from({ length: this.dealCount }, (_, row) => row)
        : Bits.intersection([first, ...others]).rows()
    this.#answers.set(key, rows, rows.byteLength)
    return rows
  }

  accounts({ all }: DealFilter): Iterable<string> | undefined {
    const table = this.#accounts
    if (table === undefined) return undefined
    const tests: ((name: string, row: number) => boolean)[] = []
    for (const { column, condition } of all.flatMap(({ clauses }) => clauses)) {
      const known = this.#columns.get(column)
      if (column === 'account') tests.push(cellTest(condition, 'text'))
      else if (known instanceof JoinedColumn && known.table === table) tests.push(known.rowTest(condition))
      else return undefined
    }
    const parent = this.#columns.get('parent')
    const parentOf = parent instanceof JoinedColumn && parent.table === table ? parent : undefined
    const groups = new Set<string>()
    for (const [name, row] of table.rowOf)
      if (tests.every((test) => test(name, row))) groups.add(parentOf?.textOfRow(row) || name)
    return groups
  }

  async owners(): Promise<readonly OwnerCount[]> {
    const { files, fileOf, lineOf } = this.#table
    const comesBefore = (a: number, b: number) =>
      (fileOf[a] as number) - (fileOf[b] as number) || (lineOf[a] as number) - (lineOf[b] as number)
    const { values, codes } = this.texts('owner') ?? { values: [], codes: new Uint8Array(0) }
    const deals = new Uint32Array(values.length)
    const firsts = new Uint32Array(values.length)
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] as number
      if (deals[code] === 0 || comesBefore(row, firsts[code] as number) < 0) firsts[code] = row
      deals[code] = (deals[code] as number) + 1
    }
    const owners = new Map<string, { deals: number; row: number }>()
    values.forEach((owner, code) => {
      // A blank owner is nobody.
      if (owner === '' || deals[code] === 0) return
      const [row, known] = [firsts[code] as number, owners.get(owner)]
      owners.set(owner, {
        deals: (known?.deals ?? 0) + (deals[code] as number),
        row: known === undefined || comesBefore(row, known.row) < 0 ? row : known.row,
      })
    })
    return [...owners]
      .sort(([, a], [, b]) => comesBefore(a.row, b.row))
      .map(([owner, { deals, row }]) => ({
        owner,
        deals,
        file: files[fileOf[row] ?? 0] ?? '',
        lines: this.#table.placeOf(row, 'owner'),
      }))
  }

  async hasValue(
    column: string,
    value: { readonly text: string; readonly value: string | number | boolean | null },
  ): Promise<boolean> {
    const known = this.#columns.get(column)
    if (known === undefined) return false
    const condition: Condition = { kind: 'any', values: [{ ...value, range: { start: 0, end: 0 } }] }
    const test = cellTest(condition, known.type)
    for (const text of this.#countsOf(known).keys()) if (test(text)) return true
    return false
  }

  async valuesOf(column: string, most: number): Promise<readonly string[]> {
    const known = this.#columns.get(column)
    if (known === undefined) return []
    return [...this.#countsOf(known)]
      .filter(([text]) => text !== '')
      .sort(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([text]) => text)
  }

  #matching(key: string, { column, condition }: Clause): Bits {
    const known = this.#clauses.get(key)
    if (known !== undefined) return known
    const bits = this.#columns.get(column)?.deals(condition) ?? Bits.none(this.dealCount)
    this.#clauses.set(key, bits, bits.bytes)
    return bits
  }

  #countsOf(column: EngineColumn): Map<string, number> {
    const known = this.#counts.get(column.name)
    if (known !== undefined) return known
    const counts = column.counts()
    this.#counts.set(column.name, counts)
    return counts
  }
}

/** Forgets everything when it has grown too large: what is asked again is worked out again. */
class BoundedCache<Value> {
  readonly #values = new Map<string, Value>()
  readonly #mostBytes: number
  #bytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  get(key: string): Value | undefined {
    return this.#values.get(key)
  }

  set(key: string, value: Value, bytes: number): void {
    this.#bytes += bytes + key.length * 2 + 64
    if (this.#bytes > this.#mostBytes) {
      this.#values.clear()
      this.#bytes = bytes
    }
    this.#values.set(key, value)
  }
}

/** The columns a deal's facts are in, looked up once for all deals. */
class DealFacts {
  readonly table: DealTable
  readonly columns: ReadonlyMap<string, EngineColumn>
  readonly account: EngineColumn | undefined
  readonly parent: EngineColumn | undefined
  readonly owner: EngineColumn | undefined
  readonly outcome: EngineColumn | undefined
  readonly stage: EngineColumn | undefined
  readonly created: EngineColumn | undefined
  readonly closed: EngineColumn | undefined
  readonly churned: EngineColumn | undefined
  readonly source: EngineColumn | undefined
  readonly territory: EngineColumn | undefined
  readonly play: EngineColumn | undefined
  readonly competitor: EngineColumn | undefined

  constructor(table: DealTable, columns: ReadonlyMap<string, EngineColumn>) {
    this.table = table
    this.columns = columns
    this.account = columns.get('account')
    this.parent = columns.get('parent')
    this.owner = columns.get('owner')
    this.outcome = columns.get('outcome')
    this.stage = columns.get('stage')
    this.created = columns.get('created')
    this.closed = columns.get('closed')
    this.churned = columns.get('churned')
    this.source = columns.get('source')
    this.territory = columns.get('territory')
    this.play = columns.get('play')
    this.competitor = columns.get('competitor')
  }
}

class LedgerDeal implements Deal {
  readonly id: string
  readonly account: string
  readonly accountGroup: string
  readonly owner: string
  readonly outcome: Deal['outcome']
  readonly stage: string
  readonly amount: number | null
  readonly created: string | null
  readonly closed: string | null
  readonly churned: string | null
  readonly source: string
  readonly territory: string
  readonly plays: readonly string[]
  readonly competitor: string
  readonly #facts: DealFacts
  readonly #row: number

  constructor(facts: DealFacts, row: number) {
    const amount = facts.table.amounts[row] ?? Number.NaN
    const outcome = facts.outcome?.text(row)
    const plays = facts.play?.text(row) ?? ''
    this.#facts = facts
    this.#row = row
    this.id = facts.table.ids.at(row)
    this.account = facts.account?.text(row) ?? ''
    this.accountGroup = facts.parent?.text(row) || this.account
    this.owner = facts.owner?.text(row) ?? ''
    this.outcome = outcomes.find((name) => name === outcome) ?? 'void'
    this.stage = facts.stage?.text(row) ?? ''
    this.amount = Number.isNaN(amount) ? null : amount
    this.created = facts.created?.text(row) || null
    this.closed = facts.closed?.text(row) || null
    this.churned = facts.churned?.text(row) || null
    this.source = facts.source?.text(row) ?? ''
    this.territory = facts.territory?.text(row) ?? ''
    this.plays = plays === '' ? noPlays : playIds(plays)
    this.competitor = facts.competitor?.text(row) ?? ''
  }

  get place(): Deal['place'] {
    const { files, fileOf, lineOf } = this.#facts.table
    return { file: files[fileOf[this.#row] ?? 0] ?? '', line: lineOf[this.#row] ?? 1 }
  }

  idPlace(): LineRange {
    return this.#facts.table.placeOf(this.#row, 'id')
  }

  cell(column: string): string | undefined {
    return this.#facts.columns.get(column)?.text(this.#row)
  }
}

/** The play ids of a `play` cell: `audit-deadline; land-with-finance`. */
export function playIds(cell: string): readonly string[] {
  const ids = cell.split(';').map((id) => id.trim())
  return ids.filter((id) => id !== '')
}

const noPlays: readonly string[] = []

/**
 * All columns by the names that predicates use. A joined column goes by its own name; where two tables share it, the
 * deals' goes by it and the others as `accounts.revenue` or `sellers.revenue`.
 */
function columnsOf(table: DealTable, joined: readonly JoinedTable[]): EngineColumn[] {
  const own: EngineColumn[] = [new IdColumn(table.ids)]
  for (const column of table.columns.values()) {
    own.push(new DealColumn(column))
    if (column.name === 'stage' || (column.name === 'outcome' && !table.columns.has('stage')))
      own.push(new AmountColumn(table))
  }
  const uses = new Map<string, number>([...own.map(({ name }) => name), ...table.unread].map((name) => [name, 1]))
  for (const { columns, unread } of joined)
    for (const name of [...columns.keys(), ...unread]) uses.set(name, (uses.get(name) ?? 0) + 1)
  for (const other of joined) {
    const key = table.columns.get(other.name === 'accounts' ? 'account' : 'owner')
    if (key === undefined) continue
    // Plain loops: `from` takes many times as long for the hundred thousands of accounts a large ledger has.
    const rows = new Int32Array(key.values.length)
    for (let code = 0; code < rows.length; code++) rows[code] = other.rowOf.get(key.values[code] as string) ?? -1
    for (const column of other.columns.values()) {
      const name = uses.get(column.name) === 1 ? column.name : `${other.name}.${column.name}`
      own.push(new JoinedColumn(name, column, other, key, rows))
    }
  }
  return own
}

/** Which distinct texts of a column satisfy a condition, as 1 and 0. */
function passing(column: Column, condition: Condition): Uint8Array {
  const test = cellTest(condition, column.type)
  return Uint8Array.from(column.values, (text) => (test(text) ? 1 : 0))
}

function countTexts(column: Column): Map<string, number> {
  const byCode = new Uint32Array(column.values.length)
  const { codes } = column
  for (let row = 0; row < codes.length; row++)
    byCode[codes[row] as number] = (byCode[codes[row] as number] as number) + 1
  const counts = new Map<string, number>()
  byCode.forEach((deals, code) => {
    const text = column.values[code] ?? ''
    if (deals > 0) counts.set(text, (counts.get(text) ?? 0) + deals)
  })
  return counts
}

class DealColumn implements EngineColumn {
  readonly name: string
  readonly type: ColumnType
  readonly #column: Column

  constructor(column: Column) {
    this.name = column.name
    this.type = column.type
    this.#column = column
  }

  text(row: number): string {
    return this.#column.values[this.#column.codes[row] ?? 0] ?? ''
  }

  texts(): CodedTexts {
    return this.#column
  }

  deals(condition: Condition): Bits {
    return Bits.ofCodes(this.#column.codes, passing(this.#column, condition))
  }

  counts(): Map<string, number> {
    return countTexts(this.#column)
  }
}

class JoinedColumn implements EngineColumn {
  readonly name: string
  readonly type: ColumnType
  /** The table that it is a column of. */
  readonly table: JoinedTable
  readonly #column: Column
  /** The deals' column whose texts are keys of the joined table. */
  readonly #key: Column
  /** For each text of the key column the row of the joined table, or -1. */
  readonly #rows: Int32Array

  constructor(name: string, column: Column, table: JoinedTable, key: Column, rows: Int32Array) {
    this.name = name
    this.type = column.type
    this.table = table
    this.#column = column
    this.#key = key
    this.#rows = rows
  }

  text(row: number): string {
    return this.#textOfKey(this.#key.codes[row] ?? 0)
  }

  texts(): CodedTexts {
    return { values: this.#key.values.map((_, code) => this.#textOfKey(code)), codes: this.#key.codes }
  }

  deals(condition: Condition): Bits {
    const passes = passing(this.#column, condition)
    // A key without a row has blank cells, and the first text of a column is the blank.
    const codes = this.#column.codes
    const passed = new Uint8Array(this.#rows.length)
    for (let key = 0; key < passed.length; key++) {
      const row = this.#rows[key] as number
      passed[key] = passes[row < 0 ? 0 : (codes[row] as number)] as number
    }
    return Bits.ofCodes(this.#key.codes, passed)
  }

  counts(): Map<string, number> {
    const counts = new Map<string, number>()
    for (const code of this.#column.codes) counts.set(this.#column.values[code] ?? '', 0)
    const byKey = new Uint32Array(this.#rows.length)
    const { codes } = this.#key
    for (let row = 0; row < codes.length; row++)
      byKey[codes[row] as number] = (byKey[codes[row] as number] as number) + 1
    byKey.forEach((deals, code) => {
      const text = this.#textOfKey(code)
      if (deals > 0) counts.set(text, (counts.get(text) ?? 0) + deals)
    })
    return counts
  }

  /** The cell of a row of the joined table. */
  textOfRow(row: number): string {
    return this.#column.values[this.#column.codes[row] ?? 0] ?? ''
  }

  /** Whether a row of the joined table satisfies a condition. */
  rowTest(condition: Condition): (name: string, row: number) => boolean {
    const passes = passing(this.#column, condition)
    return (_, row) => passes[this.#column.codes[row] as number] === 1
  }

  #textOfKey(code: number): string {
    const row = this.#rows[code] ?? -1
    return row < 0 ? '' : this.textOfRow(row)
  }
}

class IdColumn implements EngineColumn {
  readonly name = 'id'
  readonly type = 'text'
  readonly #ids: TextList

  constructor(ids: TextList) {
    this.#ids = ids
  }

  text(row: number): string {
    return this.#ids.at(row)
  }

  texts(): CodedTexts {
    return { values: [...this.#ids], codes: counted(this.#ids.length) }
  }

  deals(condition: Condition): Bits {
    const test = cellTest(condition, 'text')
    return Bits.ofRows(this.#ids.length, (row) => test(this.#ids.at(row)))
  }

  counts(): Map<string, number> {
    return new Map(Array.from(this.#ids, (id) => [id, 1]))
  }
}

/** 0, 1, 2 and so on. */
function counted(length: number): Uint32Array {
  const numbers = new Uint32Array(length)
  for (let i = 0; i < length; i++) numbers[i] = i
  return numbers
}

/** The amount, in major units of the playbook's currency. */
class AmountColumn implements EngineColumn {
  readonly name = 'amount'
  readonly type = 'number'
  readonly #table: DealTable
  #major: Float64Array | undefined

  constructor(table: DealTable) {
    this.#table = table
  }

  text(row: number): string {
    const amount = this.#table.amounts[row] ?? Number.NaN
    return Number.isNaN(amount) ? '' : majorText(amount, this.#table.minorDigits)
  }

  texts(): CodedTexts {
    const codes = counted(this.#table.ids.length)
    return { values: Array.from(codes, (row) => this.text(row)), codes }
  }

  deals(condition: Condition): Bits {
    if (condition.kind === 'range') {
      const { min, max } = numberBounds(condition)
      return Bits.ofRange(this.#majorUnits(), min, max)
    }
    const amounts = this.#majorUnits()
    const test = numberTest(condition)
    return Bits.ofRows(amounts.length, (row) => test(amounts[row] as number))
  }

  counts(): Map<string, number> {
    const counts = new Map<string, number>()
    for (let row = 0; row < this.#table.ids.length; row++) {
      const text = this.text(row)
      counts.set(text, (counts.get(text) ?? 0) + 1)
    }
    return counts
  }

  /** Dividing gives the double nearest to the amount, which is also what a number of the same digits is read as. */
  #majorUnits(): Float64Array {
    const unit = 10 ** this.#table.minorDigits
    this.#major ??= this.#table.amounts.map((amount) => amount / unit)
    return this.#major
  }
}
