/**
 * What a change does to playbook.yaml and to waivers, for the summary of a pull request.
 */
import { waiverKeys, waiversIn } from '../check/judge-waivers.ts'
import type { Playbook } from '../graph/playbook.ts'
import { isRuleId, ruleDefaults } from '../model/rule-ids.ts'
import { type MapNode, plainValue } from '../page/data-node.ts'

/** Dotted names of keys that differ, at the lowest level that does. */
export function changedSettings(base: MapNode, now: MapNode): string[] {
  return differences(plainValue(base), plainValue(now), '')
}

export function newWaivers(base: Playbook, now: Playbook): { rule: string; file: string; reason: string }[] {
  const known = new Set(base.entities.flatMap(waiverKeys))
  return now.entities.flatMap((entity) => {
    const keys = waiverKeys(entity)
    return waiversIn(entity)
      .filter(({ rule }, index) => isError(rule, now) && !known.has(keys[index] ?? ''))
      .map(({ rule, reason }) => ({ rule, reason, file: entity.path }))
  })
}

function isError(rule: string, { settings }: Playbook): boolean {
  return isRuleId(rule) && (settings.rules[rule] ?? ruleDefaults[rule]) === 'error'
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
