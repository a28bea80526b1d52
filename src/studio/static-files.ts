/**
 * The page's own files: made when the package was made, listed once, and served with the headers that lock them in.
 *
 * The strict policy goes out with the page alone: the frames of the workbench that are served beside it carry their
 * own, and would not start under the page's.
 */
import { createReadStream, readdirSync, statSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { extname, join } from 'node:path'

interface StaticFile {
  readonly absolute: string
  readonly size: number
}

export type StaticFiles = ReadonlyMap<string, StaticFile>

/** Every file below `folder` by its address. */
export function listStaticFiles(folder: string): StaticFiles {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map(({ parentPath, name }) => {
      const absolute = join(parentPath, name)
      return [
        absolute.slice(folder.length).replaceAll('\\', '/').replace(/^\/*/, '/'),
        { absolute, size: statSync(absolute).size },
      ]
    }),
  )
}

/** For every answer of the server. */
export const commonHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const

/** Nothing from elsewhere, no inline script, no eval; WebAssembly colours the text. */
function pagePolicy(): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "frame-src 'self' blob: data:",
    "child-src 'self' blob: data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export function sendStatic(response: ServerResponse, { absolute, size }: StaticFile, address: string): void {
  const page = address === '/index.html'
  response.writeHead(200, {
    ...commonHeaders,
    'Content-Type': types[extname(absolute)] ?? 'application/octet-stream',
    'Content-Length': size,
    // Vite names these by their content.
    ...(address.startsWith('/assets/') ? { 'Cache-Control': 'private, max-age=31536000, immutable' } : {}),
    ...(page
      ? { 'Content-Security-Policy': pagePolicy(), 'X-Frame-Options': 'DENY' }
      : { 'X-Frame-Options': 'SAMEORIGIN' }),
  })
  createReadStream(absolute)
    .on('error', () => response.destroy())
    .pipe(response)
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.cjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}
