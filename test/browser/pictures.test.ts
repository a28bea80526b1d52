/**
 * The main pages as they look, so that a page that breaks visibly is noticed: a lost stylesheet, a heap, a gap.
 *
 * Pictures are taken at half size, which hides how a machine smooths letters and shows where things stand. To renew
 * one after a wanted change, delete it in `pictures/`, run this file, and look at what it wrote.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pixelmatch from 'pixelmatch'
import type { Browser, Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { type ServedSite, serveSite } from './served-site.ts'

const folder = fileURLToPath(new URL('./pictures/', import.meta.url))

/** The share of pixels that may differ: another machine's letters, not another page. */
const tolerated = 0.01

interface Picture {
  readonly address: string
  readonly width: 390 | 768 | 1440
  readonly theme: 'light' | 'dark'
  readonly first?: (page: Page) => Promise<void>
}

const pictures: Readonly<Record<string, Picture>> = {
  'home-phone': { address: '/', width: 390, theme: 'light' },
  'home-desk-dark': { address: '/', width: 1440, theme: 'dark' },
  'found-phone': {
    address: '/?q=freeze',
    width: 390,
    theme: 'light',
    first: (page) => page.locator('.found-title').first().waitFor(),
  },
  'plays-tablet': { address: '/plays/', width: 768, theme: 'light' },
  'play-phone-dark': { address: '/plays/studio-floor/', width: 390, theme: 'dark' },
  'play-desk': { address: '/plays/counter-refresh/', width: 1440, theme: 'light' },
  'evidence-desk': {
    address: '/plays/counter-refresh/',
    width: 1440,
    theme: 'light',
    first: (page) => page.locator('#the-evidence').evaluate((head) => head.scrollIntoView()),
  },
  'call-phone': { address: '/plays/counter-refresh/call/', width: 390, theme: 'light' },
  'hypothesis-tablet': { address: '/plays/flagship/', width: 768, theme: 'light' },
  'message-phone': { address: '/messages/one-lane-first/', width: 390, theme: 'light' },
  'markets-phone': { address: '/markets/', width: 390, theme: 'light' },
  'coverage-phone-dark': {
    address: '/reports/coverage/',
    width: 390,
    theme: 'dark',
    first: (page) => page.locator('#markets').evaluate((head) => head.scrollIntoView()),
  },
  'health-desk': { address: '/health/', width: 1440, theme: 'light' },
  'battlecard-tablet-dark': { address: '/battlecards/countermate/', width: 768, theme: 'dark' },
}

let site: ServedSite
let browser: Browser

beforeAll(async () => {
  ;[browser, site] = await Promise.all([launchBrowser(), serveSite(inject('demonstration'))])
})

afterAll(async () => {
  site?.close()
  await browser?.close()
})

test.each(Object.entries(pictures))('%s looks as it did', async (name, picture) => {
  const file = join(folder, `${name}.png`)
  const now = PNG.sync.read(await taken(picture))
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, PNG.sync.write(now))
    expect.fail(`There was no picture ${name}. One was written: look at it, and run this again.`)
  }
  const before = PNG.sync.read(readFileSync(file))
  expect([now.width, now.height], 'the size of the picture').toEqual([before.width, before.height])
  const differing = pixelmatch(before.data, now.data, undefined, now.width, now.height, { threshold: 0.2 })
  expect(differing / (now.width * now.height), 'the share of pixels that differ').toBeLessThan(tolerated)
})

test('a page without its stylesheet does not pass for the picture', async () => {
  const name = 'play-desk'
  const before = PNG.sync.read(readFileSync(join(folder, `${name}.png`)))
  const bare = pictures[name] as Picture
  const now = PNG.sync.read(
    await taken({
      ...bare,
      first: (page) => page.evaluate(() => document.querySelector('link[rel="stylesheet"]')?.remove()),
    }),
  )
  const differing = pixelmatch(before.data, now.data, undefined, now.width, now.height, { threshold: 0.2 })
  expect(differing / (now.width * now.height)).toBeGreaterThan(4 * tolerated)
})

async function taken({ address, width, theme, first }: Picture): Promise<Buffer> {
  const context = await browser.newContext({
    viewport: { width, height: width === 390 ? 844 : 960 },
    colorScheme: theme,
    deviceScaleFactor: 0.5,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(`${site.address}${address}`, { waitUntil: 'networkidle' })
  await first?.(page)
  await page.evaluate(() => document.fonts.ready)
  const bytes = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  await context.close()
  return bytes
}
