/**
 * Hands on what was found wrong while a page was read: the `file/*` rules say it, they do not look for it.
 */
import type { Playbook } from '../../graph/playbook.ts'
import type { PageRule } from '../../page/page.ts'
import type { RuleFinding } from '../define-rule.ts'

export function* pageProblems(rule: PageRule, playbook: Playbook): Iterable<RuleFinding<{ readonly text: string }>> {
  for (const { path, facts } of playbook.entities) {
    for (const problem of facts.problems) {
      if (problem.rule === rule) yield { at: { file: path, range: problem.range }, data: { text: problem.text } }
    }
  }
}
