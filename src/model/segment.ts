/** A segment: the kind of customer a play is for, as a predicate over ledger columns. */
import { z } from 'zod'
import { common, predicate, text } from './fields.ts'
import { once } from './once.ts'

export const segmentSchema = once(() =>
  z.strictObject({
    title: text('the name of the segment').describe('The name of the segment.'),
    match: predicate().describe('Which deals of the ledger belong to it.'),
    description: text('a sentence').optional().describe('Who these customers are, in a sentence.'),
    ...common(),
  }),
)
