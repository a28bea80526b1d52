/** A market: a segment in a territory, and how far we have learned to sell there. */
import { z } from 'zod'
import { choice, common, day, listOf, predicate, reference, references, text, wholeNumber } from './fields.ts'

export const marketStages = ['discovery', 'validation', 'creation', 'building'] as const

export const marketSchema = z.strictObject({
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
  ...common,
})
