/**
 * Reports a field that nobody knows, with the nearest name that somebody does.
 */
import { defineRule } from '../define-rule.ts'
import { fieldProblems } from './field-problems.ts'

export const unknownField = defineRule({
  id: 'field/unknown',
  reads: ['playbook'],
  text: ({ text }: { readonly text: string }) => text,
  check: ({ playbook }) => fieldProblems('field/unknown', playbook),
})
