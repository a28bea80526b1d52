/**
 * The search of a playbook that is large enough for an index in parts: it answers as if there were one. And that of one
 * of which an audience may see no page.
 *
 * The pages are those of the demonstration; only the index is that of a thousand plays, or of none.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { allSearchFiles } from '../../site/search-index.ts'
import type { SearchRecord } from '../../site/src/content/page-types.ts'
import { launchBrowser } from './browser.ts'
import { listened } from './built-site.ts'
import { type ServedSite, serveSite } from './served-site.ts'

const plays = 1_100
/** Said ten times a page: more places than the index keeps. */
const talk = Array.from({ length: 5 }, (_, at) => `The desk of number ${at} keeps the counter busy.`).join(' ')
/** Each says it once more than the one before; every other one lies in another part. */
const zeniths = [21, 22, 23, 24, 25, 26]
/** The only one with a verdict, in the part that another worker searches. */
const proven = 12
const records: readonly SearchRecord[] = Array.from({ length: plays }, (_, play) => ({
  url: `/plays/play-${play}/`,
  content: `${talk}${play === 11 ? ' Countermate sells it.' : ''}${' Zenith.'.repeat(zeniths.indexOf(play) + 1)}`,
  language: 'en',
  meta: { title: `Move ${play}`, type: play % 2 === 0 ? 'Play' : 'Battlecard' },
  filters: { type: [play % 2 === 0 ? 'Play' : 'Battlecard'], ...(play === proven && { verdict: ['Proven'] }) },
}))

const folders: string[] = []
let site: ServedSite
let empty: ServedSite
let browser: Browser

beforeAll(async () => {
  const large = await siteWith(records)
  expect(readdirSync(join(large, 'pagefind')).filter((name) => /^\d+$/.test(name))).toEqual(['1', '2'])
  const home = join(large, 'index.html')
  writeFileSync(home, readFileSync(home, 'utf8').replace('data-parts="1"', 'data-parts="2"'))
  ;[browser, site, empty] = await Promise.all([launchBrowser(), serveSite(large), serveSite(await siteWith([]))])
}, 60_000)

/** The demonstration's site with the index of other pages; answers its folder. */
async function siteWith(pages: readonly SearchRecord[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'playproof-large-search-'))
  folders.push(folder)
  cpSync(inject('demonstration'), folder, { recursive: true })
  rmSync(join(folder, 'pagefind'), { recursive: true })
  for (const [path, bytes] of await allSearchFiles(pages)) {
    const file = join(folder, 'pagefind', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  }
  return folder
}

afterAll(async () => {
  site?.close()
  empty?.close()
  await browser?.close()
  await (await import('pagefind')).close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

test('what one page says is found there alone, also where others say what it begins with', async () => {
  await looked('?q=countermate', async (page) => {
    await expect.poll(() => said(page)).toBe('1 page')
    expect(
      await page.locator('[data-list] a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['/plays/play-11/'])
  })
})

test('what every page says is found on each, and shown as it was written', async () => {
  await looked('?q=the', async (page) => {
    await expect.poll(() => said(page)).toBe(`${plays} pages`)
    await page.locator('[data-list] li').nth(19).waitFor()
    const shown = (await page.locator('.found-words').first().textContent())?.replace(/^… | …$/g, '') ?? ''
    expect(talk).toContain(shown)
    expect(shown.split(' ').length).toBeGreaterThan(20)
  })
})

test('a filter and its counts are those of all parts', async () => {
  await looked('?q=counter&type=Battlecard', async (page) => {
    await expect.poll(() => said(page)).toBe(`${plays / 2} pages`)
    expect(await page.locator('select[name="type"] option:checked').textContent()).toBe(`Battlecard (${plays / 2})`)
    await page.locator('select[name="type"]').selectOption('')
    await expect.poll(() => said(page)).toBe(`${plays} pages`)
    expect(await page.locator('select[name="type"] option[value="Play"]').textContent()).toBe(`Play (${plays / 2})`)
  })
})

test('a filter is known that only pages of one part have', async () => {
  await looked('?q=counter&verdict=Proven', async (page) => {
    await expect.poll(() => said(page)).toBe('1 page')
  })
})

test('filters that no page has find nothing, and nothing that is no page', async () => {
  await looked('?type=Segment', async (page) => {
    await expect.poll(() => said(page)).toBe('Nothing with these filters.')
    expect(await page.locator('[data-list] li').count()).toBe(0)
  })
})

test('the nearest of all parts come first', async () => {
  await looked('?q=zenith', async (page) => {
    await expect.poll(() => said(page)).toBe(`${zeniths.length} pages`)
    await page
      .locator('[data-list] li')
      .nth(zeniths.length - 1)
      .waitFor()
    expect(
      await page.locator('[data-list] a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(zeniths.toReversed().map((play) => `/plays/play-${play}/`))
  })
})

test('parts are searched in as many workers as there are parts and processors', async () => {
  const asked: string[] = []
  await looked(
    '?q=zenith',
    async (page) => {
      await expect.poll(() => said(page)).toBe(`${zeniths.length} pages`)
      const processors = await page.evaluate(() => navigator.hardwareConcurrency)
      expect(asked.filter((address) => /worker/.test(address)).length).toBe(Math.min(2, processors))
    },
    (address) => asked.push(address),
  )
})

test('a word is one request for all parts, and so is what every search begins with', async () => {
  const asked: string[] = []
  await looked(
    '?q=countermate&type=Play',
    async (page) => {
      await expect.poll(() => said(page)).toBe('Nothing with these filters. Without them:')
      await page.locator('[data-list] li').waitFor()
    },
    (address) => asked.push(new URL(address).pathname),
  )
  const ofIndex = asked.filter((path) => path.startsWith('/pagefind/') && !path.endsWith('/pagefind.js'))
  expect(ofIndex.map((path) => path.replace(/[^/]+(?=\.pf_(?!meta))/, '…')).toSorted()).toEqual([
    '/pagefind/2/fragment/….pf_fragment',
    '/pagefind/engine.pagefind',
    '/pagefind/filter/….pf_filter',
    '/pagefind/filter/….pf_filter',
    '/pagefind/index/….pf_index',
    '/pagefind/opening.pf_meta',
    '/pagefind/words.json',
  ])
})

test('what every search begins with is asked for before the program of the search has come', async () => {
  const asked: string[] = []
  const page = await (await browser.newContext()).newPage()
  const complaints = listened(page, site)
  page.context().on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.context().route('**/pagefind.js', async (route) => {
    await expect
      .poll(() => asked)
      .toEqual(
        expect.arrayContaining(['/pagefind/opening.pf_meta', '/pagefind/engine.pagefind', '/pagefind/words.json']),
      )
    await route.continue()
  })
  await page.goto(`${site.address}/?q=zenith`)
  await expect.poll(() => said(page)).toBe(`${zeniths.length} pages`)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('where there is no page for an audience, nothing is found', async () => {
  const page = await (await browser.newContext()).newPage()
  const complaints = listened(page, empty)
  await page.goto(`${empty.address}/?q=counter`)
  await expect.poll(() => said(page)).toBe('Nothing found. Try another word.')
  expect(complaints).toEqual([])
  await page.context().close()
})

async function looked(
  query: string,
  look: (page: Page) => Promise<void>,
  asked: (address: string) => void = () => undefined,
): Promise<void> {
  const page = await (await browser.newContext()).newPage()
  page.context().on('request', (request) => asked(request.url()))
  const complaints = listened(page, site)
  await page.goto(`${site.address}/${query}`)
  await look(page)
  expect(complaints).toEqual([])
  await page.context().close()
}

function said(page: Page): Promise<string | null> {
  return page.locator('[data-status]').textContent()
}
