/**
 * The extension's entry in VS Code on the desktop: it runs the Playproof that is installed in the folder.
 *
 * So what the editor says is what `playproof check` says in the same folder. The folder must be trusted, because its
 * own copy is run; VS Code asks for that.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as vscode from 'vscode'
import { LanguageClient, TransportKind } from 'vscode-languageclient/node'
import { activateWith, checkedFiles } from './extension.ts'
import type { Host } from './host.ts'

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const root = rootOf(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath)
  const command = root === undefined ? undefined : commandIn(root)
  if (root === undefined || command === undefined) {
    void vscode.window.showWarningMessage(
      'Playproof is not installed in this folder. Run `npm install --save-dev playproof`, then reload the window.',
    )
    return
  }
  const run = { command: process.execPath, transport: TransportKind.stdio, options: { env: asNode } } as const
  const client = new LanguageClient(
    'playproof',
    'Playproof',
    { ...run, args: [command, '--root', root, 'lsp'] },
    { documentSelector: checkedFiles },
  )
  activateWith(context, new Desktop(client, root, command))
  await client.start()
}

/** VS Code's own program is Node where this is set. */
const asNode = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }

interface RunningSite {
  readonly address: Promise<string>
  readonly process: ChildProcess
}

class Desktop implements Host {
  readonly client: LanguageClient
  readonly #root: string
  readonly #command: string
  #site: RunningSite | undefined

  constructor(client: LanguageClient, root: string, command: string) {
    this.client = client
    this.#root = root
    this.#command = command
  }

  liveSite(): Promise<string> {
    this.#site ??= this.#startSite()
    return this.#site.address
  }

  async rename(page: string, id: string): Promise<string> {
    const child = this.#playproof('rename', page, id)
    const said: string[] = []
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => said.push(bytes.toString()))
    const status = await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject))
    const text = said.join('').trim()
    if (status !== 0) throw new Error(text.replace(/^playproof: /, ''))
    return text
  }

  /** VS Code does not say how wide its window is. */
  async isNarrow(): Promise<boolean> {
    return false
  }

  dispose(): void {
    this.#site?.process.kill()
    void this.client.stop()
  }

  #startSite(): RunningSite {
    const process = this.#playproof('dev', '--port', '0')
    const address = new Promise<string>((resolve, reject) => {
      let said = ''
      process.stdout?.on('data', (bytes: Buffer) => {
        said += bytes.toString()
        const found = /http:\/\/localhost:\d+\S*/.exec(said)?.[0]
        if (found !== undefined) resolve(found)
      })
      // A pipe that nobody reads fills up, and the site would stand still at its next warning.
      process.stderr?.resume()
      const ended = (): void => {
        this.#site = undefined
        reject(new Error('The site could not be started. `playproof dev` in a terminal says why.'))
      }
      process.on('close', ended).on('error', ended)
    })
    return { address, process }
  }

  #playproof(...args: string[]): ChildProcess {
    return spawn(process.execPath, [this.#command, '--no-color', '--root', this.#root, ...args], { env: asNode })
  }
}

function rootOf(folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined
  return [folder, join(folder, '..')].find((each) => existsSync(join(each, 'playbook/playbook.yaml')))
}

function commandIn(root: string): string | undefined {
  const set = vscode.workspace.getConfiguration('playproof').get('command', '')
  const candidates = ['node_modules/playproof/src/cli/playproof.mjs', 'src/cli/playproof.mjs'].map((path) =>
    join(root, path),
  )
  return (set === '' ? candidates : [set]).find((path) => existsSync(path))
}
