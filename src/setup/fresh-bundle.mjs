/**
 * Keeps `lib/`, the bundle of the command line, in step with the sources of a checkout.
 *
 * The command itself and the pre-script of `npm start` and `npm test` call it, so nobody ever runs a
 * stale command or remembers a build step. Parses on Node 20 and needs no package, because the
 * pre-script runs before there are any. The published package holds `lib/` and not this folder.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const LIB = join(ROOT, 'lib')
const STAMP = join(LIB, '.sources')
const DAY = 24 * 60 * 60 * 1000

/**
 * Builds the bundle where the sources changed since the last build; `node` is a Node that can run tsdown.
 * Answers what went wrong as text, or undefined.
 *
 * Two runs at once do not disturb each other, nor a third that still reads the last bundle: each builds
 * in a folder of its own and moves file by file, the chunks (named by their content) before the entries.
 */
export function freshBundle(node = process.execPath) {
  // Listed before the build, so that what is saved meanwhile is built next time.
  const sources = listSources()
  if (read(STAMP) === sources) return undefined
  const work = join(LIB, `.build-${process.pid}`)
  mkdirSync(work, { recursive: true })
  try {
    const built = spawnSync(node, [join(ROOT, 'src/setup/build-bundle.mjs'), work], { cwd: ROOT, encoding: 'utf8' })
    if (built.status !== 0) {
      const details = built.error?.message ?? stripVTControlCharacters(built.stdout + built.stderr).trim()
      return `playproof: the command line could not be built from its sources.\n${details}`
    }
    publish(work)
    writeFileSync(join(work, 'stamp'), sources)
    renameSync(join(work, 'stamp'), STAMP)
    return undefined
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Every file the bundle is made of, with its time and size: a text to compare, since hashing would mean reading. */
function listSources() {
  const lines = []
  // Every start pays for this, and `join` would be half of it; ROOT ends with a slash.
  const add = (path) => {
    const { mtimeMs, size } = statSync(ROOT + path)
    lines.push(`${path} ${mtimeMs} ${size}`)
  }
  const walk = (folder) => {
    for (const entry of readdirSync(ROOT + folder, { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) {
        if (entry.name !== 'testing') walk(path)
      } else if (/(?<!\.test)\.(ts|mjs)$/.test(entry.name)) add(path)
    }
  }
  walk('src')
  // Its options are bundled too: the commands that build and serve the site hand them to Astro.
  walk('site')
  add('package.json')
  add('package-lock.json')
  return lines.sort().join('\n')
}

/** Moves a finished build into `lib/`; what older runs may still want to load stays there for a day. */
function publish(work) {
  const built = readdirSync(work)
  const isEntry = (name) => /^(main|.*-worker)\.mjs$/.test(name)
  for (const name of [...built.filter((name) => !isEntry(name)), ...built.filter(isEntry)]) {
    renameSync(join(work, name), join(LIB, name))
  }
  for (const name of readdirSync(LIB)) {
    const path = join(LIB, name)
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Number.POSITIVE_INFINITY }
    if (name === 'studio' || name === 'playproof.vsix') continue
    if (!built.includes(name) && path !== STAMP && Date.now() - mtimeMs > DAY)
      rmSync(path, { recursive: true, force: true })
  }
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
