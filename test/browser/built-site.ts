/**
 * A built and served site, and what a browser complains of on it: for the tests that read the site as its readers do.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'

export const repository = fileURLToPath(new URL('../../', import.meta.url))

export interface ServedSite {
  readonly address: string
  close(): void
}

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

export async function serveSite(directory: string): Promise<ServedSite> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    let file = join(directory, path)
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html')
    response.statusCode = existsSync(file) ? 200 : 404
    response.setHeader('content-type', contentTypes[extname(file)] ?? 'application/octet-stream')
    response.setHeader('cache-control', 'max-age=60')
    const bytes = response.statusCode === 200 ? readFileSync(file) : Buffer.alloc(0)
    const squeezed = /^text\/|json|svg/.test(contentTypes[extname(file)] ?? '')
    if (squeezed) response.setHeader('content-encoding', 'gzip')
    response.end(squeezed ? gzipSync(bytes) : bytes)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
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

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
}
