/**
 * Keeps `lib/studio/`, the studio's page, in step with the sources of a checkout.
 *
 * `playproof studio` calls it, and packing does; `npm start` and `npm test` do not pay for it before they need it.
 * What was built is kept in `node_modules/.cache` by a hash of all it was made of, so that going back to another
 * branch, or packing a copy of the checkout, does not build it again. The published package holds `lib/studio/`.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const PAGE = join(ROOT, 'lib/studio')
const CACHE = join(ROOT, 'node_modules/.cache/playproof-studio')
const STAMP = '.sources'

/** Builds the page where its sources changed since the last build. Answers what went wrong as text, or undefined. */
export function freshStudio() {
  const wanted = hashOfSources()
  if (read(join(PAGE, STAMP)) === wanted) return undefined
  const work = join(ROOT, `lib/.studio-${process.pid}`)
  const kept = join(CACHE, wanted)
  mkdirSync(work, { recursive: true })
  try {
    if (read(join(kept, STAMP)) === wanted) cpSync(kept, work, { recursive: true })
    else {
      process.stderr.write('playproof: building the studio from its sources, which takes about 20 seconds once.\n')
      const build = [join(ROOT, 'src/setup/build-studio.mjs'), work]
      const built = spawnSync(process.execPath, build, { cwd: ROOT, encoding: 'utf8' })
      if (built.status !== 0) {
        const details = built.error?.message ?? stripVTControlCharacters(built.stdout + built.stderr).trim()
        return `playproof: the studio could not be built from its sources.\n${details}`
      }
      writeFileSync(join(work, STAMP), wanted)
      keep(work, kept)
    }
    put(work, PAGE)
    return undefined
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Puts a finished folder in place. Where another run was quicker, its folder is as good. */
function put(work, place) {
  rmSync(place, { recursive: true, force: true })
  try {
    renameSync(work, place)
  } catch (error) {
    rmSync(work, { recursive: true, force: true })
    if (!existsSync(join(place, STAMP))) throw error
  }
}

/** The last three builds are kept. */
function keep(work, kept) {
  const half = `${kept}.${process.pid}`
  cpSync(work, half, { recursive: true })
  put(half, kept)
  const old = readdirSync(CACHE).filter((name) => join(CACHE, name) !== kept)
  for (const name of old.slice(0, -2)) rmSync(join(CACHE, name), { recursive: true, force: true })
}

/** Of everything the page and the extension are made of; the rooms behind them are taken whole. */
function hashOfSources() {
  const hash = createHash('sha256')
  const sources = globSync('{src/studio/page,src/editor,src/reports,src/evidence,src/model,src/source}/**/*.*', {
    cwd: ROOT,
  })
  const named = ['package-lock.json', 'src/setup/build-studio.mjs', 'THIRD-PARTY-NOTICES.txt', 'LICENSE']
  for (const path of [...sources.filter((path) => !/\.test\.ts$/.test(path)), ...named].sort())
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update('\0')
  return hash.digest('hex').slice(0, 32)
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fault = freshStudio()
  if (fault !== undefined) {
    process.stderr.write(`${fault}\n`)
    process.exitCode = 1
  }
}
