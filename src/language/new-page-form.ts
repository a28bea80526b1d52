/**
 * New pages for forms: what each type asks for, and the page that the answers make.
 */
import { type EntityType, entityTypes, folders } from '../model/entity-types.ts'
import { visible } from '../source/visible.ts'
import { Fault } from '../workspace/fault.ts'
import {
  idOfDraft,
  parsedPage,
  renderDraft,
  startDraft,
  typeCalled,
  wasGiven,
} from '../workspace/new-page/draft-page.ts'
import { demandFreeId, idOfReview } from '../workspace/new-page/new-page-id.ts'
import { pagePlans } from '../workspace/new-page/new-page-plans.ts'
import { fieldsOf, type PageField } from '../workspace/new-page/page-fields.ts'
import type { View } from './language-service.ts'
import type { FormField, PageType } from './protocol.ts'

export function pageTypes(): PageType[] {
  return entityTypes.map((type) => ({ type, folder: folders[type], fields: formOf(type) }))
}

/** Required fields and those that are usually asked for, the parts of groups each by itself. */
function formOf(type: EntityType): FormField[] {
  const asked = new Set(pagePlans[type].asks)
  const simple = (field: PageField, isRequired: boolean): FormField[] => {
    if (field.kind === 'group') return field.fields.flatMap((each) => simple(each, isRequired && each.required))
    if (
      field.kind === 'groups' ||
      !(isRequired || asked.has(field.name) || pagePlans[type].offers.includes(field.name))
    )
      return []
    const { name, kind, description, choices, reference } = field
    return [
      {
        name,
        label: labelOf(name),
        kind,
        required: isRequired,
        choices,
        doc: description,
        reference: reference ?? null,
      },
    ]
  }
  return fieldsOf(type).flatMap((field) => simple(field, field.required))
}

/** `owners.marketing` is “Owners: marketing”, `compellingEvent` is “Compelling event”. */
function labelOf(name: string): string {
  const words = name
    .replaceAll('.', ': ')
    .replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Throws {@link Fault} where the page cannot be made of this. */
export async function newPageFor(
  view: View,
  typeName: string,
  id: string,
  fields: Readonly<Record<string, string>>,
): Promise<{ readonly path: string; readonly text: string }> {
  const { playbook, asOf } = view
  const type = typeCalled(typeName)
  const settings = Object.entries(fields).flatMap(([name, value]) => (value.trim() === '' ? [] : [`${name}=${value}`]))
  const deal = type === 'review' ? id : undefined
  if (type === 'review' && id === '') throw new Fault('name the deal whose story it is.')
  const draft = await startDraft(type, deal, settings, view.ledger, playbook, asOf)
  const finalId = deal === undefined ? id || idOfDraft(draft) : idOfReview(deal)
  demandFreeId(type, finalId, playbook)
  const path = `${playbook.folder}/${folders[type]}/${finalId}.md`
  const text = renderDraft(draft)
  const wrong = parsedPage(path, text, playbook.folder).problems.find((problem) => wasGiven(problem, draft.values))
  if (wrong !== undefined) throw new Fault(`the page was not made: ${visible(wrong.text)}`)
  return { path, text }
}
