/**
 * What a change does to playbook.yaml and to waivers, for the summary of a pull request.
 */
import { waiverKey } from '../check/judge-waivers.ts'
import type { Playbook } from '../graph/playbook.ts'
import { isRuleId, ruleDefaults } from '../model/rule-ids.ts'
import { type MapNode, plainValue } from '../page/data-node.ts'

/** Dotted names of keys that differ, at the lowest level that does. */
export function changedSettings(base: MapNode, now: MapNode): string[] {
  return differences(plainValue(base), plainValue(now), '')
}

export function newWaivers(base: Playbook, now: Playbook): { rule: string; file: string; reason: string }[] {
  const known = new Set(waiversIn(base).map(({ file, rule, reason }) => waiverKey(file, rule, reason)))
  return waiversIn(now).filter(
    ({ file, rule, reason }) =>
      isRuleId(rule) && ruleDefaults[rule] === 'error' && !known.has(waiverKey(file, rule, reason)),
  )
}

function waiversIn(playbook: Playbook): { rule: string; file: string; reason: string }[] {
  return playbook.entities.flatMap((entity) =>
    [...entity.waivers, ...entity.facts.waivers].map(({ rule, reason }) => ({ rule, reason, file: entity.path })),
  )
}

function differences(a: unknown, b: unknown, path: string): string[] {
  if (isMap(a) && isMap(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
    return keys.flatMap((key) => differences(a[key], b[key], path === '' ? key : `${path}.${key}`))
  }
  return JSON.stringify(a) === JSON.stringify(b) ? [] : [path]
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
