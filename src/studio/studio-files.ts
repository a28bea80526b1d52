/**
 * Reads and writes the playbook's files for the page, under rules the page cannot change.
 *
 * Only what {@link lookAt} finds is read. Written are Markdown pages, and playbook.yaml and comp.yaml where they
 * are there already; new are only `.md` pages in the folders of the types. A text is written only in place of the
 * bytes its author saw: a file that is newer on disk is refused as `changed`, and the page shows both.
 */
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { folders, identify } from '../model/entity-types.ts'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from '../workspace/fault.ts'
import { playbookFolder } from '../workspace/find-root.ts'
import { usableId } from '../workspace/usable-id.ts'
import { contentHash, writeText } from '../workspace/write-file.ts'
import { type Writer, whileWriting } from '../workspace/write-lock.ts'
import { mostBodyBytes } from './door.ts'
import { entriesIn, type Known, listFiles, lookAt } from './known-files.ts'
import { keepLineEnds } from './line-ends.ts'
import type { FileRequest, FileStat, RefusalCode } from './messages.ts'

/** A file that was not read or written; the text is for the person at the page. */
export class FileRefused extends Error {
  readonly code: RefusalCode
  /** Of the bytes on disk, where they are newer than what the author saw. */
  readonly hash: string | undefined

  constructor(code: RefusalCode, text: string, hash?: string) {
    super(text)
    this.code = code
    this.hash = hash
  }
}

/** What is done to a file by the requests that change something. */
const changes: Readonly<Partial<Record<FileRequest['ask'], string>>> = {
  write: 'written',
  folder: 'made',
  rename: 'renamed',
  remove: 'deleted',
}

const mostReadBytes = 16 * 1_048_576
const settingsFiles = new Set(['playbook.yaml', 'comp.yaml'].map((name) => `${playbookFolder}/${name}`))
const typeFolders = new Set<string>(Object.values(folders).map((name) => `${playbookFolder}/${name}`))

export class StudioFiles {
  readonly #root: string
  readonly #writer: Writer
  readonly #mayWrite: () => boolean

  /** `mayWrite` is asked before each change; `root` is a real path. */
  constructor(root: string, mayWrite: () => boolean) {
    this.#root = root
    this.#writer = { root, name: 'the studio' }
    this.#mayWrite = mayWrite
  }

  /** Answers a request of the page. Throws {@link FileRefused}. */
  answer(request: FileRequest): unknown {
    const change = changes[request.ask]
    try {
      if (change === undefined) return this.#answer(request)
      this.#allowed()
      return whileWriting(this.#writer, () => this.#answer(request))
    } catch (error) {
      if (error instanceof FileRefused) throw error
      if (error instanceof Fault)
        throw new FileRefused('refused', `${error.message[0]?.toUpperCase()}${error.message.slice(1)}`)
      const path = 'path' in request ? visible(request.path) : 'The playbook'
      throw new FileRefused('refused', `${path} could not be ${change ?? 'read'} (${codeOf(error)}).`)
    }
  }

  #answer(request: FileRequest): unknown {
    switch (request.ask) {
      case 'stat':
        return statOf(this.#fresh(request.path), request.path)
      case 'list':
        return this.#list(request.path)
      case 'read':
        return this.#read(request.path)
      case 'write':
        return this.#write(request.path, Buffer.from(request.base64, 'base64'), request.replaces)
      case 'folder':
        return this.#makeFolder(request.path)
      case 'rename':
        return this.#rename(request.path, request.to)
      case 'remove':
        return this.#remove(request.path)
      case 'look':
        return null
    }
  }

  /** The bytes of a known file. Throws {@link FileRefused}. */
  bytes(path: string): Buffer {
    const { absolute, kind, size } = this.#fresh(path)
    if (kind !== 'file') throw new FileRefused('is-folder', `${visible(path)} is a folder.`)
    if (size > mostReadBytes)
      throw new FileRefused('too-large', `${visible(path)} is larger than the studio shows (16 MiB).`)
    this.#insideStill(absolute)
    let handle: number | undefined
    try {
      handle = openSync(absolute, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
      if (!fstatSync(handle).isFile()) throw new FileRefused('refused', `${visible(path)} is no regular file.`)
      return readFileSync(handle)
    } catch (error) {
      if (error instanceof FileRefused) throw error
      throw new FileRefused('refused', `${visible(path)} cannot be read (${codeOf(error)}).`)
    } finally {
      if (handle !== undefined) closeSync(handle)
    }
  }

  #list(path: string): { name: string; kind: Known['kind'] }[] {
    const folder = this.#fresh(path)
    if (folder.kind !== 'folder') throw new FileRefused('no-folder', `${visible(path)} is no folder.`)
    return entriesIn(folder)
  }

  #read(path: string): FileStat & { base64: string; hash: string } {
    const bytes = this.bytes(path)
    return { ...statOf(this.#fresh(path), path), base64: bytes.toString('base64'), hash: contentHash(bytes) }
  }

  #write(path: string, content: Buffer, replaces: string): FileStat & { hash: string } {
    if (content.length > mostBodyBytes)
      throw new FileRefused('too-large', 'This is more than the studio saves at once (2 MiB).')
    const text = utf8(content)
    if (text === undefined)
      throw new FileRefused('refused', 'This text is not UTF-8. Choose UTF-8 as encoding, then save again.')
    const known = lookAt(this.#root, path)
    if (known === undefined) {
      if (replaces !== 'absent') throw new FileRefused('missing', `${visible(path)} is gone from the disk.`)
      this.#newPage(path)
      writeText(this.#writer, path, text, { replaces: 'absent' })
    } else {
      this.#writable(path)
      const before = this.bytes(path)
      const hash = contentHash(before)
      if (hash !== replaces)
        throw new FileRefused(replaces === 'absent' ? 'exists' : 'changed', `${visible(path)} changed on disk.`, hash)
      const old = utf8(before)
      if (old === undefined)
        throw new FileRefused('refused', `${visible(path)} is not UTF-8, so saving would damage it. Convert it first.`)
      writeText(this.#writer, path, keepLineEnds(old, text), { replaces: hash })
    }
    const bytes = this.bytes(path)
    return { ...statOf(this.#fresh(path), path), hash: contentHash(bytes) }
  }

  #makeFolder(path: string): null {
    const parent = posix.dirname(path)
    if (lookAt(this.#root, path) !== undefined) throw new FileRefused('exists', `${visible(path)} exists already.`)
    const inside = [...typeFolders].some((folder) => parent === folder || parent.startsWith(`${folder}/`))
    const name = posix.basename(path)
    if (!typeFolders.has(path) && !(inside && /^[a-z0-9][a-z0-9-]{0,80}$/.test(name)))
      throw new FileRefused('refused', 'A new folder goes into a folder of pages; use small letters, digits and `-`.')
    const folder = this.#fresh(parent)
    this.#insideStill(folder.absolute)
    mkdirSync(join(folder.absolute, name))
    return null
  }

  #rename(path: string, to: string): null {
    const { absolute, kind } = this.#fresh(path)
    if (kind !== 'file' || identify(inPlaybook(path)) === undefined)
      throw new FileRefused('refused', 'Only pages can be renamed or moved here.')
    if (lookAt(this.#root, to) !== undefined) throw new FileRefused('exists', `${visible(to)} exists already.`)
    const target = this.#newPage(to, path)
    this.#insideStill(absolute)
    renameSync(absolute, target)
    return null
  }

  #remove(path: string): null {
    const { absolute, kind } = this.#fresh(path)
    this.#insideStill(absolute)
    if (kind === 'folder') {
      if (typeFolders.has(path) || path === playbookFolder || this.#list(path).length > 0)
        throw new FileRefused('refused', 'Only an empty folder inside a folder of pages can be deleted here.')
      rmdirSync(absolute)
    } else {
      if (identify(inPlaybook(path)) === undefined)
        throw new FileRefused('refused', 'Only pages can be deleted here; settings and ledger stay.')
      rmSync(absolute)
    }
    return null
  }

  /** Where a new page goes, after its name and its folder were found good. */
  #newPage(path: string, instead?: string): string {
    const page = identify(inPlaybook(path))
    if (page === undefined || !path.startsWith(`${playbookFolder}/`))
      throw new FileRefused(
        'refused',
        `New files are pages: \`.md\` in one of the folders ${Object.values(folders).join(', ')}.`,
      )
    const others = [...listFiles(this.#root).keys()]
      .filter((each) => each !== instead)
      .map((each) => identify(inPlaybook(each)))
      .filter((each) => each?.type === page.type)
      .map((each) => each?.id ?? '')
    usableId(page.id, page.type, others)
    const parent = this.#fresh(posix.dirname(path))
    this.#insideStill(parent.absolute)
    return join(parent.absolute, posix.basename(path))
  }

  #writable(path: string): void {
    if (path.endsWith('.md') || settingsFiles.has(path)) return
    throw new FileRefused(
      'refused',
      `${visible(path)} is shown but not written here. The studio writes pages, playbook.yaml and comp.yaml.`,
    )
  }

  #allowed(): void {
    if (this.#mayWrite()) return
    throw new FileRefused(
      'refused',
      'This branch was made by somebody else, so the studio only shows it. Choose “Trust This Branch” to change files.',
    )
  }

  /** Throws where the path is not in the list. */
  #fresh(path: string): Known {
    const known = lookAt(this.#root, path)
    if (known === undefined) throw new FileRefused('missing', `${visible(path)} is not in the playbook.`)
    return known
  }

  /** A folder on the way may have become a link since it was listed. */
  #insideStill(absolute: string): void {
    if (realpathSync(dirname(absolute)) === dirname(absolute)) return
    throw new FileRefused('refused', `${visible(basename(absolute))} lies behind a link, so it is not opened.`)
  }
}

function inPlaybook(path: string): string {
  return path.slice(playbookFolder.length + 1)
}

function statOf(known: Known, path: string): FileStat {
  const { kind, size, changed, created } = known
  const writable = known.writable && (kind === 'folder' || path.endsWith('.md') || settingsFiles.has(path))
  return { kind, size, changed, created, writable }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
