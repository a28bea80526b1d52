/**
 * Reports a required section under whose heading nothing is written.
 *
 * A section that is not there at all is `section/missing`.
 */
import { shortened } from '../../source/visible.ts'
import { defineRule } from '../define-rule.ts'
import { requiredSections } from './required-sections.ts'

export const emptySection = defineRule({
  id: 'section/empty',
  reads: ['playbook'],
  text: ({ name }: { readonly name: string }) =>
    `Nothing is written under “${shortened(name)}”. Write it, even if it is one sentence: a reader who comes here for it finds a blank.`,
  *check({ playbook }) {
    for (const { page, name, headings } of requiredSections(playbook)) {
      for (const { empty, range } of headings) if (empty) yield { at: { file: page.path, range }, data: { name } }
    }
  },
})
