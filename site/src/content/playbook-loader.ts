/**
 * Loads the site into Astro's content store: the playbook is read, parsed and checked once, and each page becomes
 * one entry.
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
import { readWorkspace } from '../../../src/workspace/read-workspace.ts'
import { searchRecordsFile } from '../../search-index.ts'
import { audienceOf } from './audience.ts'
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
    const links = entity.facts.links.map(({ url }) => resolveLink(url) ?? '')
    const key = createHash('sha256')
      .update(JSON.stringify([rendererVersion, markdown, links]))
      .digest('base64')
    const body = after.get(key) ?? before.get(key) ?? renderMarkdown(markdown, resolveLink)
    after.set(key, body)
    return body
  }
  return wholeSite(reading, {
    audience: audienceOf(process.env['PLAYPROOF_AUDIENCE']),
    base: context.config.base,
    today: new Date().toISOString().slice(0, 10),
    render,
  })
}

/** Entries of pages by `<type>/<id>`, and `site` for what all of them share. */
function keep({ store, config, generateDigest }: LoaderContext, { facts, pages, records }: WholeSite): void {
  const seen = new Set<string>()
  const set = (id: string, data: object): void => {
    seen.add(id)
    const digest = generateDigest(JSON.stringify(data))
    if (store.get(id)?.digest !== digest) store.set({ id, data: { ...data }, digest })
  }
  set('site', facts)
  for (const page of pages) set(`${page.type}/${page.id}`, page)
  for (const id of store.keys()) if (!seen.has(id)) store.delete(id)
  const file = fileURLToPath(searchRecordsFile(config.cacheDir))
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, JSON.stringify(records))
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
