/**
 * The frame of every page the extension draws itself: escaped text, one nonce, no address but its own.
 *
 * A page has no code of its own. Buttons say what they mean by `data-send`, forms send their fields, and the
 * extension draws the page again; so whatever an author wrote is text and never script.
 */
/** HTML that was escaped or written by us; made by {@link html} only. */
export interface Html {
  readonly html: string
}

/** Escapes every value but HTML: `` html`<b>${title}</b>` ``. Lists are joined; undefined and false are nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { html: strings.map((text, index) => text + shown(values[index])).join('') }
}

type HtmlValue = string | number | boolean | undefined | null | Html | readonly HtmlValue[]

function shown(value: HtmlValue): string {
  if (value === undefined || value === null || value === false || value === true) return ''
  if (Array.isArray(value)) return value.map(shown).join('')
  if (typeof value === 'object') return (value as Html).html
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** A sentence with its code spans: `` as `match` asks ``. */
export function sentence(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`
}

/** What a page sends: a button's name and value, or a form's fields. */
export interface PanelMessage {
  readonly send: string
  readonly value: string
  readonly fields: readonly (readonly [string, string])[]
}

/** A whole page; `frames` are the origins whose pages may stand in it. */
export function panelPage(body: Html, options: { readonly frames?: string } = {}): string {
  const nonce = randomNonce()
  const frames = options.frames === undefined ? '' : ` frame-src ${options.frames};`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}';${frames}">
<style nonce="${nonce}">${style}</style>
</head>
<body>
${body.html}
<script nonce="${nonce}">${script}</script>
</body>
</html>`
}

/** 128 random bits as text. */
function randomNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Whether what a page sent has the shape of a message. */
export function isPanelMessage(value: unknown): value is PanelMessage {
  return (
    typeof value === 'object' && value !== null && 'send' in value && 'fields' in value && Array.isArray(value.fields)
  )
}

const script = `
const host = acquireVsCodeApi()
host.postMessage({ send: 'shown', value: '', fields: [] })
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-send]')
  if (button) host.postMessage({ send: button.dataset.send, value: button.dataset.value ?? '', fields: [] })
})
document.addEventListener('submit', (event) => {
  event.preventDefault()
  host.postMessage({ send: event.target.dataset.form, value: '', fields: [...new FormData(event.target)] })
})
document.addEventListener('change', (event) => {
  const send = event.target.dataset.change
  if (send) host.postMessage({ send, value: event.target.value, fields: [...new FormData(event.target.form)] })
})
`

const style = `
body { font: var(--vscode-font-weight) var(--vscode-font-size)/1.5 var(--vscode-font-family); color: var(--vscode-foreground); padding: 0 14px 24px; }
h1 { font-size: 1.45em; font-weight: 600; margin: 14px 0 4px; line-height: 1.25; }
h2 { font-size: 1em; font-weight: 600; margin: 22px 0 6px; padding-bottom: 4px; border-bottom: 1px solid var(--vscode-widget-border, #8884); }
p { margin: 6px 0; }
a { color: var(--vscode-textLink-foreground); }
.quiet { color: var(--vscode-descriptionForeground); }
ul, ol { margin: 0; padding: 0; list-style: none; }
ul > li { padding: 8px 0; border-bottom: 1px solid var(--vscode-widget-border, #8882); }
.verdict { display: inline-block; padding: 1px 10px; border-radius: 10px; font-weight: 600; border: 1px solid currentColor; }
.verdict.proven, .verdict.repeatable { color: var(--vscode-charts-green); }
.verdict.anecdotal { color: var(--vscode-charts-yellow, #a87400); }
.verdict.unproven { color: var(--vscode-descriptionForeground); }
.deal { display: grid; grid-template-columns: 1fr auto; gap: 2px 10px; }
.deal .name { font-weight: 600; overflow-wrap: anywhere; }
.deal .facts, .deal .why { grid-column: 1 / -1; }
.counts::before, .counts-not::before { content: ""; display: inline-block; width: 7px; height: 7px; margin-right: 7px; border-radius: 50%; border: 2px solid var(--vscode-charts-green); background: var(--vscode-charts-green); }
.counts-not::before { border-color: var(--vscode-errorForeground); background: transparent; }
code { font-family: var(--vscode-editor-font-family); }
button { font: inherit; color: var(--vscode-button-foreground); background: var(--vscode-button-background); border: 1px solid var(--vscode-button-border, transparent); border-radius: 3px; padding: 3px 12px; cursor: pointer; }
button:hover { background: var(--vscode-button-hoverBackground); }
button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible { outline: 2px solid var(--vscode-focusBorder); outline-offset: 1px; }
button.second { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
button.second:hover { background: var(--vscode-button-secondaryHoverBackground); }
form, .start { max-width: 640px; margin: 0 auto; }
label { display: block; margin: 14px 0 2px; font-weight: 600; }
label .quiet { font-weight: normal; }
input, select, textarea { box-sizing: border-box; width: 100%; font: inherit; color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-widget-border, #8886)); border-radius: 3px; padding: 5px 7px; }
fieldset { border: 0; margin: 14px 0 2px; padding: 0; }
legend { padding: 0; font-weight: 600; margin-bottom: 4px; }
legend .quiet { font-weight: normal; }
.boxes { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 2px 14px; max-height: 11em; overflow: auto; padding: 5px 7px; background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-widget-border, #8886)); border-radius: 3px; }
.boxes label { display: flex; gap: 7px; align-items: center; margin: 0; font-weight: normal; overflow-wrap: anywhere; }
.boxes input { width: auto; margin: 0; accent-color: var(--vscode-button-background); }
option { color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background); }
.error { color: var(--vscode-errorForeground); border-left: 3px solid currentColor; padding: 4px 10px; margin: 12px 0; }
.actions { margin-top: 20px; display: flex; gap: 8px; flex-wrap: wrap; }
.start { padding-top: 6vh; }
.start h1 { font-size: 2em; }
.start ol { counter-reset: step; margin-top: 26px; }
.start li { counter-increment: step; padding: 12px 0 12px 46px; position: relative; font-size: 1.1em; }
.start li::before { content: counter(step); position: absolute; left: 0; top: 10px; width: 30px; height: 30px; line-height: 30px; border-radius: 50%; text-align: center; color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
.site { position: fixed; inset: 0; display: flex; flex-direction: column; }
.site p { display: flex; justify-content: space-between; align-items: center; gap: 10px; margin: 0; padding: 6px 12px; border-bottom: 1px solid var(--vscode-widget-border, #8884); }
.site .loading { position: absolute; top: 40%; left: 0; right: 0; justify-content: center; border: 0; }
.site iframe { position: relative; flex: 1; border: 0; width: 100%; }
`
