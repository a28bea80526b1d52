/** Feedback: what a seller saw when using a play or message, and what marketing did about it. */
import { z } from 'zod'
import { choice, common, day, deal, reference, text } from './fields.ts'
import { once } from './once.ts'

export const feedbackSchema = once(() =>
  z.strictObject({
    on: z
      .string()
      .regex(/^(?:plays|messages|collateral)\/[^/]+$/)
      .meta({ expects: '`plays/<id>`, `messages/<id>` or `collateral/<id>`' })
      .describe('What it is about: `plays/<id>`, `messages/<id>` or `collateral/<id>`.'),
    by: reference('person').describe('Who was in the field.'),
    date: day().describe('When it was written.'),
    result: choice(['worked', 'changed', 'failed']).describe('What happened when it was used.'),
    deal: deal().optional().describe('The deal it was used in.'),
    answer: z
      .strictObject({
        by: reference('person').describe('Who answered.'),
        date: day().describe('When.'),
        action: text('what was done about it').describe('What was done about it.'),
      })
      .optional()
      .describe('What marketing did about it.'),
    ...common(),
  }),
)
