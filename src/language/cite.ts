/**
 * Edits of fields that keep everything else as it was written: a deal cited, a status set, a finding waived.
 */

import { dayFromNumber, dayNumber } from '../model/dates.ts'
import type { AnyEntity } from '../model/entity.ts'
import { type RuleId, ruleDefaults } from '../model/rule-ids.ts'
import { entryOf } from '../page/data-node.ts'
import { findFrontmatter } from '../page/frontmatter.ts'
import type { Edit } from '../source/text.ts'
import { scalar } from './completion.ts'
import type { View } from './language-service.ts'

/** The edit that adds a deal to the page's `evidence`; undefined where its fields cannot be read or it is cited already. */
export function citing(view: View, entity: AnyEntity, deal: string): Edit | undefined {
  if (entity.type !== 'play' && entity.type !== 'message') return undefined
  if (entity.citations.some((each) => each.deal === deal)) return undefined
  return addedTo(view, entity, 'evidence', [['deal', scalar(deal)]])
}

/** Adds an entry to a list of groups in the frontmatter, in the way the list is written. */
function addedTo(
  view: View,
  entity: AnyEntity,
  field: string,
  values: readonly (readonly [string, string])[],
): Edit | undefined {
  const text = view.sources.get(entity.path)?.text
  if (text === undefined || entity.node === undefined) return undefined
  const file = entity.path
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const block = (margin: string): string =>
    values.map(([key, value], index) => `${margin}${index === 0 ? '- ' : '  '}${key}: ${value}`).join(eol)
  const flow = `{ ${values.map(([key, value]) => `${key}: ${value}`).join(', ')} }`
  const entry = entryOf(entity.node, field)
  if (entry === undefined) {
    const fields = findFrontmatter(text)
    if (fields.found !== 'whole') return undefined
    const at = fields.yaml.end
    const before = /[\r\n]$/.test(text.slice(0, at)) ? '' : eol
    return { file, range: { start: at, end: at }, newText: `${before}${field}:${eol}${block('  ')}${eol}` }
  }
  const { value, keyRange } = entry
  const last = value.kind === 'list' ? value.items.at(-1) : undefined
  if (last === undefined) {
    // `evidence: []`, or nothing behind the colon, with a comment perhaps.
    const isWritten =
      value.kind === 'list' || (value.kind === 'scalar' && value.value === null && value.range.end > value.range.start)
    if (value.kind !== 'list' && !(value.kind === 'scalar' && value.value === null)) return undefined
    const colon = text.indexOf(':', keyRange.end) + 1
    const valueEnd = isWritten ? value.range.end : colon
    const lineEnd = endOfLine(text, valueEnd)
    const comment = text.slice(valueEnd, lineEnd).trimEnd()
    return {
      file,
      range: { start: colon, end: lineEnd },
      newText: `${comment === '' ? '' : ` ${comment.trimStart()}`}${eol}${block('  ')}`,
    }
  }
  if (value.kind === 'list' && text[value.range.start] === '[') {
    const at = last.range.end
    return { file, range: { start: at, end: at }, newText: `, ${flow}` }
  }
  const first = value.kind === 'list' ? value.items[0] : undefined
  const lineStart = startOfLine(text, first?.range.start ?? 0)
  const margin = /^[ \t]*(?=-)/.exec(text.slice(lineStart))?.[0] ?? '  '
  const isPastLine = /[\r\n]/.test(text[last.range.end - 1] ?? '')
  const at = isPastLine ? last.range.end : endOfLine(text, last.range.end)
  const newText = isPastLine ? `${block(margin)}${eol}` : `${eol}${block(margin)}`
  return { file, range: { start: at, end: at }, newText }
}

/** The edit that makes a play or message a draft again; undefined where it is one, or has no status. */
export function makingDraft(entity: AnyEntity): Edit | undefined {
  if (entity.type !== 'play' && entity.type !== 'message') return undefined
  const value = entryOf(entity.node, 'status')?.value
  if (value?.kind !== 'scalar' || value.value === 'draft' || value.range.end === value.range.start) return undefined
  return { file: entity.path, range: value.range, newText: 'draft' }
}

/**
 * The edit that waives a rule, its reason left for the author to write: in the text before the line, in the fields
 * under `waivers`. Until there is a reason it waives nothing.
 */
export function waiving(view: View, entity: AnyEntity, rule: RuleId, offset: number): Edit | undefined {
  const text = view.sources.get(entity.path)?.text
  if (text === undefined) return undefined
  const severity = view.playbook.settings.rules[rule] ?? ruleDefaults[rule]
  const until = severity === 'error' ? dayFromNumber(dayNumber(view.asOf) + 90) : undefined
  if (offset < entity.facts.bodyStart) {
    const end = until === undefined ? [] : [['until', until] as const]
    return addedTo(view, entity, 'waivers', [['rule', rule], ['reason', '""'], ...end])
  }
  const at = startOfLine(text, offset)
  const margin = /^[ \t]*/.exec(text.slice(at))?.[0] ?? ''
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const limit = until === undefined ? '' : ` until ${until}`
  return {
    file: entity.path,
    range: { start: at, end: at },
    newText: `${margin}<!-- playproof-ignore ${rule}${limit}: -->${eol}`,
  }
}

function startOfLine(text: string, offset: number): number {
  let at = offset
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at--
  return at
}

function endOfLine(text: string, offset: number): number {
  let at = offset
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}
