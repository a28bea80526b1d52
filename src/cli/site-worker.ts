/**
 * The worker of {@link SiteMaker}: reads and checks the playbook while Astro compiles its templates, and makes one page of
 * the site after the other, while Astro draws those before; then looks through what was drawn.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { type PackedPage, packed } from '../../site/src/content/coming-site.ts'
import { readPlaybook, siteOf } from '../../site/src/content/read-site.ts'
import { renderMarkdown } from '../../site/src/content/render-markdown.ts'
import { Fault } from '../workspace/fault.ts'
import { SiteScan } from '../workspace/scan-site.ts'
import type { FromSiteWorker, SiteOrder, ToSiteWorker } from './site-maker.ts'

/** So many pages travel at a time. */
const atATime = 32

const { root, asOf, audience, base, folder } = workerData as SiteOrder
const scan = make().catch(tell)

parentPort?.on('message', (files: ToSiteWorker) => take(files).catch(tell))

async function take(files: ToSiteWorker): Promise<void> {
  const made = await scan
  if (made === undefined) return
  for (const { name, written, content } of files) made.look(name, written, content)
  const scanned = files.reduce((sum, { content }) => sum + content.byteLength, 0)
  say(files.length === 0 ? { scan: made.finish() } : { scanned })
}

/** A fault is told; anything else ends the worker, and the other side hears of that. */
function tell(error: unknown): undefined {
  if (!(error instanceof Fault)) throw error
  say({ fault: error.message })
}

async function make(): Promise<SiteScan | undefined> {
  const reading = await readPlaybook(root, asOf)
  const named = audience === 'partners' ? reading.result.findings.filter(({ rule }) => rule === 'naming/leak') : []
  if (named.length > 0) {
    say({ named: named.map(({ file, range, text }) => ({ file, range, text })) })
    return undefined
  }
  const { frame, pages, reports } = await siteOf(reading, { audience, base }, (_, markdown, resolveLink) =>
    renderMarkdown(markdown, resolveLink),
  )
  say({ frame })
  let some: PackedPage[] = []
  for (const page of pages) {
    some.push(packed(page))
    if (some.length < atATime) continue
    say({ pages: some })
    some = []
  }
  say({ pages: some, made: true })
  say({ reports: await reports() })
  return new SiteScan(folder, audience, reading)
}

function say(message: FromSiteWorker): void {
  parentPort?.postMessage(message)
}
