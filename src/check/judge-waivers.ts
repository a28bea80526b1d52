/**
 * Lets waivers take findings out, and says of each waiver whether it may and whether it does.
 *
 * A comment waives findings on its own line and on the next line that holds text; a waiver in the
 * frontmatter waives its page.
 */
import type { Playbook } from '../graph/playbook.ts'
import { isDay } from '../model/dates.ts'
import type { AnyEntity } from '../model/entity.ts'
import { isRuleId, ruleDefaults } from '../model/rule-ids.ts'
import type { BaseRevision, JudgedWaiver, WaiverState } from '../rules/define-rule.ts'
import type { Place, Range } from '../source/text.ts'

interface Waivable {
  readonly rule: { readonly id: string }
  readonly at: Place
}

interface OpenWaiver extends Omit<JudgedWaiver, 'state'> {
  /** What it covers; undefined for the whole page. */
  readonly covers: Range | undefined
  readonly state: WaiverState | undefined
}

export function judgeWaivers<Found extends Waivable>(
  found: readonly Found[],
  playbook: Playbook,
  asOf: string,
  base: BaseRevision | undefined,
  notRun: ReadonlySet<string>,
): { kept: Found[]; waived: Found[]; waivers: JudgedWaiver[] } {
  const byFile = new Map<string, OpenWaiver[]>()
  for (const entity of playbook.entities) {
    const waivers = waiversOf(entity, playbook, asOf, base)
    if (waivers.length > 0) byFile.set(entity.path, waivers)
  }
  const used = new Set<OpenWaiver>()
  const waived: Found[] = []
  const kept: Found[] = []
  for (const each of found) {
    const fitting =
      byFile.get(each.at.file)?.filter((candidate) => candidate.rule === each.rule.id && covers(candidate, each.at)) ??
      []
    // One that holds goes before one that has expired.
    const waiver = fitting.find(({ state }) => state === undefined) ?? fitting[0]
    if (waiver !== undefined) used.add(waiver)
    if (waiver !== undefined && waiver.state === undefined) waived.push(each)
    else kept.push(each)
  }
  const waivers = [...byFile.values()].flat().map((waiver): JudgedWaiver => {
    const { rule, reason, until, at } = waiver
    // Of a rule that was not run nobody can say that there was nothing to waive.
    const state = waiver.state ?? (used.has(waiver) || notRun.has(rule) ? 'used' : 'unused')
    return { rule, reason, until, at, state }
  })
  return { kept, waived, waivers }
}

/**
 * A key for each waiver of a page, comments first, by which another revision is known to have it already. What it waives
 * is part of it (comment or whole page, until when), and a second one like it is another one: a change must not stretch
 * what was agreed to.
 */
export function waiverKeys(entity: AnyEntity): string[] {
  const times = new Map<string, number>()
  return waiversIn(entity).map(({ rule, reason, until, kind }) => {
    const key = JSON.stringify([entity.path, kind, rule, reason, until ?? ''])
    const nth = (times.get(key) ?? 0) + 1
    times.set(key, nth)
    return `${key} ${nth}`
  })
}

/** All waivers of a page as it has them, in the order of {@link waiverKeys}. */
export function waiversIn(entity: AnyEntity) {
  return [
    ...entity.facts.waivers.map((comment) => ({ ...comment, kind: 'comment' as const })),
    ...entity.waivers.map((waiver) => ({ ...waiver, kind: 'page' as const })),
  ]
}

function waiversOf(entity: AnyEntity, playbook: Playbook, asOf: string, base: BaseRevision | undefined): OpenWaiver[] {
  const keys = waiverKeys(entity)
  return waiversIn(entity).map((waiver, index) => {
    const { rule, reason, until } = waiver
    const setting = isRuleId(rule) ? (playbook.settings.rules[rule] ?? ruleDefaults[rule]) : undefined
    const state: WaiverState | undefined =
      reason === ''
        ? 'no-reason'
        : until !== undefined && !isDay(until)
          ? // An end that is no day never comes.
            'open-ended'
          : until !== undefined && until < asOf
            ? 'expired'
            : setting === 'error' && until === undefined
              ? 'open-ended'
              : setting === 'error' && base !== undefined && !base.waivers.has(keys[index] ?? '')
                ? 'new'
                : undefined
    const [range, covers] = waiver.kind === 'comment' ? [waiver.range, waiver.covers] : [waiver.ruleRange, undefined]
    return { rule, reason, until, at: { file: entity.path, range }, covers, state }
  })
}

function covers(waiver: OpenWaiver, at: Place): boolean {
  if (waiver.covers === undefined) return true
  return 'range' in at && at.range.start >= waiver.covers.start && at.range.start < waiver.covers.end
}
