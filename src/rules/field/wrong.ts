/**
 * Reports a value that is not of the kind its field expects.
 *
 * That comp.yaml pays both sides is asked here too: it is a matter of one field, though only people's
 * pages can tell.
 */
import type { Playbook } from '../../graph/playbook.ts'
import { standsFor } from '../../model/person.ts'
import { rangeAt } from '../../page/data-node.ts'
import { defineRule, type RuleFinding } from '../define-rule.ts'
import { fieldProblems } from './field-problems.ts'

export const wrongField = defineRule({
  id: 'field/wrong',
  reads: ['playbook'],
  text: ({ text }: { readonly text: string }) => text,
  *check({ playbook }) {
    yield* fieldProblems('field/wrong', playbook)
    yield* unpaidSides(playbook)
  },
})

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
