#!/usr/bin/env node
/**
 * The command `playproof`, before anything is loaded.
 *
 * Parses on Node 20, so that an old Node gets a sentence and not a stack trace; answers `--version`
 * without loading the bundle; keeps compiled code between runs (a fifth less CPU at start). In a
 * checkout it first brings the bundle up to date; the published package has no `src/setup`.
 */
import { existsSync, readFileSync } from 'node:fs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const argv = process.argv.slice(2)
const setup = new URL('../setup/fresh-bundle.mjs', import.meta.url)

if (major < 22 || (major === 22 && minor < 12)) {
  const advice = existsSync(setup)
    ? 'In this checkout `npm start` and `npm test` install one, unless npm is told to `ignore-scripts`.'
    : 'Install a newer one from https://nodejs.org.'
  process.stderr.write(`playproof: needs Node.js 22.12 or newer, and this is ${process.version}. ${advice}\n`)
  process.exitCode = 2
} else if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  process.stdout.write(`${version}\n`)
} else {
  await run()
}

async function run() {
  const { enableCompileCache } = await import('node:module')
  enableCompileCache()
  if (existsSync(setup)) {
    const { freshBundle } = await import(setup.href)
    const fault = freshBundle() ?? (argv.includes('studio') ? await freshStudioPage() : undefined)
    if (fault !== undefined) {
      process.stderr.write(`${fault}\n`)
      process.exitCode = 2
      return
    }
  }
  const { main } = await import('../../lib/main.mjs')
  const status = await main(argv)
  if (status !== undefined) process.exitCode = status
}

/** The page of the studio costs 20 seconds to build, so only the command that needs it asks for it. */
async function freshStudioPage() {
  if (argv.includes('--help') || argv.includes('-h')) return undefined
  const { freshStudio } = await import(new URL('../setup/fresh-studio.mjs', import.meta.url).href)
  return freshStudio()
}
