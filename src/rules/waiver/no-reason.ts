/**
 * Reports a waiver that does not say why.
 */
import { code } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'
import { waiversThatAre } from './judged-waivers.ts'

export const waiverWithoutReason = defineRule({
  id: 'waiver/no-reason',
  reads: ['playbook', 'waivers'],
  text: ({ rule, inText }: { readonly rule: string; readonly inText: boolean }) => {
    const form = inText
      ? 'the reason after a colon, as in `<!-- playproof-ignore <rule>: <reason> -->`'
      : '`reason: <one sentence>`'
    return `This waiver of ${code(rule)} gives no reason, so it waives nothing. Write ${form}: whoever reads it later must know why.`
  },
  *check({ playbook, waivers }) {
    for (const { rule, at, comment } of waiversThatAre('no-reason', { playbook, waivers })) {
      yield { at, data: { rule, inText: comment !== undefined } }
    }
  },
})
