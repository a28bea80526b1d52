/**
 * A site whose pages are drawn while others are made: whatever comes first, it is the same site.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'astro'
import { afterAll, expect, test } from 'vitest'
import { astroOptions } from '../../site/astro-options.ts'
import { ComingSite, type PackedPage, packed } from '../../site/src/content/coming-site.ts'
import { announceSite } from '../../site/src/content/made-site.ts'
import { renderMarkdown } from '../../site/src/content/render-markdown.ts'
import { makeSite } from '../../site/src/content/site-pages.ts'
import { entityTypes } from '../../src/model/entity-types.ts'
import { readFiles } from '../../src/testing/findings-in.ts'
import { people, playPage } from './shown-of.ts'

const files = {
  ...people,
  'playbook.yaml': 'company: Halyard\ncurrency: USD\nasOf: 2026-06-30\nledger: { deals: { file: ledger.csv } }\n',
  'ledger.csv':
    'id,account,owner,outcome,amount,created,closed,industry\nD-18,Halyard Bank,Sam Ode,won,500,2026-01-10,2026-03-10,bank\n',
  'segments/banks.md': '---\ntitle: Banks\nmatch: { industry: bank }\n---\n',
  'plays/finance.md': playPage('Land with finance', 'evidence: [{ deal: D-18, shows: It held. }]\n'),
  'plays/audit.md': playPage('Before the audit'),
  'plays/later.md': '---\ntitle: Not yet\nstatus: draft\n---\n\nPerhaps.\n',
  'reviews/D-18.md':
    '---\ndeal: D-18\noutcome: won\ncompellingEvent: The audit was due in May.\nrelationship: none\nplays: [finance]\nreviewers: { marketing: mia, sales: sam }\ndate: 2026-04-02\n---\nIt was won.\n',
}

const { frame, pages, reports } = await makeSite(
  {
    ...(await readFiles(files)),
    root: '/',
    ledgerSha256: undefined,
    ledgerFault: undefined,
    ledgerSigned: false,
  },
  {
    audience: 'reps',
    base: '/',
    today: '2026-06-30',
    render: (_, markdown, resolveLink) => renderMarkdown(markdown, resolveLink),
    changes: [],
    remote: undefined,
  },
)
const made = [...pages]
const packs = made.map(packed)
const allReports = await reports()

// Astro would tell its makers of the build.
process.env['ASTRO_TELEMETRY_DISABLED'] = '1'
const folder = mkdtempSync(join(tmpdir(), 'playproof-coming-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('who asks for a page that was not made is told so when all the others have come', async () => {
  const site = new ComingSite()
  site.takeFrame(frame)
  const [first, ...others] = packs
  const asked = Promise.allSettled([site.page('play', 'audit'), site.page('play', 'finance'), site.records()])
  site.takePages(others)
  site.takeEnd()
  const missing = { status: 'rejected', reason: new Error(`There is no page ${first?.of}.`) }
  expect((await asked).map((answer) => (answer.status === 'rejected' ? answer : answer.status))).toEqual([
    missing,
    'fulfilled',
    missing,
  ])
})

test('what is asked for before it has come is what was made, in the order of the addresses', async () => {
  const site = new ComingSite()
  const asked = Promise.all([
    site.frame(),
    Promise.all(frame.addresses.map(({ type, name }) => site.page(type, name))),
    Promise.all(entityTypes.map((type) => site.pages(type))),
    site.records(),
    site.reports(),
  ])
  for (const pack of packs.toReversed()) {
    site.takePages([pack])
    await new Promise(setImmediate)
  }
  site.takeFrame(frame)
  site.takeReports(allReports)
  expect(await asked).toEqual([
    frame,
    made.map(({ page }) => page),
    entityTypes.map((type) => made.flatMap(({ page }) => (page.type === type ? [page] : []))),
    made.map(({ record }) => record),
    allReports,
  ])
})

test('who waits for a page, a list, the reports or the frame hears of what stopped the site', async () => {
  const fault = new Error('The ledger is gone.')
  const [first] = packs as [PackedPage, ...PackedPage[]]
  const early = new ComingSite()
  early.takePages([first])
  const late = new ComingSite()
  late.takeFrame(frame)
  const asked = [early.frame(), early.records(), late.page('play', 'audit'), late.pages('play'), late.reports()]
  for (const site of [early, late]) site.fail(fault)
  expect(await Promise.allSettled([...asked, late.page('play', 'finance')])).toEqual(
    Array.from({ length: 6 }, () => ({ status: 'rejected', reason: fault })),
  )
})

test('a site whose pages come last first is the same to the byte', async () => {
  const inOrder = await drawn(async (site) => {
    site.takeFrame(frame)
    site.takePages(packs)
    site.takeReports(allReports)
  })
  const lastFirst = await drawn(async (site) => {
    site.takeFrame(frame)
    for (const pack of packs.toReversed()) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      site.takePages([pack])
    }
    site.takeReports(allReports)
  })
  expect(lastFirst).toEqual(inOrder)
  expect([...inOrder.keys()]).toEqual(
    expect.arrayContaining(['plays/audit/call/index.html', 'reviews/D-18/index.html', 'llms.txt', 'index.html']),
  )
  expect(inOrder.has('plays/later/call/index.html')).toBe(false)
}, 60_000)

/** The files of the site but scripts, styles and the search index, by name. */
async function drawn(feed: (site: ComingSite) => Promise<void>): Promise<ReadonlyMap<string, string>> {
  const site = new ComingSite()
  announceSite(site)
  const written = new Map<string, string>()
  const options = astroOptions({
    root: join(folder, 'work'),
    outDir: join(folder, 'site'),
    base: '/',
    packageRoot: fileURLToPath(new URL('../..', import.meta.url)),
    write: async (file, content) => {
      if (!file.startsWith('pagefind/')) written.set(file, Buffer.from(content).toString('utf8'))
    },
  })
  await Promise.all([build({ ...options, configFile: false, logLevel: 'error' }), feed(site)])
  return new Map([...written].sort(([a], [b]) => (a < b ? -1 : 1)))
}
