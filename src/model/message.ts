/** A message: an approved claim and its wordings. */
import { z } from 'zod'
import { choice, citations, common, confirmed, owners, references, text } from './fields.ts'
import { once } from './once.ts'

const messageStatuses = ['draft', 'approved', 'retired'] as const

export const messageSchema = once(() =>
  z.strictObject({
    title: text('the name of the message').describe('The name of the message.'),
    status: choice(messageStatuses).describe('Whether it may be used.'),
    pillar: text('the pillar of the message house').describe('The pillar of the message house it belongs to.'),
    claim: text('the claim, in one sentence').describe('The canonical sentence.'),
    owners: owners().describe('One person of marketing and one of sales who answer for it.'),
    personas: references('persona').describe('Whom it is said to.'),
    segments: references('segment').describe('The kinds of customer it is true for; none means all.'),
    replaces: references('message').describe('Messages that this one retires.'),
    proof: choice(['deals', 'product'])
      .optional()
      .describe('What proves it: won `deals` (the default) or the `product` itself.'),
    source: text('a link to what proves it')
      .optional()
      .describe('With `proof: product`: a link to what proves the claim.'),
    confirmed: confirmed(),
    evidence: citations().describe('The won deals that prove the claim.'),
    ...common(),
  }),
)
