/**
 * Pages that nobody can read, and what they may say.
 *
 * One cause, one finding: a rule that would conclude something from the silence of such a page waits until it can be
 * read, which is reported there.
 */
import type { CitationEvidence } from '../evidence/evidence.ts'
import type { Playbook } from '../graph/playbook.ts'
import type { AnyEntity } from '../model/entity.ts'
import type { EntityType } from '../model/entity-types.ts'
import { onceFor } from '../model/once.ts'
import type { RuleInputs } from './define-rule.ts'

/** Whether a page that cannot be read, of one of these types, may name one of `names`: its text has it, or cannot be had. */
export function mayBeNamed(
  names: readonly string[],
  types: readonly EntityType[],
  { playbook, textOf }: Pick<RuleInputs, 'playbook' | 'textOf'>,
): boolean {
  return unreadIn(playbook).some(({ type, path, facts }) => {
    if (!types.includes(type)) return false
    const text = textOf(path)
    const cut = text === '' || facts.problems.some(({ rule }) => rule === 'file/encoding')
    return cut || names.some((name) => text.includes(name))
  })
}

/** Looked for once: thousands of names may be asked about. */
const unreadIn = onceFor((playbook: Playbook): readonly AnyEntity[] =>
  playbook.entities.filter(({ facts }) => facts.data === undefined),
)

/** Whether a cited deal has no review only because the page that goes by its name cannot be read. */
export function awaitsReview({ deal, reasons }: CitationEvidence, playbook: Playbook): boolean {
  return reasons.includes('no-review') && hasUnreadReview(deal, playbook)
}

export function hasUnreadReview(deal: string, playbook: Playbook): boolean {
  const review = playbook.get('review', deal)
  return review !== undefined && review.data.deal === undefined
}
