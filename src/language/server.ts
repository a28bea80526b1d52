/**
 * The language server: answers an editor over whatever connection it is given.
 *
 * Protocol types stay in this file and its neighbours `protocol.ts` and `to-protocol.ts`; what is answered is decided
 * by the language service. Each folder with a playbook gets a service of its own.
 */
import { dirname } from 'node:path'
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  type DocumentSymbol,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  MarkupKind,
  type Position,
  PositionEncodingKind,
  ResponseError,
  SymbolKind,
  TextDocumentSyncKind,
  TextDocuments,
  type WorkspaceEdit,
} from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { minorDigitsOf } from '../ledger/money.ts'
import type { Edit } from '../source/text.ts'
import { visible } from '../source/visible.ts'
import { Fault } from '../workspace/fault.ts'
import { findRoot } from '../workspace/find-root.ts'
import { version } from '../workspace/version.ts'
import { type Action, actionsAt, allFixes } from './actions.ts'
import { hintsIn, linesOver } from './beside-the-text.ts'
import { citing } from './cite.ts'
import { type Proposal, type ProposalKind, proposals } from './completion.ts'
import { fittingDeals } from './fitting-deals.ts'
import { formattedFields } from './format-fields.ts'
import { tellAbout } from './hover.ts'
import type { View } from './language-service.ts'
import {
  definitionsAt,
  mentionsAt,
  mentionsOfDeal,
  movePlan,
  pagesCalled,
  renamePlan,
  renamingAt,
} from './navigation.ts'
import { newPageFor, pageTypes } from './new-page-form.ts'
import { OpenPlaybook } from './open-playbook.ts'
import { foldsOf, growing, linksOf, type OutlineItem, outlineOf } from './outline.ts'
import {
  citeRequest,
  evidenceRequest,
  newPageRequest,
  type PageEvidence,
  pageTypesRequest,
  readyNotification,
} from './protocol.ts'
import { dealAtLine } from './subject-at.ts'
import { fileOf } from './to-protocol.ts'
import { titleOf } from './words.ts'

export interface ServeOptions {
  /** The folder that holds `playbook/`; else the nearest one upward from each folder or file of the editor. */
  readonly root?: string
  /** `YYYY-MM-DD`: judge as of this day. */
  readonly asOf?: string
}

/** Serves one editor until the connection ends. */
export function serve(connection: Connection, options: ServeOptions = {}): void {
  new Server(connection, options).listen()
}

/** A question about one file, and what it is answered from. */
interface Asked {
  readonly playbook: OpenPlaybook
  readonly path: string
  readonly view: View
}

class Server {
  readonly #connection: Connection
  readonly #options: ServeOptions
  readonly #documents = new TextDocuments(TextDocument)
  readonly #playbooks = new Map<string, OpenPlaybook>()
  readonly #rootOf = new Map<string, string | undefined>()
  #client: InitializeParams['capabilities'] = {}
  #pulls = false
  #folders: string[] = []

  constructor(connection: Connection, options: ServeOptions) {
    this.#connection = connection
    this.#options = options
  }

  listen(): void {
    const connection = this.#connection
    connection.onInitialize((params) => this.#initialize(params))
    connection.onInitialized(() => this.#begin())
    connection.onShutdown(() => {
      for (const playbook of this.#playbooks.values()) playbook.close()
    })
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const playbook of this.#playbooks.values()) playbook.filesChanged(changes.map(({ uri }) => uri))
    })
    this.#documents.onDidChangeContent(({ document }) => this.#playbookOf(document.uri)?.opened(document))
    this.#documents.onDidClose(({ document }) => this.#playbookOf(document.uri)?.closed(document.uri))
    this.#answerAboutPlaces()
    this.#answerAboutFiles()
    this.#answerOwnRequests()
    this.#documents.listen(connection)
    connection.listen()
  }

  #initialize({ capabilities, rootUri, workspaceFolders, initializationOptions }: InitializeParams): InitializeResult {
    this.#client = capabilities
    this.#pulls = (initializationOptions as { diagnostics?: unknown } | undefined)?.diagnostics === 'pull'
    const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null || rootUri === undefined ? [] : [rootUri])
    this.#folders = uris.flatMap((uri) => fileOf(uri) ?? [])
    const files = [{ scheme: 'file', pattern: { glob: '**/playbook/**' } }]
    return {
      serverInfo: { name: 'playproof', version },
      capabilities: {
        positionEncoding: PositionEncodingKind.UTF16,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        completionProvider: { triggerCharacters: [':', ' ', '-', '[', '{', ',', '(', '#', '/'] },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        renameProvider: { prepareProvider: true },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, CodeActionKind.SourceFixAll],
        },
        codeLensProvider: {},
        inlayHintProvider: true,
        documentSymbolProvider: true,
        workspaceSymbolProvider: true,
        documentLinkProvider: {},
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        documentFormattingProvider: true,
        ...(this.#pulls
          ? { diagnosticProvider: { identifier: 'playproof', interFileDependencies: true, workspaceDiagnostics: true } }
          : {}),
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          fileOperations: { willRename: { filters: files } },
        },
      },
    }
  }

  #begin(): void {
    if (this.#client.workspace?.workspaceFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) this.#forget(fileOf(uri))
        for (const { uri } of added) this.#playbookIn(fileOf(uri))
      })
    }
    if (this.#clientWatches) {
      const watchers = [{ globPattern: '**/playbook/**' }]
      void this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers })
    }
    for (const folder of this.#options.root === undefined ? this.#folders : [this.#options.root])
      this.#playbookIn(folder)
  }

  get #clientWatches(): boolean {
    return this.#client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true
  }

  /** The playbook that a file belongs to, opened when it is first met. */
  #playbookOf(uri: string): OpenPlaybook | undefined {
    const file = fileOf(uri)
    return file === undefined ? undefined : this.#playbookIn(this.#options.root ?? dirname(file))
  }

  #playbookIn(folder: string | undefined): OpenPlaybook | undefined {
    if (folder === undefined) return undefined
    if (!this.#rootOf.has(folder)) this.#rootOf.set(folder, rootFrom(folder))
    const root = this.#rootOf.get(folder)
    if (root === undefined) {
      // One may be made there later.
      this.#rootOf.delete(folder)
      return undefined
    }
    const known = this.#playbooks.get(root)
    if (known !== undefined) return known
    const playbook = new OpenPlaybook({
      root,
      givenRoot: givenRoot(folder, root),
      ...(this.#options.asOf === undefined ? {} : { asOf: this.#options.asOf }),
      watches: !this.#clientWatches,
      publish: (uri, version, findings) => {
        if (this.#pulls) return
        const related = this.#client.textDocument?.publishDiagnostics?.relatedInformation === true
        const diagnostics = findings.map((finding) => playbook.to.diagnostic(finding, related))
        void this.#connection.sendDiagnostics({ uri, ...(version === undefined ? {} : { version }), diagnostics })
      },
      settled: (hasNewEvidence) => {
        void this.#connection.sendNotification(readyNotification, { root })
        this.#refresh(hasNewEvidence)
      },
      fault: (message) => {
        this.#connection.console.error(visible(message))
        this.#connection.window.showWarningMessage(`Playproof: ${visible(message)}`)
      },
    })
    this.#playbooks.set(root, playbook)
    playbook.start()
    return playbook
  }

  #forget(folder: string | undefined): void {
    const root = folder === undefined ? undefined : this.#rootOf.get(folder)
    const known = root === undefined ? undefined : this.#playbooks.get(root)
    if (root === undefined || known === undefined || known.hasOpenTexts) return
    known.close()
    this.#playbooks.delete(root)
  }

  /** Tells the editor to ask again for what stands beside texts. */
  #refresh(hasNewEvidence: boolean): void {
    const { workspace } = this.#client
    const quietly = (request: Promise<unknown>): void => {
      request.catch(() => {})
    }
    if (this.#pulls && workspace?.diagnostics?.refreshSupport)
      quietly(this.#connection.languages.diagnostics.refresh() as Promise<unknown>)
    if (!hasNewEvidence) return
    if (workspace?.codeLens?.refreshSupport) quietly(this.#connection.sendRequest('workspace/codeLens/refresh'))
    if (workspace?.inlayHint?.refreshSupport)
      quietly(this.#connection.languages.inlayHint.refresh() as Promise<unknown>)
  }

  /** Answers from the newest text and all others, or `otherwise` for files of no playbook. */
  async #about<Answer>(
    uri: string,
    token: CancellationToken | undefined,
    otherwise: Answer,
    answer: (asked: Asked) => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const service = this.#playbookOf(uri)?.service
    await service?.wholeView()
    const first = await this.#aboutText(uri, token, otherwise, answer)
    // Where there is nothing to say, a page may have it that was not read yet.
    return first === otherwise && (await service?.loaded()) ? this.#aboutText(uri, token, otherwise, answer) : first
  }

  /** The same from what the text alone says. Answers nobody waits for are not made. */
  async #aboutText<Answer>(
    uri: string,
    token: CancellationToken | undefined,
    otherwise: Answer,
    answer: (asked: Asked) => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const playbook = this.#playbookOf(uri)
    const path = playbook?.pathOf(uri)
    if (playbook === undefined || path === undefined) return otherwise
    const view = await playbook.service.viewOf(path)
    if (token?.isCancellationRequested) throw cancelled()
    if (view === undefined) return otherwise
    try {
      const answered = await answer({ playbook, path, view })
      if (token?.isCancellationRequested) throw cancelled()
      return answered
    } catch (error) {
      if (error instanceof Fault) throw new ResponseError(ErrorCodes.InvalidParams, sentence(error.message))
      throw error
    }
  }

  /** The same, once the ledger and the evidence have taken in what was typed. */
  async #aboutJudged<Answer>(
    uri: string,
    token: CancellationToken,
    otherwise: Answer,
    answer: (asked: Asked) => Answer | Promise<Answer>,
  ): Promise<Answer> {
    await this.#playbookOf(uri)?.service.settled()
    if (token.isCancellationRequested) throw cancelled()
    return this.#about(uri, token, otherwise, answer)
  }

  #answerAboutPlaces(): void {
    const connection = this.#connection
    connection.onCompletion(({ textDocument: { uri }, position }, token) =>
      this.#about(uri, token, null, async ({ playbook, path, view }) => {
        const { items, incomplete } = await proposals(view, path, playbook.to.offset(path, position))
        return {
          isIncomplete: incomplete,
          items: items.map((item, index) => completionItem(playbook, path, item, index)),
        }
      }),
    )
    connection.onHover(({ textDocument: { uri }, position }, token) =>
      this.#about(uri, token, null, async ({ playbook, path, view }) => {
        const told = await tellAbout(view, path, playbook.to.offset(path, position))
        if (told === undefined) return null
        return {
          contents: { kind: MarkupKind.Markdown, value: told.markdown },
          range: playbook.to.range(path, told.range),
        }
      }),
    )
    connection.onDefinition(({ textDocument: { uri }, position }, token) =>
      this.#about(uri, token, null, async (asked) => {
        const deal = await this.#dealAt(asked, position)
        const { playbook, path, view } = asked
        const places =
          deal === undefined
            ? await definitionsAt(view, path, playbook.to.offset(path, position))
            : (await mentionsOfDeal(view, deal, false)).slice(0, 1)
        return places.map((place) => playbook.to.location(place))
      }),
    )
    connection.onReferences(({ textDocument: { uri }, position, context }, token) =>
      this.#about(uri, token, null, async (asked) => {
        const deal = await this.#dealAt(asked, position)
        const { playbook, path, view } = asked
        const places =
          deal === undefined
            ? await mentionsAt(view, path, playbook.to.offset(path, position), context.includeDeclaration)
            : await mentionsOfDeal(view, deal, context.includeDeclaration)
        return places.map((place) => playbook.to.location(place))
      }),
    )
    connection.onPrepareRename(({ textDocument: { uri }, position }, token) =>
      this.#about(uri, token, null, ({ playbook, path, view }) => {
        const found = renamingAt(view, path, playbook.to.offset(path, position))
        return found === undefined ? null : { range: playbook.to.range(path, found.range), placeholder: found.id }
      }),
    )
    connection.onRenameRequest(({ textDocument: { uri }, position, newName }, token) =>
      this.#about(uri, token, null, ({ playbook, path, view }) => {
        const found = renamingAt(view, path, playbook.to.offset(path, position))
        if (found === undefined) return null
        const { edits, from, to } = renamePlan(view, found, newName)
        const { documentChanges, resourceOperations } = this.#client.workspace?.workspaceEdit ?? {}
        if (!documentChanges || !resourceOperations?.includes('rename'))
          throw new Fault(
            `this editor cannot rename files. Run \`playproof rename ${found.type}/${found.id} ${newName}\` instead.`,
          )
        const rename = { kind: 'rename' as const, oldUri: playbook.to.uri(from), newUri: playbook.to.uri(to) }
        return { documentChanges: [...playbook.to.documentEdits(edits), rename] }
      }),
    )
    connection.onCodeAction(({ textDocument: { uri }, range, context }, token) =>
      this.#about(uri, token, null, async ({ playbook, path, view }) => {
        const findings = playbook.service.findingsOf(path)
        const { only } = context
        const wants = (kind: string): boolean =>
          only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`))
        const at = { start: playbook.to.offset(path, range.start), end: playbook.to.offset(path, range.end) }
        const actions = actionsAt(view, path, at, findings)
          .map((action) => this.#codeAction(playbook, action, context.diagnostics))
          .filter(({ kind }) => wants(kind ?? ''))
        const all = wants(CodeActionKind.SourceFixAll) && only !== undefined ? allFixes(view, path, findings) : []
        return all.length === 0
          ? actions
          : [
              ...actions,
              {
                title: 'Fix everything that leaves nothing to decide',
                kind: CodeActionKind.SourceFixAll,
                edit: this.#workspaceEdit(playbook, all),
              },
            ]
      }),
    )
    connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) =>
      this.#aboutJudged(uri, token, null, async ({ playbook, path, view }) => {
        const within = { start: playbook.to.offset(path, range.start), end: playbook.to.offset(path, range.end) }
        const hints = await hintsIn(view, path, within)
        return hints.map(({ range, text }) => ({
          position: playbook.to.range(path, range).end,
          label: text,
          paddingLeft: true,
        }))
      }),
    )
    connection.onSelectionRanges(({ textDocument: { uri }, positions }, token) =>
      this.#aboutText(uri, token, null, ({ playbook, path, view }) =>
        positions.map((position) => {
          const ranges = growing(view, path, playbook.to.offset(path, position)).map((range) =>
            playbook.to.range(path, range),
          )
          const [first = { start: position, end: position }, ...rest] = ranges.toReversed()
          return rest.reduce<{ range: typeof first; parent?: { range: typeof first } }>(
            (parent, range) => ({ range, parent }),
            { range: first },
          )
        }),
      ),
    )
  }

  #answerAboutFiles(): void {
    const connection = this.#connection
    connection.onCodeLens(({ textDocument: { uri } }, token) =>
      this.#aboutJudged(uri, token, null, ({ playbook, path, view }) =>
        linesOver(view, path).map(({ range, text }) => ({
          range: playbook.to.range(path, range),
          command: { title: text, command: '' },
        })),
      ),
    )
    connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
      this.#aboutText(uri, token, null, ({ playbook, path, view }) =>
        outlineOf(view, path).map((item) => documentSymbol(playbook, path, item)),
      ),
    )
    connection.onWorkspaceSymbol(async ({ query }) => {
      const found = [...this.#playbooks.values()].map(async (playbook) => {
        const view = await playbook.service.wholeView()
        if (view === undefined) return []
        return pagesCalled(view, query).map(({ name, type, place }) => ({
          name: visible(name),
          kind: SymbolKind.File,
          containerName: type,
          location: playbook.to.location(place),
        }))
      })
      return (await Promise.all(found)).flat()
    })
    connection.onDocumentLinks(({ textDocument: { uri } }, token) =>
      this.#about(uri, token, null, ({ playbook, path, view }) =>
        linksOf(view, path).map(({ range, file, url }) => ({
          range: playbook.to.range(path, range),
          target: file === undefined ? (url ?? '') : playbook.to.uri(file),
        })),
      ),
    )
    connection.onFoldingRanges(({ textDocument: { uri } }, token) =>
      this.#aboutText(uri, token, null, ({ playbook, path, view }) =>
        foldsOf(view, path).flatMap((fold) => {
          const { start, end } = playbook.to.range(path, fold)
          const endLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line
          return endLine > start.line ? [{ startLine: start.line, endLine }] : []
        }),
      ),
    )
    connection.onDocumentFormatting(({ textDocument: { uri } }, token) =>
      this.#aboutText(uri, token, null, ({ playbook, path, view }) => {
        const source = path.endsWith('.md') ? view.sources.get(path) : undefined
        const edit = source === undefined ? undefined : formattedFields(path, source.text)
        return edit === undefined ? [] : [playbook.to.textEdit(edit)]
      }),
    )
    connection.workspace.onWillRenameFiles(async ({ files }) => {
      const changes: WorkspaceEdit[] = []
      for (const { oldUri, newUri } of files) {
        const edit = await this.#about<WorkspaceEdit | null>(oldUri, undefined, null, ({ playbook, path, view }) => {
          const to = playbook.pathOf(newUri)
          const edits = to === undefined ? [] : movePlan(view, path, to)
          return edits.length === 0 ? null : this.#workspaceEdit(playbook, edits)
        })
        if (edit !== null) changes.push(edit)
      }
      return merged(changes)
    })
    connection.languages.diagnostics.on(async ({ textDocument: { uri } }, token) => {
      const playbook = this.#playbookOf(uri)
      const path = playbook?.pathOf(uri)
      if (playbook === undefined || path === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] }
      await playbook.service.settled()
      if (token.isCancellationRequested) throw cancelled()
      const items = playbook.service.findingsOf(path).map((finding) => playbook.to.diagnostic(finding, true))
      return { kind: DocumentDiagnosticReportKind.Full, items }
    })
    connection.languages.diagnostics.onWorkspace(async () => {
      const all = [...this.#playbooks.values()]
      await Promise.all(all.map(({ service }) => service.settled()))
      return {
        items: all.flatMap((playbook) =>
          playbook.service.filesWithFindings.map((path) => ({
            kind: DocumentDiagnosticReportKind.Full,
            uri: playbook.to.uri(path),
            version: null,
            items: playbook.service.findingsOf(path).map((finding) => playbook.to.diagnostic(finding, true)),
          })),
        ),
      }
    })
  }

  #answerOwnRequests(): void {
    const connection = this.#connection
    connection.onRequest(evidenceRequest, ({ uri }, token) =>
      this.#aboutJudged<PageEvidence | null>(uri, token, null, ({ path, view }) => evidenceOf(view, path)),
    )
    connection.onRequest(citeRequest, ({ uri, deal }, token) =>
      this.#about<WorkspaceEdit | null>(uri, token, null, ({ playbook, path, view }) => {
        const entity = view.playbook.atPath(path)
        const edit = entity === undefined ? undefined : citing(view, entity, deal)
        return edit === undefined ? null : this.#workspaceEdit(playbook, [edit])
      }),
    )
    connection.onRequest(pageTypesRequest, () => pageTypes())
    connection.onRequest(newPageRequest, async ({ type, id, fields, uri }) => {
      const playbook = uri === undefined ? [...this.#playbooks.values()][0] : this.#playbookOf(uri)
      const view = await playbook?.service.wholeView()
      if (view === undefined)
        throw new ResponseError(ErrorCodes.InvalidParams, 'There is no playbook here to make a page in.')
      try {
        return await newPageFor(view, type, id, fields)
      } catch (error) {
        if (error instanceof Fault) throw new ResponseError(ErrorCodes.InvalidParams, sentence(error.message))
        throw error
      }
    })
  }

  /** The deal of a row, where the file is one of the ledger. */
  async #dealAt({ path, view }: Asked, { line }: Position): Promise<string | undefined> {
    return /\.csv$/.test(path) ? (await dealAtLine(view, path, line + 1))?.id : undefined
  }

  #codeAction(playbook: OpenPlaybook, action: Action, shown: CodeAction['diagnostics']): CodeAction {
    const { title, kind, finding, edits, preferred } = action
    const about = shown?.filter(
      ({ code, range }) => code === finding?.rule && range.start.line === (finding?.range.start.line ?? 0) - 1,
    )
    return {
      title: visible(title),
      kind: kind === 'change' && finding === undefined ? CodeActionKind.RefactorRewrite : CodeActionKind.QuickFix,
      ...(about === undefined || about.length === 0 ? {} : { diagnostics: about }),
      ...(preferred ? { isPreferred: true } : {}),
      edit: this.#workspaceEdit(playbook, edits),
    }
  }

  #workspaceEdit(playbook: OpenPlaybook, edits: readonly Edit[]): WorkspaceEdit {
    const documentChanges = playbook.to.documentEdits(edits)
    if (this.#client.workspace?.workspaceEdit?.documentChanges) return { documentChanges }
    return {
      changes: Object.fromEntries(
        documentChanges.map(({ textDocument, edits }) => [textDocument.uri, edits]),
      ) as NonNullable<WorkspaceEdit['changes']>,
    }
  }
}

function rootFrom(folder: string): string | undefined {
  try {
    return findRoot(folder)
  } catch {
    return undefined
  }
}

/** The root as the editor writes it, which may lead through links to the real one. */
function givenRoot(folder: string, root: string): string {
  for (let given = folder; ; given = dirname(given)) {
    if (rootFrom(given) === root && rootFrom(dirname(given)) !== root) return given
    if (dirname(given) === given) return root
  }
}

function merged(edits: readonly WorkspaceEdit[]): WorkspaceEdit | null {
  if (edits.length === 0) return null
  const documentChanges = edits.flatMap((edit) => edit.documentChanges ?? [])
  if (documentChanges.length > 0) return { documentChanges }
  const changes: NonNullable<WorkspaceEdit['changes']> = {}
  for (const edit of edits)
    for (const [uri, own] of Object.entries(edit.changes ?? {})) changes[uri] = [...(changes[uri] ?? []), ...own]
  return { changes }
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Nobody waits for this any more.')
}

function sentence(message: string): string {
  return visible(message.charAt(0).toUpperCase() + message.slice(1))
}

const itemKinds: Record<ProposalKind, CompletionItemKind> = {
  field: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  page: CompletionItemKind.Reference,
  deal: CompletionItemKind.Value,
  section: CompletionItemKind.Keyword,
  sentence: CompletionItemKind.Text,
  rule: CompletionItemKind.Constant,
  column: CompletionItemKind.Field,
}

function completionItem(playbook: OpenPlaybook, path: string, item: Proposal, index: number): CompletionItem {
  return {
    label: item.label,
    kind: itemKinds[item.kind],
    ...(item.detail === '' ? {} : { detail: item.detail }),
    ...(item.documentation === '' ? {} : { documentation: { kind: MarkupKind.Markdown, value: item.documentation } }),
    filterText: item.filter,
    sortText: String(index).padStart(5, '0'),
    textEdit: { range: playbook.to.range(path, item.range), newText: item.newText },
  }
}

function documentSymbol(playbook: OpenPlaybook, path: string, item: OutlineItem): DocumentSymbol {
  return {
    name: visible(item.name) || ' ',
    kind: item.kind === 'field' ? SymbolKind.Field : SymbolKind.String,
    range: playbook.to.range(path, item.range),
    selectionRange: playbook.to.range(path, item.nameRange),
    children: item.children.map((child) => documentSymbol(playbook, path, child)),
  }
}

function evidenceOf(view: View, path: string): PageEvidence | null {
  const entity = view.playbook.atPath(path)
  const play = entity?.type === 'play' ? view.evidence?.plays.find(({ id }) => id === entity.id) : undefined
  if (entity === undefined || play === undefined) return null
  const unit = 10 ** minorDigitsOf(view.playbook.settings.currency)
  return {
    play,
    title: titleOf(entity),
    fitting: fittingDeals(view, entity).map(({ deal, why }) => ({
      deal: deal.id,
      account: deal.account,
      owner: deal.owner,
      amount: deal.amount === null ? null : deal.amount / unit,
      closed: deal.closed,
      why,
    })),
  }
}
