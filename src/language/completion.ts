/**
 * What may be written at the cursor: fields, values, ids, deals, links, anchors, sections, approved sentences, rules.
 *
 * Proposals are made from the schemas, the playbook and the ledger. Deals come with account, amount, day and why they fit.
 */

import type { z } from 'zod'
import { relativeAddress } from '../graph/address-after-move.ts'
import { compensationSchema } from '../model/compensation.ts'
import { type AnyEntity, schemas } from '../model/entity.ts'
import { folders } from '../model/entity-types.ts'
import { metaOf } from '../model/fields.ts'
import { standsFor } from '../model/person.ts'
import { playbookSchema } from '../model/playbook-settings.ts'
import { ruleDefaults } from '../model/rule-ids.ts'
import { choicesOf, schemaAt, unwrapped } from '../model/validate.ts'
import type { DataPath } from '../page/data-node.ts'
import { findFrontmatter } from '../page/frontmatter.ts'
import type { Range } from '../source/text.ts'
import { visible } from '../source/visible.ts'
import { type FieldCursor, fieldCursor } from './cursor-in-fields.ts'
import { plain } from './escape.ts'
import { fittingDeals } from './fitting-deals.ts'
import type { View } from './language-service.ts'
import { allDeals, wonDeals } from './ledger-deals.ts'
import { dealLine, titleOf } from './words.ts'

export type ProposalKind = 'field' | 'value' | 'page' | 'deal' | 'section' | 'sentence' | 'rule' | 'column'

export interface Proposal {
  readonly label: string
  readonly kind: ProposalKind
  /** A few words beside the label. */
  readonly detail: string
  /** Markdown, safe to show. */
  readonly documentation: string
  /** What typing is compared with, where that is more than the label. */
  readonly filter: string
  readonly range: Range
  readonly newText: string
}

export interface Proposals {
  readonly items: readonly Proposal[]
  /** Whether there are more, so that the next letter is worth asking again. */
  readonly incomplete: boolean
}

const most = 100
const none: Proposals = { items: [], incomplete: false }

type Draft = Pick<Proposal, 'label' | 'kind'> &
  Partial<Pick<Proposal, 'detail' | 'documentation' | 'filter' | 'newText'>>

export async function proposals(view: View, path: string, offset: number): Promise<Proposals> {
  const text = view.sources.get(path)?.text
  if (text === undefined) return none
  const settings = {
    [view.playbook.settingsFile.path]: playbookSchema,
    [`${view.playbook.folder}/comp.yaml`]: compensationSchema(),
  }
  const entity = view.playbook.atPath(path)
  const root = entity === undefined ? settings[path] : schemas[entity.type]
  if (root === undefined) return none
  if (entity === undefined) return inFields(view, undefined, root, fieldCursor(text, 0, offset))
  const frontmatter = findFrontmatter(text)
  const yaml =
    frontmatter.found === 'whole'
      ? frontmatter.yaml
      : frontmatter.found === 'unclosed'
        ? { start: Math.min(text.length, frontmatter.opening.end + 1), end: text.length }
        : undefined
  if (yaml !== undefined && offset >= yaml.start && offset <= yaml.end) {
    return inFields(view, entity, root, fieldCursor(text.slice(yaml.start, yaml.end), yaml.start, offset))
  }
  return inBody(view, entity, text, offset)
}

async function inFields(
  view: View,
  entity: AnyEntity | undefined,
  root: z.ZodObject,
  cursor: FieldCursor | undefined,
): Promise<Proposals> {
  if (cursor === undefined) return none
  const predicate = predicateAt(root, cursor.path)
  if (predicate !== undefined) return listed(await inPredicate(view, cursor, predicate), cursor.range)
  const schema = cursor.path.length === 0 ? root : schemaAt(root, cursor.path)
  if (schema === undefined) return none
  if (cursor.due === 'key') {
    const isRules = entity === undefined && cursor.path.length === 1 && cursor.path[0] === 'rules'
    const rules = isRules ? ruleIds().filter(({ label }) => !cursor.siblings.includes(label)) : undefined
    return listed(
      rules?.map((rule) => ({ ...rule, newText: `${rule.label}: ` })) ?? keysOf(schema, cursor),
      cursor.range,
    )
  }
  const inner = unwrapped(schema)
  const item = inner.def.type === 'array' ? ((inner as z.ZodArray).element as z.ZodType) : schema
  if (metaOf(item).deal) return entity === undefined ? none : await deals(view, entity, cursor)
  return listed(valuesOf(view, entity, item, cursor), cursor.range)
}

/** Fields that the mapping does not have yet, the required ones first. */
function keysOf(schema: z.ZodType, { siblings }: FieldCursor): Draft[] {
  const inner = unwrapped(schema)
  const object = inner.def.type === 'array' ? unwrapped((inner as z.ZodArray).element as z.ZodType) : inner
  if (object.def.type !== 'object') return []
  const fields = Object.entries((object as z.ZodObject).shape as Record<string, z.ZodType>)
  return fields
    .filter(([key]) => !siblings.includes(key))
    .map(([key, field]) => {
      const { description = '', expects } = metaOf(field)
      const isRequired = field.def.type !== 'optional'
      return {
        label: key,
        kind: 'field' as const,
        detail: isRequired ? 'required' : '',
        documentation: [description, expects === undefined ? '' : `Write ${expects}.`].filter(Boolean).join('\n\n'),
        newText: `${key}:${isGroup(field) ? '' : ' '}`,
      }
    })
    .sort((a, b) => Number(b.detail === 'required') - Number(a.detail === 'required'))
}

function isGroup(schema: z.ZodType): boolean {
  return unwrapped(schema).def.type === 'object'
}

function valuesOf(view: View, entity: AnyEntity | undefined, schema: z.ZodType, cursor: FieldCursor): Draft[] {
  const { playbook, asOf } = view
  const meta = metaOf(schema)
  const key = String(cursor.path.findLast((part) => typeof part === 'string') ?? '')
  if (meta.reference !== undefined) return pagesOf(view, entity, meta.reference, key)
  const choices = choicesOf(schema)
  if (choices !== undefined)
    return choices.map((label) => ({ label, kind: 'value', documentation: meta.description ?? '' }))
  if (unwrapped(schema).def.type === 'boolean') return ['true', 'false'].map((label) => ({ label, kind: 'value' }))
  if (key === 'stage') return playbook.settings.stages.map((label) => ({ label, kind: 'value', detail: 'sales stage' }))
  if (key === 'rule' && cursor.path[0] === 'waivers') return ruleIds()
  if (key === 'on' && entity?.type === 'feedback') return targets(view)
  if (key === 'file' && entity?.type === 'collateral') return decks(view)
  if (meta.expects?.startsWith('a day')) return [{ label: asOf, kind: 'value', detail: 'today' }]
  return []
}

function pagesOf(view: View, entity: AnyEntity | undefined, type: AnyEntity['type'], key: string): Draft[] {
  const { playbook, asOf } = view
  const side = key === 'sales' || key === 'marketing' ? key : undefined
  const all = [...playbook.ids(type)].flatMap((id) => playbook.get(type, id) ?? [])
  const rank = (one: AnyEntity): number =>
    one.type === 'person' && one.data.until !== undefined && one.data.until < asOf
      ? 2
      : one.type === 'person' && side !== undefined && one.data.role !== undefined && !standsFor(side, one.data.role)
        ? 1
        : 0
  return (all as AnyEntity[])
    .filter((one) => one !== entity)
    .map((one) => ({ one, rank: rank(one) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => ({
      label: one.id,
      kind: 'page',
      detail: visible(titleOf(one)),
      documentation: summaryOf(one),
      filter: `${one.id} ${titleOf(one)}`,
    }))
}

function summaryOf(entity: AnyEntity): string {
  const parts: string[] = []
  if ('status' in entity.data && entity.data.status !== undefined) parts.push(`*${entity.data.status}*`)
  if (entity.type === 'message' && entity.data.claim !== undefined) parts.push(plain(entity.data.claim, 300))
  if (entity.type === 'segment' && entity.data.description !== undefined)
    parts.push(plain(entity.data.description, 300))
  if (entity.type === 'person' && entity.data.role !== undefined) parts.push(plain(entity.data.role))
  return parts.join('\n\n')
}

function targets({ playbook }: View): Draft[] {
  return (['play', 'message', 'collateral'] as const).flatMap((type) =>
    playbook.of(type).map((one) => ({
      label: `${folders[type]}/${one.id}`,
      kind: 'page' as const,
      detail: visible(titleOf(one)),
    })),
  )
}

function decks({ playbook, paths }: View): Draft[] {
  const folder = `${playbook.folder}/decks/`
  return [...paths]
    .filter((path) => path.startsWith(folder))
    .map((path) => ({ label: path.slice(playbook.folder.length + 1), kind: 'value' }))
}

function ruleIds(): Draft[] {
  return Object.entries(ruleDefaults).map(([label, severity]) => ({ label, kind: 'rule', detail: severity }))
}

/** Deals that fit first, with why; then those whose id or account is being typed. */
async function deals(view: View, entity: AnyEntity, cursor: FieldCursor): Promise<Proposals> {
  const cited = new Set(entity.deals.filter(({ range }) => range.start !== cursor.range.start).map(({ deal }) => deal))
  const wanted = cursor.typed.toLowerCase()
  const fits = cursor.path[0] === 'evidence' ? fittingDeals(view, entity) : []
  const items: Draft[] = []
  const taken = new Set(cited)
  let incomplete = false
  const add = (deal: Parameters<typeof dealLine>[0], documentation: string): void => {
    if (taken.has(deal.id)) return
    if (wanted !== '' && !deal.id.toLowerCase().includes(wanted) && !deal.account.toLowerCase().includes(wanted)) return
    taken.add(deal.id)
    items.push({
      label: deal.id,
      kind: 'deal',
      detail: dealLine(deal, view),
      documentation,
      filter: `${deal.id} ${deal.account}`,
    })
  }
  for (const { deal, why } of fits) add(deal, plain(why, 400))
  const onlyWon = cursor.path[0] === 'evidence'
  const all = onlyWon ? wonDeals(view) : allDeals(view)
  for (const deal of all) {
    if (items.length >= most) {
      incomplete = true
      break
    }
    add(deal, onlyWon ? 'It was won, but does not fit this page or is of an account that counts already.' : '')
  }
  return { ...listed(items, cursor.range), incomplete: incomplete || items.length > 0 }
}

/** Below which field a predicate is being written. */
function predicateAt(root: z.ZodType, path: DataPath): number | undefined {
  for (let length = 1; length <= path.length; length++) {
    const schema = schemaAt(root, path.slice(0, length))
    if (schema !== undefined && metaOf(schema).predicate) return length
  }
  return undefined
}

async function inPredicate(view: View, cursor: FieldCursor, depth: number): Promise<Draft[]> {
  const inside = cursor.path.slice(depth)
  if (cursor.due === 'key' && inside.length === 0)
    return (view.answers?.columns ?? [])
      .filter(({ name }) => !cursor.siblings.includes(name))
      .map(({ name, type }) => ({ label: name, kind: 'column', detail: type, newText: `${name}: ` }))
  const column = String(inside[0] ?? '')
  if (cursor.due === 'key')
    return ['min', 'max', 'not']
      .filter((key) => !cursor.siblings.includes(key))
      .map((label) => ({ label, kind: 'field', newText: `${label}: ` }))
  const values = (await view.engine?.valuesOf(column, most)) ?? []
  return values.map((label) => ({ label, kind: 'value', detail: column }))
}

function inBody(view: View, entity: AnyEntity, text: string, offset: number): Proposals {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1
  const before = text.slice(Math.max(lineStart, offset - 500), offset)
  const link = /\]\(([^()\s]*)$/.exec(before)
  if (link !== null) return links(view, entity, link[1] ?? '', text, offset)
  const waiver = /<!--\s*playproof-ignore\s+([^\s:]*)$/.exec(before)
  if (waiver !== null) return listed(ruleIds(), endingAt(text, offset, waiver[1] ?? ''), true)
  const section = /^##\s+(.*)$/.exec(before)
  if (section !== null) return sections(view, entity, section[1] ?? '', text, offset)
  const words = /(?:^|[\s>*-])([\p{L}\p{N}][^\n]*)$/u.exec(before)
  return words === null ? none : sentences(view, words[1] ?? '', offset)
}

function links(view: View, entity: AnyEntity, typed: string, text: string, offset: number): Proposals {
  const range = endingAt(text, offset, typed, /^[^()\s]*/)
  const hash = typed.indexOf('#')
  if (hash >= 0) {
    const address = typed.slice(0, hash)
    const target = address === '' ? entity : targetOf(view, entity, address)
    const items = (target?.facts.headings ?? []).map((heading) => ({
      label: `#${heading.slug}`,
      kind: 'section' as const,
      detail: visible(heading.text),
      filter: `${address}#${heading.slug}`,
      newText: `${address}#${heading.slug}`,
    }))
    return listed(items, range, true)
  }
  const items = view.playbook.entities
    .filter((one) => one !== entity)
    .map((one) => {
      const address = relativeAddress(entity.path, one.path)
      return {
        label: address,
        kind: 'page' as const,
        detail: visible(titleOf(one)),
        documentation: summaryOf(one),
        filter: `${address} ${one.id} ${titleOf(one)}`,
      }
    })
  const wanted = typed.replace(/^(?:\.\.?\/)+/, '').toLowerCase()
  const fitting = wanted === '' ? items : items.filter(({ filter }) => filter.toLowerCase().includes(wanted))
  return listed(fitting, range, true)
}

function targetOf({ playbook }: View, entity: AnyEntity, address: string): AnyEntity | undefined {
  const target = playbook.target(entity, address)
  return target.kind === 'page' ? target.entity : undefined
}

function sections({ playbook }: View, entity: AnyEntity, typed: string, text: string, offset: number): Proposals {
  const all =
    entity.type === 'play'
      ? playbook.settings.sections.play
      : entity.type === 'competitor'
        ? playbook.settings.sections.competitor
        : entity.type === 'message'
          ? ['One line', 'Email', 'Talk track', 'Slide', 'Proof points']
          : []
  const has = new Set(entity.facts.headings.map(({ text }) => text.toLowerCase()))
  const items = all
    .filter((label) => label.toLowerCase() === typed.trim().toLowerCase() || !has.has(label.toLowerCase()))
    .map((label) => ({ label, kind: 'section' as const }))
  return listed(items, endingAt(text, offset, typed, /^[^\r\n]*/), true)
}

/** The claim of an approved message whose beginning is being typed. */
function sentences({ playbook }: View, written: string, offset: number): Proposals {
  const wanted = written.slice(-200).toLowerCase()
  const items: Proposal[] = []
  for (const message of playbook.of('message')) {
    const { claim, status } = message.data
    if (claim === undefined || status !== 'approved') continue
    const typed = beginning(wanted, claim.toLowerCase())
    if (typed < 3) continue
    items.push({
      label: visible(claim),
      kind: 'sentence',
      detail: message.id,
      documentation: `The claim of the approved message “${plain(titleOf(message))}”.`,
      filter: claim,
      range: { start: offset - typed, end: offset },
      newText: claim.replace(/\s*[\r\n]+\s*/g, ' '),
    })
    if (items.length >= 20) break
  }
  return { items, incomplete: true }
}

/** How many letters at the end of what is written begin the claim. */
function beginning(written: string, claim: string): number {
  for (let length = Math.min(written.length, claim.length); length >= 3; length--) {
    const start = written.length - length
    if (claim.startsWith(written.slice(start)) && !/[\p{L}\p{N}]/u.test(written[start - 1] ?? '')) return length
  }
  return 0
}

function endingAt(text: string, offset: number, typed: string, rest = /^[^\s:]*/): Range {
  return { start: offset - typed.length, end: offset + (rest.exec(text.slice(offset, offset + 500))?.[0].length ?? 0) }
}

function listed(drafts: readonly Draft[], range: Range, asWritten = false): Proposals {
  const items = drafts.slice(0, most).map(
    ({ label, kind, detail = '', documentation = '', filter, newText }): Proposal => ({
      label: visible(label),
      kind,
      detail,
      documentation,
      filter: filter ?? label,
      range,
      newText: newText ?? (asWritten ? label : scalar(label)),
    }),
  )
  return { items, incomplete: drafts.length > items.length }
}

/** A value as YAML reads it back: quoted where it would be taken for a number, a day, or part of a list. */
export function scalar(value: string): string {
  const isPlain = /^[\p{L}\p{N}_/][\p{L}\p{N}_./ $%&()'+-]*$/u.test(value) && !/\s$/.test(value)
  const isOther = /^(?:true|false|null|yes|no|on|off|~|[-+.]?[\d_.]+(?:e[-+]?\d+)?|0[xo].*)$/i.test(value)
  const isSafe = isPlain && !isOther && !/: | #/.test(value)
  return isSafe ? value : JSON.stringify(value)
}
