import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { PlayEvidence } from '../../src/evidence/evidence.ts'
import { coverageReport } from '../../src/reports/coverage.ts'
import { healthReport } from '../../src/reports/health.ts'
import type { ReportInput } from '../../src/reports/report.ts'
import { scoreboardReport } from '../../src/reports/scoreboard.ts'
import { readWorkspace, type WorkspaceReading } from '../../src/workspace/read-workspace.ts'
import { launchBrowser } from './browser.ts'
import { buildSite, listened, repository } from './built-site.ts'
import { type ServedSite, serveSite } from './served-site.ts'

const folder = mkdtempSync(join(tmpdir(), 'playproof-site-'))

/** One address of every kind of page. */
const pageTypes = {
  home: '/',
  'all plays': '/plays/',
  'a play': '/plays/counter-refresh/',
  'a play on trial': '/plays/central-advanced/',
  'a suspect play': '/plays/studio-floor/',
  'a play in the call': '/plays/counter-refresh/call/',
  'a hypothesis': '/plays/flagship/',
  'all messages': '/messages/',
  'a message': '/messages/one-lane-first/',
  'a retired message': '/messages/whole-store-overnight/',
  'all battlecards': '/battlecards/',
  'a battlecard': '/battlecards/countermate/',
  'a persona': '/personas/operations-lead/',
  'all segments': '/segments/',
  'a segment': '/segments/retail/',
  'all markets': '/markets/',
  'a market': '/markets/retail-east/',
  people: '/people/',
  'all reviews': '/reviews/',
  'a review': '/reviews/9XF2B7RS/',
  feedback: '/feedback/',
  health: '/health/',
  'the scoreboard': '/scoreboard/',
  'the deals of a quarter': '/scoreboard/2017-Q1/',
  'the first customers': '/reports/first-customers/',
  coverage: '/reports/coverage/',
  'the report of feedback': '/reports/feedback/',
  'why they bought': '/reports/why/',
  focus: '/reports/focus/',
  'how it is computed': '/about/',
  'no page': '/404.html',
}

const demonstration = inject('demonstration')
let reading: WorkspaceReading
let site: ServedSite
let browser: Browser

beforeAll(async () => {
  ;[reading, browser] = await Promise.all([readWorkspace(repository), launchBrowser()])
  site = await serveSite(demonstration)
})

afterAll(async () => {
  site?.close()
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the list of plays has every play that can be run with its verdict, and hypotheses apart', async () => {
  const page = await opened('/plays/')
  const rows = await page.locator('.plays > li').evaluateAll((items) =>
    items.map((item) => ({
      address: item.querySelector('a')?.getAttribute('href') ?? '',
      mark: item.querySelector('.mark span')?.textContent ?? '',
      part: item.closest('section')?.querySelector('h2')?.firstChild?.textContent ?? '',
    })),
  )
  const shown = new Map(rows.map((row) => [row.address.split('/').at(-2) ?? '', row]))
  for (const play of reading.playbook.of('play')) {
    const row = shown.get(play.id)
    if (play.data.status === 'draft' && play.data.until !== undefined) {
      expect(row).toMatchObject({ mark: 'Hypothesis', part: 'Being learned' })
    } else if (play.data.status !== 'draft' && play.data.status !== 'retired') {
      expect(row?.mark.toLowerCase()).toMatch(new RegExp(`^${evidenceOf(play.id).verdict}( \\(by fit\\))?$`))
    } else expect(row).toBeUndefined()
  }
  expect(rows.map(({ part }) => part)).toEqual(sorted(rows.map(({ part }) => part)))
})

test('a play shows the record, the interval and the others exactly as the evidence has them', async () => {
  for (const { id, record, baseline, tooFew } of reading.result.evidence?.plays ?? []) {
    const page = await opened(`/plays/${id}/`)
    const figures = await page.locator('.verdict .figures li').allTextContents()
    const percent = (share: number | null) => `${Math.round((share ?? 0) * 100)}%`
    expect(tooFew).toBe(false)
    expect(figures.slice(0, 3)).toEqual([
      `${record.wins} of ${record.wins + record.losses} won`,
      `${Math.round((record.low ?? 0) * 100)}–${percent(record.high)}`,
      `others here ${percent(baseline.winRate)}`,
    ])
    const table = await page
      .locator('.record tbody tr')
      .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent?.replaceAll(',', ''))))
    expect(table[0]?.slice(0, 3)).toEqual(['This play', String(record.wins), String(record.losses)])
    expect(table[1]?.slice(0, 3)).toEqual(['Others in the segment', String(baseline.wins), String(baseline.losses)])
    await page.close()
  }
})

test('each cited deal stands on the page of its play, and the ones that do not count say why', async () => {
  const { citations } = evidenceOf('flagship')
  const page = await opened('/plays/flagship/')
  const shown = await page.locator('.citations > li').allTextContents()
  expect(shown.length).toBe(citations.length)
  for (const [index, citation] of citations.entries()) {
    expect(shown[index]).toContain(citation.deal)
    expect(shown[index]).toContain(citation.eligible ? 'Counts.' : 'Does not count.')
  }
  expect(citations[0]?.reasons).toEqual(['elephant'])
  expect(shown[0]).toContain('more than 10 times the median of its segment')
})

test('lost deals are as visible as won ones: the page counts and lists both', async () => {
  const page = await opened('/plays/central-advanced/')
  const { record } = evidenceOf('central-advanced')
  const sides = await page
    .locator('.sides > div')
    .evaluateAll((all) =>
      all.map((side) => [side.querySelector('h4')?.textContent, side.querySelectorAll('tbody tr').length]),
    )
  expect(sides).toEqual([
    [`${record.wins} won`, 6],
    [`${record.losses} lost`, 6],
  ])
})

test('a hypothesis says that it is none to run, in words and in its look', async () => {
  const page = await opened('/plays/flagship/')
  expect(await page.locator('.notice-hypothesis').textContent()).toContain('A hypothesis, not a play to run.')
  expect(await page.locator('.notice-hypothesis').evaluate((box) => getComputedStyle(box).borderTopStyle)).toBe(
    'dashed',
  )
})

test('the day that everything is judged on stands on every page, and so do the ledger and its source', () => {
  const hash = reading.ledgerSha256?.slice(0, 12) ?? 'no ledger'
  const pages = htmlFiles(demonstration)
  expect(pages.length).toBeGreaterThan(100)
  for (const address of pages) {
    const html = readFileSync(
      join(demonstration, decodeURIComponent(address), address.endsWith('/') ? 'index.html' : ''),
      'utf8',
    )
    expect(
      html.includes('Judged as of December 31, 2017') && html.includes(hash) && html.includes('Maven Analytics'),
      address,
    ).toBe(true)
  }
})

describe('the scoreboard', () => {
  test('shows the number of the last whole quarter, the people of both sides behind it, and every quarter drawn', async () => {
    const { value } = await scoreboardReport.make(reportInput())
    const page = await opened('/scoreboard/')
    const last = value.quarters.findLast(({ complete }) => complete)
    const quarters = value.quarters.toReversed()
    expect(await page.locator('.board-name').textContent()).toBe(`Repeatable amount, ${last?.quarter}`)
    expect(await page.locator('.board-number').textContent()).toBe(dollars(last?.repeatableAmount))
    const bars = await page
      .locator('.bars li')
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.textContent?.replace(/\s+/g, ' ').trim(),
          Number.parseFloat(row.querySelector('.part')?.getAttribute('width') ?? ''),
        ]),
      )
    const most = Math.max(...quarters.map(({ won }) => won.amount))
    expect(bars).toEqual(
      quarters.map(({ quarter, repeatableAmount, won }) => [
        `${quarter}: ${dollars(repeatableAmount)} of ${dollars(won.amount)}`,
        expect.closeTo((repeatableAmount / most) * 100, 1),
      ]),
    )
    const owners = value.plays
      .filter(({ verdict }) => verdict === 'proven' || verdict === 'repeatable')
      .flatMap(({ id }) => reading.playbook.get('play', id)?.data.owners ?? [])
    const names = (ids: readonly (string | undefined)[]) =>
      [...new Set(ids)].map((id) => reading.playbook.get('person', id)?.data.name).join(', ')
    const sides = await page.locator('.board-now dd').allTextContents()
    expect(sides.map((names) => names.replace(/\s+/g, ' ').replaceAll(' ,', ',').trim())).toEqual([
      names(owners.map(({ sales }) => sales)),
      names(owners.map(({ marketing }) => marketing)),
    ])
  })

  test('each figure of a quarter leads to the deals it is made of', async () => {
    const { value } = await scoreboardReport.make(reportInput())
    const page = await opened('/scoreboard/')
    for (const { quarter, repeatable, notRepeatable } of value.quarters) {
      const row = page.locator('section:has(> #sales) tbody tr').filter({ hasText: quarter })
      const cells = await row.locator('td').allTextContents()
      expect(cells.slice(1, 5).map((cell) => cell.trim())).toEqual([
        number(repeatable.deals),
        dollars(repeatable.amount),
        number(notRepeatable.deals),
        dollars(notRepeatable.amount),
      ])
      expect(await row.locator(`a[href="/scoreboard/${quarter}/#not-repeatable"]`).count()).toBe(2)
      const deals = await opened(`/scoreboard/${quarter}/`)
      for (const [part, total] of [
        ['repeatable', repeatable],
        ['not-repeatable', notRepeatable],
      ] as const) {
        const shown = deals.locator(`section:has(> #${part})`)
        expect(await shown.locator('tbody tr').count()).toBe(Math.min(total.deals, 100))
        if (total.deals > 100) expect(await shown.textContent()).toContain(`The 100 largest of ${number(total.deals)}`)
      }
      await deals.close()
    }
  })
})

test('the map shows each market with its stage in its segment and place, and where to open next', async () => {
  const { value } = await coverageReport.make(reportInput())
  const page = await opened('/markets/')
  const held = await page
    .locator('.map .held')
    .evaluateAll((cells) =>
      cells.map((cell) => [...cell.querySelectorAll('a')].map((link) => link.getAttribute('href')).join(' ')),
    )
  expect(held.sort()).toEqual(value.markets.map(({ id }) => `/markets/${id}/`).sort())
  const next = await page
    .locator('section:has(> #open-next) tbody tr td:first-child a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  expect(next).toEqual(value.openNext.map(({ segment }) => `/segments/${segment}/`))
  expect(await page.locator('.map a[href="#open-next"]').count()).toBe(next.length)
})

test('health asks everybody for what the report asks of them', async () => {
  const { value } = await healthReport.make(reportInput())
  const page = await opened('/health/')
  const lists = await page
    .locator('.part:has(.duty)')
    .evaluateAll((parts) =>
      parts.map((part) => [part.querySelector('h2')?.textContent, part.querySelectorAll('.duty').length]),
    )
  expect(lists).toEqual(
    value.owners.map(({ owner, work }) => [
      owner === null ? 'Nobody in particular' : reading.playbook.get('person', owner)?.data.name,
      work.length,
    ]),
  )
})

describe('the search', () => {
  test('finds while one types, narrows by a filter, keeps both in the address and restores them from it', async () => {
    const page = await opened('/')
    await page.keyboard.press('/')
    await page.keyboard.type('lease')
    // The first five are drawn before the rest is read.
    await page.locator('[data-list] li').nth(5).waitFor()
    const all = await page.locator('[data-list] li').count()
    await page.locator('select[name="type"]').selectOption('Battlecard')
    const types = async () =>
      (await page.locator('[data-list] .found-about').allTextContents()).map((text) => text.split(' · ')[0])
    await expect.poll(async () => [...new Set(await types())]).toEqual(['Battlecard'])
    const narrowed = await page.locator('[data-list] .found-title').allTextContents()
    expect(narrowed.length).toBeGreaterThan(0)
    expect(narrowed.length).toBeLessThan(all)
    expect(new URL(page.url()).search).toBe('?q=lease&type=Battlecard')
    const again = await opened(`/${new URL(page.url()).search}`)
    await expect.poll(() => again.locator('[data-list] .found-title').allTextContents()).toEqual(narrowed)
  })

  test('shows a play with its verdict and record, and never a hypothesis among the plays', async () => {
    const page = await opened('/?q=counter+refresh&type=Play')
    const first = page.locator('[data-list] li').filter({ hasText: 'Counter refresh before the freeze' }).first()
    await first.waitFor()
    expect(await first.textContent()).toContain('186 of 266 won')
    expect(await first.locator('svg.mark-proven').count()).toBe(1)
    const plays = await opened('/?type=Play')
    await plays.locator('[data-list] li').first().waitFor()
    expect(await plays.locator('[data-list]').textContent()).not.toContain('Flagship')
    const hypotheses = await opened('/?q=flagship&type=Hypothesis')
    await hypotheses.locator('[data-list] li').first().waitFor()
    expect(await hypotheses.locator('[data-list] li').first().textContent()).toContain('not a play to run')
  })

  test('is used with the keyboard alone, on any page', async () => {
    const page = await opened('/about/')
    await page.keyboard.press('/')
    await page.keyboard.type('counter refresh')
    await page.locator('[data-list] li').nth(1).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    const address = await page.locator(':focus').getAttribute('href')
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname === address)
  })
})

test('without script the pages, their links and the figures are all there', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${site.address}/`)
  await page.locator('a[href="/plays/counter-refresh/"]').click()
  expect(await page.locator('h1').textContent()).toBe('Counter refresh before the freeze')
  expect(await page.locator('.verdict .figures').textContent()).toContain('186 of 266 won')
  await context.close()
})

describe('each kind of page', () => {
  let context: BrowserContext
  beforeAll(async () => {
    context = await browser.newContext({ colorScheme: 'light', viewport: { width: 390, height: 844 } })
  })
  afterAll(() => context?.close())

  test.each(Object.entries(pageTypes))(
    '%s is accessible in light and dark, fits a phone and asks nothing of another origin',
    async (_, address) => {
      const page = await context.newPage()
      const complaints = listened(page, site)
      await page.goto(`${site.address}${address}`)
      expect(await violations(new AxeBuilder({ page }))).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      const here = page.locator('.site-nav [aria-current]')
      for (const link of await here.all()) await expect.poll(() => isInSight(link)).toBe(true)
      // The dark theme differs in colours alone.
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await violations(new AxeBuilder({ page }).withRules(['color-contrast']))).toEqual([])
      expect(complaints).toEqual([])
      await page.close()
    },
  )
})

/** Whether all of it lies inside the page's width. */
function isInSight(link: Locator): Promise<boolean> {
  return link.evaluate((element) => {
    const { left, right } = element.getBoundingClientRect()
    return left >= 0 && right <= innerWidth
  })
}

/** Also where links stand too near to each other for a thumb, which axe asks only when told to. */
async function violations(axe: AxeBuilder): Promise<string[]> {
  const found = await axe.options({ rules: { 'target-size': { enabled: true } } }).analyze()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** What a page and all that it asks for weigh, in bytes: text as gzip sends it, fonts as they are. */
async function weightOf(from: ServedSite, address: string): Promise<{ all: number; script: number; fonts: string[] }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const sizes = new Map<string, number>()
  page.on('response', async (response) => {
    const body = await response.body().catch(() => undefined)
    const font = response.url().endsWith('.woff2')
    if (body !== undefined) sizes.set(response.url(), font ? body.length : compressed(body))
  })
  await page.goto(`${from.address}${address}`, { waitUntil: 'networkidle' })
  await context.close()
  const sum = (of: readonly (readonly [string, number])[]): number => of.reduce((all, [, size]) => all + size, 0)
  const files = [...sizes]
  return {
    all: sum(files),
    script: sum(files.filter(([url]) => url.endsWith('.js'))),
    fonts: files.flatMap(([url]) => (url.endsWith('.woff2') ? [url.replace(/^.*\/|\..*$/g, '')] : [])),
  }
}

test('every play page is light: at most 60 KB with style, script and font, of which 10 KB script', async () => {
  for (const { id, data } of reading.playbook.of('play')) {
    const calls = data.status === 'draft' || data.status === 'retired' ? [] : [`/plays/${id}/call/`]
    for (const address of [`/plays/${id}/`, ...calls]) {
      const weight = await weightOf(site, address)
      expect(weight.script, address).toBeLessThan(10_000)
      expect(weight.all, address).toBeLessThan(60_000)
    }
  }
})

describe('who gets what', () => {
  const built = new Map<string, string>()

  beforeAll(async () => {
    const root = smallPlaybook()
    for (const audience of ['reps', 'leaders', 'partners'])
      built.set(audience, await buildSite(folder, audience, root, audience))
  })

  test('nobody gets a draft, in no file, no address and no search index', () => {
    for (const audience of ['reps', 'leaders', 'partners'])
      expect(filesNaming(built.get(audience), /quokka/i)).toEqual([])
  })

  test('reps get neither a restricted page nor a link, a finding or a search result that names it', () => {
    expect(filesNaming(built.get('reps'), /wombat/i)).toEqual([])
    expect(existsSync(join(built.get('leaders') ?? '', 'personas/wombat/index.html'))).toBe(true)
  })

  test('a page whose visibility cannot be read is kept from reps as if it were restricted', () => {
    expect(filesNaming(built.get('reps'), /numbat/i)).toEqual([])
  })

  test('reps get a hypothesis, marked; partners get none', () => {
    expect(filesNaming(built.get('reps'), /bandicoot/i).length).toBeGreaterThan(0)
    expect(filesNaming(built.get('partners'), /bandicoot/i)).toEqual([])
  })

  test('partners get the pages made for them, without a customer, a seller or an amount', () => {
    expect(existsSync(join(built.get('partners') ?? '', 'plays/shared/index.html'))).toBe(true)
    expect(existsSync(join(built.get('partners') ?? '', 'plays/hostile/index.html'))).toBe(false)
    expect(filesNaming(built.get('partners'), /Halyard|Jo Park|4,321|D-18/)).toEqual([])
  })

  test('what people are paid is for leaders alone, and partners get no report at all', () => {
    const has = (audience: string, page: string) => existsSync(join(built.get(audience) ?? '', page, 'index.html'))
    expect(['reps', 'leaders', 'partners'].map((audience) => has(audience, 'reports/comp'))).toEqual([
      false,
      true,
      false,
    ])
    expect(filesNaming(built.get('reps'), /0\.0625|Compensation/)).toEqual([])
    expect(['reps', 'leaders', 'partners'].map((audience) => has(audience, 'scoreboard'))).toEqual([true, true, false])
    expect(filesNaming(built.get('partners'), /\/(?:reports|scoreboard)\//)).toEqual([])
  })

  test('a retired play is built and said to be retired, and is in no list of plays to run', () => {
    expect(readFileSync(join(built.get('reps') ?? '', 'plays/possum/index.html'), 'utf8')).toContain('No longer run.')
    expect(readFileSync(join(built.get('reps') ?? '', 'index.html'), 'utf8')).not.toContain('/plays/possum/')
  })

  test('a play with too few deals shows counts and no rate, chart or rank', () => {
    const html = readFileSync(join(built.get('reps') ?? '', 'plays/shared/index.html'), 'utf8')
    expect(html).toContain('1 won, 1 lost')
    expect(html).toContain('too few to say')
    expect(html).not.toContain('role="img"')
    expect(html).not.toContain('50%')
  })

  test('nothing hostile in a text, a title, a file name or the ledger is ever alive', async () => {
    const hostile = await serveSite(built.get('leaders') ?? '')
    const context = await browser.newContext()
    const page = await context.newPage()
    const complaints = listened(page, hostile)
    page.on('dialog', (dialog) => {
      complaints.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    const addresses = htmlFiles(built.get('leaders') ?? '')
    expect(addresses.length).toBeGreaterThan(20)
    for (const address of addresses) {
      await page.goto(`${hostile.address}${address}`, { waitUntil: 'load' })
      expect(await page.evaluate(alive), address).toEqual([])
    }
    await page.goto(`${hostile.address}/?q=hostile`)
    await page.locator('[data-list] li').first().waitFor()
    expect(await page.evaluate(alive)).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
    hostile.close()
  })

  test('italics load no second font: a page with them is as light as others, and they are slanted', async () => {
    const leaders = await serveSite(built.get('leaders') ?? '')
    const weight = await weightOf(leaders, '/plays/harmless/')
    expect(weight.fonts).toEqual(['playproof-sans'])
    expect(weight.all).toBeLessThan(60_000)
    const page = await browser.newPage()
    await page.goto(`${leaders.address}/plays/harmless/`)
    expect(
      await page.locator('.prose em').evaluateAll((all) => all.map((each) => getComputedStyle(each).fontStyle)),
    ).toEqual(['italic', 'italic'])
    await page.close()
    leaders.close()
  })

  test('what is harmless stays: links between pages, tables, footnotes and code; an image elsewhere becomes a link', () => {
    const html = readFileSync(join(built.get('leaders') ?? '', 'plays/harmless/index.html'), 'utf8')
    expect(html).toContain('<a href="/messages/shared-message/#email">the message</a>')
    expect(html).toContain('<td align="right">42</td>')
    expect(html).toContain('href="#user-content-fn-1"')
    expect(html).toContain('id="user-content-fn-1"')
    expect(html).toContain('&#x3C;script>')
    expect(html).toContain('<a href="https://example.com/picture.png" rel="noopener noreferrer">a picture</a>')
    expect(html).toContain('see the deck')
    expect(html).not.toContain('decks/')
  })
})

async function opened(address: string): Promise<Page> {
  const page = await (await sharedContext()).newPage()
  const complaints = listened(page, site)
  await page.goto(`${site.address}${address}`, { waitUntil: 'load' })
  expect(complaints).toEqual([])
  return page
}

let shared: Promise<BrowserContext> | undefined
async function sharedContext(): Promise<BrowserContext> {
  shared ??= browser.newContext()
  return shared
}

/** What the reports of the demonstration are made from. */
function reportInput(): ReportInput {
  const { playbook, asOf, result, ledgerSha256, sources } = reading
  const { evidence, findings } = result
  const none = () => undefined
  return {
    playbook,
    asOf,
    evidence,
    ledgerSha256,
    findings,
    sources,
    period: undefined,
    commit: none,
    mergedChanges: none,
  }
}

function dollars(amount = 0): string {
  return `$${number(amount)}`
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}

function evidenceOf(id: string): PlayEvidence {
  const found = reading.result.evidence?.plays.find((play) => play.id === id)
  if (found === undefined) throw new Error(`The demonstration has no play \`${id}\`.`)
  return found
}

/** Home offers what is proven first. */
function sorted(parts: readonly string[]): string[] {
  const order = ['Proven', 'Repeatable', 'On trial', 'Being learned']
  return [...parts].sort((a, b) => order.indexOf(a) - order.indexOf(b))
}

/** Runs in the page: everything that could act and is not the site's own. */
function alive(): string[] {
  const found: string[] = []
  if ('hacked' in window) found.push('a script ran')
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name) || name === 'style' || name === 'srcdoc') found.push(`${element.tagName} ${name}`)
      if (
        /^(?:href|src|action|formaction|data|xlink:href)$/i.test(name) &&
        /^\s*(?:javascript|data|vbscript):/i.test(value)
      )
        found.push(`${element.tagName} ${name}=${value}`)
    }
    if (
      /^(?:iframe|object|embed|base|style|marquee|math|audio|video|foreignobject|animate|set)$/i.test(element.tagName)
    )
      found.push(element.tagName)
    if (element.tagName === 'SCRIPT' && !(element as HTMLScriptElement).src.startsWith(location.origin))
      found.push('a script of no file')
    if (/^(?:FORM|META|LINK|IMG|INPUT)$/.test(element.tagName) && element.closest('.prose') !== null)
      found.push(`${element.tagName} in a text`)
  }
  return found
}

function htmlFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html'))
    .map((path) => `/${path.split(/[\\/]/).map(encodeURIComponent).join('/')}`.replace(/index\.html$/, ''))
}

/** Files whose address or content names it; what is compressed in the search index is unpacked first. */
function filesNaming(directory: string | undefined, words: RegExp): string[] {
  return readdirSync(directory ?? '', { recursive: true, encoding: 'utf8' }).filter((path) => {
    const file = join(directory ?? '', path)
    if (words.test(path)) return true
    if (!statSync(file).isFile()) return false
    const bytes = readFileSync(file)
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
    return words.test(plain.toString('latin1')) || words.test(plain.toString('utf8'))
  })
}

function compressed(body: Buffer): number {
  return gzipSync(body, { level: 9 }).length
}

/** Lantern sells, Halyard buys, Bramble competes; D-17 lost, D-18 won. */
function smallPlaybook(): string {
  const root = join(folder, 'small')
  const owners = 'owners: { marketing: kim-lee, sales: jo-park }'
  const sections = '## When to run it\n\nNow.\n'
  const play = (title: string, more: string, body = sections) =>
    `---\ntitle: ${JSON.stringify(title)}\n${owners}\nsegment: banks\n${more}\n---\n${body}`
  const attacks = attackingHtml()
  const files: Record<string, string> = {
    'playbook.yaml': `company: Lantern\ncurrency: USD\nasOf: 2026-06-30\nledger:\n  deals: { file: ledger/deals.csv, outcomes: { won: [Won], lost: [Lost], open: [], void: [] } }\n`,
    'ledger/deals.csv': `id,account,owner,stage,amount,created,closed,industry\nD-17,Halyard Bank,Jo Park,Lost,0,2026-01-02,2026-03-14,bank\nD-18,"Halyard ${attacks[0]?.replaceAll('"', '""')}",Jo Park,Won,4321,2026-01-05,2026-04-01,bank\n`,
    'comp.yaml':
      'period: quarter\nparticipants:\n  - { person: jo-park, rate: 0.0625 }\n  - { person: kim-lee, rate: 0.0625 }\n',
    'segments/banks.md': '---\ntitle: Banks\nmatch: { industry: bank }\nvisibility: partner\n---\nBanks.\n',
    'people/jo-park.md': '---\nname: Jo Park\nrole: rep\nledgerName: Jo Park\n---\n',
    'people/kim-lee.md': '---\nname: Kim Lee\nrole: marketing\n---\n',
    'personas/wombat.md': '---\ntitle: The wombat\nvisibility: restricted\n---\nOnly for leaders.\n',
    'personas/numbat.md': '---\ntitle: The numbat\nvisibility: restrcted\n---\nMistyped.\n',
    'messages/shared-message.md': `---\ntitle: Shared message\nstatus: approved\npillar: Calm\nclaim: Nothing moves.\n${owners}\nvisibility: partner\nevidence:\n  - { deal: D-18, shows: It held. }\n---\n## Email\n\nHello.\n`,
    'messages/quokka-words.md': `---\ntitle: Quokka words\nstatus: draft\npillar: Calm\nclaim: Quokka.\n${owners}\n---\nQuokka.\n`,
    'plays/quokka.md': play('The quokka draft', 'status: draft'),
    'plays/bandicoot.md': play(
      'The bandicoot hypothesis',
      'status: draft\nuntil: 2026-12-31\nvisibility: partner\nhypothesis: { test: Ask ten. }',
    ),
    'plays/possum.md': play('The possum', 'status: retired'),
    'plays/shared.md': play(
      'Shared play',
      'status: trial\nuntil: 2026-12-31\nvisibility: partner\npersonas: [wombat]\nevidence:\n  - { deal: D-18, shows: It held. }',
      `Ask [the buyer](../personas/wombat.md), not [that one](quokka.md).\n\n${sections}`,
    ),
    'plays/hostile.md': play(
      `Hostile ${attacks[1]}`,
      `status: trial\nuntil: 2026-12-31\npersonas: [wombat]\ntags: [${JSON.stringify(attacks[2])}]\nevidence:\n  - deal: D-18\n    shows: ${JSON.stringify(attacks[3])}`,
      hostileText(attacks),
    ),
    'plays/harmless.md': play('A harmless play', 'status: trial\nuntil: 2026-12-31', harmlessText),
    ...Object.fromEntries(
      inTwenties(attacks).map((some, index) => [
        `personas/hostile-${index}.md`,
        `---\ntitle: ${JSON.stringify(`Hostile ${some[0]}`)}\ngoals: [${JSON.stringify(some[1])}]\n---\n${hostileText(some)}`,
      ]),
    ),
    [`plays/a&b ${'<img src=x onerror=hacked=1>'.replaceAll('/', '')}.md`]: play(
      'A name for a file',
      'status: trial\nuntil: 2026-12-31',
    ),
    'reviews/D-18.md': `---\ndeal: D-18\noutcome: won\ncompellingEvent: ${JSON.stringify(attacks[4])}\nrelationship: none\nplays: [hostile, shared]\nreviewers: { marketing: kim-lee, sales: jo-park }\ndate: 2026-04-02\n---\nThey asked [the buyer](../personas/wombat.md).\n`,
    'feedback/2026-05-01-hostile.md': `---\non: plays/hostile\nby: jo-park\ndate: 2026-05-01\nresult: worked\nanswer: { by: kim-lee, date: 2026-05-02, action: ${JSON.stringify(attacks[5])} }\n---\n${attacks.slice(0, 40).join('\n\n')}\n`,
    'competitors/bramble.md': `---\ntitle: Bramble\n---\n## Traps\n\n${attacks.slice(40, 80).join('\n\n')}\n`,
  }
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, 'playbook', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return root
}

const harmlessText = `Say *nothing yet* and **_never_ more**. Read [the message](../messages/shared-message.md#email) and [see the deck](../decks/first.pptx).

## When to run it

| a | number |
| --- | --: |
| b | 42 |

- [ ] Ask

![a picture](https://example.com/picture.png)

A note.[^1] \`<script>\`

[^1]: At the foot.
`

/** Each attack as a paragraph of its own, then where text of other kinds is expected. */
function hostileText(attacks: readonly string[]): string {
  const [heading, task, cell, image, title, note] = attacks
  return `${attacks.join('\n\n')}

## Hostile ${heading}

- [ ] ${task}

| ${cell?.replaceAll('|', '')} |
| --- |
| ${cell?.replaceAll('|', '')} |

![${image?.replaceAll(']', '')}](https://evil.example/x.png "${title?.replaceAll('"', '')}")

[link](javascript:hacked=1) [link](JaVaScRiPt:hacked=1) [link](java&#x0A;script:hacked=1) [link](&#106;avascript:hacked=1)
[link](data:text/html;base64,PHNjcmlwdD5oYWNrZWQ9MTwvc2NyaXB0Pg==) [link](vbscript:hacked=1) <javascript:hacked=1>[^1]

[^1]: ${note}
`
}

/** In small heaps, so that an attack that swallows the rest of its page leaves most of the others to act. */
function inTwenties(attacks: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(attacks.length / 20) }, (_, index) =>
    attacks.slice(index * 20, index * 20 + 20),
  )
}

/** Some 600 ways to be alive: tags, handlers, addresses, and what confuses parsers. */
function attackingHtml(): string[] {
  const run = 'hacked=1'
  const tags = [
    'img src=x',
    'svg',
    'body',
    'video src=x',
    'audio src=x',
    'iframe',
    'input autofocus',
    'details open',
    'marquee',
    'a href=x',
    'div',
    'select autofocus',
    'textarea autofocus',
    'object data=x',
    'embed src=x',
    'math',
    'button',
    'form',
    'style',
    'xss',
  ]
  const handlers = [
    'onerror',
    'onload',
    'onfocus',
    'ontoggle',
    'onstart',
    'onmouseover',
    'onclick',
    'onanimationstart',
    'onpointerenter',
    'onbegin',
    'onscroll',
    'oncut',
  ]
  const addresses = [
    'javascript:hacked=1',
    ' javascript:hacked=1',
    'JAVASCRIPT:hacked=1',
    'java\tscript:hacked=1',
    '&#106;avascript:hacked=1',
    '\u000cjavascript:hacked=1',
    'data:text/html,<script>hacked=1</script>',
    'vbscript:hacked=1',
    '//evil.example/x',
  ]
  const carriers = [
    '<a href="$">x</a>',
    '<iframe src="$"></iframe>',
    '<form action="$"><input type=submit></form>',
    '<object data="$"></object>',
    '<embed src="$">',
    '<img src="$">',
    '<svg><a xlink:href="$">x</a></svg>',
    '<button formaction="$">x</button>',
    '<base href="$">',
    '<link rel=stylesheet href="$">',
    '<meta http-equiv=refresh content="0;url=$">',
    '<area href="$">',
    '<video poster="$"></video>',
    '<body background="$">',
    '<q cite="$">x</q>',
    '<table background="$"><tr><td>x</table>',
  ]
  return [
    '<script>hacked=1</script>',
    '<img src=x onerror=hacked=1>',
    '"><script>hacked=1</script>',
    '</title><script>hacked=1</script>',
    "'-hacked=1-'",
    '</script><script>hacked=1</script>',
    '<svg/onload=hacked=1>',
    '<style>@import "//evil.example/x"; * { color: red }</style>',
    '<p style="background:url(//evil.example/x)">x</p>',
    '<img src="https://evil.example/x.png" srcset="https://evil.example/y.png 2x">',
    '<picture><source srcset="https://evil.example/z.png"><img src=x></picture>',
    '<noscript><p title="</noscript><img src=x onerror=hacked=1>">',
    '<math><mtext></p><style><img src=x onerror=hacked=1></style></mtext></math>',
    '<template><script>hacked=1</script></template>',
    '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
    '<!--><script>hacked=1</script>-->',
    '<![CDATA[<script>hacked=1</script>]]>',
    '<?xml-stylesheet href="javascript:hacked=1"?>',
    '<svg><foreignObject><script>hacked=1</script></foreignObject></svg>',
    '<svg><animate onbegin=hacked=1 attributeName=x dur=1s></svg>',
    '<svg><set attributeName=onmouseover to=hacked=1></svg>',
    '<a id=location href=x name=hacked2>x</a>',
    '<img name=getElementById><form name=querySelector></form>',
    ...tags.flatMap((tag) => handlers.map((handler) => `<${tag} ${handler}="${run}">`)),
    ...tags.map((tag) => `<${tag.replace(' ', '/')}/onerror=${run}//`),
    ...carriers.flatMap((carrier) => addresses.map((address) => carrier.replace('$', address))),
    ...tags
      .slice(0, 12)
      .flatMap((tag) =>
        handlers.slice(0, 6).map((handler) => `<${tag.toUpperCase()}\n${handler.toUpperCase()}\n=\n${run}>`),
      ),
    ...handlers.flatMap((handler) => [
      `<div\u000c ${handler}=${run}>`,
      `<b ${handler}\u000c=${run}>b</b>`,
      `<x:y ${handler}=${run}>`,
      `<p ${handler}=\`${run}\`>`,
      `<p title='>' ${handler}='${run}'>`,
    ]),
  ]
}
