/**
 * Reports reps in a market that is still being learned, and a step back that nobody explains.
 *
 * A rep is there by being listed under `reps`, by holding the selling seat, or by owning a deal that was created while
 * the market was in `discovery` or `validation`. Deals older than the record looks back are forgiven: it was long ago.
 */
import type { Deal } from '../../ledger/ledger.ts'
import { monthsBefore } from '../../model/dates.ts'
import { type Entity, placeOf } from '../../model/entity.ts'
import { isSchool, type MarketStage, marketStages, stageOn, stagesOf } from '../../model/market.ts'
import { nodeAt } from '../../page/data-node.ts'
import type { Place } from '../../source/text.ts'
import { shortened } from '../../source/visible.ts'
import { rowOf } from '../citation/cited.ts'
import { counted } from '../citation/deal-in-words.ts'
import { defineRule, type RuleFinding, type RuleInputs } from '../define-rule.ts'
import { nameOf, sellersOf } from './sellers.ts'

interface RepThere {
  readonly kind: 'rep'
  readonly title: string
  readonly name: string
  /** The stage, where the market is still in school and the rep is placed there. */
  readonly placed: MarketStage | undefined
  readonly deals: readonly Deal[]
  readonly asOf: string
  /** Who holds the selling seat, if that is somebody else. */
  readonly seller: string | undefined
}

interface StepBack {
  readonly kind: 'step-back'
  readonly title: string
  readonly from: MarketStage
  readonly to: MarketStage
  readonly on: string
}

type Data = RepThere | StepBack

export const flipFlopSeat = defineRule({
  id: 'seat/flip-flop',
  reads: ['playbook', 'asOf', 'evidence'],
  text: (data: Data) => (data.kind === 'rep' ? repInWords(data) : stepInWords(data)),
  *check(inputs) {
    for (const market of inputs.playbook.of('market')) {
      if (['stage', 'since', 'history'].some((field) => market.invalid.has(field))) continue
      yield* repsIn(market, inputs)
      yield* stepsBack(market, inputs)
    }
  },
})

type Inputs = Pick<RuleInputs, 'playbook' | 'asOf' | 'evidence'>

function* repsIn(market: Entity<'market'>, inputs: Inputs): Iterable<RuleFinding<Data>> {
  const { playbook, asOf } = inputs
  const { title = market.id, seats, reps } = market.data
  const stage = stageOn(market.data, asOf)
  const placed = stage !== undefined && isSchool(stage) ? stage : undefined
  const listedReps = market.invalid.has('reps') || placed === undefined ? [] : reps
  const seated =
    market.invalid.has('seats') || placed === undefined || seats?.selling === undefined ? [] : [seats.selling]
  const deals = Map.groupBy(schoolDeals(market, inputs), ({ rep }) => rep)
  for (const id of new Set([...listedReps, ...seated, ...deals.keys()])) {
    const person = playbook.get('person', id)
    if (person?.data.role !== 'rep') continue
    const index = market.invalid.has('reps') ? -1 : reps.indexOf(id)
    const seller = playbook.get('person', seats?.selling)
    const isPlaced = listedReps.includes(id) || seated.includes(id)
    const own = deals.get(id)?.map(({ deal }) => deal) ?? []
    yield {
      at:
        index >= 0
          ? repPlace(market, id)
          : seated.includes(id)
            ? placeOf(market, 'seats', 'selling')
            : placeOf(market, 'stage'),
      subject: id,
      data: {
        kind: 'rep',
        title,
        name: nameOf(person),
        placed: isPlaced ? placed : undefined,
        deals: own,
        asOf,
        seller: seller === undefined || seller.id === id || seller.data.role === 'rep' ? undefined : nameOf(seller),
      },
      related: own.map(rowOf),
    }
  }
}

/** Deals of reps in the market that were created while it was in school. */
function schoolDeals(market: Entity<'market'>, { playbook, asOf, evidence }: Inputs): { rep: string; deal: Deal }[] {
  const deals = evidence.markets.find(({ id }) => id === market.id)?.deals ?? []
  if (deals.length === 0 || !stagesOf(market.data).some(({ stage }) => isSchool(stage))) return []
  const sellers = sellersOf(playbook)
  const longAgo = monthsBefore(asOf, playbook.settings.evidence.windowMonths)
  return deals.flatMap((deal) => {
    const seller = sellers.get(deal.owner)
    if (seller?.data.role !== 'rep' || deal.created === null || deal.created < longAgo) return []
    const then = stageOn(market.data, deal.created)
    return then !== undefined && isSchool(then) ? [{ rep: seller.id, deal }] : []
  })
}

/** The id as written in `reps`. */
function repPlace(market: Entity<'market'>, id: string): Place {
  const found = market.references.find(
    ({ type, path, id: named }) => type === 'person' && path[0] === 'reps' && named === id,
  )
  return found === undefined ? placeOf(market, 'stage') : { file: market.path, range: found.range }
}

function* stepsBack(market: Entity<'market'>, { asOf }: Inputs): Iterable<RuleFinding<Data>> {
  const { title = market.id, history, stage, since } = market.data
  const stages = stagesOf(market.data).filter(({ on }) => on <= asOf)
  for (const [index, { stage: to, on, why }] of stages.entries()) {
    const from = stages[index - 1]?.stage
    if (from === undefined || rank(to) >= rank(from) || (why ?? '').trim() !== '') continue
    const entry = history.findIndex((each) => each.on === on && each.stage === to)
    const isPresent = on === since && to === stage
    const at =
      isPresent || nodeAt(market.node, ['history', entry]) === undefined
        ? placeOf(market, 'stage')
        : placeOf(market, 'history', entry, 'stage')
    yield { at, subject: `${to} ${on}`, data: { kind: 'step-back', title, from, to, on } }
  }
}

function rank(stage: MarketStage): number {
  return marketStages.indexOf(stage)
}

function repInWords({ title, name, placed, deals, asOf, seller }: RepThere): string {
  const place = placed === undefined ? [] : [`is placed in “${shortened(title)}”, which is still in \`${placed}\``]
  const sold =
    deals.length === 0
      ? []
      : placed === undefined
        ? [`took up ${dealsInWords(deals, asOf)} in “${shortened(title)}” while the market was still being learned`]
        : [`took up ${dealsInWords(deals, asOf)} there`]
  const remedy =
    seller === undefined
      ? 'Let a founder, an executive or somebody of product sell there until its first play is repeatable'
      : `Until its first play is repeatable, ${shortened(seller)} sells there: hand such a deal over and join the call`
  const taken = placed === undefined ? '' : ', and take the rep out of the market'
  return `${shortened(name)} ${[...place, ...sold].join(', and ')}. What a rep sells early is good money and teaches nothing that others could repeat. ${remedy}${taken}.`
}

/** `3 deals (1 won, 2 open)` */
function dealsInWords(deals: readonly Deal[], asOf: string): string {
  const outcomes = Map.groupBy(deals, ({ outcome, closed }) => (closed === null || closed > asOf ? 'open' : outcome))
  const parts = (['won', 'lost', 'open'] as const).flatMap((outcome) => {
    const count = outcomes.get(outcome)?.length ?? 0
    return count === 0 ? [] : [`${count} ${outcome}`]
  })
  return `${counted(deals.length, 'deal')} (${parts.join(', ')})`
}

function stepInWords({ title, from, to, on }: StepBack): string {
  return `On ${on} “${shortened(title)}” went back from \`${from}\` to \`${to}\`, and nobody says why. To go back is no shame, but the next market should know the reason: write it as \`{ stage: ${to}, on: ${on}, why: … }\` under \`history\`.`
}
