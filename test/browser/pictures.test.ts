/**
 * The main pages as they look, so that a page that breaks visibly is noticed: a lost stylesheet, a heap, a gap.
 *
 * Pictures are taken at half size, which hides how a machine smooths letters and shows where things stand.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { expectPicture, pictureDifference, tolerated } from './pictures.ts'
import { type ServedSite, serveSite } from './served-site.ts'

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
  expectPicture(name, await taken(picture))
})

test('a page without its stylesheet does not pass for the picture', async () => {
  const name = 'play-desk'
  const bare = await taken({
    ...(pictures[name] as Picture),
    first: (page) => page.evaluate(() => document.querySelector('link[rel="stylesheet"]')?.remove()),
  })
  expect(pictureDifference(name, bare)).toBeGreaterThan(4 * tolerated)
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
