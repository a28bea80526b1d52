/**
 * What stands at a place of a file: a mention of a page or a deal, a field, a link, a rule; the ground on which hover,
 * definition, references and rename agree.
 */
import type { LinkTarget } from '../graph/resolve-link.ts'
import type { Deal } from '../ledger/ledger.ts'
import type { AnyEntity, Reference } from '../model/entity.ts'
import type { EntityType } from '../model/entity-types.ts'
import { isRuleId, type RuleId } from '../model/rule-ids.ts'
import type { DataNode, DataPath } from '../page/data-node.ts'
import type { Range } from '../source/text.ts'
import type { View } from './language-service.ts'

export type Subject =
  | { readonly kind: 'reference'; readonly type: EntityType; readonly id: string; readonly range: Range }
  | { readonly kind: 'deal'; readonly deal: string; readonly range: Range }
  | { readonly kind: 'rule'; readonly rule: RuleId; readonly range: Range }
  | { readonly kind: 'link'; readonly target: LinkTarget; readonly range: Range }
  | { readonly kind: 'predicate'; readonly field: string; readonly range: Range }
  | { readonly kind: 'key'; readonly path: DataPath; readonly range: Range }
  | { readonly kind: 'value'; readonly path: DataPath; readonly text: string; readonly range: Range }
  | { readonly kind: 'heading'; readonly text: string; readonly slug: string; readonly range: Range }

/** The subject at an offset of a page, playbook.yaml or comp.yaml. */
export function subjectAt(view: View, path: string, offset: number): Subject | undefined {
  const entity = view.playbook.atPath(path)
  if (entity !== undefined) return inPage(view, entity, offset)
  const { settingsFile, compensation } = view.playbook
  if (path === settingsFile.path) return inSettings(settingsFile.node, offset)
  const mention =
    compensation?.path === path ? compensation.references.find(({ range }) => holds(range, offset)) : undefined
  return mention === undefined ? undefined : { kind: 'reference', type: 'person', id: mention.id, range: mention.range }
}

function inPage({ playbook }: View, entity: AnyEntity, offset: number): Subject | undefined {
  const reference = entity.references.find(({ range }) => holds(range, offset))
  if (reference !== undefined) return mentionOf(entity, reference)
  const deal = entity.deals.find(({ range }) => holds(range, offset))
  if (deal !== undefined) return { kind: 'deal', deal: deal.deal, range: deal.range }
  const link = entity.facts.links.find(({ range }) => holds(range, offset))
  if (link !== undefined) return { kind: 'link', target: playbook.target(entity, link.url), range: link.range }
  const waived = [...entity.facts.waivers.map(({ rule, ruleRange }) => ({ rule, ruleRange })), ...entity.waivers].find(
    ({ ruleRange }) => holds(ruleRange, offset),
  )
  if (waived !== undefined && isRuleId(waived.rule)) return { kind: 'rule', rule: waived.rule, range: waived.ruleRange }
  const heading = entity.facts.headings.find(({ range }) => holds(range, offset))
  if (heading !== undefined) return { kind: 'heading', ...heading }
  return entity.node === undefined ? undefined : inFields(entity, entity.node, offset)
}

function inFields(entity: AnyEntity, node: DataNode, offset: number): Subject | undefined {
  const found = nodeAtOffset(node, offset)
  if (found === undefined) return undefined
  const field = String(found.path[0])
  const whole = entity.node?.entries.find(({ key }) => key === field)
  if (Object.hasOwn(entity.predicates, field) && whole !== undefined) {
    const range = found.on === 'key' ? found.range : whole.value.range
    return { kind: 'predicate', field, range }
  }
  if (found.on === 'key') return { kind: 'key', path: found.path, range: found.range }
  return { kind: 'value', path: found.path, text: found.text, range: found.range }
}

function inSettings(node: DataNode, offset: number): Subject | undefined {
  const found = nodeAtOffset(node, offset)
  const rule = String(found?.path[1] ?? '')
  if (found === undefined || found.path[0] !== 'rules' || !isRuleId(rule)) return undefined
  return { kind: 'rule', rule, range: found.range }
}

interface FoundNode {
  readonly path: DataPath
  readonly on: 'key' | 'value'
  readonly text: string
  readonly range: Range
}

/** The key or scalar at an offset. */
export function nodeAtOffset(node: DataNode, offset: number, path: DataPath = []): FoundNode | undefined {
  if (node.kind === 'scalar')
    return holds(node.range, offset) ? { path, on: 'value', text: String(node.value), range: node.range } : undefined
  if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) {
      const found = nodeAtOffset(item, offset, [...path, index])
      if (found !== undefined) return found
    }
    return undefined
  }
  for (const { key, keyRange, value } of node.entries) {
    if (holds(keyRange, offset)) return { path: [...path, key], on: 'key', text: key, range: keyRange }
    const found = nodeAtOffset(value, offset, [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}

/** The id of a mention, without the folder that feedback writes before it and without quotes. */
function mentionOf(entity: AnyEntity, { type, id, range, path }: Reference): Subject {
  const isTarget = entity.type === 'feedback' && path[0] === 'on'
  const quoted = range.end - range.start === id.length + 2 + (isTarget ? lengthOfFolder(entity) : 0) ? 1 : 0
  const end = range.end - quoted
  const start = end - id.length
  return { kind: 'reference', type, id, range: start < range.start ? range : { start, end } }
}

function lengthOfFolder(entity: AnyEntity): number {
  const on = entity.type === 'feedback' ? (entity.data.on ?? '') : ''
  return on.indexOf('/') + 1
}

/** The deal whose row stands on a line of a ledger file; the first where a row has several. */
export async function dealAtLine(view: View, path: string, line: number): Promise<Deal | undefined> {
  const deals = (await view.engine?.matching({ all: [] })) ?? []
  let found: Deal | undefined
  for (const deal of deals) {
    const { place } = deal
    if (place.file === path && place.line <= line && place.line > (found?.place.line ?? 0)) found = deal
  }
  return found
}

function holds({ start, end }: Range, offset: number): boolean {
  return offset >= start && offset <= end
}
