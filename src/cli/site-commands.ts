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
import type { AstroIntegration } from 'astro'
import { astroOptions } from '../../site/astro-options.ts'
import type { Audience } from '../audience/audience.ts'
import { visible } from '../source/visible.ts'
import { Fault } from '../workspace/fault.ts'
import { handingOver } from '../workspace/handed-reading.ts'
import { readFolder } from '../workspace/read-folder.ts'
import { settingsOf, type WorkspaceReading } from '../workspace/read-workspace.ts'
import { packageRoot } from '../workspace/version.ts'
import { linkModules, makeWorkFolder } from '../workspace/work-cache.ts'
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

/** Builds the site of a reading into `out`, which is emptied first. Throws {@link Fault} where the playbook stops it. */
export async function buildSite(
  reading: WorkspaceReading,
  { audience, out }: { readonly audience: Audience; readonly out: string },
  terminal: Terminal,
): Promise<{ pages: number }> {
  const { root } = reading
  let pages = 0
  const counter: AstroIntegration = {
    name: 'playproof:count',
    hooks: {
      'astro:build:done': (done) => {
        pages = done.pages.length
      },
    },
  }
  const astro = await prepare({ root, audience })
  const options = optionsFor(root, out)
  const integrations = [...(options.integrations ?? []), counter]
  try {
    await handingOver(reading, () => astro.build({ ...options, logLevel: 'warn', integrations }))
  } catch (cause) {
    terminal.note(visible(cause instanceof Error ? cause.message : String(cause)))
    throw new Fault('the site could not be built; the line above says why.', { cause })
  }
  return { pages }
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
  return settingsOf(readFolder(root)).site.base
}

/** The folder of modules that this package was installed with. */
const modulesFolder = (): string => dirname(dirname(createRequire(packageRoot).resolve('astro/package.json')))

function optionsFor(root: string, outDir: string) {
  const folders = {
    root: makeWorkFolder(root),
    outDir,
    base: baseOf(root),
    packageRoot: fileURLToPath(packageRoot),
    playbookRoot: root,
    modules: modulesFolder(),
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
