/**
 * Reports a value that is not of the kind its field expects.
 *
 * That comp.yaml pays both sides is asked here too: it is a matter of one field, though only people's
 * pages can tell. So is a range over a column that playbook.yaml does not say is of numbers or dates.
 */
import type { Playbook } from '../../graph/playbook.ts'
import { typeOfColumn } from '../../ledger/column-types.ts'
import { boundOfOtherKind } from '../../ledger/compare.ts'
import { standsFor } from '../../model/person.ts'
import { rangeAt } from '../../page/data-node.ts'
import { shortened } from '../../source/visible.ts'
import { code } from '../citation/deal-in-words.ts'
import { defineRule, type RuleFinding } from '../define-rule.ts'
import { predicatesOf } from '../predicate/predicates.ts'
import { fieldProblems } from './field-problems.ts'

export const wrongField = defineRule({
  id: 'field/wrong',
  reads: ['playbook'],
  text: ({ text }: { readonly text: string }) => text,
  *check({ playbook }) {
    yield* fieldProblems('field/wrong', playbook)
    yield* unpaidSides(playbook)
    yield* boundsOfOtherKind(playbook)
  },
})

/** Bounds of predicates that nothing in their column can be compared with. */
function* boundsOfOtherKind(playbook: Playbook): Iterable<RuleFinding<{ readonly text: string }>> {
  const { ledger } = playbook.settings
  if (ledger === undefined) return
  for (const { file, predicate } of predicatesOf(playbook)) {
    for (const { column, condition } of predicate.clauses) {
      const type = typeOfColumn(column, ledger)
      const bound = boundOfOtherKind(condition, type)
      if (bound === undefined) continue
      yield {
        at: { file, range: bound.range },
        data: {
          text:
            type === 'text'
              ? `${code(column)} is a column of text, and \`min\` and \`max\` compare numbers and dates. Declare under \`ledger\` of playbook.yaml what it holds, \`types: { ${shortened(column)}: number }\` or \`date\`, or list the values.`
              : `${code(column)} holds ${type === 'number' ? 'numbers' : 'days'}, and ${code(bound.text)} is none. Write ${type === 'number' ? 'a number without grouping' : 'a day as `YYYY-MM-DD`'}.`,
        },
      }
    }
  }
}

/** The sides that comp.yaml leaves out. */
export function* unpaidSides(playbook: Playbook): Iterable<RuleFinding<{ readonly text: string }>> {
  const { compensation } = playbook
  const range = rangeAt(compensation?.node, ['participants'])
  if (
    compensation === undefined ||
    range === undefined ||
    compensation.problems.some(({ path }) => path[0] === 'participants')
  )
    return
  const roles = compensation.plan.participants.map(({ person }) => playbook.get('person', person)?.data.role)
  // Whoever is unknown may be of the side that seems to be missing.
  if (roles.includes(undefined)) return
  for (const side of ['sales', 'marketing'] as const) {
    if (roles.some((role) => role !== undefined && standsFor(side, role))) continue
    const text = `\`participants\` names nobody of ${side}. Add one: sales and marketing are paid on the same base.`
    yield { at: { file: compensation.path, range }, data: { text }, subject: `participants of ${side}` }
  }
}
