/**
 * Every predicate of a playbook with the file it stands in: `match`, `territory`, and `counts` of playbook.yaml.
 *
 * One with a field problem is left to that: what is left of it may not be what was meant.
 */
import type { Playbook } from '../../graph/playbook.ts'
import { type Predicate, parsePredicate } from '../../model/predicate.ts'
import { nodeAt } from '../../page/data-node.ts'

export interface PlacedPredicate {
  readonly file: string
  /** `match` */
  readonly field: string
  readonly predicate: Predicate
}

export function* predicatesOf(playbook: Playbook): Iterable<PlacedPredicate> {
  for (const entity of playbook.entities) {
    for (const [field, predicate] of Object.entries(entity.predicates)) {
      if (!entity.invalid.has(field)) yield { file: entity.path, field, predicate }
    }
  }
  // From the file and not from the settings: those may be the base commit's, whose places are elsewhere.
  const { path, node, problems } = playbook.settingsFile
  const counts = nodeAt(node, ['evidence', 'counts'])
  const broken = problems.some((problem) => problem.path[0] === 'evidence' && problem.path[1] === 'counts')
  if (counts !== undefined && !broken)
    yield { file: path, field: 'counts', predicate: parsePredicate(counts).predicate }
}
