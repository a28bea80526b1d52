/**
 * Hands on what was found wrong with fields, of pages and of the two settings files, with its repair.
 */
import type { Playbook } from '../../graph/playbook.ts'
import type { FieldProblem } from '../../model/validate.ts'
import type { RuleFinding } from '../define-rule.ts'

type Found = RuleFinding<{ readonly text: string }>

export function* fieldProblems(rule: FieldProblem['rule'], playbook: Playbook): Iterable<Found> {
  const { settingsFile, compensation, entities } = playbook
  for (const page of [settingsFile, ...(compensation === undefined ? [] : [compensation]), ...entities]) {
    for (const problem of page.problems) if (problem.rule === rule) yield found(page.path, problem)
  }
}

function found(file: string, { path, range, text, replacement }: FieldProblem): Found {
  const fixes =
    replacement === undefined
      ? []
      : [{ title: replacement.title, edits: [{ file, range, newText: replacement.newText }] }]
  // Several fields may be missing at one place, so the field's name is what tells findings apart.
  return {
    at: { file, range },
    data: { text },
    subject: path.filter((part) => typeof part === 'string').join('.'),
    fixes,
  }
}
