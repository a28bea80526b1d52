/**
 * Searches a share of the parts of a large index, beside the worker that the page asks.
 */
import { type Found, type Hits, openParts, type Parts, type Share, type Wanted } from './open-parts.ts'

/** What is asked comes back with the answer. */
export type PartRequest = { readonly id: number } & ({ readonly wanted: Wanted } | { readonly key: number })
/** Without an answer it failed. */
export interface PartReply {
  readonly id: number
  readonly answer?: Hits | Found
}

let parts: Parts | undefined

addEventListener('message', ({ data }: MessageEvent<Share | PartRequest>) => {
  if ('folder' in data) parts = openParts(data)
  else void reply(data)
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
