/**
 * Starts Astro on a playbook: to build the site, to serve it live, to serve what was built.
 *
 * Nothing is written into the package: Astro's own files go to `.playproof/` of the user's repository. The
 * playbook's place, the audience and the day travel in the environment, because Astro runs the site's code in
 * workers of its own.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { astroOptions } from '../../site/astro-options.ts'
import type { WriteFile } from '../../site/draw-site.ts'
import { announceSite } from '../../site/src/content/made-site.ts'
import type { Audience } from '../audience/audience.ts'
import { visible } from '../source/visible.ts'
import { Fault } from '../workspace/fault.ts'
import { readSettings } from '../workspace/read-workspace.ts'
import type { Scan } from '../workspace/scan-site.ts'
import { packageRoot } from '../workspace/version.ts'
import { linkModules, makeWorkFolder } from '../workspace/work-cache.ts'
import { SiteMaker } from './site-maker.ts'
import type { Terminal } from './terminal.ts'

export interface SiteRequest {
  readonly root: string
  readonly asOf?: string
  readonly audience: Audience
}

export interface ServedSite {
  /** Where a browser finds it. */
  readonly address: string
  stop(): Promise<void>
}

/**
 * Builds the site into `folder`, which is emptied first, and scans it. Throws {@link Fault} or {@link CustomersNamed} where
 * the playbook stops it.
 */
export async function buildSite(
  { root, asOf, audience }: SiteRequest,
  folder: string,
  terminal: Terminal,
): Promise<{ pages: number; scan: Scan }> {
  const maker = new SiteMaker({ root, asOf, audience, base: baseOf(root), folder })
  let pages = 0
  let notWritten: Fault | undefined
  const write: WriteFile = (file, content) => {
    if (file.endsWith('.html')) pages++
    try {
      return maker.write(file, content)
    } catch (fault) {
      // Astro would tell it as a fault of its own.
      if (fault instanceof Fault) notWritten = fault
      throw fault
    }
  }
  try {
    const astro = await prepare({ root, audience })
    announceSite(maker.site)
    try {
      await astro.build({ ...optionsFor(root, folder, write), logLevel: 'warn' })
    } catch (cause) {
      if (notWritten !== undefined) throw notWritten
      await maker.site.records()
      terminal.note(visible(cause instanceof Error ? cause.message : String(cause)))
      throw new Fault('the site could not be built; the line above says why.', { cause })
    }
    return { pages, scan: await maker.scanned() }
  } finally {
    await maker.close()
  }
}

export async function serveLiveSite(request: SiteRequest & { readonly port: number }): Promise<ServedSite> {
  const astro = await prepare(request)
  const server = await astro.dev({
    ...optionsFor(request.root, join(request.root, 'dist')),
    logLevel: 'error',
    server: { host: '127.0.0.1', port: request.port },
  })
  return { address: addressOf(server.address.port, request.root), stop: () => server.stop() }
}

export async function serveBuiltSite(request: {
  readonly root: string
  readonly out: string
  readonly port: number
}): Promise<ServedSite> {
  const astro = await prepare({ ...request, audience: 'reps' })
  const server = await astro.preview({
    ...optionsFor(request.root, request.out),
    logLevel: 'error',
    server: { host: '127.0.0.1', port: request.port },
  })
  return { address: addressOf(server.port, request.root), stop: () => server.stop() }
}

function addressOf(port: number, root: string): string {
  return `http://localhost:${port}${baseOf(root)}`
}

function baseOf(root: string): string {
  return readSettings(root).site.base
}

/** The folder of modules that this package was installed with. */
const modulesFolder = (): string => dirname(dirname(createRequire(packageRoot).resolve('astro/package.json')))

function optionsFor(root: string, outDir: string, write?: WriteFile) {
  const folders = {
    root: makeWorkFolder(root),
    outDir,
    base: baseOf(root),
    packageRoot: fileURLToPath(packageRoot),
    playbookRoot: root,
    modules: modulesFolder(),
    ...(write === undefined ? {} : { write }),
  }
  return { ...astroOptions(folders), configFile: false as const }
}

async function prepare({ root, asOf, audience }: SiteRequest) {
  process.env.ASTRO_TELEMETRY_DISABLED = '1'
  // The live site would ask npm's registry for a newer Astro.
  process.env.ASTRO_DISABLE_UPDATE_CHECK = 'true'
  process.env.ASTRO_DEV_BACKGROUND = '0'
  process.env.PLAYPROOF_ROOT = root
  process.env.PLAYPROOF_AUDIENCE = audience
  if (asOf !== undefined) process.env.PLAYPROOF_AS_OF = asOf
  linkModules(root, modulesFolder())
  return import('astro')
}
