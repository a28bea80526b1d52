/**
 * What a rep does before and in a call: find the play, believe it or not, copy the words, open it large, print it.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { readWorkspace, type WorkspaceReading } from '../../src/workspace/read-workspace.ts'
import { launchBrowser } from './browser.ts'
import { listened, repository } from './built-site.ts'
import { type ServedSite, serveSite } from './served-site.ts'

let reading: WorkspaceReading
let site: ServedSite
let browser: Browser
let context: BrowserContext
let heard: string[][]

beforeAll(async () => {
  ;[reading, browser, site] = await Promise.all([
    readWorkspace(repository),
    launchBrowser(),
    serveSite(inject('demonstration')),
  ])
})

afterAll(async () => {
  site?.close()
  await browser?.close()
})

beforeEach(async () => {
  context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  heard = []
})

afterEach(async () => {
  expect(heard.flat()).toEqual([])
  await context.close()
})

describe('the play finder', () => {
  test('leaves the plays that fit every answer, in the order of the list, and says what each fits', async () => {
    const page = await opened('/')
    await answer(page, 'persona', 'IT manager')
    await answer(page, 'competitor', 'Countermate')
    const fitting = reading.playbook
      .of('play')
      .filter(({ data }) => data.status !== 'draft' && data.competitors.includes('countermate'))
      .filter(({ data }) => data.personas.length === 0 || data.personas.includes('it-manager'))
      .map(({ data }) => data.title)
    expect(fitting.length).toBeGreaterThan(0)
    await expect.poll(async () => (await shownPlays(page)).toSorted()).toEqual(fitting.toSorted())
    expect(await page.locator('.why').first().textContent()).toBe('for IT manager · for Countermate')
    expect(await page.locator('[data-said]').textContent()).toMatch(/fits?, by how well the ledger backs/)
  })

  test('counts what each answer would leave, and never counts a hypothesis', async () => {
    const page = await opened('/plays/')
    await answer(page, 'competitor', 'Overcast Desktop')
    const left = reading.playbook
      .of('play')
      .filter(({ data }) => data.status !== 'draft' && data.competitors.includes('overcast'))
    await expect
      .poll(() => page.locator('select[name="competitor"] option:checked').textContent())
      .toBe(`Overcast Desktop (${left.length})`)
  })

  test('shows a hypothesis under “Being learned” alone, also where it fits best', async () => {
    const page = await opened('/')
    await answer(page, 'segment', 'Everything sold from the West office')
    await expect.poll(() => shownPlays(page)).toEqual(['Flagship: who buys a GTK 500, and why'])
    expect(
      await page
        .locator('.plays > li:visible')
        .evaluate((row) => row.closest('section')?.querySelector('h2')?.textContent),
    ).toBe('Being learned')
    expect(await page.locator('[data-said]').textContent()).toBe(
      'No play fits this yet. Take an answer away, or search above.',
    )
  })

  test('finds a play for one region in the region of its evidence too, and says that it was won there', async () => {
    const page = await opened('/plays/')
    const territoryOf = (deal: string) => reading.result.evidence?.deals.get(deal)?.territory
    const counting = (id: string) =>
      (reading.result.evidence?.plays.find((play) => play.id === id)?.citations ?? [])
        .filter(({ eligible }) => eligible)
        .map(({ deal }) => territoryOf(deal))
    expect(counting('pilot-to-fleet')).toContain('West')
    await answer(page, 'region', 'West')
    const row = page.locator('.plays > li:visible', { hasText: 'From pilot to fleet' })
    expect(await row.locator('.why').textContent()).toBe('won in West')
    const shown = await page.locator('.plays > li:visible .name').count()
    expect(await page.locator('select[name="region"] option:checked').textContent()).toBe(
      `West (${shown - (await page.locator('.plays-learning > li:visible').count())})`,
    )
  })

  test('where nothing fits all answers, offers what misses one and names it', async () => {
    const page = await opened('/plays/')
    await answer(page, 'segment', 'Retail chains')
    await answer(page, 'persona', 'Engineering lead')
    expect(await page.locator('[data-said]').textContent()).toBe(
      'No play fits all of this. These miss one answer each.',
    )
    for (const why of await page.locator('.plays > li:visible .why').allTextContents())
      expect(why).toContain('not for ')
  })

  test('remembers the answers on this device, and forgets them when cleared', async () => {
    const page = await opened('/')
    await answer(page, 'segment', 'Retail chains')
    await expect.poll(() => page.locator('.why').count()).toBeGreaterThan(0)
    const found = await shownPlays(page)
    const again = await opened('/')
    await expect.poll(() => shownPlays(again)).toEqual(found)
    await again.locator('.finder button[type="reset"]').click()
    await expect.poll(async () => (await shownPlays(again)).length).toBeGreaterThan(found.length)
    const fresh = await opened('/')
    expect(await fresh.locator('.finder select[name="segment"]').inputValue()).toBe('')
  })
})

describe('the search', () => {
  test('puts typing errors right, and says so', async () => {
    for (const [typed, meant, first] of [
      ['freze', 'freeze', 'Counter refresh before the freeze'],
      ['Countermtae', 'countermate', 'Countermate'],
      ['dsk refesh', 'desk refresh', 'Desk refresh at the end of a lease'],
    ]) {
      const page = await opened(`/?q=${encodeURIComponent(typed ?? '')}`)
      await expect
        .poll(() => page.locator('[data-status]').textContent())
        .toMatch(new RegExp(`^No page says “${typed}”. For “${meant}”: \\d+ pages?$`))
      expect(await page.locator('.found-title').first().textContent()).toBe(first)
    }
  })

  test('answers what the box says last, however fast one types, and nothing once it is empty', async () => {
    const page = await opened('/')
    const type = (...typed: string[]) =>
      page.locator('#search-words').evaluate((box: HTMLInputElement, typed: string[]) => {
        for (const words of typed) {
          box.value = words
          box.dispatchEvent(new Event('input', { bubbles: true }))
        }
      }, typed)
    await type('counter', 'counterma', 'desk re', 'desk refresh')
    await expect
      .poll(() => page.locator('.found-title').first().textContent(), { timeout: 10_000 })
      .toBe('Desk refresh at the end of a lease')
    expect(new URL(page.url()).searchParams.get('q')).toBe('desk refresh')
    await type('counter', '')
    await page.waitForTimeout(500)
    expect(await page.locator('[data-found]').isHidden()).toBe(true)
    expect(new URL(page.url()).search).toBe('')
    await type('countermate')
    await expect.poll(() => page.locator('.found-title').first().textContent(), { timeout: 10_000 }).toBe('Countermate')
  })

  test('looks for one letter once no other follows', async () => {
    const page = await opened('/')
    await page.locator('#search-words').pressSequentially('c')
    await expect.poll(() => page.locator('.found-title').count(), { timeout: 10_000 }).toBeGreaterThan(0)
    expect(new URL(page.url()).searchParams.get('q')).toBe('c')
  })

  test('leaves words alone that only end otherwise than those of the playbook', async () => {
    const page = await opened('/?q=freezes')
    await expect.poll(() => page.locator('[data-status]').textContent()).toMatch(/^\d+ pages$/)
  })

  test('names the word that no page has, and says where to tell of what is missing', async () => {
    const page = await opened('/?q=counter+zebra')
    await expect.poll(() => page.locator('[data-status]').textContent()).toMatch(/^No page says “zebra”. Without it: /)
    const none = await opened('/?q=xylophone')
    await expect.poll(() => none.locator('[data-status]').textContent()).toBe('Nothing found. Try another word.')
    expect(await none.locator('[data-rest] a').getAttribute('href')).toBe(
      `mailto:cookbook@example.com?subject=${encodeURIComponent('Nothing in the playbook for “xylophone”')}`,
    )
  })

  test('shows type, verdict, segment, the words found, and that a play is suspect', async () => {
    const page = await opened('/?q=studio+floor&type=Play')
    const first = page.locator('[data-list] li').first()
    await first.waitFor()
    expect(await first.locator('.found-about').textContent()).toBe(
      'Play · Repeatable · Marketing, entertainment and telecommunications Suspect',
    )
    expect((await first.locator('mark').allTextContents()).join(' ').toLowerCase()).toContain('studio')
  })

  test('says beside each choice how many pages it would leave, once the choices are seen', async () => {
    await context.close()
    context = await browser.newContext({ viewport: { width: 390, height: 844 } })
    const page = await opened('/?q=lease')
    await page.locator('[data-list] li').first().waitFor()
    const choice = page.locator('select[name="type"] option[value="Play"]')
    expect(await choice.textContent()).toBe('Play')
    await page.locator('[data-filters] summary').click()
    await expect.poll(() => choice.textContent()).toMatch(/^Play \([1-9]\d*\)$/)
    const [number] = /\d+/.exec((await choice.textContent()) ?? '') ?? []
    await page.locator('select[name="type"]').selectOption('Play')
    await expect.poll(() => page.locator('[data-status]').textContent()).toBe(`${number} pages`)
  })

  test('is ready on the home page before anybody goes to the box', async () => {
    const asked = askedOfIndex()
    await opened('/')
    await expect.poll(asked).toEqual(expect.arrayContaining(beginning))
  })

  test('loads nothing on another page until somebody goes to the box', async () => {
    const asked = askedOfIndex()
    const page = await opened('/plays/counter-refresh/')
    await page.waitForTimeout(1000)
    expect(asked()).toEqual([])
    await page.locator('#search-words').focus()
    await expect.poll(asked).toEqual(expect.arrayContaining(beginning))
  })

  test('loads nothing on the home page either where the browser is to save data', async () => {
    await context.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }))
    const asked = askedOfIndex()
    const page = await opened('/')
    await page.waitForTimeout(1000)
    expect(asked()).toEqual([])
    await page.locator('#search-words').focus()
    await expect.poll(asked).toEqual(expect.arrayContaining(beginning))
  })

  test('finds with the network back that was gone when the page loaded the index', async () => {
    let network = false
    await context.route('**/pagefind/opening.pf_meta', (route) => (network ? route.continue() : route.abort()))
    const failed = context.waitForEvent('requestfailed')
    const page = await unheard('/')
    await failed
    // Until nothing asks for it any more.
    await page.waitForTimeout(500)
    network = true
    await page.locator('#search-words').fill('counter')
    await expect.poll(() => page.locator('[data-status]').textContent()).toMatch(/^\d+ pages$/)
  })

  test('says so where the index cannot be loaded', async () => {
    await context.route('**/pagefind/opening.pf_meta', (route) => route.abort())
    const page = await unheard('/plays/counter-refresh/')
    await page.locator('#search-words').fill('counter')
    await expect
      .poll(() => page.locator('[data-status]').textContent())
      .toBe('The search index could not be loaded. Reload the page to try again.')
  })

  test('opens from any page with Ctrl-K, also out of another field', async () => {
    const page = await opened('/plays/')
    await page.locator('select[name="segment"]').focus()
    await page.keyboard.press('Control+k')
    expect(await page.locator(':focus').getAttribute('id')).toBe('search-words')
  })
})

describe('copying', () => {
  test('takes a question without what is written about it', async () => {
    expect(await copied('/plays/counter-refresh/', 'Copy question')).toBe(
      'On which date does your change freeze begin, and when does it end?',
    )
  })

  test('takes an answer whole, without our note beside its link', async () => {
    const text = await copied('/plays/counter-refresh/', 'Copy It is good enough for another year')
    expect(text).toContain("one chain's call came a week after it had said no.")
    expect(text).not.toMatch(/won|Nov/)
  })

  test('keeps paragraphs and list signs of what is sent', async () => {
    expect(await copied('/messages/one-lane-first/', 'Copy Slide')).toBe(
      '- One checkout lane, before the freeze\n- Changed after closing; the old machine stays until the store manager signs\n- The store decides about the rest',
    )
    const mail = await copied('/messages/one-lane-first/', 'Copy Email')
    expect(mail.split('\n\n')[0]).toBe('Subject: the lane you told me about')
    expect(mail.split('\n\n').length).toBe(3)
  })

  test('selects the words where the browser lets no page write to the clipboard', async () => {
    const page = await opened('/plays/counter-refresh/')
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    const button = page.getByRole('button', { name: 'Copy The night install' })
    await button.click()
    await expect
      .poll(() => page.evaluate(() => String(getSelection())))
      .toContain('After closing we take out one machine')
    expect(await page.locator('.copied').textContent()).toBe('Selected: press Ctrl C')
  })
})

describe('in the call', () => {
  test('the number keys go to the sections, and nothing else stands on the page', async () => {
    const page = await opened('/plays/counter-refresh/call/')
    expect(await page.locator('header, [role="search"], .site-nav').count()).toBe(0)
    for (const [key, section] of [
      ['4', 'objections'],
      ['2', 'discovery-questions'],
      ['6', 'next-step'],
    ]) {
      await page.keyboard.press(key ?? '')
      expect(await page.locator(':focus').getAttribute('id')).toBe(section)
      expect(
        await page
          .locator(`#${section}`)
          .evaluate(
            (head) => head.getBoundingClientRect().bottom > 0 && head.getBoundingClientRect().top < innerHeight,
          ),
      ).toBe(true)
    }
  })

  test('every play that can be run prints on one page, of A4 and of Letter; a hypothesis has no such page', async () => {
    const page = await opened('/')
    for (const { id, data } of reading.playbook.of('play')) {
      const address = `${site.address}/plays/${id}/call/`
      const response = await page.request.get(address)
      expect(response.ok(), id).toBe(data.status !== 'draft' && data.status !== 'retired')
      if (!response.ok()) continue
      await page.goto(address)
      for (const format of ['A4', 'Letter']) expect(pagesIn(await page.pdf({ format })), `${id} on ${format}`).toBe(1)
    }
  })

  test('a suspect play says so before its first word', async () => {
    const page = await opened('/plays/studio-floor/call/')
    expect(await page.locator('.call-verdict').textContent()).toContain('Suspect')
    expect(await page.locator('.call-head .notice').textContent()).toContain('changed since its owner stood behind it')
  })
})

describe('trust', () => {
  test('beside a link to a review stands how that deal ended', async () => {
    const page = await opened('/plays/counter-refresh/')
    const lost = page.locator('a[href="/reviews/X6MHLE33/"] + .beside').first()
    expect(await lost.textContent()).toMatch(/^ \(lost .*2017\)$/)
  })

  test('the months of the record add up to it', async () => {
    const page = await opened('/plays/counter-refresh/')
    const rows = await page
      .locator('.months tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))))
    const record = reading.result.evidence?.plays.find(({ id }) => id === 'counter-refresh')?.record
    const sum = (column: number) => rows.reduce((total, row) => total + (row[column] ?? 0), 0)
    expect([sum(0), sum(1)]).toEqual([record?.wins, record?.losses])
  })

  test('who stands behind a play is shown with the day by which they must say so again', async () => {
    const page = await opened('/plays/counter-refresh/')
    expect(
      (await page.locator('#ownership').locator('xpath=ancestor::section').textContent())?.replace(/\s+/g, ' '),
    ).toContain('December 4, 2017 by Cara LoschDue againJune 4, 2018')
  })
})

/** What every search begins with. */
const beginning = ['/pagefind/opening.pf_meta', '/pagefind/engine.pagefind', '/pagefind/words.json']

/** What the pages of this test ask for from now on, as far as it is of the index. */
function askedOfIndex(): () => readonly string[] {
  const asked: string[] = []
  context.on('request', (request) => asked.push(new URL(request.url()).pathname))
  return () => asked.filter((path) => path.startsWith('/pagefind/'))
}

/** A page that may complain of what is missing. */
async function unheard(address: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${site.address}${address}`)
  return page
}

async function opened(address: string): Promise<Page> {
  const page = await context.newPage()
  heard.push(listened(page, site))
  await page.goto(`${site.address}${address}`, { waitUntil: 'load' })
  return page
}

async function answer(page: Page, question: string, name: string): Promise<void> {
  const select = page.locator(`.finder select[name="${question}"]`)
  await select.selectOption(await select.locator('option', { hasText: name }).first().getAttribute('value'))
  await expect.poll(() => page.locator('.finder [data-said]').textContent()).toMatch(/fits?\b/)
}

function shownPlays(page: Page): Promise<string[]> {
  return page.locator('.plays > li:visible .name').allTextContents()
}

async function copied(address: string, button: string): Promise<string> {
  const page = await opened(address)
  await page.getByRole('button', { name: button }).first().click()
  await page.locator('.copied').first().waitFor()
  return page.evaluate(() => navigator.clipboard.readText())
}

function pagesIn(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
}
