/**
 * *Show on the Site*: the page as reps will see it, beside the text, from the live site itself.
 *
 * The live site answers under another host name than the studio, so its frame shares no cookie and no page with it.
 * It follows every save; what is not saved is not on the site.
 */
import * as vscode from 'vscode'
import { identify } from '../model/entity-types.ts'
import { addressOf } from '../model/page-address.ts'
import type { Host } from './host.ts'
import { type Html, html, isPanelMessage, panelPage } from './panel-page.ts'

export class SitePreview {
  readonly #host: Host
  #panel: vscode.WebviewPanel | undefined
  #address: string | undefined
  #shown: vscode.Uri | undefined

  constructor(host: Host) {
    this.#host = host
  }

  async show(): Promise<void> {
    if (this.#wanted() === undefined) {
      void vscode.window.showInformationMessage(
        'Open a page of the playbook first; then it can be shown as on the site.',
      )
      return
    }
    if (await this.#host.isNarrow()) await vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar')
    this.#panel ??= this.#newPanel()
    this.#panel.reveal(vscode.ViewColumn.Beside, true)
    if (this.#address === undefined) {
      this.#draw(html`<p>Starting the site. This takes a few seconds the first time.</p>`)
      try {
        this.#address = await this.#host.liveSite()
      } catch (error) {
        this.#draw(html`<p class="error">${error instanceof Error ? error.message : String(error)}</p>
<p><button data-send="again">Try again</button></p>`)
        return
      }
    }
    // Another page may have been opened meanwhile.
    const uri = this.#wanted()
    if (uri !== undefined) this.#showPage(uri, true)
  }

  /** The page in the editor, else the one that was shown last. */
  #wanted(): vscode.Uri | undefined {
    const uri = vscode.window.activeTextEditor?.document.uri
    return uri !== undefined && pageOf(uri) !== undefined ? uri : this.#shown
  }

  /** Follows the active editor while the preview is open. */
  follow(): void {
    const uri = vscode.window.activeTextEditor?.document.uri
    if (uri !== undefined && pageOf(uri) !== undefined) this.#showPage(uri, false)
  }

  /** Draws the page again after it was saved, when the site had time to take it in. */
  saved(document: vscode.TextDocument): void {
    if (document.uri.toString() === this.#shown?.toString()) setTimeout(() => this.#showPage(document.uri, true), 600)
  }

  dispose(): void {
    this.#panel?.dispose()
  }

  #newPanel(): vscode.WebviewPanel {
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }
    const options = { enableScripts: true, localResourceRoots: [], retainContextWhenHidden: true }
    const panel = vscode.window.createWebviewPanel('playproof.site', 'On the site', place, options)
    panel.onDidDispose(() => {
      this.#panel = undefined
      this.#shown = undefined
    })
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (!isPanelMessage(message)) return
      if (message.send === 'again') void this.show()
      if (message.send === 'open' && this.#shown !== undefined)
        void vscode.env.openExternal(vscode.Uri.parse(this.#urlOf(this.#shown)))
    })
    return panel
  }

  #showPage(uri: vscode.Uri, again: boolean): void {
    if (this.#panel === undefined || this.#address === undefined) return
    if (!again && uri.toString() === this.#shown?.toString()) return
    this.#shown = uri
    void this.#drawPage(uri, again)
  }

  async #drawPage(uri: vscode.Uri, again: boolean): Promise<void> {
    const made = await vscode.workspace.fs.stat(uri).then(
      ({ ctime }) => ctime,
      () => 0,
    )
    // The site needs a moment for a page that was made or renamed just now.
    if (!again && Date.now() - made < 3_000) {
      this.#draw(html`<p class="quiet">The site takes the page in…</p>`)
      await new Promise((resolve) => setTimeout(resolve, 2_500))
    }
    if (uri !== this.#shown) return
    if (isDraft(await vscode.workspace.openTextDocument(uri))) {
      this.#draw(html`<p>This page is a draft, so it is not on the site.</p>
<p class="quiet">Give it another <code>status</code> and save it; then reps see it, and you see it here.</p>`)
      return
    }
    const url = this.#urlOf(uri)
    this.#draw(html`<div class="site"><p class="quiet">As reps see it after each save. <button class="second" data-send="open">Open in a tab</button></p>
<p class="quiet loading">The page is being loaded…</p>
<iframe src="${url}" title="The page on the site" sandbox="allow-scripts allow-same-origin"></iframe></div>`)
  }

  #urlOf(uri: vscode.Uri): string {
    const page = pageOf(uri)
    const path = page === undefined ? '/' : addressOf(page.type, page.id)
    const url = new URL(`${this.#address?.replace(/\/$/, '')}${path}`)
    // The same address twice would not be loaded twice.
    url.searchParams.set('saved', String(Date.now()))
    return url.href
  }

  #draw(body: Html): void {
    if (this.#panel === undefined) return
    const frames = this.#address === undefined ? {} : { frames: new URL(this.#address).origin }
    this.#panel.webview.html = panelPage(body, frames)
  }
}

/** A draft with `until` is a hypothesis, which the site shows. */
function isDraft(document: vscode.TextDocument): boolean {
  const fields = /^---\r?\n(.*?)\r?\n---/s.exec(document.getText())?.[1] ?? ''
  return /^status: *draft\b/m.test(fields) && !/^until:/m.test(fields)
}

/** The type and id of a page by its address in the editor. */
export function pageOf(uri: vscode.Uri): ReturnType<typeof identify> {
  const inside = /\/playbook\/(?!.*\/playbook\/)(.+)$/.exec(uri.path)?.[1]
  return inside === undefined ? undefined : identify(inside)
}
