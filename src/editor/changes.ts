/**
 * *Changes*: what differs from the last commit, and the way from there to a review, in the studio.
 *
 * On the desktop VS Code's own git does this. Here git runs behind the studio's server; this shows its state in the
 * workbench's source control view, in plain words, and keeps it up to date.
 */
import * as vscode from 'vscode'
import type { ChangedFile, RepositoryState } from './studio-commands.ts'
import { command, committedText, repositoryState } from './studio-line.ts'

const committed = 'playproof-committed'

const kindWords: Readonly<Record<ChangedFile['kind'], string>> = {
  added: 'new',
  changed: 'changed',
  removed: 'deleted',
  conflict: 'in conflict',
}

export class Changes implements vscode.Disposable {
  readonly #folder: vscode.Uri
  readonly #control: vscode.SourceControl
  readonly #staged: vscode.SourceControlResourceGroup
  readonly #changed: vscode.SourceControlResourceGroup
  readonly #base = new vscode.EventEmitter<vscode.Uri>()
  readonly #parts: vscode.Disposable[]
  #state: RepositoryState | null = null
  #later: ReturnType<typeof setTimeout> | undefined
  #told = false

  constructor() {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/')
    this.#folder = vscode.Uri.joinPath(folder, '..')
    this.#control = vscode.scm.createSourceControl('playproof', 'Changes', folder)
    this.#staged = this.#control.createResourceGroup('staged', 'In the next commit')
    this.#changed = this.#control.createResourceGroup('changed', 'Changed')
    this.#staged.hideWhenEmpty = true
    this.#control.acceptInputCommand = { command: 'playproof.changes.commit', title: 'Commit' }
    this.#control.quickDiffProvider = { provideOriginalResource: (uri) => this.#committedUri(uri) }
    const watcher = vscode.workspace.createFileSystemWatcher('**/*')
    const soon = (): void => this.#soon()
    this.#parts = [
      this.#control,
      watcher,
      watcher.onDidChange(soon),
      watcher.onDidCreate(soon),
      watcher.onDidDelete(soon),
      vscode.workspace.onDidSaveTextDocument(soon),
      vscode.window.onDidChangeWindowState(soon),
      vscode.workspace.registerTextDocumentContentProvider(committed, {
        onDidChange: this.#base.event,
        provideTextDocumentContent: (uri) => committedText(this.#relative(uri)),
      }),
      ...this.#commands(),
    ]
    void this.#refresh()
  }

  dispose(): void {
    clearTimeout(this.#later)
    for (const part of this.#parts) part.dispose()
  }

  #commands(): vscode.Disposable[] {
    const all = (group: vscode.SourceControlResourceGroup): string[] => this.#paths(group.resourceStates)
    const actions: Record<string, (...given: never[]) => unknown> = {
      refresh: () => {},
      commit: () => this.#commit(),
      push: () => this.#push(),
      pullRequest: () => this.#pullRequest(),
      newBranch: () => this.#newBranch(),
      switchBranch: () => this.#switchBranch(),
      identity: () => this.#identity(),
      trust: () => this.#trust(),
      open: (uri: vscode.Uri, kind: ChangedFile['kind']) => this.#open(uri, kind),
      openFile: (state: vscode.SourceControlResourceState) => vscode.window.showTextDocument(state.resourceUri),
      stage: (...states: vscode.SourceControlResourceState[]) => command('stage', { files: this.#paths(states) }),
      unstage: (...states: vscode.SourceControlResourceState[]) => command('unstage', { files: this.#paths(states) }),
      stageAll: () => command('stage', { files: all(this.#changed) }),
      unstageAll: () => command('unstage', { files: all(this.#staged) }),
    }
    return Object.entries(actions).map(([name, action]) =>
      vscode.commands.registerCommand(`playproof.changes.${name}`, async (...given: unknown[]) => {
        try {
          await action(...(given as never[]))
        } catch (error) {
          void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error))
        }
        await this.#refresh()
      }),
    )
  }

  #soon(): void {
    clearTimeout(this.#later)
    this.#later = setTimeout(() => void this.#refresh(), 300)
  }

  async #refresh(): Promise<void> {
    // Where the server is away, what was seen last stays.
    const state = await repositoryState().catch(() => undefined)
    if (state === undefined) return
    this.#state = state
    void vscode.commands.executeCommand('setContext', 'playproof.restricted', state?.trusted === false)
    this.#staged.resourceStates = (state?.staged ?? []).map((file) => this.#shown(file))
    this.#changed.resourceStates = (state?.changed ?? []).map((file) => this.#shown(file))
    this.#control.count = new Set([...(state?.staged ?? []), ...(state?.changed ?? [])].map(({ path }) => path)).size
    this.#control.inputBox.placeholder = 'What did you do? (Ctrl+Enter commits)'
    this.#control.inputBox.visible = state?.trusted === true
    this.#control.statusBarCommands = state === null ? [] : statusOf(state)
    for (const { path } of state?.changed ?? []) this.#base.fire(this.#uri(path).with({ scheme: committed }))
    if (state?.trusted === false && !this.#told) {
      this.#told = true
      void this.#askForTrust()
    }
  }

  #shown({ path, kind }: ChangedFile): vscode.SourceControlResourceState {
    const resourceUri = this.#uri(path)
    return {
      resourceUri,
      contextValue: kind,
      command: { command: 'playproof.changes.open', title: 'Show what changed', arguments: [resourceUri, kind] },
      decorations: { strikeThrough: kind === 'removed', tooltip: `${path}: ${kindWords[kind]}` },
    }
  }

  async #open(uri: vscode.Uri, kind: ChangedFile['kind']): Promise<void> {
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1)
    if (kind === 'added') await vscode.window.showTextDocument(uri)
    else if (kind === 'removed') await vscode.window.showTextDocument(uri.with({ scheme: committed }))
    else
      await vscode.commands.executeCommand(
        'vscode.diff',
        uri.with({ scheme: committed }),
        uri,
        `${name}: since the last commit`,
      )
  }

  async #commit(): Promise<void> {
    const message = this.#control.inputBox.value.trim()
    const group = this.#staged.resourceStates.length > 0 ? this.#staged : this.#changed
    const files = this.#paths(group.resourceStates)
    if (files.length === 0) throw new Error('Nothing is changed, so there is nothing to commit.')
    if (message === '') throw new Error('Say in a sentence what you did, above the list; then commit.')
    if (this.#state?.identity === false && !(await this.#identity())) return
    const unsaved = vscode.workspace.textDocuments.filter(
      (each) => each.isDirty && files.includes(this.#relative(each.uri)),
    )
    for (const document of unsaved)
      if (!(await document.save())) throw new Error('A page could not be saved, so nothing was committed.')
    await command('commit', { files, message })
    this.#control.inputBox.value = ''
    const many = files.length === 1 ? '1 page' : `${files.length} pages`
    vscode.window.setStatusBarMessage(`$(check) Committed ${many}.`, 8_000)
  }

  async #push(): Promise<void> {
    // The branch may have been changed a moment ago, here or with git.
    await this.#refresh()
    if (this.#state?.shared === true) {
      const made = await vscode.window.showInformationMessage(
        `“${this.#state.branch}” is what everybody works from. Make a branch of your own first; your commits go with you.`,
        'New Branch…',
      )
      if (made === undefined || !(await this.#newBranch())) return
    }
    const progress = { location: vscode.ProgressLocation.Notification, title: 'Sending your commits…' }
    await vscode.window.withProgress(progress, () => command('push', {}))
    await this.#refresh()
    if (this.#state?.pullRequest == null) {
      void vscode.window.showInformationMessage('Your commits were sent.')
      return
    }
    const next = await vscode.window.showInformationMessage('Your commits were sent.', 'Ask for a Review')
    if (next !== undefined) await this.#pullRequest()
  }

  async #pullRequest(): Promise<void> {
    await this.#refresh()
    const state = this.#state
    if (state === null) throw new Error('This folder is in no git repository.')
    if (state.shared)
      throw new Error(`“${state.branch}” is what everybody works from. Make a branch of your own first.`)
    if (state.ahead === null) throw new Error('Send your commits to the team first; then ask for a review.')
    if (state.pullRequest === null)
      throw new Error(`Open the pull request on the page of your git host: choose the branch “${state.branch}” there.`)
    await vscode.env.openExternal(vscode.Uri.parse(state.pullRequest))
  }

  async #newBranch(): Promise<boolean> {
    const typed = await vscode.window.showInputBox({
      title: 'New branch',
      prompt: 'A branch is your own line of work, until it is reviewed. For example: counter-refresh-evidence',
    })
    const name = typed?.trim().replace(/\s+/g, '-')
    if (name === undefined || name === '') return false
    await command('branch', { name, create: true })
    return true
  }

  async #switchBranch(): Promise<void> {
    const create = { label: '$(add) New branch…' }
    const others = (this.#state?.branches ?? []).filter((name) => name !== this.#state?.branch)
    const chosen = await vscode.window.showQuickPick([create, ...others.map((label) => ({ label }))], {
      placeHolder: 'Go to which branch?',
    })
    if (chosen === create) await this.#newBranch()
    else if (chosen !== undefined) await command('branch', { name: chosen.label, create: false })
  }

  async #identity(): Promise<boolean> {
    const title = 'Who are you? Each commit carries a name and an e-mail address.'
    const name = await vscode.window.showInputBox({ title, prompt: 'Your name', ignoreFocusOut: true })
    const email =
      name && (await vscode.window.showInputBox({ title, prompt: 'Your e-mail address', ignoreFocusOut: true }))
    if (!name || !email) return false
    await command('identity', { name, email })
    return true
  }

  async #askForTrust(): Promise<void> {
    const trust = 'Trust This Branch'
    const text =
      'Somebody else made commits on this branch. The studio only shows it until you trust it: committing would run what the branch may bring along.'
    if ((await vscode.window.showWarningMessage(text, trust)) === trust) {
      await this.#trust()
      await this.#refresh()
    }
  }

  async #trust(): Promise<void> {
    await command('trust', {})
  }

  #paths(states: readonly vscode.SourceControlResourceState[]): string[] {
    return states.map(({ resourceUri }) => this.#relative(resourceUri))
  }

  #uri(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, path)
  }

  #relative(uri: vscode.Uri): string {
    return uri.path.slice(this.#folder.path.replace(/\/$/, '').length + 1)
  }

  #committedUri(uri: vscode.Uri): vscode.Uri | undefined {
    return uri.scheme === 'file' ? uri.with({ scheme: committed }) : undefined
  }
}

function statusOf({ branch, ahead, behind, trusted }: RepositoryState): vscode.Command[] {
  const counts = [ahead ? `${ahead}↑` : '', behind > 0 ? `${behind}↓` : ''].filter(Boolean).join(' ')
  const name = {
    command: 'playproof.changes.switchBranch',
    title: `$(git-branch) ${branch ?? 'no branch'} ${counts}`.trim(),
  }
  return trusted
    ? [{ ...name, tooltip: 'The branch you are on; choose another' }]
    : [name, { command: 'playproof.changes.trust', title: '$(shield) Only shown', tooltip: 'Trust this branch' }]
}
