/** A competitor: the battlecard of a company we sell against. */
import { z } from 'zod'
import { common, confirmed, references, text } from './fields.ts'
import { once } from './once.ts'

export const competitorSchema = once(() =>
  z.strictObject({
    title: text('the name of the competitor').describe('The name of the competitor.'),
    ledgerName: text('the spelling of the ledger').optional().describe("How the ledger's competitor column spells it."),
    segments: references('segment').describe('Where we meet them.'),
    confirmed: confirmed(),
    ...common(),
  }),
)
