/** A review: the story of one deal, agreed by sales and marketing. */
import { z } from 'zod'
import { anyText, choice, common, day, deal, reference, references } from './fields.ts'
import { once } from './once.ts'

const relationships = ['none', 'existing-customer', 'friend', 'family', 'investor', 'former-colleague'] as const

/** The section of a review that the next seller reads. */
export const learnedSection = 'What we learned'

/** The section of a review that says why the deal ended as it did, by its outcome. */
export const whySection = { won: 'Why we won', lost: 'Why we lost' } as const

export const reviewSchema = once(() =>
  z.strictObject({
    deal: deal().describe('The deal, by its id in the ledger.'),
    outcome: choice(['won', 'lost']).describe('How it ended.'),
    compellingEvent: anyText('why the buyer had to act and by when, or `""` if there was none').describe(
      'Why the buyer had to act, and by when; the empty text says honestly that there was none.',
    ),
    relationship: choice(relationships).describe('What tied the buyer to us before.'),
    plays: references('play').describe('The plays that were run.'),
    messages: references('message').describe('The messages that were used.'),
    competitors: references('competitor').describe('Whom we met.'),
    naming: choice(['internal', 'partner', 'public'])
      .optional()
      .describe('Where the customer may be named: `internal` (the default), `partner` or `public`.'),
    reviewers: z
      .strictObject({
        sales: reference('person').optional().meta({ ownRule: true }).describe('Who signed for sales.'),
        marketing: reference('person').optional().meta({ ownRule: true }).describe('Who signed for marketing.'),
      })
      .meta({ expects: '`{ sales: <person>, marketing: <person> }`' })
      .describe('Who agreed on the story: one of sales, one of marketing.'),
    date: day().describe('When they agreed.'),
    amount: amount().optional().describe('The amount; then checked against the ledger.'),
    closed: day().optional().describe('The day it closed; then checked against the ledger.'),
    ...common(),
  }),
)

function amount() {
  return z.number().meta({ expects: 'a number, without currency or thousands separators' })
}
