/**
 * The files' WebSocket: requests of the page answered one by one, and news from the disk.
 *
 * A watcher's event is a hint only: the folder is looked at again and compared with the last look. The same happens
 * every minute and whenever the page comes to the front, because watchers miss things.
 */
import type { WebSocket } from 'ws'
import { playbookFolder } from '../workspace/find-root.ts'
import { watchFolder } from '../workspace/watch-folder.ts'
import { changesBetween, justEmptied, type KnownFiles, listFiles } from './known-files.ts'
import { type FileMessage, parseFileRequest } from './messages.ts'
import { FileRefused, type StudioFiles } from './studio-files.ts'

/** Answers one page's requests until its socket closes. */
export function serveFiles(socket: WebSocket, files: StudioFiles, watch: DiskWatch): void {
  const send = (message: FileMessage): void => socket.send(JSON.stringify(message))
  const stop = watch.listen((changes) => send({ changes }))
  socket.on('close', stop)
  socket.on('message', (data, binary) => {
    const request = binary ? undefined : parseFileRequest(data.toString())
    if (request === undefined) {
      socket.close(1008, 'not a request')
      return
    }
    try {
      const result = files.answer(request)
      send({ id: request.id, result: result ?? null })
      if (request.ask !== 'stat' && request.ask !== 'list' && request.ask !== 'read') watch.look()
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error
      const { code, message, hash } = error
      send({ id: request.id, refused: code, text: message, ...(hash === undefined ? {} : { hash }) })
    }
  })
}

type Listener = (changes: ReturnType<typeof changesBetween>) => void

/** Compares the playbook's folder with the last look at it, and tells whoever listens. */
export class DiskWatch {
  readonly #root: string
  readonly #listeners = new Set<Listener>()
  #seen: KnownFiles
  #stop: () => Promise<void> = async () => {}
  #later: NodeJS.Timeout | undefined

  private constructor(root: string) {
    this.#root = root
    this.#seen = listFiles(root)
  }

  static async start(root: string): Promise<DiskWatch> {
    const watch = new DiskWatch(root)
    // Where the system has no watcher left, the look of every minute remains.
    const watching = await watchFolder(`${root}/${playbookFolder}`, async () => watch.look()).catch(() => undefined)
    const timer = setInterval(() => watch.look(), 60_000)
    timer.unref()
    watch.#stop = async () => {
      clearInterval(timer)
      clearTimeout(watch.#later)
      await watching?.close()
    }
    return watch
  }

  look(): void {
    const now = Date.now()
    const found = new Map(listFiles(this.#root))
    const changes = changesBetween(this.#seen, found, now)
    for (const [path, known] of found) {
      const old = this.#seen.get(path)
      // Not taken note of yet, so that the next look finds what was written into it.
      if (old !== undefined && old.state !== known.state && known.kind === 'file' && justEmptied(known, now)) {
        found.set(path, old)
        clearTimeout(this.#later)
        this.#later = setTimeout(() => this.look(), 500)
      }
    }
    this.#seen = found
    if (changes.length > 0) for (const listener of this.#listeners) listener(changes)
  }

  /** Returns how to stop listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    await this.#stop()
  }
}
