/**
 * An editor without a screen: speaks the Language Server Protocol with the real process over its streams.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node'

export const playproof = fileURLToPath(new URL('../../src/cli/playproof.mjs', import.meta.url))

export interface Published {
  readonly uri: string
  readonly version: number | undefined
  readonly diagnostics: readonly Diagnostic[]
  /** Milliseconds after the process was started. */
  readonly at: number
}

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities
  readonly initializationOptions?: object
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The folder the editor has open; by default the root. */
  readonly folder?: string
}

const capable: ClientCapabilities = {
  workspace: {
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true },
    completion: { completionItem: { documentationFormat: ['markdown'] } },
    hover: { contentFormat: ['markdown'] },
  },
}

export class EditorClient {
  readonly root: string
  readonly process: ChildProcess
  readonly connection: ProtocolConnection
  readonly published: Published[] = []
  readonly started = performance.now()
  initialized: InitializeResult | undefined
  /** When everything was read and judged, by the server's word. */
  readonly readyTimes: number[] = []
  stderr = ''
  #waiting: (() => void)[] = []

  private constructor(root: string, { args = [], env = {} }: ClientOptions) {
    this.root = root
    this.process = spawn(process.execPath, [playproof, 'lsp', '--stdio', ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.process.stderr?.on('data', (chunk) => {
      this.stderr += String(chunk)
    })
    const { stdin, stdout } = this.process
    if (stdin === null || stdout === null) throw new Error('the server has no streams')
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin))
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
      this.published.push({ uri, version, diagnostics, at: performance.now() - this.started })
      this.#tell()
    })
    this.connection.onNotification('playproof/ready', () => {
      this.readyTimes.push(performance.now() - this.started)
      this.#tell()
    })
    this.connection.onRequest('client/registerCapability', () => null)
    this.connection.onNotification('window/logMessage', () => {})
    this.connection.onNotification('window/showMessage', () => {})
    this.connection.listen()
  }

  static async start(root: string, options: ClientOptions = {}): Promise<EditorClient> {
    const client = new EditorClient(root, options)
    const uri = pathToFileURL(options.folder ?? root).href
    client.initialized = await client.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'playbook' }],
      capabilities: options.capabilities ?? capable,
      initializationOptions: options.initializationOptions,
    })
    await client.connection.sendNotification(InitializedNotification.type, {})
    return client
  }

  uri(path: string): string {
    return pathToFileURL(join(this.root, path)).href
  }

  textOf(path: string): string {
    return readFileSync(join(this.root, path), 'utf8')
  }

  open(path: string, text = this.textOf(path), version = 1): Promise<void> {
    const textDocument = { uri: this.uri(path), languageId: 'markdown', version, text }
    return this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument })
  }

  /** Replaces the whole text. */
  change(path: string, text: string, version: number): Promise<void> {
    const textDocument = { uri: this.uri(path), version }
    return this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument,
      contentChanges: [{ text }],
    })
  }

  close(path: string): Promise<void> {
    return this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: this.uri(path) },
    })
  }

  /** A request about a place of a file; line and character from 0. */
  ask<Answer>(method: string, path: string, line: number, character: number, rest: object = {}): Promise<Answer> {
    const params = { textDocument: { uri: this.uri(path) }, position: { line, character }, ...rest }
    return this.connection.sendRequest(method, params)
  }

  /** A request about a whole file. */
  askFile<Answer>(method: string, path: string, rest: object = {}): Promise<Answer> {
    return this.connection.sendRequest(method, { textDocument: { uri: this.uri(path) }, ...rest })
  }

  /** The last diagnostics of a file. */
  diagnostics(path: string): readonly Diagnostic[] {
    return this.published.findLast(({ uri }) => uri === this.uri(path))?.diagnostics ?? []
  }

  /** `5:11 error play/unbacked`, lines and columns from 1 as the command line counts. */
  findings(path: string): string[] {
    const severities = ['', 'error', 'warn', 'hint']
    return this.diagnostics(path).map(
      ({ range, severity, code }) =>
        `${range.start.line + 1}:${range.start.character + 1} ${severities[severity ?? 0]} ${code}`,
    )
  }

  /** Waits until something that arrives makes `done` true. */
  async until(done: () => boolean, what: string, most = 30_000): Promise<void> {
    const end = performance.now() + most
    while (!done()) {
      if (performance.now() > end) throw new Error(`${what} did not come. ${this.stderr}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 100)
        this.#waiting.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  ready(): Promise<void> {
    return this.until(() => this.readyTimes.length > 0, 'playproof/ready')
  }

  /** Ends the server politely; its exit status. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.process.once('exit', resolve))
    await this.connection.sendRequest(ShutdownRequest.type)
    await this.connection.sendNotification(ExitNotification.type)
    const status = await ended
    this.connection.dispose()
    return status
  }

  #tell(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}
