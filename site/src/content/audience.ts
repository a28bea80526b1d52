/**
 * The audience a build was asked for, as the command line hands it to the code that Astro runs.
 */
import { type Audience, audiences } from '../../../src/audience/audience.ts'

/** The audience named by `PLAYPROOF_AUDIENCE`; nothing means reps. */
export function wantedAudience(): Audience {
  const name = process.env.PLAYPROOF_AUDIENCE
  if (name === undefined || name === '') return 'reps'
  const found = audiences.find((audience) => audience === name)
  if (found === undefined) throw new Error(`There is no audience \`${name}\`: write reps, leaders or partners.`)
  return found
}
