/**
 * Markets: which deals lie in one, and whether one has graduated.
 *
 * A deal is in a market when it matches the segment and the territory; several markets may hold it. The stage a market
 * was in is told by its page and asked for with {@link stageOn}.
 */
import type { Playbook } from '../graph/playbook.ts'
import type { Deal } from '../ledger/ledger.ts'
import type { Entity } from '../model/entity.ts'
import { isSchool, stageOn } from '../model/market.ts'
import type { Predicate } from '../model/predicate.ts'
import { type DealTable, state, stateOn } from './deal-table.ts'
import type { Evidence, MarketEvidence } from './evidence.ts'
import type { EvidenceInput, MarketInput } from './evidence-input.ts'
import { keep, type Rows, type SelectedRows } from './select-rows.ts'
import { isRepeatable } from './verdict.ts'

/** What has to be asked of the ledger about the markets: each lies within its segment. */
export function marketQuestions({
  markets,
  segments,
}: Pick<EvidenceInput, 'markets' | 'segments'>): (readonly Predicate[])[] {
  return markets.flatMap((market) => {
    const within = segments.find(({ id }) => id === market.segment)?.match
    return within === undefined ? [] : [[within, market.territory]]
  })
}

/** The markets whose deals can be told, by id: deals that exist on the day, count and are not void. */
export function marketEvidence(
  table: DealTable,
  { markets, segments }: Pick<EvidenceInput, 'markets' | 'segments'>,
  selected: SelectedRows,
  today: number,
): MarketEvidence[] {
  return [...markets].sort(byId).flatMap((market) => {
    const rows = marketRows(market, segments, selected)
    if (rows === undefined) return []
    let deals: readonly Deal[] | undefined
    return [
      {
        id: market.id,
        // A market may hold a tenth of a large ledger, and hardly any rule looks at its deals.
        get deals() {
          deals ??= Array.from(existing(table, rows, today), (row) => table.deal(row))
          return deals
        },
      },
    ]
  })
}

/** Every deal of a market, of any day; undefined where nobody can tell. */
export function marketRows(
  market: MarketInput,
  segments: EvidenceInput['segments'],
  selected: SelectedRows,
): Rows | undefined {
  const match = segments.find(({ id }) => id === market.segment)?.match
  return match === undefined ? undefined : selected([match, market.territory])
}

/** The deals among these rows that exist on the day, count and are not void. */
export function existing(table: DealTable, rows: Rows, today: number): Rows {
  return keep(rows, (row) => table.counted[row] === 1 && stateOn(table, row, today) <= state.open)
}

/** The plays in use that are for a market: those that name it, and those of its segment that name none. */
export function playsFor(market: Entity<'market'>, playbook: Playbook): Entity<'play'>[] {
  return playbook.of('play').filter(({ data: { status, markets, segment } }) => {
    if (status === 'draft' || status === 'retired') return false
    return markets.length > 0 ? markets.includes(market.id) : segment !== undefined && segment === market.data.segment
  })
}

/** Whether a market is past school on the day of the evidence, and a play for it is repeatable or proven. */
export function hasGraduated(market: Entity<'market'>, playbook: Playbook, evidence: Evidence): boolean {
  const stage = stageOn(market.data, evidence.asOf)
  if (stage === undefined || isSchool(stage)) return false
  const verdicts = new Map(evidence.plays.map(({ id, verdict }) => [id, verdict]))
  return playsFor(market, playbook).some(({ id }) => isRepeatable(verdicts.get(id) ?? 'unproven'))
}

function byId(a: MarketInput, b: MarketInput): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
