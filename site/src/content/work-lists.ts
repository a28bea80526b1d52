/**
 * The health report as its page shows it: with links to the pages and people that the audience has.
 */
import type { AnyEntity } from '../../../src/model/entity.ts'
import { type HealthValue, type Work, workWords } from '../../../src/reports/health.ts'
import type { Duty, WorkList } from './page-types.ts'
import type { Shown } from './shown.ts'

export function workLists(shown: Shown, { owners }: HealthValue): WorkList[] {
  return owners.map(({ owner, counts, work }) => ({
    owner: owner === null ? undefined : shown.link('person', owner),
    kinds: Object.entries(workWords).flatMap(([kind, words]) => {
      const count = counts[kind as Work['kind']]
      return count === 0 ? [] : [{ words, count }]
    }),
    duties: work.map((each) => dutyOf(shown, each)),
  }))
}

function dutyOf(shown: Shown, { kind, severity, rule, text, file, line }: Work): Duty {
  const entity: AnyEntity | undefined = shown.playbook.atPath(file)
  return {
    kind: workWords[kind],
    severity,
    rule,
    text,
    page: entity !== undefined && shown.isVisible(entity) ? shown.namedLink(entity) : undefined,
    file,
    line,
  }
}
