/**
 * Reports a page whose fields cannot be read: no frontmatter, an unclosed one, or YAML that is broken.
 *
 * A field that can be read and is wrong is for `field/*`.
 */
import { defineRule } from '../define-rule.ts'
import { pageProblems } from './page-problems.ts'

export const unreadableFrontmatter = defineRule({
  id: 'file/frontmatter',
  reads: ['playbook'],
  text: ({ text }: { readonly text: string }) => text,
  check: ({ playbook }) => pageProblems('file/frontmatter', playbook),
})
