/**
 * `npm run audit -- [address …]`: Lighthouse over the main pages of the demonstration's site, as a phone sees them.
 *
 * Not one of the tests: its speeds depend on what else the machine does. It fails where a page has less than 100 for
 * performance, accessibility or best practices, and says what costs the points.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse, { type Result } from 'lighthouse'
import { chromium } from 'playwright-core'
import { buildSite, repository } from '../browser/built-site.ts'
import { findChromium } from '../browser/find-chromium.ts'
import { serveSite } from '../browser/served-site.ts'

const categories = ['performance', 'accessibility', 'best-practices'] as const
/** A machine that does something else makes pages slow, so one that is only slow is looked at again. */
const mostTries = 3

const folder = mkdtempSync(join(tmpdir(), 'playproof-audit-'))
const port = await freePort()
const [options] = await findChromium()
const built = await buildSite(folder, 'demonstration', repository)
const wanted = process.argv.slice(2)
const addresses = wanted.length > 0 ? wanted : mainPages(built)
const site = await serveSite(built)
const browser = await chromium.launch({ ...options, args: [`--remote-debugging-port=${port}`] })
try {
  for (const address of addresses) await audit(address)
} finally {
  await browser.close()
  site.close()
  rmSync(folder, { recursive: true, force: true })
}

async function audit(address: string): Promise<void> {
  let best = await look(address)
  for (let tries = 1; tries < mostTries && isOnlySlow(best); tries++) {
    const again = await look(address)
    if (again.points[0] > best.points[0]) best = again
  }
  const { points, found, audits } = best
  const paint = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']
  process.stdout.write(
    `${address.padEnd(34)}${categories.map((name, index) => `${name} ${points[index]}`).join('  ')}  (${paint.map((name) => audits[name]?.displayValue ?? '').join(', ')})\n`,
  )
  if (points.every((point) => point === 100)) return
  process.exitCode = 1
  for (const { id, weight } of found.flatMap((category) => category?.auditRefs ?? [])) {
    const { score = null, title = id, displayValue = '' } = audits[id] ?? {}
    if (weight > 0 && score !== null && score < 0.9) process.stdout.write(`  ${title} ${displayValue}\n`)
  }
}

interface Look {
  /** Of performance, accessibility and best practices. */
  readonly points: readonly [number, number, number]
  readonly found: readonly (Result.Category | undefined)[]
  readonly audits: Result['audits']
}

async function look(address: string): Promise<Look> {
  const run = await lighthouse(`${site.address}${address}`, {
    port,
    onlyCategories: [...categories],
    logLevel: 'error',
  })
  const found = categories.map((name) => run?.lhr.categories[name])
  const [performance = 0, accessibility = 0, practices = 0] = found.map((each) => Math.round((each?.score ?? 0) * 100))
  return { points: [performance, accessibility, practices], found, audits: run?.lhr.audits ?? {} }
}

function isOnlySlow({ points: [performance, ...others] }: Look): boolean {
  return performance < 100 && others.every((point) => point === 100)
}

/** One page of each kind, every list, every report: what the site has is asked of the site, so that a new report is not forgotten. */
function mainPages(built: string): string[] {
  const kinds = [
    '/',
    '/plays/',
    '/plays/counter-refresh/',
    '/plays/counter-refresh/call/',
    '/messages/',
    '/messages/one-lane-first/',
    '/battlecards/',
    '/battlecards/countermate/',
    '/markets/',
    '/segments/',
    '/segments/retail/',
    '/reviews/',
    '/people/',
    '/feedback/',
    '/changes/',
    '/about/',
    '/health/',
    '/scoreboard/',
    '/scoreboard/2017-Q4/',
  ]
  const reports = readdirSync(join(built, 'reports')).map((name) => `/reports/${name}/`)
  const missing = kinds.filter((address) => !existsSync(join(built, address, 'index.html')))
  if (missing.length > 0) throw new Error(`The demonstration has no page at ${missing.join(', ')}.`)
  return [...kinds, ...reports]
}

/** A port that nobody listens on now. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
