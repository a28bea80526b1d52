/**
 * Reports a waiver that waives nothing: what it was for is repaired, or it never held.
 */
import { isRuleId, ruleIds } from '../../model/rule-ids.ts'
import { nearest } from '../../source/nearest.ts'
import { code } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'
import { waiversThatAre } from './judged-waivers.ts'

interface Data {
  readonly rule: string
  /** Undefined where the rule's id is right. */
  readonly unknown: { readonly near: string | undefined } | undefined
  readonly off: boolean
  readonly inText: boolean
}

export const unusedWaiver = defineRule({
  id: 'waiver/unused',
  reads: ['playbook', 'waivers'],
  text: ({ rule, unknown, off, inText }: Data) => {
    if (unknown !== undefined) {
      const what =
        unknown.near === undefined
          ? 'Name the rule as the finding does, or remove the waiver.'
          : `Did you mean ${code(unknown.near)}?`
      return `There is no rule ${code(rule)}, so this waives nothing. ${what}`
    }
    if (off) return `${code(rule)} is off in playbook.yaml, so there is nothing to waive. Remove the waiver.`
    const where = inText ? 'here or on the next line' : 'on this page'
    return `${code(rule)} finds nothing ${where}, so there is nothing to waive. Remove the waiver, before it hides something new.`
  },
  *check({ playbook, waivers }) {
    for (const { rule, at, page, comment } of waiversThatAre('unused', { playbook, waivers })) {
      const unknown = isRuleId(rule) ? undefined : { near: nearest(rule, ruleIds) }
      const data: Data = {
        rule,
        unknown,
        off: isRuleId(rule) && playbook.settings.rules[rule] === 'off',
        inText: comment !== undefined,
      }
      const edits = comment === undefined ? [] : [{ file: page.path, range: comment.line, newText: '' }]
      yield {
        at,
        data,
        fixes: edits.length === 0 || unknown?.near !== undefined ? [] : [{ title: 'Remove the waiver', edits }],
      }
    }
  },
})
