/**
 * Judges imports by the plan of `docs/architecture.md`: the rooms stand in one order, and a room
 * imports only what stands before it.
 *
 * Apart from its test, so that the test can also show it a wrong import and see it object.
 */
import { isBuiltin } from 'node:module'
import type { Import } from './imports.ts'

/** The order of the rooms under `src/`. All but the last run in a browser too, so they import nothing of Node. */
const ROOMS = [
  'source',
  'page',
  'model',
  'graph',
  'ledger',
  'evidence',
  'audience',
  'collateral',
  'rules',
  'check',
  'reports',
  'workspace',
]
const FACES = ['cli', 'language', 'editor', 'studio', 'site']

/** The faces that commands start, and that {@link loadedAtStart} must not hold. */
const LOADED_BY_CLI = ['language', 'studio', 'site']

/** The ledger's engines speak to databases: with the workspace the only part that touches the world. */
const TOUCHES_THE_WORLD = /^src\/(ledger\/engines|workspace|import|setup)\//

/** Packages that exist for Node alone. The native Markdown engine is loaded where its binary is, and else not. */
const NODE_ONLY = ['astro', 'chokidar', 'commander', 'pagefind', 'pg', 'picocolors', 'satteri', '@duckdb/node-bindings']
const NATIVE_ENGINE = 'src/page/satteri-engine.ts'

/** Sentences about imports that go the wrong way; empty when all is well. */
export function wrongImports(imports: readonly Import[]): string[] {
  return imports.flatMap((one) => {
    const fault = faultOf(one)
    return fault === undefined ? [] : [`${one.from} imports ${one.to}: ${fault}`]
  })
}

function faultOf({ from, to, lazy }: Import): string | undefined {
  const room = roomOf(from)
  const test = /\.test\.ts$|\/testing\//.test(from)
  if (room === undefined) return 'it stands in no room of the plan.'
  const portable = !test && !FACES.includes(room) && !TOUCHES_THE_WORLD.test(from)
  if (portable && isBuiltin(to)) return `${room} runs in a browser too and needs nothing of Node.`
  if (portable && NODE_ONLY.includes(to) && from !== NATIVE_ENGINE) return `${room} runs in a browser too.`
  if (portable && to === NATIVE_ENGINE && !lazy)
    return 'the native engine is loaded by `import()`, where its binary is.'
  if (to.startsWith('test/')) return 'the product does not need its tests.'
  if (/\/testing\//.test(to) && !test) return 'test support is for tests only.'
  const target = roomOf(to)
  if (target === undefined || target === room || target === 'testing') return undefined
  if (target === 'setup') return '`src/setup` belongs to the checkout, not to the product.'
  if (room === 'testing' || room === 'setup') return undefined
  if (FACES.includes(target)) {
    if (!FACES.includes(room)) return `${target} is a face, and nothing behind the faces knows them.`
    if (room === 'cli' && LOADED_BY_CLI.includes(target)) return undefined
    // The studio is a page around the editor's extension.
    return room === 'studio' && target === 'editor' ? undefined : 'faces do not know each other.'
  }
  if (room === 'import')
    return target === 'ledger' || target === 'source' ? undefined : '`import` uses the ledger only.'
  if (FACES.includes(room)) return undefined
  if (target === 'import') return 'only the faces start an import.'
  return ROOMS.indexOf(target) < ROOMS.indexOf(room) ? undefined : `${target} stands after ${room}.`
}

/** The room a path stands in; undefined for what is no room, and for packages. */
function roomOf(path: string): string | undefined {
  if (path.startsWith('site/')) return 'site'
  const name = /^src\/([^/]+)\//.exec(path)?.[1]
  return name !== undefined && [...ROOMS, ...FACES, 'import', 'testing', 'setup'].includes(name) ? name : undefined
}

/** Every file that starting `entry` loads: what it imports, and what that imports, but nothing behind `import()`. */
export function loadedAtStart(entry: string, imports: readonly Import[]): string[] {
  const loaded = new Set([entry])
  // A set hands out what is added while it is walked.
  for (const path of loaded) {
    for (const { from, to, lazy } of imports) if (from === path && !lazy) loaded.add(to)
  }
  return [...loaded]
}

/** Each cycle of files once, as the way round: `['a.ts', 'b.ts', 'a.ts']`. */
export function importCycles(imports: readonly Import[]): string[][] {
  const next = new Map<string, string[]>()
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to])
  const cycles: string[][] = []
  const done = new Set<string>()
  const way: string[] = []
  const walk = (path: string) => {
    if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path])
    if (done.has(path)) return
    done.add(path)
    way.push(path)
    for (const to of next.get(path) ?? []) walk(to)
    way.pop()
  }
  for (const path of next.keys()) walk(path)
  return cycles
}
