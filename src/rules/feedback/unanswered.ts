/**
 * Reports feedback from the field that nobody has answered in time.
 *
 * A week late is a warning, twice that an error. An answer that came late is no finding any more, and what was said
 * about a page that has been taken out of use needs none.
 */
import type { Playbook } from '../../graph/playbook.ts'
import { dayFromNumber, dayNumber } from '../../model/dates.ts'
import { type AnyEntity, type Entity, isRetired, placeOf } from '../../model/entity.ts'
import { shortened } from '../../source/visible.ts'
import { code, counted } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'

interface Data {
  /** `plays/finance` */
  readonly on: string
  readonly author: string
  readonly days: number
  readonly due: string
  /** Who owes the answer: `Mia Sand`; undefined where the page names nobody. */
  readonly owner: { readonly name: string; readonly id: string } | undefined
}

export const unansweredFeedback = defineRule({
  id: 'feedback/unanswered',
  reads: ['playbook', 'asOf'],
  text: ({ on, author, days, due, owner }: Data) => {
    const whose =
      owner === undefined
        ? 'Nobody owns that page for marketing yet: name somebody there, who then writes'
        : `The answer is ${shortened(owner.name)}’s (${code(owner.id)}): write`
    return `What ${shortened(author)} saw with ${code(on)} has waited ${counted(days, 'day')} for an answer; it was due on ${due}. ${whose} \`answer: { by, date, action }\`, also where nothing is going to change.`
  },
  *check({ playbook, asOf }) {
    const { answerDays } = playbook.settings.evidence
    for (const note of playbook.of('feedback')) {
      const { on, by, answer } = note.data
      const waiting = waitingSince(note, playbook, asOf)
      if (waiting === undefined || on === undefined || answer !== undefined || note.invalid.has('answer')) continue
      const { target, days, due } = waiting
      if (isRetired(target) || days <= answerDays) continue
      const owner = ownerOf(target, playbook)
      const author = playbook.get('person', by)?.data.name ?? by ?? 'somebody'
      yield {
        at: placeOf(note, 'date'),
        data: { on, author, days, due, owner: owner?.person },
        related: owner === undefined ? [] : [{ at: owner.at, text: 'Who owns the page for marketing.' }],
        severity: days > 2 * answerDays ? 'error' : 'warn',
      }
    }
  },
})

/** What a note is on, how long it has been there, and the last day for an answer. */
export interface Waiting {
  readonly target: AnyEntity
  readonly days: number
  /** `YYYY-MM-DD` */
  readonly due: string
}

/** Undefined where the note has no day, or the page it is on is not there. */
export function waitingSince(note: Entity<'feedback'>, playbook: Playbook, asOf: string): Waiting | undefined {
  const { date } = note.data
  const target = targetOf(note, playbook)
  if (date === undefined || target === undefined) return undefined
  const written = dayNumber(date)
  return {
    target,
    days: dayNumber(asOf) - written,
    due: dayFromNumber(written + playbook.settings.evidence.answerDays),
  }
}

/** What the feedback is on; undefined where no such page is there, which `reference/unknown` says. */
export function targetOf(note: Entity<'feedback'>, playbook: Playbook): AnyEntity | undefined {
  const reference = note.references.find(({ path }) => path.length === 1 && path[0] === 'on')
  return reference === undefined ? undefined : (playbook.get(reference.type, reference.id) as AnyEntity | undefined)
}

/** Who owes an answer to what is said about a page: its owner for marketing. */
export function answererOf(target: AnyEntity): string | undefined {
  if (target.type === 'play' || target.type === 'message') return target.data.owners?.marketing
  return target.type === 'collateral' ? target.data.owner : undefined
}

function ownerOf(target: AnyEntity, playbook: Playbook) {
  const id = answererOf(target)
  if (id === undefined) return undefined
  const name = playbook.get('person', id)?.data.name ?? id
  const at = target.type === 'collateral' ? placeOf(target, 'owner') : placeOf(target, 'owners', 'marketing')
  return { person: { name, id }, at }
}
