/** A market: a segment in a territory, and how far we have learned to sell there. */
import { z } from 'zod'
import { choice, common, day, listOf, predicate, reference, references, text, wholeNumber } from './fields.ts'
import { once } from './once.ts'

export const marketStages = ['discovery', 'validation', 'creation', 'building'] as const

export const marketSchema = once(() =>
  z.strictObject({
    title: text('the name of the market').describe('The name of the market.'),
    segment: reference('segment').describe('The kind of customer.'),
    territory: predicate().describe('Where: which deals of the segment, over ledger columns.'),
    stage: choice(marketStages).describe(
      "Steve Blank's customer development: still learning (`discovery`, `validation`) or graduated (`creation`, `building`).",
    ),
    since: day().describe('The day this stage began.'),
    seats: z
      .strictObject({
        learning: reference('person').optional().describe('Who learns what this market wants.'),
        selling: reference('person').optional().describe('Who sells.'),
      })
      .meta({ expects: '`{ learning: <person>, selling: <person> }`' })
      .describe('Who learns and who sells here.'),
    branchedFrom: reference('market').optional().describe('The graduated market this one was opened from.'),
    reps: references('person').describe('Reps who sell here.'),
    firstCustomers: wholeNumber('a whole number')
      .optional()
      .describe('How many first customers need a signed review here.'),
    history: listOf(
      z.strictObject({
        stage: choice(marketStages).describe('The stage it was in.'),
        on: day().describe('Since when.'),
        why: text('the reason').optional().describe('Why; needed for a step back.'),
      }),
      'a list of `{ stage, on, why }`',
    ).describe('The stages the market was in before.'),
    ...common(),
  }),
)

export type MarketStage = (typeof marketStages)[number]

/** What is known of the stages of a market, as far as its page can be read. */
interface Stages {
  readonly stage: MarketStage | undefined
  readonly since: string | undefined
  readonly history: readonly { readonly stage: MarketStage; readonly on: string; readonly why?: string | undefined }[]
}

/** The stages a market went through, in order; the present one is the last that is told of its first day. */
export function stagesOf({ stage, since, history }: Stages): Stages['history'] {
  const present = stage === undefined || since === undefined ? [] : [{ stage, on: since }]
  const before = history.filter((each) => present.length === 0 || each.on !== since || each.stage !== stage)
  const why = history.find((each) => each.on === since && each.stage === stage)?.why
  return [...before, ...present.map((each) => (why === undefined ? each : { ...each, why }))].sort((a, b) =>
    a.on < b.on ? -1 : a.on > b.on ? 1 : 0,
  )
}

/** The stage a market was in on a day; undefined before its first. */
export function stageOn(stages: Stages, day: string): MarketStage | undefined {
  return stagesOf(stages).findLast(({ on }) => on <= day)?.stage
}

/** Whether a market of this stage is still being learned. */
export function isSchool(stage: MarketStage): boolean {
  return stage === 'discovery' || stage === 'validation'
}
