/**
 * Reports a required field that is not there.
 *
 * What has a rule of its own, such as owners and evidence, is left to that.
 */
import { defineRule } from '../define-rule.ts'
import { fieldProblems } from './field-problems.ts'

export const missingField = defineRule({
  id: 'field/missing',
  reads: ['playbook'],
  text: ({ text }: { readonly text: string }) => text,
  check: ({ playbook }) => fieldProblems('field/missing', playbook),
})
