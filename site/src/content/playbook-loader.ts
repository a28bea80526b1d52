/**
 * Loads the site where nobody else makes it: in `dev`, and where Astro is started without the command line.
 *
 * In `dev` a saved file makes it read again; pages whose text did not change keep their HTML.
 */
import { createHash } from 'node:crypto'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Loader, LoaderContext } from 'astro/loaders'
import { playbookFolder } from '../../../src/workspace/find-root.ts'
import { wantedAudience } from './audience.ts'
import { isSiteAnnounced, keepSite } from './made-site.ts'
import type { Body } from './render-markdown.ts'
import type { MadeSite } from './site-pages.ts'

/** The HTML of each page by a hash of all that it was made from. */
type Rendered = Map<string, Body>

export function playbookLoader(): Loader {
  return {
    name: 'playproof',
    load: async (context) => {
      if (isSiteAnnounced()) return
      const root = process.env['PLAYPROOF_ROOT'] ?? fileURLToPath(context.config.root)
      let rendered: Rendered = new Map()
      const load = async (): Promise<void> => {
        const next: Rendered = new Map()
        await keep(context, await readSite(root, context.config.base, rendered, next))
        rendered = next
      }
      await load()
      if (context.watcher !== undefined) watch(context, join(root, playbookFolder), load)
    },
  }
}

async function readSite(root: string, base: string, before: Rendered, after: Rendered): Promise<MadeSite> {
  // Behind `import()`, because Vite compiles what is loaded, and most builds load none of it.
  const { readPlaybook, siteOf } = await import('./read-site.ts')
  const { rendererVersion, renderMarkdown } = await import('./render-markdown.ts')
  return siteOf(
    await readPlaybook(root, process.env['PLAYPROOF_AS_OF']),
    { audience: wantedAudience(), base },
    (entity, markdown, resolveLink) => {
      const links = entity.facts.links.map(({ url }) => resolveLink(url) ?? null)
      const key = createHash('sha256')
        .update(JSON.stringify([rendererVersion, markdown, links]))
        .digest('base64')
      const body = after.get(key) ?? before.get(key) ?? renderMarkdown(markdown, resolveLink)
      after.set(key, body)
      return body
    },
  )
}

/** Astro's store learns that something changed; what changed is handed over beside it. */
async function keep({ store }: LoaderContext, { frame, pages, reports }: MadeSite): Promise<void> {
  const digest = keepSite(frame, [...pages], await reports())
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
