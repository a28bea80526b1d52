/**
 * The form for a new page, as HTML, made from what the schemas say of each field.
 */
import { type Html, html, sentence } from './panel-page.ts'
import type { FormField, PageType } from './requests.ts'

/** The form of a type, filled with what was given; several values of a field are separated by commas. */
export function formPage(
  types: readonly PageType[],
  chosen: PageType,
  given: ReadonlyMap<string, string>,
  fault?: string,
): Html {
  const fields = chosen.fields.map((field) => fieldInput(field, given.get(field.name)))
  return html`<form data-form="make"><h1>New ${chosen.type}</h1>
<p class="quiet">What you leave blank can be written into the page later; the checks say what is missing.</p>
${fault === undefined ? '' : html`<p class="error" role="alert">${sentence(fault)}</p>`}
<label for="type">Kind of page</label>
<select id="type" name="type" data-change="type">${types.map(({ type }) => html`<option ${type === chosen.type ? selected : ''}>${type}</option>`)}</select>
${chosen.fields[0]?.name === 'title' ? [fields[0], idInput(chosen, given.get('id') ?? ''), fields.slice(1)] : [idInput(chosen, given.get('id') ?? ''), fields]}
<p class="actions"><button type="submit">Make the page</button></p></form>`
}

const selected = html`selected`
const checked = html`checked`
const required = html`required`

/** A page with a title may leave its id to us; the story of a deal is told by its deal. */
function idInput({ type, fields }: PageType, value: string): Html {
  const titled = fields[0]?.name === 'title'
  const [label, hint] =
    type === 'review'
      ? ['Deal', 'Its id, as the CRM has it.']
      : ['File name', `Small letters, digits and \`-\`.${titled ? ' Left blank, it is made from the title.' : ''}`]
  return html`<label for="id">${label}${titled ? html` <span class="quiet">optional</span>` : ''}</label>
<input id="id" name="id" ${titled ? '' : required} value="${value}" spellcheck="false"><p class="quiet">${sentence(hint)}</p>`
}

function fieldInput(field: FormField, given: string | undefined): Html {
  const { name, label, kind, required: needed, choices, doc } = field
  const must = needed ? required : ''
  const optional = needed ? '' : html` <span class="quiet">optional</span>`
  const note = doc === '' ? '' : html`<p class="quiet">${sentence(doc)}</p>`
  const title = html`<label for="${name}">${label}${optional}</label>`
  if (choices.length > 0 && (kind === 'ids' || kind === 'texts' || kind === 'text-or-texts')) {
    const values = new Set(given?.split(', '))
    const boxes = choices.map(
      (each) =>
        html`<label><input type="checkbox" name="${name}" value="${each}" ${values.has(each) ? checked : ''}>${each}</label>`,
    )
    return html`<fieldset id="${name}"><legend>${label}${optional}</legend><div class="boxes">${boxes}</div></fieldset>${note}`
  }
  if (choices.length > 0) {
    // Every page begins as a draft.
    const value = given ?? (name === 'status' ? 'draft' : '')
    const options = choices.map((each) => html`<option ${each === value ? selected : ''}>${each}</option>`)
    return html`${title}<select id="${name}" name="${name}" ${must}><option value=""></option>${options}</select>${note}`
  }
  const type = kind === 'number' ? 'number' : 'text'
  const example = kind === 'predicate' ? html`placeholder="{ product: GTX Basic }"` : ''
  return html`${title}<input id="${name}" name="${name}" type="${type}" ${must} ${example} value="${given ?? ''}">${note}`
}
