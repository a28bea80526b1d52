/**
 * A built site on this machine: what a plain file server answers.
 */
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

export interface ServedSite {
  readonly address: string
  close(): void
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.woff2': 'font/woff2',
}

export async function serveSite(directory: string): Promise<ServedSite> {
  const squeezed = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    let file = join(directory, path)
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html')
    response.statusCode = existsSync(file) ? 200 : 404
    response.setHeader('content-type', contentTypes[extname(file)] ?? 'application/octet-stream')
    response.setHeader('cache-control', 'max-age=60')
    const bytes = response.statusCode === 200 ? readFileSync(file) : Buffer.alloc(0)
    if (!/^text\/|json|svg|xml/.test(contentTypes[extname(file)] ?? '')) {
      response.end(bytes)
      return
    }
    response.setHeader('content-encoding', 'gzip')
    // Real servers have it ready: packing it again would cost the page half of the machine.
    const small = squeezed.get(file) ?? gzipSync(bytes)
    squeezed.set(file, small)
    response.end(small)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}
