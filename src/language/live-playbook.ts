/**
 * The playbook in memory, followed as people type: every page read once, and one read again when its text changes.
 *
 * A text that is open in an editor wins over the disk. Pages are read by the core's own functions from the same bytes
 * that `check` would see, so that both find the same. Large pages are read in a worker.
 */
import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import {
  assembleFrame,
  assemblePage,
  type FactsCache,
  type PageFile,
  type PlaybookFiles,
  type PlaybookFrame,
} from '../check/assemble-playbook.ts'
import { Playbook } from '../graph/playbook.ts'
import { type AnyEntity, unreadEntity } from '../model/entity.ts'
import { decodeFile } from '../page/decode-file.ts'
import type { MarkdownEngine } from '../page/markdown-engine.ts'
import type { SourceText } from '../source/text.ts'
import { playbookFolder } from '../workspace/find-root.ts'
import { PageReader } from '../workspace/page-reader.ts'
import { type FoundPage, listFolder, readPageAt, readSettingsFiles } from '../workspace/read-folder.ts'
import { asFault } from '../workspace/read-workspace.ts'
import { digestOf, type ResultInputs } from '../workspace/result-key.ts'

/** Texts of more bytes are read in a worker; smaller ones cost no more than a few milliseconds whatever is in them. */
const mostAtOnce = 32_768

export interface OpenText {
  readonly text: string
  /** The editor's number of this text. */
  readonly version: number
}

/** One page before and after its text changed; undefined where it is not there. */
export interface PageChange {
  readonly path: string
  readonly before: LivePage | undefined
  readonly after: LivePage | undefined
}

export interface LivePage {
  readonly source: SourceText
  readonly entity: AnyEntity | undefined
}

export class LivePlaybook {
  readonly root: string
  readonly folder: string
  /** The text of every file that findings may point into, by path. */
  readonly sources = new Map<string, SourceText>()
  readonly #open: ReadonlyMap<string, OpenText>
  readonly #engine: MarkdownEngine
  readonly #reader = new PageReader()
  readonly #pages = new Map<string, LivePage>()
  /** What was found and not read yet. */
  readonly #onDisk: Map<string, FoundPage>
  readonly #fetched = new Map<string, PageFile>()
  /** By path, the hash of the bytes that were taken in last. */
  readonly #digests = new Map<string, string>()
  #paths: Set<string>
  #bytes: Pick<PlaybookFiles, 'settings' | 'compensation'>
  #frame: PlaybookFrame
  #playbook: Playbook | undefined

  /** Reads the folder, and no page yet. Throws `Fault` where playbook.yaml cannot be read. */
  constructor(root: string, open: ReadonlyMap<string, OpenText>, engine: MarkdownEngine) {
    const { pages, paths } = listFolder(root)
    this.root = root
    this.folder = playbookFolder
    this.#open = open
    this.#engine = engine
    this.#onDisk = new Map(pages.map((page) => [page.path, page]))
    this.#paths = paths
    this.#bytes = readSettingsFiles(root)
    this.#frame = this.#readFrame()
  }

  /** All pages and who refers to whom, as of now. */
  get playbook(): Playbook {
    if (this.#playbook === undefined) {
      const entities = [...this.#pages.values()].flatMap(({ entity }) => entity ?? [])
      this.#playbook = new Playbook({ ...this.#frame, entities, files: this.#files })
    }
    return this.#playbook
  }

  /**
   * The playbook around one page while the others are not read: those are there by path, type and id, with nothing
   * in them. Enough for what only asks whether something is there.
   */
  around(page: AnyEntity): Playbook {
    const entities: AnyEntity[] = [page]
    for (const [path, { entity }] of this.#pages) if (entity !== undefined && path !== page.path) entities.push(entity)
    for (const path of this.#onDisk.keys()) {
      if (this.#pages.has(path) || path === page.path) continue
      const unread = unreadEntity(path, path.slice(this.folder.length + 1))
      if (unread !== undefined) entities.push(unread)
    }
    // What comp.yaml says is told there, and would have to be compared with people who are not read.
    const frame = { ...this.#frame, compensation: undefined }
    return new Playbook({ ...frame, entities, files: this.#files })
  }

  /** What links may lead to: the folder's files, and pages that are open and not saved yet. */
  get #files(): ReadonlySet<string> {
    const unsaved = [...this.#open.keys()].filter((path) => path.endsWith('.md') && !this.#paths.has(path))
    return unsaved.length === 0 ? this.#paths : new Set([...this.#paths, ...unsaved])
  }

  /** Makes the playbook after a change of one page from the one before, which costs far less than making it anew. */
  follow(known: Playbook, { before, after }: PageChange): void {
    if (this.#playbook === undefined && before?.entity !== undefined && after?.entity !== undefined)
      this.#playbook = known.withReading(after.entity)
  }

  page(path: string): LivePage | undefined {
    return this.#pages.get(path)
  }

  /**
   * Takes the bytes of some unread pages from the disk, to be read next. One page after the other would cost three
   * times as much: between two of them everything that the system needs for it falls out of the processor's caches.
   */
  fetch(paths: readonly string[]): void {
    for (const path of paths) {
      const found = this.#open.has(path) ? undefined : this.#onDisk.get(path)
      if (found !== undefined) this.#fetched.set(path, this.#taken(found.read()))
    }
  }

  /** Paths of pages that were found and not read yet. */
  get unread(): readonly string[] {
    return [...this.#onDisk.keys()].filter((path) => this.isUnread(path))
  }

  isUnread(path: string): boolean {
    return this.#onDisk.has(path) && !this.#pages.has(path)
  }

  /** Every file of the playbook's folder. */
  get paths(): ReadonlySet<string> {
    return this.#paths
  }

  /** The folder's files but for the pages, as they were read. */
  get files(): Omit<PlaybookFiles, 'pages'> {
    return { folder: this.folder, ...this.#bytes, paths: this.#paths }
  }

  /** What findings were made from, or will be, as far as it was taken in: every page once all are fetched. */
  get inputs(): Pick<ResultInputs, 'paths' | 'pages' | 'settings' | 'compensation'> {
    return { paths: this.#files, pages: this.#digests, ...this.#settingsBytes }
  }

  /** What the bytes of a page were when they were taken in last, as a hash. */
  digest(path: string): string | undefined {
    return this.#digests.get(path)
  }

  isPage(path: string): boolean {
    return path.startsWith(`${this.folder}/`) && path.endsWith('.md')
  }

  /** Reads a page as it is open, else as it is on disk. `facts` may know it from an earlier run. */
  async read(path: string, facts?: FactsCache): Promise<PageChange> {
    const open = this.#open.get(path)
    const file =
      open === undefined ? this.#fromDisk(path) : this.#taken({ path, bytes: Buffer.from(open.text, 'utf8') })
    if (open !== undefined) this.#fetched.delete(path)
    if (file === undefined) this.#digests.delete(path)
    const before = this.#pages.get(path)
    const { limits } = this.#frame.settings.settings
    const known = file === undefined || !('bytes' in file) ? undefined : await this.#facts(file, facts)
    // Somebody typed on while the worker read.
    if (open !== undefined && this.#open.get(path) !== open) return this.read(path, facts)
    const engine = this.#engine
    const page =
      file === undefined
        ? undefined
        : assemblePage(file, this.folder, limits, known === undefined ? { engine } : { engine, facts: known })
    if (file === undefined && open === undefined) this.#paths.delete(path)
    this.#put(path, page)
    return { path, before, after: page }
  }

  /** playbook.yaml and comp.yaml again. Throws `Fault` where they are no YAML; what was known before then stays. */
  readSettings(): void {
    this.#bytes = readSettingsFiles(this.root)
    this.#frame = this.#readFrame()
    this.#playbook = undefined
  }

  /** Looks at the folder again; the paths of pages that are new, gone or different. */
  rescan(): string[] {
    const { pages, paths } = listFolder(this.root)
    const changed: string[] = []
    const found = new Set<string>()
    for (const page of pages) {
      found.add(page.path)
      if (this.#open.has(page.path) || this.#isKnown(page.read())) continue
      this.#onDisk.set(page.path, page)
      changed.push(page.path)
    }
    for (const path of this.#pages.keys()) if (!found.has(path) && !this.#open.has(path)) changed.push(path)
    this.#paths = paths
    this.#playbook = undefined
    return changed
  }

  close(): void {
    this.#reader.close()
  }

  #isKnown(file: PageFile): boolean {
    const known = this.#pages.get(file.path)
    if (known === undefined || !('bytes' in file)) return false
    const { maxFileBytes } = this.#frame.settings.settings.limits
    const { source, problem } = decodeFile(file.path, file.bytes, maxFileBytes)
    // What cannot be decoded has no text to compare.
    return problem === undefined && known.source.text === source.text && known.source.bom === source.bom
  }

  /** A file that was found is read where it was found, once; what cannot be read may be gone since. */
  #fromDisk(path: string): PageFile | undefined {
    const fetched = this.#fetched.get(path)
    const found = fetched ?? this.#onDisk.get(path)?.read() ?? readPageAt(this.root, path)
    this.#onDisk.delete(path)
    this.#fetched.delete(path)
    if (found === undefined) return undefined
    if ('unreadable' in found && lstatSync(join(this.root, path), { throwIfNoEntry: false }) === undefined)
      return undefined
    return fetched ?? this.#taken(found)
  }

  #taken<File extends PageFile>(file: File): File {
    this.#digests.set(file.path, digestOf(file))
    return file
  }

  /** Facts from where they can be had without holding anybody up. */
  async #facts(file: { readonly path: string; readonly bytes: Uint8Array }, facts: FactsCache | undefined) {
    const { limits } = this.#frame.settings.settings
    const large = file.bytes.length > mostAtOnce || this.#engine.name === 'remark'
    if (!large || file.bytes.length > limits.maxFileBytes) return facts
    const { source, problem } = decodeFile(file.path, file.bytes, limits.maxFileBytes)
    if (problem !== undefined) return facts
    const known = facts?.lookUp(file.bytes, source.text, limits) ?? (await this.#reader.read(source.text, limits))
    facts?.keep(file.bytes, source.text, limits, known)
    return { lookUp: () => known, keep: () => {} }
  }

  #put(path: string, page: LivePage | undefined): void {
    this.#playbook = undefined
    if (page === undefined) {
      this.#pages.delete(path)
      this.sources.delete(path)
      return
    }
    this.#pages.set(path, page)
    this.sources.set(path, page.source)
  }

  /** playbook.yaml and comp.yaml as they are open, else as they are on disk. */
  get #settingsBytes(): Pick<PlaybookFiles, 'settings' | 'compensation'> {
    const opened = (name: string): Uint8Array | undefined => {
      const open = this.#open.get(`${this.folder}/${name}`)
      return open === undefined ? undefined : Buffer.from(open.text, 'utf8')
    }
    return {
      settings: opened('playbook.yaml') ?? this.#bytes.settings,
      compensation: opened('comp.yaml') ?? this.#bytes.compensation,
    }
  }

  #readFrame(): PlaybookFrame {
    const { frame, sources } = asFault(() => assembleFrame({ folder: this.folder, ...this.#settingsBytes }))
    for (const [path, source] of sources) this.sources.set(path, source)
    return frame
  }
}
