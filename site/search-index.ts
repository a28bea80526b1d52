/**
 * The search of the site: the scripts of every page, and the index made from the records of the pages.
 *
 * In a build the index is written to `/pagefind/`; in `dev` it is made in memory when a browser first asks for it after
 * a change. Both hold the same records.
 */
import type { ServerResponse } from 'node:http'
import type { AstroConfig, AstroIntegration } from 'astro'
import { joinParts } from './search/join-parts.ts'
import { knownWords } from './search/known-words.ts'
import { layOutPart, type Part } from './search/lay-out-part.ts'
import { pageText } from './search/page-texts.ts'
import { commonWords, saidEverywhere, saidPages } from './search/said-pages.ts'
import { sharedSite } from './src/content/made-site.ts'
import type { SearchRecord } from './src/content/page-types.ts'
import { inParts } from './src/content/search-parts.ts'

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
 * The files of an index: what searches, the words of all pages, and the text of each. Those of a large playbook lie in
 * several parts, each in a folder of its number.
 *
 * Each is handed over as soon as it is made, so that nobody has to keep all.
 */
export async function* searchFiles(records: readonly SearchRecord[]): AsyncIterable<SearchFile> {
  const inOrder = inParts(records)
  const said = saidPages(inOrder.flat())
  const known = await knownWords(records[0]?.language ?? 'en', said.contents, said.metas)
  yield ['words.json', new TextEncoder().encode(JSON.stringify(commonWords(said)))]
  const everywhere = saidEverywhere(said)
  const fields = [...new Set(said.pages.flatMap(({ meta }) => meta.map(([field]) => field)))].sort()
  const parts: Part[] = []
  let from = 0
  for (const [number, { length }] of inOrder.entries()) {
    const folder = number === 0 ? '' : `${number}/`
    const pages = said.pages.slice(from, from + length)
    from += length
    const taken = new Set<string>()
    const hashes: string[] = []
    for (const page of pages) {
      const { hash, path, content } = pageText(page, known, taken)
      hashes.push(hash)
      if (page.record.url !== '') yield [`${folder}${path}`, content]
    }
    parts.push(layOutPart({ folder, pages, hashes, fields, everywhere, everyWord: number > 0 }, known))
  }
  yield* joinParts(parts, known, fields)
}

/** All of them by their paths. */
export async function allSearchFiles(records: readonly SearchRecord[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  for await (const [path, content] of searchFiles(records)) files.set(path, content)
  return files
}
