/** A persona: a person on the buying side. */
import { z } from 'zod'
import { common, references, text, texts } from './fields.ts'
import { once } from './once.ts'

export const personaSchema = once(() =>
  z.strictObject({
    title: text('the name of the persona').describe('The role, as buyers call it.'),
    segments: references('segment').describe('The kinds of customer where this person decides.'),
    goals: texts('a list of sentences').describe('What the person wants.'),
    pains: texts('a list of sentences').describe('What stands in the way.'),
    ...common(),
  }),
)
