/**
 * Reports a waiver whose last day has passed; what it waived is reported again.
 */
import { code } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'
import { waiversThatAre } from './judged-waivers.ts'

export const expiredWaiver = defineRule({
  id: 'waiver/expired',
  reads: ['playbook', 'waivers'],
  text: ({ rule, until }: { readonly rule: string; readonly until: string }) =>
    `This waiver of ${code(rule)} ended on ${until}, so it waives nothing. Repair what it was for and remove it, or agree on a later day.`,
  *check({ playbook, waivers }) {
    for (const { rule, until = '', at } of waiversThatAre('expired', { playbook, waivers }))
      yield { at, data: { rule, until } }
  },
})
