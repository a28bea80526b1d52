/**
 * What became of groups of deals: counted over rows, because a group may be half of a large ledger.
 */
import type { LedgerEngine } from '../ledger/ledger.ts'
import { dayNumber } from '../model/dates.ts'
import { once } from '../model/once.ts'
import { type DealTable, noCode, noDay, type Seller, state, stateOn } from './deal-table.ts'
import { keep, type Rows } from './select-rows.ts'

export interface DealCounts {
  /** Deals that closed on `from` or later. */
  readonly wins: number
  readonly losses: number
  /** Won, in minor units; a won deal without an amount adds none. */
  readonly won: number
  /** Account groups with a won deal, of any day. */
  readonly customers: number
  /** Account groups that have not bought: those with a deal, and those that were named beside the rows. */
  readonly targets: number
}

export interface DealGroups {
  /**
   * What had become of deals by the day of the evidence. `from`: `YYYY-MM-DD`, or blank for any day; `accounts`: groups
   * that belong to the rows though there may be no deal with them.
   */
  counts(rows: Rows, from: string, accounts?: Iterable<string>): DealCounts
  /** The rows by their value in a column, in the order given; none where the ledger has no such column. */
  byValue(rows: Rows, column: string): ReadonlyMap<string, Rows>
  /** What the deals are worth in minor units; one without an amount adds nothing. */
  worth(rows: Rows): number
  /** Who bought and who sold, but for friends. */
  backers(rows: Rows): Backers
}

/** Account groups, and sellers who are neither founder nor executive; a blank account or owner is nobody. */
export interface Backers {
  readonly accounts: number
  readonly sellers: number
}

/** Groups of the deals of a table as of a day, in days since 1970. */
export function dealGroups(table: DealTable, engine: LedgerEngine, today: number): DealGroups {
  const codeOf = once(() => new Map(table.account.values.map((name, code) => [name, code])))
  const bought = once(() => buyers(table, today))
  /** Named groups that no row has and that have bought nothing, of any kind. */
  const unseen = (named: Iterable<string>, seen: Uint8Array): number => {
    let count = 0
    for (const name of named) {
      const code = codeOf().get(name)
      if (code === undefined || (seen[code] === 0 && bought()[code] === 0)) count++
    }
    return count
  }
  const columns = new Map<string, DistinctColumn | undefined>()
  const columnOf = (name: string): DistinctColumn | undefined => {
    if (!columns.has(name)) columns.set(name, distinctColumn(engine, name))
    return columns.get(name)
  }
  return {
    counts: (rows, from, accounts = []) => {
      const { seen, ...counts } = countDeals(table, rows, today, from === '' ? noDay : dayNumber(from))
      return { ...counts, targets: counts.targets + unseen(accounts, seen) }
    },
    byValue(rows, name) {
      const column = columnOf(name)
      return column === undefined ? new Map() : groupedBy(rows, column)
    },
    worth(rows) {
      let sum = 0
      for (let i = 0; i < rows.length; i++) sum += table.amount[rows[i] as number] || 0
      return sum
    },
    backers: (rows) =>
      backersAmong(
        table,
        keep(rows, (row) => table.friend[row] === 0),
      ),
  }
}

/** Who stands behind deals. */
export function backersAmong({ account, seller }: DealTable, rows: Rows): Backers {
  const accounts = new Set<number>()
  const sellers = new Set<Seller>()
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    const code = account.codes[row] as number
    if (code !== noCode) accounts.add(code)
    const who = seller.values[seller.codes[row] as number]
    if (who?.leads === false) sellers.add(who)
  }
  return { accounts: accounts.size, sellers: sellers.size }
}

function countDeals(
  table: DealTable,
  rows: Rows,
  today: number,
  from: number,
): DealCounts & { readonly seen: Uint8Array } {
  const { codes, values } = table.account
  // 1: has a deal, 2: has bought.
  const accounts = new Uint8Array(values.length)
  let [wins, losses, won, known, customers] = [0, 0, 0, 0, 0]
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    const now = stateOn(table, row, today)
    const account = codes[row] as number
    if (account !== noCode) {
      const before = accounts[account] as number
      if (before === 0) known++
      if (now === state.won && before < 2) customers++
      accounts[account] = now === state.won ? 2 : Math.max(before, 1)
    }
    if (now > state.lost || (table.closed[row] as number) < from) continue
    if (now === state.lost) losses++
    else {
      wins++
      const amount = table.amount[row] as number
      won += Number.isNaN(amount) ? 0 : amount
    }
  }
  return { wins, losses, won, customers, targets: known - customers, seen: accounts }
}

/** 1 for an account group with a won deal, whether it counts or not. */
function buyers(table: DealTable, today: number): Uint8Array {
  const { codes, values } = table.account
  const bought = new Uint8Array(values.length)
  for (let row = 0; row < table.size; row++) {
    const account = codes[row] as number
    if (account !== noCode && stateOn(table, row, today) === state.won) bought[account] = 1
  }
  return bought
}

interface DistinctColumn {
  readonly codes: ArrayLike<number>
  /** For each code the place of its text. */
  readonly places: Int32Array
  readonly texts: readonly string[]
}

/** Two codes of the ledger may stand for one text. */
function distinctColumn(engine: LedgerEngine, name: string): DistinctColumn | undefined {
  const column = engine.texts(name)
  if (column === undefined) return undefined
  const known = new Map<string, number>()
  const places = new Int32Array(column.values.length)
  for (let code = 0; code < places.length; code++) {
    const text = column.values[code] as string
    const place = known.get(text) ?? known.size
    known.set(text, place)
    places[code] = place
  }
  return { codes: column.codes, places, texts: [...known.keys()] }
}

function groupedBy(rows: Rows, { codes, places, texts }: DistinctColumn): ReadonlyMap<string, Rows> {
  const sizes = new Uint32Array(texts.length)
  for (let i = 0; i < rows.length; i++) {
    const place = places[codes[rows[i] as number] as number] as number
    sizes[place] = (sizes[place] as number) + 1
  }
  const groups = Array.from(sizes, (size) => (size === 0 ? undefined : new Int32Array(size)))
  sizes.fill(0)
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    const place = places[codes[row] as number] as number
    const group = groups[place] as Rows
    const at = sizes[place] as number
    group[at] = row
    sizes[place] = at + 1
  }
  return new Map(groups.flatMap((group, place) => (group === undefined ? [] : [[texts[place] as string, group]])))
}
