/**
 * The evidence view: the verdict of the play in the editor, why each cited deal counts or not, and deals that would fit.
 */
import * as vscode from 'vscode'
import { evidencePage, noPlay } from './evidence-page.ts'
import { type Html, html, isPanelMessage, panelPage } from './panel-page.ts'
import type { Ask } from './requests.ts'

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
