/**
 * Builds a site, and hears what a browser complains of on it: for the tests that read a site as its readers do.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import type { ServedSite } from './served-site.ts'

export const repository = fileURLToPath(new URL('../../', import.meta.url))

/** Builds below a folder, in a process of its own as the command line does, and returns the folder of the site. */
export async function buildSite(folder: string, name: string, root: string, audience = 'reps'): Promise<string> {
  const outDir = join(folder, name)
  const options = { root: join(folder, `work-${name}`), outDir, base: '/', packageRoot: repository, playbookRoot: root }
  mkdirSync(options.root)
  const script = `
    import { build } from 'astro'
    import { astroOptions } from ${JSON.stringify(pathToFileURL(join(repository, 'site/astro-options.ts')).href)}
    await build({ ...astroOptions(${JSON.stringify(options)}), configFile: false, logLevel: 'error' })`
  const { VITEST: _, NODE_ENV: __, ...env } = process.env
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: repository,
    env: { ...env, PLAYPROOF_ROOT: root, PLAYPROOF_AUDIENCE: audience, ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [status] = await once(child, 'exit')
  if (status !== 0) throw new Error(`The site of ${name} could not be built.`)
  return outDir
}

/** What the browser complains of from now on: errors, refusals of the content security policy, requests elsewhere. */
export function listened(page: Page, of: ServedSite): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(of.address)) complaints.push(`asked for ${request.url()}`)
  })
  return complaints
}
