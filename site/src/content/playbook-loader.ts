/**
 * Loads the site: the playbook is read, parsed and checked once, and every page is made from that one reading.
 *
 * In `dev` a saved file makes it read again; pages whose text did not change keep their HTML. The search records
 * are left in the cache folder, where the step that makes the index finds them.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Loader, LoaderContext } from 'astro/loaders'
import { playbookFolder } from '../../../src/workspace/find-root.ts'
import { pageChanges, remoteOf } from '../../../src/workspace/git.ts'
import { readWorkspace } from '../../../src/workspace/read-workspace.ts'
import { searchRecordsFile } from '../../search-index.ts'
import { wantedAudience } from './audience.ts'
import type { BookEntry } from './page-types.ts'
import { type Body, rendererVersion, renderMarkdown } from './render-markdown.ts'
import type { RenderBody } from './shown.ts'
import { type WholeSite, wholeSite } from './site-pages.ts'

/** The HTML of each page by a hash of all that it was made from. */
type Rendered = Map<string, Body>

export function playbookLoader(): Loader {
  return {
    name: 'playproof',
    load: async (context) => {
      const root = process.env['PLAYPROOF_ROOT'] ?? fileURLToPath(context.config.root)
      let rendered: Rendered = new Map()
      const load = async (): Promise<void> => {
        const next: Rendered = new Map()
        keep(context, await readSite(root, context, rendered, next))
        rendered = next
      }
      await load()
      if (context.watcher !== undefined) watch(context, join(root, playbookFolder), load)
    },
  }
}

async function readSite(root: string, context: LoaderContext, before: Rendered, after: Rendered): Promise<WholeSite> {
  const asOf = process.env['PLAYPROOF_AS_OF']
  const reading = await readWorkspace(root, asOf === undefined || asOf === '' ? {} : { asOf })
  const render: RenderBody = (entity, markdown, resolveLink) => {
    const links = entity.facts.links.map(({ url }) => resolveLink(url) ?? null)
    const key = createHash('sha256')
      .update(JSON.stringify([rendererVersion, markdown, links]))
      .digest('base64')
    const body = after.get(key) ?? before.get(key) ?? renderMarkdown(markdown, resolveLink)
    after.set(key, body)
    return body
  }
  return wholeSite(reading, {
    audience: wantedAudience(),
    base: context.config.base,
    today: new Date().toISOString().slice(0, 10),
    render,
    changes: pageChanges(root),
    remote: remoteOf(root),
  })
}

/**
 * All that templates draw goes to one file, a value a line, and its digest to the store: Astro makes a module of
 * what the store holds, and with thousands of pages in it that module costs more time and memory than the site.
 */
function keep({ store, config, generateDigest }: LoaderContext, { facts, reports, pages, records }: WholeSite): void {
  // The bare words are in the search records; templates have the HTML.
  const drawn = pages.map((page) => ({ ...page, body: { ...page.body, text: '' } }))
  const lines = [facts, reports, ...drawn].map((value) => JSON.stringify(value)).join('\n')
  const digest = generateDigest(lines)
  const file = fileURLToPath(bookFile(config.cacheDir))
  mkdirSync(fileURLToPath(config.cacheDir), { recursive: true })
  writeFileSync(file, lines)
  writeFileSync(searchRecordsFile(config.cacheDir), JSON.stringify(records))
  const entry: BookEntry = { digest, file }
  store.set({ id: 'book', data: { ...entry }, digest })
}

/** Each audience has its own, so that builds side by side do not meet. */
function bookFile(cacheDir: URL): URL {
  return new URL(`book-${wantedAudience()}.jsonl`, cacheDir)
}

/** Reads again after a change, once however many files were saved together, and never twice at a time. */
function watch({ watcher, logger }: LoaderContext, folder: string, load: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  watcher?.add(folder)
  watcher?.on('all', (_event, path) => {
    if (path !== folder && !path.startsWith(folder + sep)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running
        .then(load)
        .catch((error: unknown) =>
          logger.error(`The site stays as it was: ${error instanceof Error ? error.message : String(error)}`),
        )
    }, 100)
  })
}
