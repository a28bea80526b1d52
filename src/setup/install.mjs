/**
 * Makes a fresh clone ready: what `npm start` and `npm test` run first.
 *
 * The machine may have only Node 20 and npm, so this parses there and needs no package. It installs
 * the locked dependencies, Node 24 among them, when they are not those of this lockfile, then bundles
 * the command line. Whoever looks `node` up next finds Node 24, because npm puts `.bin` first on PATH.
 * `test` calls it itself: npm leaves `pretest` out in silence under `ignore-scripts`. No `prepare` script
 * calls it: `npx playproof` would run that too, and a failure there breaks npx for this folder for good.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freshBundle } from './fresh-bundle.mjs'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const MODULES = join(ROOT, 'node_modules')
const STAMP = join(MODULES, '.install-stamp')
const NODE = join(MODULES, 'node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

const fault = install() ?? freshBundle(NODE)
if (fault !== undefined) {
  process.stderr.write(`${fault}\n`)
  process.exitCode = 1
}

function install() {
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8')
  const manifest = readFileSync(join(ROOT, 'package.json'), 'utf8')
  const wanted = createHash('sha256').update(`${process.platform} ${process.arch}\n${manifest}\n${lock}`).digest('hex')
  if (existsSync(STAMP) && existsSync(NODE) && readFileSync(STAMP, 'utf8') === wanted) return undefined
  if (!installedAlready(JSON.parse(lock), JSON.parse(manifest))) {
    // The npm and Node that were called: `npm ci` deletes the Node 24 this may be running on.
    const npm = process.env.npm_execpath
    if (npm === undefined) return 'playproof: run this with npm: `npm start` or `npm test`.'
    process.stderr.write('playproof: installing the dependencies, which takes about a minute the first time.\n')
    const quiet = ['--loglevel=error', '--no-audit', '--no-fund']
    // Without a network npm's own pauses between attempts add up to more than a minute.
    const patience = ['--prefer-offline', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000']
    const ran = spawnSync(process.env.npm_node_execpath ?? process.execPath, [npm, 'ci', ...quiet, ...patience], {
      cwd: ROOT,
      // What npm reports is for the person who waits, not part of what the script prints.
      stdio: ['ignore', 2, 2],
    })
    if (ran.status !== 0) {
      return 'playproof: the dependencies could not be installed, because `npm ci` failed (see above). It needs the package registry once; then `npm start` and `npm test` work offline.'
    }
  }
  if (!existsSync(NODE)) {
    return 'playproof: Node 24 is missing from node_modules, because npm was told not to run install scripts (`ignore-scripts`). Run `npm ci --ignore-scripts=false`, then try again.'
  }
  writeFileSync(STAMP, wanted)
  return undefined
}

/** Whether npm's own record of node_modules holds just what is locked, as after `npm ci` or `npm install` by hand. */
function installedAlready(lock, manifest) {
  const record = join(MODULES, '.package-lock.json')
  if (!existsSync(record) || !runsNode24(lock.packages['node_modules/node']?.version)) return false
  const groups = ['dependencies', 'devDependencies', 'optionalDependencies']
  if (groups.some((group) => sorted(manifest[group]) !== sorted(lock.packages[''][group]))) return false
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  const names = new Set([...Object.keys(installed), ...Object.keys(lock.packages)])
  names.delete('')
  return [...names].every((name) => {
    const locked = lock.packages[name]
    // Binaries for other platforms are locked and not installed.
    if (installed[name] === undefined) return locked.optional === true
    return locked?.version === installed[name].version && locked.integrity === installed[name].integrity
  })
}

function sorted(versions = {}) {
  return JSON.stringify(Object.entries(versions).sort())
}

function runsNode24(version) {
  return existsSync(NODE) && spawnSync(NODE, ['--version'], { encoding: 'utf8' }).stdout.trim() === `v${version}`
}
