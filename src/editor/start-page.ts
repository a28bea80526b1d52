/**
 * *Start Here*: in three lines what to do, for somebody who opens the studio for the first time.
 */
import * as vscode from 'vscode'
import { html, isPanelMessage, panelPage } from './panel-page.ts'

let open: vscode.WebviewPanel | undefined

export function showStartPage(): void {
  if (open !== undefined) {
    open.reveal()
    return
  }
  const panel = vscode.window.createWebviewPanel('playproof.start', 'Start here', vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [],
  })
  open = panel
  panel.onDidDispose(() => {
    if (open === panel) open = undefined
  })
  panel.webview.html = panelPage(page)
  // In a new browser it may stay blank where another view is set up at the same moment; then it is made again.
  const blank = setTimeout(() => {
    if (open !== panel) return
    open = undefined
    panel.dispose()
    showStartPage()
  }, 6_000)
  panel.webview.onDidReceiveMessage((message: unknown) => {
    clearTimeout(blank)
    if (isPanelMessage(message) && message.send in commands)
      void vscode.commands.executeCommand(commands[message.send] ?? '')
  })
}

const commands: Readonly<Record<string, string>> = {
  newPlay: 'playproof.newPlay',
  find: 'workbench.action.quickOpen',
  evidence: 'playproof.showEvidence',
  changes: 'workbench.view.scm',
}

const page = html`<div class="start"><h1>Your playbook</h1>
<p class="quiet">Every page is a file on this computer, checked against the deals your team really won.</p>
<ol>
<li><b>Write.</b> Open a play on the left, or make a new one. What is wrong is underlined; point at it to read why.</li>
<li><b>Prove.</b> <i>Evidence</i>, on the right, says what backs the play. <i>Cite</i> puts a won deal into it. Save with Ctrl+S.</li>
<li><b>Share.</b> In <i>Changes</i>, say in a sentence what you did, commit it, and ask for a review.</li>
</ol>
<p class="actions"><button data-send="newPlay">New play…</button>
<button class="second" data-send="find">Find a page</button>
<button class="second" data-send="evidence">Show evidence</button>
<button class="second" data-send="changes">Show changes</button></p></div>`
