/**
 * Searches a share of the parts of a large index, beside the worker that the page asks.
 */
import type { IndexFiles } from './index-files.ts'
import { type Found, type Hits, openParts, type Parts, type Share, type Wanted } from './open-parts.ts'

/** What is asked comes back with the answer. */
export type PartRequest = { readonly id: number } & ({ readonly wanted: Wanted } | { readonly key: number })
/** A file of the index that was needed; without bytes it could not be loaded. */
export interface PartFile {
  readonly path: string
  readonly bytes?: Uint8Array<ArrayBuffer>
}
/** Without an answer it failed. */
export interface PartAnswer {
  readonly id: number
  readonly answer?: Hits | Found
}
export type PartReply = PartAnswer | { readonly needs: string }

let parts: Parts | undefined
/** Who asks for a file that is on its way waits for the same. */
const waiting = new Map<string, PromiseWithResolvers<PartFile>>()
const files: IndexFiles = {
  async read(path) {
    const file = waiting.get(path) ?? Promise.withResolvers<PartFile>()
    if (!waiting.has(path)) postMessage({ needs: path } satisfies PartReply)
    waiting.set(path, file)
    const { bytes } = await file.promise
    if (bytes === undefined) throw new Error(`There is no ${path}.`)
    return bytes
  },
}

addEventListener('message', ({ data }: MessageEvent<Share | PartFile | PartRequest>) => {
  if ('folder' in data) parts = openParts(data, files)
  else if ('path' in data) {
    waiting.get(data.path)?.resolve(data)
    waiting.delete(data.path)
  } else void reply(data)
})

async function reply(request: PartRequest): Promise<void> {
  const { id } = request
  const send = (message: PartReply): void => postMessage(message)
  try {
    const answer = await ('wanted' in request ? parts?.search(request.wanted) : parts?.read(request.key))
    send({ id, ...(answer !== undefined && { answer }) })
  } catch {
    send({ id })
  }
}
