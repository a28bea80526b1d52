/**
 * Orphan wins grouped by what they share: which play is worth writing next.
 *
 * They are grouped by the two columns that most plays are made of, because a play for them will be made of the same.
 * Lost deals of the same kind that no play explains are counted beside them: a play would have to answer for these too.
 */
import { probabilityBetter, type WinsAndLosses } from '../evidence/better.ts'
import type { Deal } from '../ledger/ledger.ts'
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
  const { orphans, orphanLosses } = input.evidence
  const by = groupingColumns(input)
  const keyOf = (deal: Deal): string => JSON.stringify(by.map((column) => deal.cell(column) || null))
  const lost = Map.groupBy(orphanLosses, keyOf)
  const groups = by.length === 0 ? [] : [...Map.groupBy(orphans, keyOf)]
  const all = groups
    .map(([key, won]) => orphanGroup(by, JSON.parse(key) as (string | null)[], won, lost.get(key) ?? [], input, from))
    .sort((a, b) => b.amount - a.amount || b.wins - a.wins || (a.example < b.example ? -1 : 1))
  return {
    wins: orphans.length,
    amount: tallyOf(orphans, input, from).amount,
    by,
    groups: all.slice(0, mostGroups),
    groupsLeftOut: Math.max(0, all.length - mostGroups),
    largest: largestOf(orphans, input),
  }
}

function largestOf(orphans: readonly Deal[], { playbook }: LedgerReportInput): OrphanDeal[] {
  const sellers = sellersOf(playbook)
  return orphans.slice(0, mostLargest).map(({ id, account, owner, closed, amount }) => ({
    deal: id,
    account,
    owner: sellers.get(owner)?.id ?? owner,
    closed,
    amount: amount === null ? null : majorAmount(amount, playbook),
  }))
}

function orphanGroup(
  by: readonly string[],
  values: readonly (string | null)[],
  won: readonly Deal[],
  lost: readonly Deal[],
  input: LedgerReportInput,
  from: string,
): OrphanGroup {
  const { targets: _, ...tally } = tallyOf([...won, ...lost], input, from)
  const segment = segmentAround(by, won, input)
  return {
    values,
    ...tally,
    example: won[0]?.id ?? '',
    play:
      values.includes(null) || !wouldBeRepeatable(won, tally, segment, input)
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
    const values = new Set(evidence.orphans.map((deal) => deal.cell(column)))
    return known.has(column) && !(values.size === 1 && values.has('')) && values.size <= mostValues
  }
  return [...uses]
    .sort(([, one], [, other]) => other - one)
    .map(([column]) => column)
    .filter(isGrouping)
    .slice(0, mostColumns)
    .sort((a, b) => Number(ofSegments.has(b)) - Number(ofSegments.has(a)))
}

/** The smallest segment that holds all of the deals and is told by the same columns. */
function segmentAround(
  by: readonly string[],
  won: readonly Deal[],
  input: LedgerReportInput,
): Entity<'segment'> | undefined {
  const { playbook, evidence } = input
  const clausesOf = (segment: Entity<'segment'>) => segment.predicates.match?.clauses ?? []
  return playbook
    .of('segment')
    .filter((segment) => clausesOf(segment).length > 0 && clausesOf(segment).every(({ column }) => by.includes(column)))
    .map((segment) => ({ segment, deals: evidence.segmentDeals(segment.id) }))
    .filter(({ deals }) => {
      const ids = new Set(deals.map(({ id }) => id))
      return won.every(({ id }) => ids.has(id))
    })
    .sort((a, b) => a.deals.length - b.deals.length)[0]?.segment
}

/** What is asked of a repeatable play, but for reviews: accounts, sellers who do not lead, a record not worse than the rest. */
function wouldBeRepeatable(
  won: readonly Deal[],
  record: WinsAndLosses & { readonly tooFew: boolean },
  segment: Entity<'segment'> | undefined,
  { playbook, evidence }: LedgerReportInput,
): boolean {
  const { minAccounts, minSellers, minBaseline, minBetter } = playbook.settings.evidence
  const people = sellersOf(playbook)
  const bought = won.filter(({ id }) => !evidence.isFriends(id))
  const accounts = new Set(bought.map(({ accountGroup }) => accountGroup).filter((group) => group !== ''))
  const sellers = new Set(
    bought.flatMap(({ owner }) => {
      const person = people.get(owner)
      const leads = person?.data.role === 'founder' || person?.data.role === 'executive'
      return owner === '' || leads ? [] : [person?.id ?? owner]
    }),
  )
  if (record.tooFew || accounts.size < minAccounts || sellers.size < minSellers) return false
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
