/**
 * What the ledger holds of one play: which deals belong to it, and where it stands against the others of its segment.
 *
 * The figures that need all plays, q and ranks, are made of these afterwards.
 */
import { dayNumber } from '../model/dates.ts'
import { once } from '../model/once.ts'
import { everything, fixedColumns, type Predicate } from '../model/predicate.ts'
import type { WinsAndLosses } from './better.ts'
import { type DealTable, noDay } from './deal-table.ts'
import type { Cause } from './eligibility.ts'
import type { PlayInput, SegmentInput } from './evidence-input.ts'
import type { Herd } from './herd.ts'
import type { Standing } from './judged-plays.ts'
import type { Period } from './period.ts'
import { type Belonging, recordRows, tally } from './record.ts'
import { holds, noRows, type Rows, type SelectedRows, shared } from './select-rows.ts'

export interface StudiedPlay {
  readonly play: PlayInput
  readonly belonging: Belonging
  readonly cause: Cause
  /** The record at T. */
  readonly recorded: Rows
  /** Deals that match segment and `match`, of any day and outcome. */
  readonly matched: Rows
  /** At T, and at the day of judgement; undefined where the segment is unknown. Worked out when it is asked. */
  readonly standing: () => Standing | undefined
  readonly judged: () => Standing | undefined
  /** Columns that the segment or `match` fixes to one value. */
  readonly fixed: ReadonlySet<string>
}

export interface Field {
  readonly table: DealTable
  readonly herds: ReadonlyMap<string, Herd>
  readonly selected: SelectedRows
  /** The deals whose `play` cell names each play; undefined where the ledger has no such column. */
  readonly named: ReadonlyMap<string, Rows> | undefined
  /** The months before T, and before the day of judgement. */
  readonly now: Period
  readonly then: Period
}

/** The predicates that a deal must hold to fit a play. */
export function fitOf(segment: SegmentInput, match: Predicate | undefined): readonly Predicate[] {
  return match === undefined ? [segment.match] : [segment.match, match]
}

/** Studies the plays of one field, which share the wins and losses of their segments. */
export function studyPlays(field: Field, plays: readonly PlayInput[]): StudiedPlay[] {
  const scopeOf = scopeTallies(field.table)
  return plays.map((play) => studyPlay(field, play, scopeOf))
}

function studyPlay(field: Field, play: PlayInput, scopeOf: ScopeTally): StudiedPlay {
  const { table, now, then } = field
  const herd = play.segment === undefined ? undefined : field.herds.get(play.segment)
  const matched = herd === undefined ? undefined : field.selected(fitOf(herd.segment, play.match))
  const belonging = belongingOf(field, play, herd, matched)
  const standingIn = (period: Period): Standing | undefined => {
    if (herd === undefined || belonging.rows === undefined) return undefined
    const record = tally(table, belonging.rows, period, belonging.since)
    return { record, baseline: less(scopeOf(herd, period, belonging.since), record) }
  }
  const standing = once(() => standingIn(now))
  const known = { ...belonging, rows: belonging.rows ?? noRows }
  return {
    play,
    belonging: known,
    cause: {
      play: play.id,
      fits: matched === undefined ? undefined : (row) => holds(matched, row),
      isElephant: (row) => herd?.elephants.rows.has(row) === true,
      onceAnAccount: true,
    },
    recorded: recordRows(table, known, now),
    matched: matched ?? noRows,
    standing,
    judged: then.to === now.to ? standing : once(() => standingIn(then)),
    fixed: new Set([...fixedColumns(herd?.segment.match ?? everything), ...fixedColumns(play.match ?? everything)]),
  }
}

/** The deals of the segment that belong to the play; undefined rows where nobody can say which those are. */
function belongingOf(
  { named }: Field,
  play: PlayInput,
  herd: Herd | undefined,
  matched: Rows | undefined,
): Omit<Belonging, 'rows'> & { readonly rows: Rows | undefined } {
  const since = play.since === undefined ? noDay : dayNumber(play.since)
  if (named === undefined) return { basis: 'matched', rows: matched, since }
  const rows = herd === undefined ? undefined : shared(named.get(play.id) ?? noRows, herd.members)
  return { basis: 'named', rows, since }
}

type ScopeTally = (herd: Herd, period: Period, since: number) => WinsAndLosses

/** Wins and losses of a segment's scope, which plays share unless their `since` differs. */
function scopeTallies(table: DealTable): ScopeTally {
  const tallies = new Map<string, WinsAndLosses>()
  return ({ segment, members }, period, since) => {
    const key = `${period.to} ${since} ${segment.id}`
    const known = tallies.get(key) ?? tally(table, members, period, since)
    tallies.set(key, known)
    return known
  }
}

function less(scope: WinsAndLosses, record: WinsAndLosses): WinsAndLosses {
  return { wins: scope.wins - record.wins, losses: scope.losses - record.losses }
}
