/**
 * The files of the search index, as Pagefind asks for them.
 *
 * It asks for one after another to begin with, and then for the words of each part. In the index these are joined: what
 * every search begins with is one file, loaded before anybody asks, and so are the same words of all parts.
 */
import { engine, joinedIn, opening, parted } from '../content/joined-files.ts'

/** The one that {@link answerWith} puts another before. */
const over = globalThis.fetch

type Bytes = Uint8Array<ArrayBuffer>

export interface IndexFiles {
  /** By the path below the folder of the index. */
  read(path: string): Promise<Bytes>
  /** Has a joined file ready before anybody reads of it. */
  begin(name: string): void
}

/** Takes joined files apart; each is loaded once. */
export function indexFiles(load: (name: string) => Promise<Bytes>): IndexFiles {
  const loading = new Map<string, Promise<ReadonlyMap<string, Bytes>>>()
  const apart = async (name: string): Promise<ReadonlyMap<string, Bytes>> => {
    const bytes = await load(name)
    return name === engine ? new Map([[name, bytes]]) : parted(bytes)
  }
  const joined = (name: string): Promise<ReadonlyMap<string, Bytes>> => {
    const loaded = loading.get(name) ?? apart(name)
    loading.set(name, loaded)
    // Who asks will hear of it, and may ask again.
    loaded.catch(() => loading.delete(name))
    return loaded
  }
  return {
    async read(path) {
      const name = joinedIn(path)
      const bytes = name === undefined ? undefined : (await joined(name)).get(name === engine ? name : path)
      if (bytes === undefined) throw new Error(`There is no ${path}.`)
      return bytes
    },
    begin: (name) => void joined(name),
  }
}

/** A joined file from the server, unpacked. */
export async function loaded(folder: string, name: string): Promise<Bytes> {
  // What the others are called stands in the first: it may not be that of yesterday.
  const response = await over(`${folder}${name}`, name === opening ? { cache: 'no-cache' } : {})
  if (!response.ok) throw new Error(`${name} cannot be loaded.`)
  return unpacked(new Uint8Array(await response.arrayBuffer()))
}

/** From now on Pagefind's requests for these files are answered in this worker; what lies alone it loads itself. */
export function answerWith(files: IndexFiles, folder: string): void {
  const { pathname } = new URL(folder, location.href)
  globalThis.fetch = async (wanted, options) => {
    const address = new URL(String(wanted), location.href)
    const path = address.pathname.startsWith(pathname) ? address.pathname.slice(pathname.length) : undefined
    if (path === undefined || joinedIn(path) === undefined) return over(wanted, options)
    return new Response(await files.read(path))
  }
}

/** Some servers have unpacked it already. */
async function unpacked(bytes: Bytes): Promise<Bytes> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
