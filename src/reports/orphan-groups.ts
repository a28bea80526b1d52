/**
 * Orphan wins grouped by what they share: which play is worth writing next.
 *
 * They are grouped by the two columns that most plays are made of, because a play for them will be made of the same.
 * Lost deals of the same kind that no play explains are counted beside them: a play would have to answer for these too.
 */
import { probabilityBetter, type WinsAndLosses } from '../evidence/better.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { holds, noRows, type Rows } from '../evidence/select-rows.ts'
import type { Entity } from '../model/entity.ts'
import { inYaml } from '../rules/reference/in-yaml.ts'
import { sellersOf } from '../rules/seat/sellers.ts'
import { majorAmount } from './money.ts'
import type { LedgerReportInput } from './report.ts'
import { type Tally, tallyOf } from './tally.ts'

export interface OrphanGroup extends Omit<Tally, 'targets'> {
  /** The value of each column that {@link OrphanGroups.by} names; null where the deals leave it blank. */
  readonly values: readonly (string | null)[]
  /** The largest of its deals. */
  readonly example: string
  /** What a play for the group would say of its deals; null where it would not be repeatable, or a value is blank. */
  readonly play: { readonly segment: string | null; readonly match: string } | null
}

export interface OrphanGroups {
  readonly wins: number
  /** Won, in major units. */
  readonly amount: number
  /** The columns of the ledger by which they are grouped. */
  readonly by: readonly string[]
  /** Largest amount first. */
  readonly groups: readonly OrphanGroup[]
  /** How many smaller groups are left out. */
  readonly groupsLeftOut: number
  /** The largest of them, each by its own. */
  readonly largest: readonly OrphanDeal[]
}

export interface OrphanDeal {
  readonly deal: string
  readonly account: string
  /** The person's id, else the ledger's spelling. */
  readonly owner: string
  readonly closed: string | null
  /** Major units. */
  readonly amount: number | null
}

const mostGroups = 20
const mostLargest = 20
const mostColumns = 2
/** A column with more values among the orphans tells deals apart and does not group them. */
const mostValues = 40

export function orphanGroups(input: LedgerReportInput, from: string): OrphanGroups {
  const { evidence } = input
  const { won: orphans, lost } = evidence.orphans
  const by = groupingColumns(input)
  const lostBy = groupedBy(lost, by, evidence)
  const all = [...groupedBy(orphans, by, evidence)]
    .map(([key, won]): Counted => {
      const { targets: _, ...tally } = tallyOf(both(won, lostBy.get(key) ?? noRows), input, from)
      return { key, won, ...tally, example: evidence.deal(won[0] as number).id }
    })
    .sort((a, b) => b.amount - a.amount || b.wins - a.wins || (a.example < b.example ? -1 : 1))
  return {
    wins: orphans.length,
    amount: tallyOf(orphans, input, from).amount,
    by,
    groups: all.slice(0, mostGroups).map((group) => orphanGroup(by, group, input)),
    groupsLeftOut: Math.max(0, all.length - mostGroups),
    largest: largestOf(orphans, input),
  }
}

/** Rows by their values in the columns, as JSON with null for a blank; none without a column. */
function groupedBy(
  rows: Rows,
  [first, ...others]: readonly string[],
  { byValue }: Evidence,
): ReadonlyMap<string, Rows> {
  if (first === undefined) return new Map()
  let found = keyed(byValue(rows, first), [])
  for (const column of others)
    found = new Map([...found].flatMap(([key, part]) => [...keyed(byValue(part, column), JSON.parse(key) as string[])]))
  return found
}

function keyed(groups: ReadonlyMap<string, Rows>, before: readonly (string | null)[]): Map<string, Rows> {
  return new Map([...groups].map(([value, rows]) => [JSON.stringify([...before, value || null]), rows]))
}

function both(one: Rows, other: Rows): Rows {
  const rows = new Int32Array(one.length + other.length)
  rows.set(one)
  rows.set(other, one.length)
  return rows
}

function largestOf(orphans: Rows, { playbook, evidence }: LedgerReportInput): OrphanDeal[] {
  const sellers = sellersOf(playbook)
  return Array.from(orphans.subarray(0, mostLargest), (row) => {
    const { id, account, owner, closed, amount } = evidence.deal(row)
    return {
      deal: id,
      account,
      owner: sellers.get(owner)?.id ?? owner,
      closed,
      amount: amount === null ? null : majorAmount(amount, playbook),
    }
  })
}

/** A group before anybody asks which play it would make. */
interface Counted extends Omit<OrphanGroup, 'values' | 'play'> {
  /** The values as JSON. */
  readonly key: string
  readonly won: Rows
}

function orphanGroup(by: readonly string[], { key, won, ...counted }: Counted, input: LedgerReportInput): OrphanGroup {
  const values = JSON.parse(key) as (string | null)[]
  const segment = segmentAround(by, won, input)
  return {
    values,
    ...counted,
    play:
      values.includes(null) || !wouldBeRepeatable(won, counted, segment, input)
        ? null
        : { segment: segment?.id ?? null, match: matchWithin(segment, by, values) },
  }
}

/** The columns that most plays and their segments are told by, those of segments first; only such as group the orphans. */
function groupingColumns({ playbook, evidence }: LedgerReportInput): string[] {
  const uses = new Map<string, number>()
  const ofSegments = new Set(
    playbook.of('segment').flatMap(({ predicates }) => (predicates.match?.clauses ?? []).map(({ column }) => column)),
  )
  for (const play of playbook.of('play')) {
    if (play.data.status === 'retired') continue
    const segment = playbook.get('segment', play.data.segment)
    const columns = [segment?.predicates.match, play.predicates.match].flatMap((predicate) =>
      (predicate?.clauses ?? []).filter(({ condition }) => condition.kind !== 'range').map(({ column }) => column),
    )
    for (const column of new Set(columns)) uses.set(column, (uses.get(column) ?? 0) + 1)
  }
  // Before there are plays, what a ledger is usually told by.
  for (const column of ['industry', 'product', 'segment', 'territory']) uses.set(column, uses.get(column) ?? 0)
  const known = new Set(evidence.columns.map(({ name }) => name))
  const isGrouping = (column: string): boolean => {
    if (!known.has(column)) return false
    const values = evidence.byValue(evidence.orphans.won, column)
    return !(values.size === 1 && values.has('')) && values.size <= mostValues
  }
  return [...uses]
    .sort(([, one], [, other]) => other - one)
    .map(([column]) => column)
    .filter(isGrouping)
    .slice(0, mostColumns)
    .sort((a, b) => Number(ofSegments.has(b)) - Number(ofSegments.has(a)))
}

/** The smallest segment that holds all of the deals and is told by the same columns. */
function segmentAround(by: readonly string[], won: Rows, input: LedgerReportInput): Entity<'segment'> | undefined {
  const { playbook, evidence } = input
  const clausesOf = (segment: Entity<'segment'>) => segment.predicates.match?.clauses ?? []
  return playbook
    .of('segment')
    .filter((segment) => clausesOf(segment).length > 0 && clausesOf(segment).every(({ column }) => by.includes(column)))
    .map((segment) => ({ segment, rows: evidence.segmentRows(segment.id) }))
    .filter(({ rows }) => won.every((row) => holds(rows, row)))
    .sort((a, b) => a.rows.length - b.rows.length)[0]?.segment
}

/** What is asked of a repeatable play, but for reviews: accounts, sellers who do not lead, a record not worse than the rest. */
function wouldBeRepeatable(
  won: Rows,
  record: WinsAndLosses & { readonly tooFew: boolean },
  segment: Entity<'segment'> | undefined,
  { playbook, evidence }: LedgerReportInput,
): boolean {
  const { minAccounts, minSellers, minBaseline, minBetter } = playbook.settings.evidence
  const { accounts, sellers } = evidence.backers(won)
  if (record.tooFew || accounts < minAccounts || sellers < minSellers) return false
  const whole = evidence.segments.find(({ id }) => id === segment?.id)
  if (whole === undefined) return true
  const rest = { wins: whole.wins - record.wins, losses: whole.losses - record.losses }
  if (Math.min(record.wins + record.losses, rest.wins + rest.losses) < minBaseline) return true
  return probabilityBetter(record, rest) >= minBetter
}

/** `{ product: GTX Pro }`: what the segment does not say already. */
function matchWithin(
  segment: Entity<'segment'> | undefined,
  by: readonly string[],
  values: readonly (string | null)[],
): string {
  const said = new Set(
    (segment?.predicates.match?.clauses ?? [])
      .filter(({ condition }) => condition.kind === 'any' && condition.values.length === 1)
      .map(({ column }) => column),
  )
  const parts = by.flatMap((column, index) =>
    said.has(column) ? [] : [`${inYaml(column)}: ${inYaml(values[index] ?? '')}`],
  )
  return `{ ${parts.join(', ')} }`
}
