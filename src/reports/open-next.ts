/**
 * Where to open next: places in which a segment is bought and no market is, and which cookbook to bring along.
 *
 * A place is one value of a column by which markets are divided: the East, a product. Only a graduated market has a
 * cookbook: it may be branched to the same kind of customer in another place, or to another kind of customer where
 * its people already are.
 */
import { hasGraduated, playsFor } from '../evidence/markets.ts'
import { noRows, type Rows, shared } from '../evidence/select-rows.ts'
import { isRepeatable } from '../evidence/verdict.ts'
import type { Entity } from '../model/entity.ts'
import type { LedgerReportInput } from './report.ts'
import { type Tally, tallyOf } from './tally.ts'

/** One value of a column of the ledger: `territory`, `East`. */
export interface MarketPlace {
  readonly column: string
  readonly value: string
}

/** A segment in a place. */
export interface Ground extends MarketPlace, Tally {
  readonly segment: string
  /** Markets of the segment that hold at least half of its deals there. */
  readonly markets: readonly string[]
}

export interface Opening extends MarketPlace, Tally {
  readonly segment: string
  /** The graduated market to branch from. */
  readonly from: string
  /** What is the same as there: the kind of customer, or the place. */
  readonly same: 'segment' | 'place'
  /** Repeatable and proven plays to bring, with what became of the deals there that are in their records. */
  readonly plays: readonly { readonly id: string; readonly wins: number; readonly losses: number }[]
}

/** Fewer places than this many values make a map; more make a list nobody reads. */
const mostPlaces = 12

/** The places that markets name, and all others of the columns by which graduated markets are divided. */
export function marketPlaces(input: LedgerReportInput): MarketPlace[] {
  const { playbook, evidence } = input
  const named = playbook.of('market').flatMap((market) => placesNamed(market))
  const divided = new Set(
    playbook
      .of('market')
      .filter((market) => hasGraduated(market, playbook, evidence))
      .flatMap((market) => placesNamed(market).map(({ column }) => column)),
  )
  const sold = [...divided].flatMap((column) => valuesSold(column, input).map((value) => ({ column, value })))
  const known = new Map([...sold, ...named].map((place) => [`${place.column}\u0000${place.value}`, place]))
  return [...known.values()].sort(
    (a, b) => order(a.column, b.column, columnsByUse(named)) || (a.value < b.value ? -1 : 1),
  )
}

/** Every segment in every place where it has a market or a win; a segment that is itself a place is not divided by others. */
export function groundsOf(places: readonly MarketPlace[], input: LedgerReportInput, from: string): Ground[] {
  const { playbook, evidence } = input
  return playbook.of('segment').flatMap((segment) => {
    const own = new Set(segment.predicates.match?.clauses.map(({ column }) => column))
    const rows = evidence.segmentRows(segment.id)
    const markets = playbook
      .of('market')
      .filter(({ data }) => data.segment === segment.id)
      .map(({ id }) => ({ id, rows: evidence.marketRows(id) }))
    const columns = new Set(places.map(({ column }) => column))
    const byValue = new Map([...columns].map((column) => [column, evidence.byValue(rows, column)]))
    return places.flatMap((place): Ground[] => {
      const there = byValue.get(place.column)?.get(place.value) ?? noRows
      const holding = markets.filter((market) => holdsMost(there, market.rows))
      const tally = tallyOf(there, input, from)
      if (holding.length === 0 && (tally.wins === 0 || own.has(place.column))) return []
      return [{ segment: segment.id, ...place, markets: holding.map(({ id }) => id), ...tally }]
    })
  })
}

/** A market for one product in the West has not opened the West. */
function holdsMost(there: Rows, held: Rows): boolean {
  const inside = shared(there, held).length
  return inside > 0 && inside * 2 >= there.length
}

/** The grounds with wins and without a market that a graduated one could be branched to, the best first. */
export function openingsOn(grounds: readonly Ground[], input: LedgerReportInput): Opening[] {
  const { playbook, evidence } = input
  const graduated = playbook.of('market').filter((market) => hasGraduated(market, playbook, evidence))
  return grounds
    .filter(({ wins, markets }) => wins > 0 && markets.length === 0)
    .flatMap((ground): Opening[] => {
      const parent =
        graduated.find((market) => market.data.segment === ground.segment && isDividedBy(market, ground.column)) ??
        graduated.find((market) => placesNamed(market).some((place) => isSame(place, ground)))
      if (parent === undefined) return []
      const { markets: _, ...figures } = ground
      const same = parent.data.segment === ground.segment ? 'segment' : 'place'
      const plays = cookbookFor(ground, parent, input)
      // Without a play that may be repeated there is nothing to bring along.
      return plays.length === 0 ? [] : [{ ...figures, from: parent.id, same, plays }]
    })
    .sort(
      (a, b) =>
        Number(b.same === 'segment') - Number(a.same === 'segment') ||
        winsByPlay(b) - winsByPlay(a) ||
        b.wins - a.wins ||
        (a.segment < b.segment ? -1 : 1),
    )
}

/** The plays for the parent that suit the segment, else the segment's own; only those that may be repeated. */
function cookbookFor(
  ground: Ground,
  parent: Entity<'market'>,
  { playbook, evidence }: LedgerReportInput,
): Opening['plays'] {
  const own = playbook.of('play').filter(({ data }) => data.segment === ground.segment && data.status !== 'retired')
  const brought = playsFor(parent, playbook).filter(({ data }) => data.segment === ground.segment)
  const verdicts = new Map(evidence.plays.map(({ id, verdict }) => [id, verdict]))
  return (brought.length > 0 ? brought : own)
    .filter(({ id, data }) => data.status !== 'draft' && isRepeatable(verdicts.get(id) ?? 'unproven'))
    .map(({ id }) => {
      const there = evidence.byValue(evidence.recordRows(id), ground.column).get(ground.value) ?? noRows
      const { wins, losses } = evidence.counts(there, '')
      return { id, wins, losses }
    })
    .sort((a, b) => b.wins - a.wins || (a.id < b.id ? -1 : 1))
}

/** The places that a market's territory is made of, where it is made of places at all. */
function placesNamed(market: Entity<'market'>): MarketPlace[] {
  const clauses = market.predicates.territory?.clauses ?? []
  const [clause] = clauses
  if (clause === undefined || clauses.length > 1 || clause.condition.kind !== 'any') return []
  return clause.condition.values.flatMap(({ value, text }) =>
    value === null ? [] : [{ column: clause.column, value: text }],
  )
}

function isDividedBy(market: Entity<'market'>, by: string): boolean {
  return placesNamed(market).some(({ column }) => column === by)
}

/** The values under which most was won, in no more than a map can show. */
function valuesSold(column: string, { evidence }: LedgerReportInput): string[] {
  return [...evidence.winsByValue(column)]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, mostPlaces)
    .map(([value]) => value)
}

function columnsByUse(places: readonly MarketPlace[]): readonly string[] {
  const uses = Map.groupBy(places, ({ column }) => column)
  return [...uses.keys()].sort((a, b) => (uses.get(b)?.length ?? 0) - (uses.get(a)?.length ?? 0) || (a < b ? -1 : 1))
}

function order(a: string, b: string, columns: readonly string[]): number {
  return columns.indexOf(a) - columns.indexOf(b)
}

function isSame(a: MarketPlace, b: MarketPlace): boolean {
  return a.column === b.column && a.value === b.value
}

function winsByPlay({ plays }: Opening): number {
  return plays.reduce((sum, { wins }) => sum + wins, 0)
}
