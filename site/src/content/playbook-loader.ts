/**
 * Loads the site: the playbook is read, parsed and checked once, and every page is made from that one reading.
 *
 * In `dev` a saved file makes it read again; pages whose text did not change keep their HTML.
 */
import { createHash } from 'node:crypto'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Loader, LoaderContext } from 'astro/loaders'
import { playbookFolder } from '../../../src/workspace/find-root.ts'
import { pageChanges, remoteOf } from '../../../src/workspace/git.ts'
import { handedReading } from '../../../src/workspace/handed-reading.ts'
import { readWorkspace } from '../../../src/workspace/read-workspace.ts'
import { wantedAudience } from './audience.ts'
import { keepSite } from './made-site.ts'
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
  const reading = handedReading(root) ?? (await readWorkspace(root, asOf === undefined || asOf === '' ? {} : { asOf }))
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

/** Astro's store learns that something changed; what changed is handed over beside it. */
function keep({ store }: LoaderContext, site: WholeSite): void {
  const digest = keepSite(site)
  store.set({ id: 'book', data: { digest }, digest })
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
