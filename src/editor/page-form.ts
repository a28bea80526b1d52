/**
 * The form for a new page, as HTML, made from what the schemas say of each field.
 */
import { type Html, html } from './panel-page.ts'
import type { FormField, PageType } from './requests.ts'

/** The form of a type, filled with what was given. */
export function formPage(
  types: readonly PageType[],
  chosen: PageType,
  given: ReadonlyMap<string, string>,
  fault?: string,
): Html {
  const hint =
    chosen.type === 'review' ? 'The deal’s id, as the CRM has it' : 'The file name: small letters, digits and -'
  return html`<form data-form="make"><h1>New ${chosen.type}</h1>
<p class="quiet">What you leave blank can be written into the page later; the checks say what is missing.</p>
${fault === undefined ? '' : html`<p class="error" role="alert">${fault}</p>`}
<label for="type">Kind of page</label>
<select id="type" name="type" data-change="type">${types.map(({ type }) => html`<option ${type === chosen.type ? selected : ''}>${type}</option>`)}</select>
<label for="id">Id <span class="quiet">${hint}</span></label>
<input id="id" name="id" required value="${given.get('id') ?? ''}" spellcheck="false">
${chosen.fields.map((field) => fieldInput(field, given.get(field.name) ?? ''))}
<p class="actions"><button type="submit">Make the page</button></p></form>`
}

const selected = html`selected`
const required = html`required`

function fieldInput({ name, label, kind, required: needed, choices, doc }: FormField, value: string): Html {
  const must = needed ? required : ''
  const title = html`<label for="${name}">${label}${needed ? '' : html` <span class="quiet">optional</span>`}</label>`
  const note = doc === '' ? '' : html`<p class="quiet">${doc}</p>`
  if (choices.length > 0) {
    const several = kind === 'ids' || kind === 'texts' || kind === 'text-or-texts'
    const options = choices.map((each) => html`<option ${each === value ? selected : ''}>${each}</option>`)
    return html`${title}<select id="${name}" name="${name}" ${must} ${several ? html`multiple` : ''}>${several ? '' : html`<option value=""></option>`}${options}</select>${note}`
  }
  const type = kind === 'number' ? 'number' : 'text'
  return html`${title}<input id="${name}" name="${name}" type="${type}" ${must} value="${value}">${note}`
}
