/**
 * The record of a play: what became of the deals that belong to it, and how the others of its segment fared.
 *
 * The scope is every closed deal of the segment that could have been the play's; the record is the play's
 * part of it, the baseline the rest. Whether a deal belongs is decided by the caller, as rows.
 */
import { jeffreysInterval } from './beta.ts'
import type { WinsAndLosses } from './better.ts'
import { type CodedColumn, type DealTable, noCode, noDay, state, stateOn } from './deal-table.ts'
import type { PlayRecord } from './evidence.ts'
import { survivalTimes } from './kaplan-meier.ts'
import { closedWithin, createdSince, type Period, part, partsIn } from './period.ts'
import { quantileAmong } from './quantile.ts'
import { keep, type Rows } from './select-rows.ts'

/** What a record needs to know of a play. */
export interface Belonging {
  readonly basis: PlayRecord['basis']
  /** Deals of the segment that belong to the play, of any day and outcome. */
  readonly rows: Rows
  /** The first day of the play, or {@link noDay}. */
  readonly since: number
}

/** Wins and losses among the rows that are in the scope of a play that was run `since`. */
export function tally(table: DealTable, rows: Rows, period: Period, since: number): WinsAndLosses {
  const parts = partsIn(table, period)
  let wins = 0
  let losses = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    const here = parts[row] as number
    if (here < part.lost || !createdSince(table, row, since)) continue
    if (here === part.won) wins++
    else losses++
  }
  return { wins, losses }
}

/** The rows of the record, ascending. */
export function recordRows(table: DealTable, { rows, since }: Belonging, period: Period): Rows {
  const parts = partsIn(table, period)
  const recorded = new Int32Array(rows.length)
  let count = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    if ((parts[row] as number) >= part.lost && createdSince(table, row, since)) recorded[count++] = row
  }
  return recorded.slice(0, count)
}

/** The record as every face shows it; `unit` is what a major unit of money is worth in minor ones. */
export function playRecord(
  table: DealTable,
  belonging: Belonging,
  recorded: Rows,
  period: Period,
  unit: number,
): PlayRecord {
  const won = keep(recorded, (row) => table.outcome[row] === state.won)
  const wins = won.length
  const losses = recorded.length - wins
  return {
    basis: belonging.basis,
    wins,
    losses,
    winRate: winRate({ wins, losses }),
    ...(recorded.length === 0 ? { low: null, high: null } : jeffreysInterval(wins, losses)),
    accounts: distinct(table.account, won),
    sellers: distinct(table.seller, won),
    lastWin: lastClosed(table, won),
    ...amounts(table, won, unit),
    ...cycle(table, belonging, recorded, period.to),
    ...leftOut(table, belonging, period),
  }
}

/** Null for 0 of 0. */
export function winRate({ wins, losses }: WinsAndLosses): number | null {
  return wins + losses === 0 ? null : wins / (wins + losses)
}

function distinct({ codes, values }: CodedColumn<unknown>, rows: Rows): number {
  const seen = new Uint8Array(values.length)
  let count = 0
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i] as number] as number
    if (code === noCode || seen[code] === 1) continue
    seen[code] = 1
    count++
  }
  return count
}

function lastClosed(table: DealTable, rows: Rows): string | null {
  let last: number | undefined
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    if (last === undefined || (table.closed[row] as number) > (table.closed[last] as number)) last = row
  }
  return last === undefined ? null : (table.deal(last).closed ?? null)
}

function amounts(
  table: DealTable,
  won: Rows,
  unit: number,
): Pick<PlayRecord, 'medianAmount' | 'amountQ1' | 'amountQ3' | 'amountN'> {
  const priced = keep(won, (row) => (table.amount[row] as number) > 0)
  const values = new Float64Array(priced.length)
  for (let i = 0; i < priced.length; i++) values[i] = table.amount[priced[i] as number] as number
  const at = (share: number): number | null => majorUnits(quantileAmong(values, share), unit)
  return { medianAmount: at(0.5), amountQ1: at(0.25), amountQ3: at(0.75), amountN: values.length }
}

/** Money as it is shown: 109650 cents are 1096.5 dollars. */
export function majorUnits(minor: number | null, unit: number): number | null {
  return minor === null ? null : minor / unit
}

/** Days from created to closed, won or lost; open deals of the play count for as long as they have been open. */
function cycle(
  table: DealTable,
  { rows, since }: Belonging,
  recorded: Rows,
  today: number,
): Pick<PlayRecord, 'medianCycleDays' | 'cycleQ1' | 'cycleQ3' | 'openUsed' | 'openLeftOut'> {
  const closed = new Int32Array(recorded.length)
  const open = new Int32Array(rows.length)
  let closedUsed = 0
  let openUsed = 0
  let openLeftOut = 0
  for (let i = 0; i < recorded.length; i++) {
    const row = recorded[i] as number
    const created = table.created[row] as number
    if (created !== noDay) closed[closedUsed++] = (table.closed[row] as number) - created
  }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    if (table.counted[row] === 0 || table.friend[row] === 1 || stateOn(table, row, today) !== state.open) continue
    const created = table.created[row] as number
    if (created === noDay) openLeftOut++
    else if (createdSince(table, row, since)) open[openUsed++] = today - created
  }
  const { firstQuartile, median, thirdQuartile } = survivalTimes(
    closed.subarray(0, closedUsed),
    open.subarray(0, openUsed),
  )
  return { medianCycleDays: median, cycleQ1: firstQuartile, cycleQ3: thirdQuartile, openUsed, openLeftOut }
}

/** Closed deals that would be in the record but for friendship, or for a blank `created` where the play has a `since`. */
function leftOut(
  table: DealTable,
  { rows, since }: Belonging,
  period: Period,
): Pick<PlayRecord, 'friendsLeftOut' | 'undatedLeftOut'> {
  let friendsLeftOut = 0
  let undatedLeftOut = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    const undated = since !== noDay && table.created[row] === noDay
    const friend = table.friend[row] === 1
    if (!(undated || friend) || table.counted[row] === 0 || !closedWithin(table, row, period)) continue
    if (friend && (undated || createdSince(table, row, since))) friendsLeftOut++
    else if (!friend) undatedLeftOut++
  }
  return { friendsLeftOut, undatedLeftOut }
}
