/**
 * The extension: commands, the evidence view, forms, the preview. The same in VS Code and in the studio.
 *
 * What the two do differently is behind {@link Host}; `main.ts` and `browser.ts` bring one each.
 */
import * as vscode from 'vscode'
import { State } from 'vscode-languageclient'
import { folders } from '../model/entity-types.ts'
import { citeDeal, EvidenceView } from './evidence-view.ts'
import type { Host } from './host.ts'
import { showNewPageForm } from './new-page.ts'
import { pageOf, SitePreview } from './preview.ts'
import { quietFingerprints } from './quiet-fingerprint.ts'
import type { Ask } from './requests.ts'
import { showStartPage } from './start-page.ts'

/** Files the language server is told about. */
export const checkedFiles = [
  { scheme: 'file', language: 'markdown' },
  { scheme: 'file', pattern: '**/{playbook,comp}.yaml' },
]

export function activateWith(context: vscode.ExtensionContext, host: Host): void {
  const ask: Ask = (name, params) =>
    params === undefined ? host.client.sendRequest(name) : host.client.sendRequest(name, params)
  const evidence = new EvidenceView(ask)
  const preview = new SitePreview(host)
  const status = vscode.window.createStatusBarItem('playproof.checking', vscode.StatusBarAlignment.Left, 50)
  status.name = 'Playproof'
  const showState = (): void => {
    const checking = host.client.state === State.Running
    status.text = checking ? '$(pass) Checking' : '$(sync~spin) Checking starts…'
    status.tooltip = checking ? 'Findings appear as you type.' : 'Nothing is checked until this ends.'
    status.command = 'workbench.actions.view.problems'
    status.show()
  }
  showState()
  const command = (name: string, action: (...given: never[]) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`playproof.${name}`, (...given: unknown[]) =>
      told(() => action(...(given as never[]))),
    )
  context.subscriptions.push(
    host,
    status,
    preview,
    quietFingerprints(),
    host.client.onDidChangeState(() => {
      showState()
      evidence.follow()
    }),
    host.client.onNotification('playproof/ready', () => evidence.follow()),
    vscode.window.registerWebviewViewProvider('playproof.evidence', evidence),
    vscode.window.onDidChangeActiveTextEditor(() => {
      evidence.follow()
      preview.follow()
    }),
    vscode.workspace.onDidChangeTextDocument(() => evidence.follow()),
    vscode.workspace.onDidSaveTextDocument((document) => preview.saved(document)),
    command('newPlay', () => showNewPageForm(ask, 'play')),
    command('newPage', () => showNewPageForm(ask, undefined)),
    command('showEvidence', () => vscode.commands.executeCommand('playproof.evidence.focus')),
    command('preview', () => preview.show()),
    command('start', showStartPage),
    command('restart', async () => {
      await host.client.stop()
      await host.client.start()
    }),
    command('cite', () => chooseDeal(ask)),
    command('rename', (uri?: vscode.Uri) => renamePage(host, uri)),
  )
  void vscode.commands.executeCommand('setContext', 'playproof.active', true)
}

/** Says what went wrong instead of failing unseen. */
async function told(action: () => unknown): Promise<void> {
  try {
    await action()
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error))
  }
}

async function chooseDeal(ask: Ask): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri
  const answer = uri === undefined ? null : await ask('playproof/evidence', { uri: uri.toString() })
  if (uri === undefined || answer === null) {
    void vscode.window.showInformationMessage('Open a play first; deals are cited in plays.')
    return
  }
  const items = answer.fitting.map(({ deal, account, owner, amount, closed, why }) => ({
    label: deal,
    description: account ?? '',
    detail: [amount?.toLocaleString('en-US'), owner, closed, why].filter(Boolean).join(' · '),
  }))
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: items.length === 0 ? 'No other won deal fits this play.' : `A won deal that fits “${answer.title}”`,
    matchOnDescription: true,
    matchOnDetail: true,
  })
  if (chosen !== undefined) await citeDeal(ask, uri, chosen.label)
}

async function renamePage(host: Host, given: vscode.Uri | undefined): Promise<void> {
  const uri = given ?? vscode.window.activeTextEditor?.document.uri
  const page = uri === undefined ? undefined : pageOf(uri)
  if (uri === undefined || page === undefined) {
    void vscode.window.showInformationMessage('Open the page you want to rename first.')
    return
  }
  const id = await vscode.window.showInputBox({
    title: `Rename ${folders[page.type]}/${page.id}`,
    prompt: 'Every page that refers to it is changed too. Unsaved pages are saved first.',
    value: page.id,
  })
  if (id === undefined || id === page.id || !(await vscode.workspace.saveAll(false))) return
  const done = await host.rename(`${folders[page.type]}/${page.id}`, id)
  const tab = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString())
  if (tab !== undefined) await vscode.window.tabGroups.close(tab)
  await vscode.window.showTextDocument(vscode.Uri.joinPath(uri, '..', `${id}.md`), { preview: false })
  void vscode.window.showInformationMessage(done)
}
