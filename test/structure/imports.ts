/**
 * Which module imports which: the raw material of the tests about structure.
 *
 * Read from a real syntax tree (that of Vite's parser, which vitest brings along), because `import` also
 * stands in strings, comments and types. Type imports count as imports: a room that needs another room's
 * types cannot be understood without it. Of an `.astro` file the frontmatter and the scripts are read.
 */
import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vitest/node'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** One import: `to` is a path from the repository's root, or the name of a package as written. */
export interface Import {
  readonly from: string
  readonly to: string
  readonly lazy: boolean
}

/** What git tracks or would track, as paths from the root; deleted files and links are left out. */
export function trackedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  const isFile = (path: string) => path !== '' && lstatSync(ROOT + path, { throwIfNoEntry: false })?.isFile() === true
  return [...new Set(listed.split('\0'))].filter(isFile).sort()
}

export function readTracked(path: string): string {
  return readFileSync(ROOT + path, 'utf8')
}

/** The modules of the product: `src/` and `site/`, with their unit tests. */
export function productModules(): string[] {
  return trackedFiles().filter((path) => /^(src|site)\/.*\.(ts|mjs|astro)$/.test(path))
}

export function importsOf(path: string, text: string): Import[] {
  const found: Import[] = []
  const note = (source: unknown, lazy: boolean) => {
    if (!isNode(source) || source.type !== 'Literal' || typeof source.value !== 'string') return
    const written = source.value
    const to = written.startsWith('.') ? posix.join(posix.dirname(path), written) : written
    found.push({ from: path, to, lazy })
  }
  for (const code of path.endsWith('.astro') ? scriptsOf(text) : [text]) {
    visit(parseAst(code, { lang: path.endsWith('.mjs') ? 'js' : 'ts' }), (node) => {
      if (node.type === 'ImportExpression') note(node.source, true)
      else if (node.type === 'TSImportType') note(node.source, false)
      else if (/^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type)) note(node.source, false)
    })
  }
  return found
}

function scriptsOf(astro: string): string[] {
  const frontmatter = /^---\n([\s\S]*?)\n---/.exec(astro)?.[1] ?? ''
  return [frontmatter, ...[...astro.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '')]
}

interface Node {
  readonly type: string
  readonly source?: unknown
  readonly value?: unknown
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function visit(value: unknown, enter: (node: Node) => void): void {
  if (Array.isArray(value)) for (const part of value) visit(part, enter)
  else if (isNode(value)) {
    enter(value)
    for (const part of Object.values(value)) visit(part, enter)
  }
}
