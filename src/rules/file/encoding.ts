/**
 * Reports a file that is no UTF-8 text.
 *
 * Where the bytes stop making sense was found while the file was read; nothing else is said about it.
 */
import { defineRule } from '../define-rule.ts'
import { pageProblems } from './page-problems.ts'

export const encodingOfFile = defineRule({
  id: 'file/encoding',
  reads: ['playbook'],
  text: ({ text }: { readonly text: string }) => text,
  check: ({ playbook }) => pageProblems('file/encoding', playbook),
})
