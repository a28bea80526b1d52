/** A play: a repeatable way to win one kind of deal. */
import { z } from 'zod'
import {
  choice,
  citations,
  common,
  confirmed,
  day,
  deal,
  listOf,
  owners,
  predicate,
  reference,
  references,
  text,
} from './fields.ts'
import { once } from './once.ts'

export const playStatuses = ['draft', 'trial', 'repeatable', 'proven', 'retired'] as const
export type PlayStatus = (typeof playStatuses)[number]

export const playSchema = once(() =>
  z.strictObject({
    title: text('the name of the play').describe('The name of the play as reps know it.'),
    status: choice(playStatuses).describe('How far the play has come; it may claim no more than its verdict.'),
    owners: owners().describe('One person of marketing and one of sales who answer for the play.'),
    segment: reference('segment').describe('The kind of customer the play is for.'),
    personas: references('persona').describe('The people it speaks to.'),
    markets: references('market').describe('The markets it is for; none means every market of its segment.'),
    competitors: references('competitor').describe('The competitors it is run against.'),
    messages: references('message').describe('The approved messages it uses.'),
    stage: text('a sales stage of playbook.yaml')
      .optional()
      .describe('The sales stage it is run in, as named in playbook.yaml.'),
    since: day().optional().describe('When the play was first run; older deals are then no record of it.'),
    until: day().optional().describe('By when a trial is promoted or retired. A draft with `until` is a hypothesis.'),
    match: predicate().optional().describe('Narrows the deals of the segment to those the play fits.'),
    hypothesis: z
      .strictObject({
        test: text('how you will find out').optional().describe('How the team will find out whether it is true.'),
        confirmedBy: listOf(deal(), 'a list of deal ids').describe('Deals that speak for it.'),
        refutedBy: listOf(deal(), 'a list of deal ids').describe('Deals that speak against it.'),
      })
      .optional()
      .describe('For a draft with `until`: what is being tested and what was found.'),
    history: listOf(
      z.strictObject({
        status: choice(playStatuses).describe('The status it had then.'),
        on: day().describe('Since when.'),
        why: text('the reason').optional().describe('Why it changed.'),
      }),
      'a list of `{ status, on, why }`',
    ).describe('The statuses the play had before.'),
    confirmed: confirmed(),
    evidence: citations().describe('The won deals that prove the play.'),
    ...common(),
  }),
)
