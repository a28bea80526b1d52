/**
 * Searches a share of the parts of a large index, beside the worker that the page asks.
 */
import { indexFiles } from './index-files.ts'
import { type Found, type Hits, openParts, type Parts, type Share, type Wanted } from './open-parts.ts'

/** What is asked comes back with the answer. */
export type PartRequest = { readonly id: number } & ({ readonly wanted: Wanted } | { readonly key: number })
/** A joined file of the index, told to all as soon as one of them needs it; without bytes it could not be loaded. */
export interface PartFile {
  readonly name: string
  readonly bytes?: Uint8Array<ArrayBuffer>
}
/** Without an answer it failed. */
export interface PartAnswer {
  readonly id: number
  readonly answer?: Hits | Found
}
export type PartReply = PartAnswer | { readonly needs: string }

let parts: Parts | undefined
const told = new Map<string, PromiseWithResolvers<Uint8Array<ArrayBuffer>>>()
const files = indexFiles((name) => {
  if (!told.has(name)) postMessage({ needs: name } satisfies PartReply)
  return fileOf(name).promise
})

addEventListener('message', ({ data }: MessageEvent<Share | PartFile | PartRequest>) => {
  if ('folder' in data) parts = openParts(data, files)
  else if ('name' in data) take(data)
  else void reply(data)
})

function fileOf(name: string): PromiseWithResolvers<Uint8Array<ArrayBuffer>> {
  const file = told.get(name) ?? Promise.withResolvers()
  told.set(name, file)
  return file
}

function take({ name, bytes }: PartFile): void {
  if (bytes !== undefined) fileOf(name).resolve(bytes)
  else {
    told.get(name)?.reject(new Error(`${name} cannot be loaded.`))
    told.delete(name)
  }
}

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
