/**
 * One playbook as an editor has it open: the service, the texts, and the watch over the folder.
 */
import { join } from 'node:path'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Finding } from '../check/finding.ts'
import { type Watching, watchFolder } from '../workspace/watch-folder.ts'
import { LanguageService } from './language-service.ts'
import { pathBelow, ToProtocol } from './to-protocol.ts'

export interface OpenPlaybookOptions {
  /** The real path of the folder that holds `playbook/`. */
  readonly root: string
  /** The same as the editor writes it. */
  readonly givenRoot: string
  readonly asOf?: string
  /** Whether changes on disk have to be looked for here, because the editor does not tell of them. */
  readonly watches: boolean
  publish(uri: string, version: number | undefined, findings: readonly Finding[]): void
  /** Everything is up to date. */
  settled(hasNewEvidence: boolean): void
  fault(message: string): void
}

export class OpenPlaybook {
  readonly service: LanguageService
  readonly to: ToProtocol
  readonly #options: OpenPlaybookOptions
  readonly #open = new Map<string, { uri: string; version: number; bom: boolean }>()
  #watching: Promise<Watching> | undefined
  #evidence: unknown
  #faults = new Set<string>()

  constructor(options: OpenPlaybookOptions) {
    this.#options = options
    this.service = new LanguageService({
      root: options.root,
      ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
      publish: (path, findings, version) => options.publish(this.to.uri(path), version, findings),
      settled: () => {
        const evidence = this.service.view?.evidence
        options.settled(evidence !== this.#evidence)
        this.#evidence = evidence
        this.#watch()
      },
      fault: (message) => {
        if (this.#faults.has(message)) return
        this.#faults.add(message)
        options.fault(message)
      },
    })
    const none = new Map()
    this.to = new ToProtocol(options.givenRoot, this.#open, () => this.service.view?.sources ?? none)
  }

  start(): void {
    void this.service.start()
  }

  /** The path of a file of this playbook, however the editor writes the way to it. */
  pathOf(uri: string): string | undefined {
    const path = pathBelow(this.#options.givenRoot, uri) ?? pathBelow(this.#options.root, uri)
    return path?.startsWith('playbook/') ? path : undefined
  }

  get hasOpenTexts(): boolean {
    return this.#open.size > 0
  }

  opened(document: TextDocument): void {
    const path = this.pathOf(document.uri)
    if (path === undefined || !/\.(?:md|ya?ml)$/.test(path)) return
    const text = document.getText()
    this.#open.set(path, { uri: document.uri, version: document.version, bom: text.startsWith('\ufeff') })
    this.service.openText(path, text, document.version)
  }

  closed(uri: string): void {
    const path = this.pathOf(uri)
    if (path === undefined) return
    this.#open.delete(path)
    this.service.closeText(path)
  }

  filesChanged(uris: readonly string[]): void {
    const paths = uris.flatMap((uri) => this.pathOf(uri) ?? [])
    if (paths.length > 0) this.service.filesChanged(paths)
  }

  close(): void {
    this.service.close()
    void this.#watching?.then((watching) => watching.close())
  }

  #watch(): void {
    if (!this.#options.watches || this.#watching !== undefined) return
    this.#watching = watchFolder(join(this.#options.root, 'playbook'), async () => this.service.filesChanged())
  }
}
