/**
 * Reports a page that is too large, too deeply nested or too full of links to be read in bounded time.
 *
 * Frontmatter with too many fields or aliases is `file/frontmatter`.
 */
import { defineRule } from '../define-rule.ts'
import { pageProblems } from './page-problems.ts'

export const tooLargeFile = defineRule({
  id: 'file/too-large',
  reads: ['playbook'],
  text: ({ text }: { readonly text: string }) => text,
  check: ({ playbook }) => pageProblems('file/too-large', playbook),
})
