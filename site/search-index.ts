/**
 * The search of the site: the scripts of every page, and the index made from the records of the pages.
 *
 * In a build the index is written to `/pagefind/`; in `dev` it is made in memory when a browser first asks for it after
 * a change. Both hold the same records.
 */
import type { ServerResponse } from 'node:http'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { AstroConfig, AstroIntegration } from 'astro'
import type { IndexFile, PagefindIndex } from 'pagefind'
import { type Index, joinIndexes, readIndex } from './join-indexes.ts'
import { sharedSite } from './src/content/made-site.ts'
import type { SearchRecord } from './src/content/page-types.ts'
import { inParts, noPage, type ThinnedRecords, thinned, tokensOf } from './src/content/search-parts.ts'

type VitePlugin = NonNullable<NonNullable<AstroConfig['vite']['plugins']>[number]>
/** By its path below the folder of the index. */
type SearchFile = readonly [path: string, content: Uint8Array]

/** `script` is the file of the scripts. */
export function searchIndex(script: string): AstroIntegration {
  let config: AstroConfig
  return {
    name: 'playproof:search',
    hooks: {
      'astro:config:setup': ({ updateConfig, injectScript }) => {
        // Not as a `<script>` of a template: Astro 7.3 looks those up below its root, and this package may lie elsewhere.
        injectScript('page', `import ${JSON.stringify(script.replaceAll('\\', '/'))}`)
        updateConfig({ vite: { plugins: [searchInDev(() => config)] } })
      },
      'astro:config:done': (done) => {
        config = done.config
      },
    },
  }
}

/** Serves `/pagefind/` from memory, made anew where the records changed. */
function searchInDev(config: () => AstroConfig): VitePlugin {
  let made: { readonly digest: string; readonly files: Promise<ReadonlyMap<string, Uint8Array>> } | undefined
  return {
    name: 'playproof:search-in-dev',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? '').replace(/[?#].*$/s, '')
        const folder = `${config().base.replace(/\/$/, '')}/pagefind/`
        // The server may already have taken the base path away.
        const inside = path.startsWith(folder)
          ? path.slice(folder.length)
          : path.startsWith('/pagefind/')
            ? path.slice('/pagefind/'.length)
            : undefined
        if (inside === undefined) return next()
        const site = sharedSite()
        if (made?.digest !== site.digest) made = { digest: site.digest, files: site.records().then(allSearchFiles) }
        made.files.then((files) => answer(response, inside, files.get(decodeURIComponent(inside))), next)
      })
    },
  }
}

function answer(response: ServerResponse, path: string, bytes: Uint8Array | undefined): void {
  response.statusCode = bytes === undefined ? 404 : 200
  response.setHeader(
    'content-type',
    path.endsWith('.js') ? 'text/javascript' : path.endsWith('.json') ? 'application/json' : 'application/octet-stream',
  )
  response.setHeader('cache-control', 'no-store')
  response.end(bytes)
}

/**
 * The files of an index, without the interfaces that Pagefind brings and this site does not use. What searches comes
 * with an index of its own: that of a large playbook has no page, and each of its parts lies in a folder of its number.
 *
 * Each is handed over as soon as it is made: Pagefind works in a process of its own, and a build has other work.
 */
export async function* searchFiles(records: readonly SearchRecord[]): AsyncIterable<SearchFile> {
  const { records: thin, whole } = thinned(records)
  // An index without a page would be none, and then nobody could be told that nothing is found.
  const parts = records.length === 0 ? [] : inParts(thin)
  if (parts.length !== 1) parts.unshift([noPage(records[0]?.language ?? 'en')])
  const coming = (await Promise.all(parts.map(filled))).map(filesOf)
  // Who comes to it hears of it.
  for (const files of coming) files.catch(() => {})
  yield ['words.json', new TextEncoder().encode(JSON.stringify(wordsOf(records)))]
  const indexes: Index[] = []
  for (const [number, files] of coming.entries()) {
    const folder = number === 0 ? '' : `${number}/`
    const index = new Map((await files).map(({ path, content }) => [path, content]))
    for (const [path, content] of index) {
      const bytes = path.endsWith('.pf_fragment') ? wholeFragment(content, whole) : undefined
      // A copy, because Node puts many small ones into one piece of memory, which each of them would keep.
      if (bytes !== undefined) yield [`${folder}${path}`, new Uint8Array(bytes)]
    }
    indexes.push(readIndex(folder, index))
  }
  yield* joinIndexes(indexes)
}

/** All of them by their paths. */
export async function allSearchFiles(records: readonly SearchRecord[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  for await (const [path, content] of searchFiles(records)) files.set(path, content)
  return files
}

/** Another index of Pagefind, with these records. */
async function filled(records: readonly SearchRecord[]): Promise<PagefindIndex> {
  const { createIndex } = await import('pagefind')
  const { index, errors } = await createIndex()
  if (index === undefined) throw new Error(`The search index cannot be made: ${errors.join(' ')}`)
  for (let from = 0; from < records.length; from += atATime)
    await Promise.all(records.slice(from, from + atATime).map((record) => addTo(index, record)))
  return index
}

async function filesOf(index: PagefindIndex): Promise<readonly IndexFile[]> {
  try {
    return (await index.getFiles()).files
  } finally {
    await index.deleteIndex()
  }
}

/** A page's text with the words that the index is without; undefined for the record that is no page. */
function wholeFragment(bytes: Uint8Array, whole: ThinnedRecords['whole']): Uint8Array | undefined {
  const text = gunzipSync(bytes).toString('utf8')
  const start = text.indexOf('{')
  const fragment = JSON.parse(text.slice(start)) as { url: string; content: string }
  if (fragment.url === '') return undefined
  const content = whole(fragment.url, fragment.content)
  return content === fragment.content
    ? bytes
    : gzipSync(`${text.slice(0, start)}${JSON.stringify({ ...fragment, content })}`)
}

/** So many records are handed over before an answer is waited for. */
const atATime = 250

async function addTo(index: PagefindIndex, { filters, meta, ...record }: SearchRecord): Promise<void> {
  const added = await index.addCustomRecord({
    ...record,
    meta: { ...meta },
    filters: Object.fromEntries(Object.entries(filters).map(([key, values]) => [key, [...values]])),
  })
  if (added.errors.length > 0) throw new Error(`${record.url} cannot be indexed: ${added.errors.join(' ')}`)
}

/** So many words are compared with one that nobody wrote; rarer ones are left out. */
const mostWords = 30_000

/** The words of all pages, the common ones first: what a typing error may have meant. */
function wordsOf(records: readonly SearchRecord[]): string[] {
  const pages = new Map<string, number>()
  const known = new Map<string, readonly string[]>()
  const wordsIn = (token: string): readonly string[] => {
    const words = known.get(token) ?? token.toLowerCase().match(/\p{L}[\p{L}\p{N}]{1,29}/gu) ?? []
    known.set(token, words)
    return words
  }
  for (const { content } of records)
    for (const word of new Set([...new Set(tokensOf(content))].flatMap(wordsIn)))
      pages.set(word, (pages.get(word) ?? 0) + 1)
  return [...pages]
    .sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .slice(0, mostWords)
    .map(([word]) => word)
}
