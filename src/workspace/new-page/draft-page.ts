/**
 * A new page before it is written: what the ledger, the writer and custom say of its fields, and the text made of it.
 */
import type { Playbook } from '../../graph/playbook.ts'
import type { ReadLedger } from '../../ledger/ledger.ts'
import { type AnyEntity, parseEntity } from '../../model/entity.ts'
import { type EntityType, entityTypes, folders } from '../../model/entity-types.ts'
import type { FieldProblem } from '../../model/validate.ts'
import type { MarkdownEngine } from '../../page/markdown-engine.ts'
import { defaultLimits } from '../../page/page.ts'
import { parsePage } from '../../page/parse-page.ts'
import { nearest } from '../../source/nearest.ts'
import { visible } from '../../source/visible.ts'
import { Fault } from '../fault.ts'
import { isValues, noValues, setValues, type Value, type Values } from './field-values.ts'
import { idFrom } from './new-page-id.ts'
import { pagePlans, sectionsOf, usualValues } from './new-page-plans.ts'
import { fieldsOf, type PageField } from './page-fields.ts'
import { renderNewPage } from './render-new-page.ts'
import { reviewOfDeal } from './review-of-deal.ts'

/** Everything that is known before the page is written. */
export interface Draft {
  readonly type: EntityType
  readonly fields: readonly PageField[]
  readonly values: Values
  /** Names of fields whose value is the usual one, which nobody chose. */
  readonly usual: Set<string>
  readonly opening: string
  readonly playbook: Playbook
  readonly today: string
}

/** A page's fields are all that is asked here. */
export const withoutBody: MarkdownEngine = { name: 'remark', parse: () => ({ type: 'root', children: [] }) }

/** The type by its name or its folder's. Throws {@link Fault}. */
export function typeCalled(name: string): EntityType {
  const wanted = name.toLowerCase()
  const type = entityTypes.find((each) => each === wanted || folders[each] === wanted)
  if (type !== undefined) return type
  const near = nearest(wanted, [...entityTypes, ...Object.values(folders)])
  const meant = entityTypes.find((each) => each === near || folders[each] === near)
  throw new Fault(
    `there is no type \`${visible(name)}\`. ${meant === undefined ? `The types are ${entityTypes.join(', ')}.` : `Did you mean \`${meant}\`?`}`,
  )
}

/** What the ledger, settings as `field=value` and custom say, before anybody is asked. Throws {@link Fault}. */
export async function startDraft(
  type: EntityType,
  deal: string | undefined,
  settings: readonly string[],
  ledger: ReadLedger | { readonly missing: string },
  playbook: Playbook,
  today: string,
): Promise<Draft> {
  const values = usualValues(type, today)
  const usual = new Set(Object.keys(values))
  let opening = ''
  if (deal !== undefined) {
    const known = playbook.of('review').find((review) => review.data.deal === deal)
    if (known !== undefined) throw new Fault(`${visible(deal)} has a review already: ${visible(known.path)}.`)
    const facts = (await reviewOfDeal(deal, ledger, playbook, today)) ?? {
      values: Object.assign(noValues(), { deal }),
      opening: '',
    }
    Object.assign(values, facts.values)
    opening = facts.opening
  }
  const given = noValues()
  setValues(type, settings, given)
  for (const [key, value] of Object.entries(given)) {
    const before = values[key]
    values[key] = isValues(before) && isValues(value) ? Object.assign(noValues(), before, value) : value
    usual.delete(key)
  }
  return { type, fields: fieldsOf(type), values, usual, opening, playbook, today }
}

/** The page as text. */
export function renderDraft({ type, fields, values, usual, opening, playbook }: Draft): string {
  const sections = sectionsOf(type, values, playbook.settings)
  return renderNewPage({ fields, values, offers: pagePlans[type].offers, usual, opening, sections })
}

/** The page of a text, its fields alone. */
export function parsedPage(path: string, text: string, folder: string): AnyEntity {
  const entity = parseEntity(path, path.slice(folder.length + 1), parsePage(text, withoutBody, defaultLimits))
  if (entity === undefined) throw new Error(`${path} is the page of no type`)
  return entity
}

/** Whether a problem is about a value that was given, and not about one that is still to come. */
export function wasGiven({ path }: FieldProblem, values: Values): boolean {
  let current: Value | undefined = values
  for (const key of path) {
    if (Array.isArray(current)) current = current[Number(key)] as Value | undefined
    else current = isValues(current) ? current[String(key)] : undefined
  }
  return current !== undefined
}

/** The id by what the page is called. Throws {@link Fault} where nothing says so. */
export function idOfDraft({ type, values, playbook }: Draft): string {
  if (type === 'feedback') {
    const target = typeof values.on === 'string' ? idFrom(values.on.replace(/^[a-z]+\//, '')) : undefined
    if (target === undefined)
      throw new Fault(
        'say what the feedback is about, for example `playproof new feedback --set on=plays/audit-deadline`.',
      )
    return freeOf(`${String(values.date)}-${target}`.slice(0, 78), playbook)
  }
  const naming = type === 'person' ? 'name' : 'title'
  const title = values[naming]
  const id = typeof title === 'string' ? idFrom(title) : undefined
  if (id !== undefined) return id
  const why = typeof title === 'string' ? `no id can be made from “${visible(title)}”` : `a ${type} needs an id`
  throw new Fault(
    `${why}: give one, as in \`playproof new ${type} ${type === 'person' ? 'jo-park' : 'audit-deadline'}\`${typeof title === 'string' ? '' : `, or \`--set ${naming}=…\` to make it from`}.`,
  )
}

/** Two sellers may write about one page on one day. */
function freeOf(id: string, playbook: Playbook): string {
  const known = new Set(playbook.ids('feedback'))
  let free = id
  for (let number = 2; known.has(free); number++) free = `${id}-${number}`
  return free
}
