/**
 * What is told about the thing under the pointer, as Markdown that is safe to show.
 */

import type { Deal } from '../ledger/ledger.ts'
import type { AnyEntity } from '../model/entity.ts'
import { schemas } from '../model/entity.ts'
import type { EntityType } from '../model/entity-types.ts'
import { metaOf } from '../model/fields.ts'
import { ruleDefaults } from '../model/rule-ids.ts'
import { schemaAt } from '../model/validate.ts'
import type { Range } from '../source/text.ts'
import { literal, plain } from './escape.ts'
import type { View } from './language-service.ts'
import { type Subject, subjectAt } from './subject-at.ts'
import { amountOf, counted, outcomeOf, titleOf, verdictLine } from './words.ts'

export interface Told {
  readonly markdown: string
  readonly range: Range
}

export async function tellAbout(view: View, path: string, offset: number): Promise<Told | undefined> {
  const subject = subjectAt(view, path, offset)
  if (subject === undefined) return undefined
  const entity = view.playbook.atPath(path)
  const markdown = await wordsFor(view, entity, subject)
  return markdown === undefined || markdown === '' ? undefined : { markdown, range: subject.range }
}

async function wordsFor(view: View, entity: AnyEntity | undefined, subject: Subject): Promise<string | undefined> {
  switch (subject.kind) {
    case 'reference':
      return pageInWords(view, subject.type, subject.id)
    case 'deal':
      return dealInFull(view, entity, subject.deal)
    case 'rule':
      return `**${subject.rule}** · ${ruleDefaults[subject.rule]} by default\n\nRead about it with \`playproof explain ${subject.rule}\`.`
    case 'link':
      return subject.target.kind === 'page'
        ? pageInWords(view, subject.target.entity.type, subject.target.entity.id)
        : undefined
    case 'predicate':
      return entity === undefined ? undefined : predicateInWords(view, entity, subject.field)
    case 'value':
    case 'key':
      return entity === undefined ? undefined : fieldInWords(view, entity, subject)
    case 'heading':
      return undefined
  }
}

function fieldInWords(
  view: View,
  entity: AnyEntity,
  { path, kind }: Extract<Subject, { kind: 'key' | 'value' }>,
): string {
  const verdict =
    kind === 'value' && (path[0] === 'title' || path[0] === 'status') ? verdictInWords(view, entity) : undefined
  if (verdict !== undefined) return verdict
  const schema = schemaAt(schemas[entity.type], path)
  const meta = schema === undefined ? {} : metaOf(schema)
  return [meta.description, meta.expects === undefined ? undefined : `Write ${meta.expects}.`]
    .filter(Boolean)
    .join('\n\n')
}

/** The verdict of a play with its record; undefined for other pages and without a ledger. */
export function verdictInWords({ evidence }: View, entity: AnyEntity): string | undefined {
  const play = entity.type === 'play' ? evidence?.plays.find(({ id }) => id === entity.id) : undefined
  if (play === undefined || evidence === undefined) return undefined
  const counting = play.citations.filter(({ eligible }) => eligible).length
  const { record } = play
  const interval =
    record.low === null || record.high === null
      ? ''
      : ` The rate is likely between ${Math.round(record.low * 100)}% and ${Math.round(record.high * 100)}%.`
  const rest =
    play.baseline.winRate === null ? '' : ` Other deals of the segment: ${Math.round(play.baseline.winRate * 100)}%.`
  return `**${verdictLine(play, evidence)}**\n\n${counting} of ${counted(play.citations.length, 'citation')} count.${interval}${rest}`
}

function pageInWords(view: View, type: EntityType, id: string): string | undefined {
  const page = view.playbook.get(type, id)
  if (page === undefined) return undefined
  const { data } = page as AnyEntity
  const lines = [
    `**${plain(titleOf(page))}** · ${type}${'status' in data && data.status !== undefined ? ` · ${data.status}` : ''}`,
  ]
  if ('claim' in data && typeof data.claim === 'string') lines.push(plain(data.claim, 400))
  if ('description' in data && typeof data.description === 'string') lines.push(plain(data.description, 400))
  if ('role' in data && data.role !== undefined)
    lines.push(personInWords(view, page as Extract<AnyEntity, { type: 'person' }>))
  const verdict = verdictInWords(view, page as AnyEntity)
  if (verdict !== undefined) lines.push(verdict)
  const segment = type === 'segment' ? view.evidence?.segments.find((each) => each.id === id) : undefined
  if (segment !== undefined) lines.push(`${counted(segment.deals, 'closed deal')} in the window, ${segment.wins} won.`)
  return lines.join('\n\n')
}

function personInWords({ answers, asOf }: View, { data }: Extract<AnyEntity, { type: 'person' }>): string {
  const names = typeof data.ledgerName === 'string' ? [data.ledgerName] : (data.ledgerName ?? [])
  const deals = (answers?.owners ?? [])
    .filter(({ owner }) => names.includes(owner))
    .reduce((sum, { deals }) => sum + deals, 0)
  const left = data.until !== undefined && data.until < asOf ? ` · left on ${data.until}` : ''
  const inLedger =
    names.length === 0
      ? ''
      : ` · in the ledger ${names.map((name) => literal(name)).join(', ')}, ${counted(deals, 'deal')}`
  return `${data.role}${left}${inLedger}`
}

async function dealInFull(view: View, entity: AnyEntity | undefined, id: string): Promise<string | undefined> {
  const deal = (await view.engine?.deals([id]))?.get(id)
  if (deal === undefined) return view.engine === undefined ? undefined : `The ledger has no deal ${literal(id)}.`
  const lines = [dealHeading(deal, view)]
  const facts = [
    deal.owner === '' ? '' : `owner ${plain(deal.owner)}`,
    deal.stage === '' ? '' : `stage ${plain(deal.stage)}`,
    deal.territory === '' ? '' : `territory ${plain(deal.territory)}`,
    deal.created === null ? '' : `opened ${deal.created}`,
  ].filter((fact) => fact !== '')
  if (facts.length > 0) lines.push(facts.join(' · '))
  const judged = citationOf(view, entity, id)
  if (judged !== undefined)
    lines.push(
      judged.eligible
        ? 'It counts as evidence here.'
        : `It does not count here: ${judged.reasons.map((reason) => literal(`citation/${reason}`)).join(', ')}.`,
    )
  const review = view.playbook.reviewOf(id)
  lines.push(review === undefined ? 'No review tells its story yet.' : `Its review: ${plain(review.id)}.`)
  return lines.join('\n\n')
}

function dealHeading(deal: Deal, view: View): string {
  const amount = amountOf(deal, view)
  return `**${plain(deal.account || deal.id)}** · ${[amount, outcomeOf(deal, view.asOf)].filter(Boolean).join(' · ')}`
}

function citationOf({ evidence }: View, entity: AnyEntity | undefined, id: string) {
  const pages = entity?.type === 'play' ? evidence?.plays : entity?.type === 'message' ? evidence?.messages : undefined
  return pages?.find((page) => page.id === entity?.id)?.citations.find(({ deal }) => deal === id)
}

/** The number of deals that the page's predicate matches, of any day and outcome. */
async function predicateInWords(view: View, entity: AnyEntity, field: string): Promise<string | undefined> {
  const predicate = entity.predicates[field]
  const known = new Set(view.answers?.columns.map(({ name }) => name))
  if (
    predicate === undefined ||
    view.engine === undefined ||
    predicate.clauses.some(({ column }) => !known.has(column))
  )
    return undefined
  const segment =
    entity.type === 'play' || entity.type === 'market' ? view.playbook.get('segment', entity.data.segment) : undefined
  const within = segment?.predicates.match
  const all = within === undefined ? [predicate] : [within, predicate]
  if (within?.clauses.some(({ column }) => !known.has(column))) return undefined
  const deals = await view.engine.matching({ all })
  const won = deals.filter(({ outcome, closed }) => outcome === 'won' && closed !== null && closed <= view.asOf).length
  const where = within === undefined ? '' : ' of its segment'
  return `Matches **${counted(deals.length, 'deal')}**${where} in the ledger, ${won.toLocaleString('en-US')} of them won.`
}
