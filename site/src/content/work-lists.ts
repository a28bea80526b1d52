/**
 * Findings as work: on the list of everybody who owns the page.
 *
 * A page is owned by both sides together, so what is wrong with it stands on both lists.
 */
import type { AnyEntity } from '../../../src/model/entity.ts'
import type { EntityType } from '../../../src/model/entity-types.ts'
import type { Severity } from '../../../src/model/rule-ids.ts'
import type { Duty, PageLink, WorkList } from './page-types.ts'
import type { Shown } from './shown.ts'

export function workLists(shown: Shown): WorkList[] {
  const lists = new Map<string, { owner: PageLink | undefined; duties: Duty[] }>()
  for (const finding of shown.reading.findings) {
    const entity = shown.playbook.atPath(finding.file)
    const duty: Duty = {
      severity: finding.severity,
      rule: finding.rule,
      text: finding.text,
      page: entity !== undefined && shown.isVisible(entity) ? shown.namedLink(entity) : undefined,
      file: finding.file,
      line: finding.range.start.line,
    }
    const owners = entity === undefined ? [] : ownersOf(shown, entity)
    for (const owner of owners.length === 0 ? [undefined] : owners) {
      const key = owner?.href ?? ''
      const list = lists.get(key) ?? { owner, duties: [] }
      list.duties.push(duty)
      lists.set(key, list)
    }
  }
  for (const { duties } of lists.values()) duties.sort((a, b) => weight[a.severity] - weight[b.severity])
  return [...lists.values()].sort((a, b) => urgency(b) - urgency(a) || b.duties.length - a.duties.length)
}

const weight: Readonly<Record<Severity, number>> = { error: 0, warn: 1, hint: 2 }

/** Lists with errors first, then those with warnings; what nobody owns comes last. */
function urgency({ owner, duties }: WorkList): number {
  return owner === undefined ? -1 : 2 - Math.min(...duties.map(({ severity }) => weight[severity]))
}

function ownersOf(shown: Shown, entity: AnyEntity): PageLink[] {
  return [...new Set(ownerIds(shown, entity))].flatMap((id) => shown.link('person', id) ?? [])
}

function ownerIds(shown: Shown, entity: AnyEntity): (string | undefined)[] {
  switch (entity.type) {
    case 'play':
    case 'message':
      return [entity.data.owners?.marketing, entity.data.owners?.sales]
    case 'review':
      return [entity.data.reviewers?.marketing, entity.data.reviewers?.sales]
    case 'market':
      return [entity.data.seats?.learning, entity.data.seats?.selling]
    case 'collateral':
      return [entity.data.owner]
    case 'person':
      return [entity.id]
    case 'feedback': {
      const match = /^(plays|messages|collateral)\/(.+)$/.exec(entity.data.on ?? '')
      const type: EntityType | undefined =
        match?.[1] === 'plays'
          ? 'play'
          : match?.[1] === 'messages'
            ? 'message'
            : match?.[1] === 'collateral'
              ? 'collateral'
              : undefined
      const target = type === undefined ? undefined : (shown.playbook.get(type, match?.[2]) as AnyEntity | undefined)
      if (target?.type === 'play' || target?.type === 'message') return [target.data.owners?.marketing]
      return target === undefined ? [] : ownerIds(shown, target)
    }
    default:
      return []
  }
}
