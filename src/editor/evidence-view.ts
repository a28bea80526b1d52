/**
 * The evidence view: the verdict of the play in the editor, why each cited deal counts or not, and deals that would fit.
 */
import * as vscode from 'vscode'
import { reasonText } from '../reports/reasons.ts'
import { recordLine, verdictWords } from '../reports/verdict-words.ts'
import type { Ask } from './extension.ts'
import { type Html, html, isPanelMessage, panelPage, sentence } from './panel-page.ts'
import type { EvidenceAnswer, FittingDeal } from './requests.ts'

export class EvidenceView implements vscode.WebviewViewProvider {
  readonly #ask: Ask
  #view: vscode.WebviewView | undefined
  #uri: vscode.Uri | undefined
  #later: ReturnType<typeof setTimeout> | undefined
  #drawn = ''

  constructor(ask: Ask) {
    this.#ask = ask
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view
    this.#drawn = ''
    view.webview.options = { enableScripts: true, localResourceRoots: [] }
    view.webview.onDidReceiveMessage((message: unknown) => {
      if (isPanelMessage(message) && message.send === 'cite' && this.#uri !== undefined)
        void citeDeal(this.#ask, this.#uri, message.value)
    })
    view.onDidChangeVisibility(() => this.follow())
    this.#draw(html`<p class="quiet">Open a play to see what proves it.</p>`)
    this.follow()
  }

  /** Draws the play in the active editor, soon; the last one stays while something else has the focus. */
  follow(): void {
    const document = vscode.window.activeTextEditor?.document
    if (document?.languageId === 'markdown' && document.uri.scheme === 'file') this.#uri = document.uri
    clearTimeout(this.#later)
    this.#later = setTimeout(() => void this.#refresh(), 250)
  }

  async #refresh(): Promise<void> {
    const uri = this.#uri
    if (this.#view?.visible !== true || uri === undefined) return
    const answer = await this.#ask('playproof/evidence', { uri: uri.toString() }).catch(() => undefined)
    if (uri !== this.#uri || answer === undefined) return
    const most = vscode.workspace.getConfiguration('playproof').get('evidence.fitting', 8)
    this.#draw(answer === null ? noPlay : evidencePage(answer, most))
  }

  #draw(body: Html): void {
    if (this.#view === undefined || body.html === this.#drawn) return
    this.#drawn = body.html
    this.#view.webview.html = panelPage(body)
  }
}

/** Writes the citation into the text, which stays unsaved until its author saves it. */
export async function citeDeal(ask: Ask, uri: vscode.Uri, deal: string): Promise<void> {
  const edit = await ask('playproof/cite', { uri: uri.toString(), deal })
  const changes = Object.values(edit?.changes ?? {}).flat()
  const documentChanges = (edit?.documentChanges ?? []).flatMap((change) => ('edits' in change ? change.edits : []))
  const target = new vscode.WorkspaceEdit()
  for (const { range, newText } of [...changes, ...documentChanges].filter((each) => 'newText' in each)) {
    const { start, end } = range
    target.replace(uri, new vscode.Range(start.line, start.character, end.line, end.character), newText)
  }
  const document = await vscode.workspace.openTextDocument(uri)
  if (target.size > 0 && (await vscode.workspace.applyEdit(target))) {
    const editor = await vscode.window.showTextDocument(document, { preview: false })
    const place = document.getText().indexOf(deal)
    if (place >= 0) editor.revealRange(new vscode.Range(document.positionAt(place), document.positionAt(place)))
  } else void vscode.window.showInformationMessage(`${deal} could not be written into this page.`)
}

const noPlay = html`<p class="quiet">This page is no play. Verdicts and citations are shown for plays.</p>`

/** The whole view of one play. */
export function evidencePage({ play, title, fitting }: EvidenceAnswer, most: number): Html {
  const counting = play.citations.filter(({ eligible }) => eligible).length
  return html`<h1>${title}</h1>
<p><span class="verdict ${play.verdict}">${verdictWords(play)}</span> <span class="quiet">status: ${play.status ?? 'none'}</span></p>
<p>${recordLine(play)}${play.record.basis === 'matched' ? html` <span class="quiet">Deals that fit; nobody recorded that the play was run.</span>` : ''}</p>
<h2>Cited deals: ${counting} of ${play.citations.length} count</h2>
${
  play.citations.length === 0
    ? html`<p class="quiet">None yet.</p>`
    : html`<ul>${play.citations.map(
        (
          citation,
        ) => html`<li class="deal"><span class="name ${citation.eligible ? 'counts' : 'counts-not'}">${citation.deal} ${citation.account}</span><span>${amount(citation.amount)}</span>
<span class="facts quiet">${[citation.owner, citation.closed].filter(Boolean).join(' · ')}</span>
${citation.eligible ? '' : html`<span class="why">Does not count: it ${citation.reasons.map((reason) => reasonText(reason)).join('; it ')}.</span>`}</li>`,
      )}</ul>`
}
<h2>Deals that would fit</h2>
${fitting.length === 0 ? html`<p class="quiet">No other won deal fits this play.</p>` : html`<ul>${fitting.slice(0, most).map(fittingDeal)}</ul>`}`
}

function fittingDeal({ deal, account, owner, amount: value, closed, why }: FittingDeal): Html {
  return html`<li class="deal"><span class="name">${deal} ${account}</span><span><button data-send="cite" data-value="${deal}" title="Write ${deal} into the play">Cite</button></span>
<span class="facts quiet">${[amount(value), owner, closed].filter((each) => each !== null && each !== '').join(' · ')}</span>
${why === '' ? '' : html`<span class="why">${sentence(why)}</span>`}</li>`
}

function amount(value: number | null): string {
  return value === null ? '' : value.toLocaleString('en-US')
}
