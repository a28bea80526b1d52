/** Collateral: a deck or document in use, and the messages it must carry. */
import { z } from 'zod'
import { choice, common, reference, text } from './fields.ts'
import { once } from './once.ts'

export const collateralSchema = once(() =>
  z.strictObject({
    title: text('the name of the document').describe('The name of the document.'),
    file: text('a file under `decks/`').describe('The file under `decks/`.'),
    messages: z
      .array(reference('message'))
      .meta({ expects: 'a list of message ids' })
      .describe('The messages it must carry.'),
    owner: reference('person').optional().describe('Who answers for it.'),
    status: choice(['current', 'retired'])
      .optional()
      .describe('Whether it is in use: `current` (the default) or `retired`.'),
    ...common(),
  }),
)
