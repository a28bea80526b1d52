/**
 * The playbook's folder as the workbench sees it: every file is the server's, and nothing is kept in its place.
 *
 * A text is written only over the bytes it was made from. Where the disk has newer ones, the workbench is told that
 * the file was modified, and shows both; who then says “overwrite” has seen them.
 */

import { Emitter, Event } from '@codingame/monaco-vscode-api/vscode/vs/base/common/event'
import { Disposable } from '@codingame/monaco-vscode-api/vscode/vs/base/common/lifecycle'
import type { URI } from '@codingame/monaco-vscode-api/vscode/vs/base/common/uri'
import {
  FileOperationError,
  FileOperationResult,
  type IFileChange,
  type IFileSystemProviderWithFileReadWriteCapability,
  type IFileWriteOptions,
  type IStat,
} from '@codingame/monaco-vscode-api/vscode/vs/platform/files/common/files'
import {
  FileChangeType,
  FilePermission,
  FileSystemProviderCapabilities,
  FileSystemProviderError,
  FileSystemProviderErrorCode,
  FileType,
} from '@codingame/monaco-vscode-files-service-override'
import type { FileStat } from '../messages.ts'
import { Refused, type ServerLink } from './server-link.ts'

type Content = FileStat & { readonly base64: string; readonly hash: string }
type Listed = readonly { readonly name: string; readonly kind: FileStat['kind'] }[]

const codes: Readonly<Record<Refused['code'], FileSystemProviderErrorCode>> = {
  missing: FileSystemProviderErrorCode.FileNotFound,
  exists: FileSystemProviderErrorCode.FileExists,
  'is-folder': FileSystemProviderErrorCode.FileIsADirectory,
  'no-folder': FileSystemProviderErrorCode.FileNotADirectory,
  refused: FileSystemProviderErrorCode.NoPermissions,
  changed: FileSystemProviderErrorCode.Unknown,
  'too-large': FileSystemProviderErrorCode.FileTooLarge,
  away: FileSystemProviderErrorCode.Unavailable,
}

export class Disk implements IFileSystemProviderWithFileReadWriteCapability {
  readonly #link: ServerLink
  readonly #root: string
  /** What each file held when it was read last. */
  readonly #read = new Map<string, string>()
  readonly #changed = new Emitter<readonly IFileChange[]>()
  readonly onDidChangeFile = this.#changed.event
  readonly onDidChangeCapabilities = Event.None
  readonly capabilities =
    FileSystemProviderCapabilities.FileReadWrite | FileSystemProviderCapabilities.PathCaseSensitive
  /** Whether the person was shown that this file is newer on disk, and goes on all the same. */
  overwrites: (resource: URI) => boolean = () => false

  /** `folder` is the playbook's, as a path of `file:` URIs; requests are relative to the folder around it. */
  constructor(link: ServerLink, folder: string, uriOf: (path: string) => URI) {
    this.#link = link
    this.#root = folder.slice(0, folder.lastIndexOf('/'))
    link.onChanges = (changes) => {
      const kinds = { added: FileChangeType.ADDED, changed: FileChangeType.UPDATED, removed: FileChangeType.DELETED }
      this.#changed.fire(
        changes.map(({ path, kind }) => ({ resource: uriOf(`${this.#root}/${path}`), type: kinds[kind] })),
      )
    }
  }

  /** The text of `resource` was put into the editor as it was read last. */
  noteShown(resource: URI): void {
    const hash = this.#read.get(resource.path)
    if (hash !== undefined) localStorage.setItem(madeFrom(resource), hash)
  }

  noteClosed(resource: URI): void {
    localStorage.removeItem(madeFrom(resource))
  }

  /** Looks at these files again, after the line was away. */
  lookAgain(resources: readonly URI[]): void {
    this.#changed.fire(resources.map((resource) => ({ resource, type: FileChangeType.UPDATED })))
  }

  watch(): Disposable {
    return Disposable.None as Disposable
  }

  async stat(resource: URI): Promise<IStat> {
    const { kind, size, changed, created, writable } = (await this.#ask(resource, 'stat')) as FileStat
    return {
      type: kind === 'folder' ? FileType.Directory : FileType.File,
      size,
      mtime: changed,
      ctime: created,
      ...(writable ? {} : { permissions: FilePermission.Readonly }),
    }
  }

  async readdir(resource: URI): Promise<[string, FileType][]> {
    const listed = (await this.#ask(resource, 'list')) as Listed
    return listed.map(({ name, kind }) => [name, kind === 'folder' ? FileType.Directory : FileType.File])
  }

  async readFile(resource: URI): Promise<Uint8Array> {
    const { base64, hash } = (await this.#ask(resource, 'read')) as Content
    this.#read.set(resource.path, hash)
    return Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0))
  }

  async writeFile(resource: URI, content: Uint8Array, { overwrite }: IFileWriteOptions): Promise<void> {
    const known = localStorage.getItem(madeFrom(resource)) ?? this.#read.get(resource.path)
    const replaces = !overwrite ? 'absent' : this.overwrites(resource) ? await this.#hashNow(resource) : known
    const base64 = btoa(Array.from(content, (byte) => String.fromCharCode(byte)).join(''))
    const question = { ask: 'write', path: this.#path(resource), base64, replaces: replaces ?? 'absent' } as const
    const { hash } = (await this.#asked(this.#link.ask(question))) as Content
    this.#read.set(resource.path, hash)
    localStorage.setItem(madeFrom(resource), hash)
  }

  async mkdir(resource: URI): Promise<void> {
    await this.#ask(resource, 'folder')
  }

  async delete(resource: URI): Promise<void> {
    await this.#ask(resource, 'remove')
  }

  async rename(from: URI, to: URI): Promise<void> {
    await this.#asked(this.#link.ask({ ask: 'rename', path: this.#path(from), to: this.#path(to) }))
    this.#read.set(to.path, this.#read.get(from.path) ?? 'absent')
  }

  async #hashNow(resource: URI): Promise<string> {
    return ((await this.#ask(resource, 'read')) as Content).hash
  }

  #ask(resource: URI, ask: 'stat' | 'list' | 'read' | 'folder' | 'remove'): Promise<unknown> {
    return this.#asked(this.#link.ask({ ask, path: this.#path(resource) }))
  }

  #path(resource: URI): string {
    if (!resource.path.startsWith(`${this.#root}/`))
      throw FileSystemProviderError.create('This is outside the playbook.', FileSystemProviderErrorCode.FileNotFound)
    return resource.path.slice(this.#root.length + 1)
  }

  async #asked(answer: Promise<unknown>): Promise<unknown> {
    try {
      return await answer
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.code === 'changed') throw new FileOperationError(error.message, FileOperationResult.FILE_MODIFIED_SINCE)
      throw FileSystemProviderError.create(error.message, codes[error.code])
    }
  }
}

/**
 * Where is kept what an open text was made from: in the browser, as the unsaved text itself, so that a text which
 * outlived a reload is not written over what somebody else saved meanwhile.
 */
function madeFrom(resource: URI): string {
  return `playproof made from ${resource.path}`
}
