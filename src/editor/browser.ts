/**
 * The extension's entry in the studio, where it runs in a web worker and reaches everything through the studio's server.
 *
 * In another web edition of VS Code there is no such server, so it says what it needs and does nothing.
 */
import * as vscode from 'vscode'
import { CloseAction, ErrorAction } from 'vscode-languageclient'
import { LanguageClient } from 'vscode-languageclient/browser'
import { Changes } from './changes.ts'
import { activateWith, checkedFiles } from './extension.ts'
import type { Host } from './host.ts'
import { showStartPage } from './start-page.ts'
import { command, languageLine } from './studio-line.ts'

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  if (vscode.env.appName !== 'Playproof Studio') {
    void vscode.window.showWarningMessage('Playproof checks plays in VS Code on the desktop and in `playproof studio`.')
    return
  }
  const client = new QuietClient('playproof', 'Playproof', languageLine, {
    documentSelector: checkedFiles,
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({ action: CloseAction.Restart, handled: true }),
    },
  })
  const host: Host = {
    client,
    liveSite: async () => ((await command('site', {})) as { address: string }).address,
    rename: async (page, id) => ((await command('rename', { page, id })) as { text: string }).text,
    isNarrow: async () => (await vscode.commands.executeCommand('playproof.studio.isNarrow')) === true,
    dispose: () => void client.stop().catch(() => {}),
  }
  await vscode.commands.executeCommand('setContext', 'playproof.studio', true)
  activateWith(context, host)
  context.subscriptions.push(new Changes())
  client.start().catch(() => {})
  if (context.workspaceState.get('evidence shown') === undefined) {
    await vscode.commands.executeCommand('playproof.evidence.focus')
    await context.workspaceState.update('evidence shown', true)
  }
  const nothingOpen = vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0)
  if (nothingOpen && vscode.workspace.getConfiguration('playproof').get('start.show', true)) showStartPage()
}

/** Says nothing about a line that is lost: the page says so once, and the line comes back by itself. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false)
  }
}
