/**
 * Reports a waiver without a last day where one is required: what is an error may be waived for a time only.
 */
import { code } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'
import { waiversThatAre } from './judged-waivers.ts'

interface Data {
  readonly rule: string
  /** What stands where a day belongs. */
  readonly until: string | undefined
  readonly inText: boolean
}

export const openEndedWaiver = defineRule({
  id: 'waiver/open-ended',
  reads: ['playbook', 'waivers'],
  text: ({ rule, until, inText }: Data) => {
    const form = inText ? `\`${rule} until YYYY-MM-DD: <reason>\`` : '`until: YYYY-MM-DD`'
    if (until !== undefined)
      return `This waiver of ${code(rule)} ends on no day, because ${code(until)} is none, so it waives nothing. Write ${form}.`
    return `${code(rule)} is an error, and this waiver of it has no last day, so it waives nothing. Write ${form}.`
  },
  *check({ playbook, waivers }) {
    for (const { rule, until, at, comment } of waiversThatAre('open-ended', { playbook, waivers })) {
      yield { at, data: { rule, until, inText: comment !== undefined } }
    }
  },
})
