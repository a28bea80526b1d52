/**
 * What changed, and telling what happened: with script, without, and on a phone.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readWorkspace, type WorkspaceReading } from '../../src/workspace/read-workspace.ts'
import { checkJson, folderOf, play, playproof } from '../hostile/small-playbook.ts'
import { launchBrowser } from './browser.ts'
import { type ServedSite, serveSite } from './served-site.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const built = mkdtempSync(join(tmpdir(), 'playproof-tell-'))
let site: ServedSite
let browser: Browser
let reading: WorkspaceReading

beforeAll(async () => {
  const ran = playproof(repository, ['build', '--out', join(built, 'site')])
  expect(ran).toMatchObject({ status: 0 })
  ;[site, browser, reading] = await Promise.all([
    serveSite(join(built, 'site')),
    launchBrowser(),
    readWorkspace(repository),
  ])
})
afterAll(async () => {
  site?.close()
  await browser?.close()
  rmSync(built, { recursive: true, force: true })
})

const phone = { viewport: { width: 360, height: 740 } }

async function withPage<T>(
  options: Parameters<Browser['newContext']>[0],
  work: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  try {
    const result = await work(page, context)
    expect(complaints).toEqual([])
    return result
  } finally {
    await context.close()
  }
}

describe('feedback', () => {
  test('three fields on a phone become a file that passes, by the code host and by copying', () =>
    withPage({ ...phone, permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      await page.goto(`${site.address}/plays/counter-refresh/#tell`)
      const form = page.locator('form[data-tell]')
      await form.locator('select[name="by"]').selectOption({ label: 'Zane Levy' })
      await form.locator('select[name="result"]').selectOption('worked')
      await form.locator('textarea').fill('They asked for it: “again”?\nYes & 100% <sure> #1')
      const link = new URL((await form.locator('[data-tell-file]').getAttribute('href')) ?? '')
      expect(link.href).toMatch(/^https:\/\/github\.com\/example\/cookbook\/new\/main\?filename=/)
      const path = link.searchParams.get('filename') ?? ''
      const text = link.searchParams.get('value') ?? ''
      expect(path).toMatch(/^playbook\/feedback\/\d{4}-\d{2}-\d{2}-counter-refresh-[a-z0-9]{1,4}\.md$/)
      expect(text).toMatch(
        /^---\non: plays\/counter-refresh\nby: zane-levy\ndate: \d{4}-\d{2}-\d{2}\nresult: worked\n---\n\nThey asked for it: “again”\?\nYes & 100% <sure> #1\n$/,
      )
      const root = folderOf({ 'playbook/people/zane-levy.md': '---\nname: Zane Levy\nrole: rep\n---\n' })
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text.replace('counter-refresh', 'audit-deadline').replace(' <sure>', ''))
      expect(checkJson(root, [path]).findings.filter(({ severity }) => severity === 'error')).toEqual([])

      await form.locator('[data-tell-copy]').click()
      await form.locator('[data-tell-said]', { hasText: 'Copied.' }).waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)

      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
      await page.reload()
      expect(await form.locator('select[name="by"]').inputValue()).toBe('zane-levy')
    }))

  test('a mail carries the same, in lines that the command reads', () =>
    withPage({}, async (page) => {
      await page.goto(`${site.address}/messages/one-lane-first/`)
      const form = page.locator('form[data-tell]')
      await form.locator('select[name="result"]').selectOption('changed')
      await form.locator('textarea').fill('One\nTwo')
      const link = new URL((await form.locator('[data-tell-mail]').getAttribute('href')) ?? '')
      expect([link.protocol, link.pathname, link.searchParams.get('subject'), link.searchParams.get('body')]).toEqual([
        'mailto:',
        'cookbook@example.com',
        'Feedback: messages/one-lane-first',
        'On: messages/one-lane-first\r\nResult: changed\r\n\r\nOne\r\nTwo',
      ])
    }))

  test('a text too long for a link is kept whole: it is copied when the link is followed, and the page says so', () =>
    withPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page, context) => {
      // Whatever else is asked of another origin ends here.
      await context.route(/github\.com/, (route) => route.fulfill({ body: 'A new file' }))
      await page.goto(`${site.address}/plays/counter-refresh/`)
      const words = 'Жёлтый день. '.repeat(400).trim()
      await page.locator('form[data-tell] textarea').fill(words)
      expect(await page.locator('form[data-tell] textarea').inputValue()).toBe(words)
      const file = page.locator('[data-tell-file]')
      expect([...new URL((await file.getAttribute('href')) ?? '').searchParams.keys()]).toEqual(['filename'])
      const [other] = await Promise.all([context.waitForEvent('page'), file.click()])
      await other.close()
      await page.locator('[data-tell-said]', { hasText: 'they were copied as well' }).waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`\n${words}\n`)
    }))

  test('broken evidence is reported from the evidence, as feedback of its own kind', () =>
    withPage({}, async (page) => {
      await page.goto(`${site.address}/plays/counter-refresh/`)
      await page.locator('[data-tell-evidence]').click()
      await page.keyboard.type('GSPDR7BH was a renewal')
      const link = new URL((await page.locator('[data-tell-file]').getAttribute('href')) ?? '')
      expect(link.searchParams.get('value')).toContain(
        'result: failed\ntags: [evidence]\n---\n\nGSPDR7BH was a renewal\n',
      )
    }))

  test('without script the links lead there with a file to be filled in', () =>
    withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.address}/plays/counter-refresh/`)
      const links = await page
        .locator('.tell-ways a, [data-tell-evidence]')
        .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))
      expect(links.map((link) => link.replace(/\?.*$/s, ''))).toEqual([
        'https://github.com/example/cookbook/new/main',
        'https://github.com/example/cookbook/new/main',
        'mailto:cookbook@example.com',
      ])
      expect(await page.locator('[data-tell-fields]').isVisible()).toBe(false)
    }))
})

describe('what changed', () => {
  const said = (page: Page) => page.locator('[data-changes-said]')

  test('the first visit is told the list and nothing else, and so is a browser without script', async () => {
    await withPage({}, async (page) => {
      await page.goto(`${site.address}/`)
      expect(await page.locator('.changes li').count()).toBe(6)
      expect(await said(page).isVisible()).toBe(false)
    })
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site.address}/changes/`)
      expect(await page.locator('.changes li a').count()).toBeGreaterThan(20)
    })
  })

  test('later visits are told what is new since the one before', () =>
    withPage({}, async (page) => {
      await page.goto(`${site.address}/about/`)
      const visited = (day: string) =>
        page.evaluate((seen) => localStorage.setItem('playproof:visit', JSON.stringify({ seen })), Date.parse(day))
      await visited('2020-03-14')
      await page.goto(`${site.address}/changes/`)
      await said(page).waitFor()
      const all = await page.locator('.changes li').count()
      expect(await said(page).textContent()).toBe(`${all} pages since your last visit on March 14.`)
      expect(await page.locator('.changes li.fresh').count()).toBe(all)
      await page.goto(`${site.address}/`)
      await said(page).waitFor()
      expect(await said(page).textContent()).toContain('since your last visit on March 14.')
      await visited('2090-03-14')
      await page.evaluate(() =>
        localStorage.setItem('playproof:visit', JSON.stringify({ seen: Date.now(), before: Date.parse('2090-03-14') })),
      )
      await page.goto(`${site.address}/`)
      await said(page).waitFor()
      expect(await said(page).textContent()).toBe('Nothing since your last visit on March 14.')
    }))

  test('a verdict that is not what was seen on the last visit is said first, and at the play itself', () =>
    withPage({}, async (page) => {
      await page.goto(`${site.address}/`)
      await expect.poll(() => page.evaluate(() => localStorage.getItem('playproof:verdicts'))).not.toBeNull()
      await page.evaluate(() => {
        const seen = JSON.parse(localStorage.getItem('playproof:verdicts') ?? '')
        seen.now['/plays/counter-refresh/'] = 'Repeatable'
        localStorage.setItem('playproof:verdicts', JSON.stringify(seen))
        const visit = { seen: Date.now(), before: Date.parse('2090-03-14') }
        localStorage.setItem('playproof:visit', JSON.stringify(visit))
      })
      for (const _ of ['at once', 'and on the next page of the same visit']) {
        await page.goto(`${site.address}/`)
        await said(page).waitFor()
        expect(await said(page).textContent()).toBe('One other verdict since your last visit on March 14.')
        expect(await page.locator('[data-changes-verdicts]').textContent()).toBe(
          'Counter refresh before the freeze is now Proven (by fit); it was Repeatable',
        )
        const row = page.locator('.plays > li', { hasText: 'Counter refresh before the freeze' })
        expect(await row.locator('.was').textContent()).toBe(' · was Repeatable at your last visit')
      }
      await page.evaluate(() =>
        localStorage.setItem('playproof:visit', JSON.stringify({ seen: Date.now(), before: Date.parse('2091-03-14') })),
      )
      await page.goto(`${site.address}/`)
      await said(page).waitFor()
      expect(await said(page).textContent()).toBe('Nothing since your last visit on March 14.')
    }))

  test('the feed is Atom: well-formed, one entry a page, each with an id of its own and a page that is there', () =>
    withPage({}, async (page) => {
      await page.goto(`${site.address}/about/`)
      const feed = await page.evaluate(async () => {
        const xml = new DOMParser().parseFromString(await (await fetch('/feed.xml')).text(), 'application/xml')
        const all = (name: string) => [...xml.querySelectorAll(name)]
        return {
          errors: all('parsererror').length,
          root: `${xml.documentElement.namespaceURI} ${xml.documentElement.localName}`,
          ids: all('entry > id').map((id) => id.textContent),
          links: all('entry > link').map((link) => link.getAttribute('href') ?? ''),
          updated: all('updated').map((day) => day.textContent ?? ''),
        }
      })
      expect([feed.errors, feed.root]).toEqual([0, 'http://www.w3.org/2005/Atom feed'])
      expect(feed.links.length).toBeGreaterThan(20)
      expect(new Set(feed.ids).size).toBe(feed.links.length)
      expect(feed.updated.every((day) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(day))).toBe(true)
      for (const link of feed.links.slice(0, 10))
        expect((await page.request.get(`${site.address}${link}`)).status()).toBe(200)
    }))
})

test('a verdict that the ledger changed stands in the list and in the feed with its day; partners are not told of it', () => {
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
  const deal = (id: string, owner: string, closed: number) =>
    `${id},Bank ${id},${owner},won,500,${ago(200)},${ago(closed)},bank\n`
  const review = (id: string) =>
    `---\ndeal: ${id}\noutcome: won\ncompellingEvent: The audit was due.\nrelationship: none\nplays: [audits]\nreviewers: { marketing: mia, sales: sam }\ndate: ${ago(100)}\nvisibility: partner\n---\nIt was won.\n`
  const root = folderOf({
    'playbook/playbook.yaml': 'company: Halyard\ncurrency: USD\nledger: { deals: { file: ledger/deals.csv } }\n',
    'playbook/people/tom.md': '---\nname: Tom Ode\nrole: rep\nledgerName: Tom Ode\n---\n',
    'playbook/segments/banks.md': '---\ntitle: Banks\nmatch: { industry: bank }\nvisibility: partner\n---\n',
    'playbook/plays/audit-deadline.md': null,
    'playbook/plays/land-with-finance.md': null,
    'playbook/plays/audits.md': play('Audits', '[{ deal: D-1 }, { deal: D-2 }, { deal: D-3 }]').replace(
      'segment:',
      'visibility: partner\nsegment:',
    ),
    ...Object.fromEntries(['D-1', 'D-2', 'D-3'].map((id) => [`playbook/reviews/${id}.md`, review(id)])),
    'playbook/ledger/deals.csv': `id,account,owner,outcome,amount,created,closed,industry\n${deal('D-1', 'Sam Ode', 120)}${deal('D-2', 'Tom Ode', 110)}${deal('D-3', 'Sam Ode', 9)}`,
  })
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Mia', '-c', 'user.email=mia@halyard.example', ...args], {
      cwd: root,
      env: { ...process.env, GIT_COMMITTER_DATE: `${ago(90)}T10:00:00Z` },
    })
  git('init', '--quiet')
  git('add', '.')
  git('commit', '--quiet', '--message', 'A play')
  for (const [audience, told] of [
    ['reps', true],
    ['partners', false],
  ] as const) {
    const out = join(built, `verdicts-${audience}`)
    expect(playproof(root, ['build', '--out', out, '--audience', audience])).toMatchObject({ status: 0 })
    const feed = readFileSync(join(out, 'feed.xml'), 'utf8')
    expect(feed.includes('<title>Now Repeatable: Audits</title>'), audience).toBe(told)
    expect(feed.includes(`<updated>${ago(9)}T00:00:00Z</updated>`), audience).toBe(told)
    expect(readFileSync(join(out, 'changes/index.html'), 'utf8').includes('; it was Anecdotal'), audience).toBe(told)
  }
})

describe('exports', () => {
  test('every play and message is in the JSON with its verdict and its number of deals, as the evidence has them', () => {
    const data = JSON.parse(readFileSync(join(built, 'site/playbook.json'), 'utf8'))
    const { plays = [], messages = [] } = reading.result.evidence ?? {}
    expect(data).toMatchObject({ version: 1, audience: 'reps', asOf: '2017-12-31' })
    expect(
      data.plays.map(({ id, verdict, n, winRate }: Record<string, unknown>) => ({ id, verdict, n, winRate })),
    ).toEqual(
      plays.map(({ id, verdict, record }) => ({
        id,
        verdict,
        n: record.wins + record.losses,
        winRate: record.winRate,
      })),
    )
    const known = new Map(
      messages.map((message) => [message.id, message.citations.filter(({ eligible }) => eligible).length]),
    )
    for (const { id, n, claim, verdict } of data.messages) {
      expect([id, n]).toEqual([id, known.get(id) ?? 0])
      expect(claim).not.toBe('')
      expect(verdict).toMatch(/^(?:backed by deals|proved by the product|not backed|not judged)$/)
    }
  })

  test('a language model is told each play that can be run with its verdict and record, and a hypothesis as none', () => {
    const text = readFileSync(join(built, 'site/llms.txt'), 'utf8')
    expect(text).toMatch(/^# MavenTech cookbook\n\n> /)
    expect(text).toContain(
      '- [Counter refresh before the freeze](/plays/counter-refresh/): Proven (by fit) · 186 of 266 won · 64–75% · others here 61% · last win Dec 2017\n',
    )
    expect(text.slice(text.indexOf('## Being learned'))).toContain('A hypothesis, not a play to run.')
    for (const [, address] of text.matchAll(/\]\((\/[^)]*)\)/g))
      expect(() =>
        readFileSync(join(built, 'site', address?.endsWith('/') ? `${address}index.html` : (address ?? ''))),
      ).not.toThrow()
  })
})

test.each(['light', 'dark'] as const)('the pages that tell are accessible in %s', (colorScheme) =>
  withPage({ ...phone, colorScheme }, async (page) => {
    for (const address of ['/changes/', '/plays/counter-refresh/', '/messages/one-lane-first/', '/']) {
      await page.goto(`${site.address}${address}`)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${address} ${id} ${nodes[0]?.html}`)).toEqual([])
    }
  }),
)
