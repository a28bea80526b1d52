/**
 * The studio as a marketer meets it: opened in a browser on a copy of the demonstration, with real files, a real git
 * repository, the real language server and the live site.
 *
 * One person's morning, in order: each test goes on where the one before ended.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { expectPicture, tolerated } from './pictures.ts'
import { Workbench } from './workbench.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'playproof-studio-')))
const root = join(folder, 'team')
const plays = join(root, 'playbook/plays')
// Astro serves nothing where it believes that it is being unit-tested.
const { VITEST: _, ...outside } = process.env
const env = {
  ...outside,
  HOME: folder,
  XDG_CACHE_HOME: join(folder, 'cache'),
  GIT_CONFIG_NOSYSTEM: '1',
  NO_COLOR: '1',
}
let port: number
let server: ChildProcess
let address: string
let browser: Browser
let context: BrowserContext
let page: Page
let workbench: Workbench
const reached = new Set<string>()
const violations: string[] = []

beforeAll(async () => {
  cpSync(join(repository, 'playbook'), join(root, 'playbook'), { recursive: true })
  replaceIn('pilot-to-fleet.md', 'deal: VQQR3OUI', 'deal: VQQR3OUX')
  git('init', '--quiet', '--initial-branch=main')
  git('config', 'user.name', 'Mia')
  git('config', 'user.email', 'mia@example.com')
  git('add', '--all')
  git('commit', '--quiet', '--message=base')
  git('init', '--quiet', '--bare', '../remote.git')
  git('remote', 'add', 'origin', join(folder, 'remote.git'))
  port = await freePort()
  ;[address, browser] = await Promise.all([startStudio(), launchBrowser()])
  context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    // A window as high as its screen looks like one that fills it, where the title bar has less in it.
    screen: { width: 1440, height: 1000 },
    colorScheme: 'light',
  })
  await context.exposeBinding('reportViolation', (_source, text: string) => {
    violations.push(text)
  })
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      Object.assign(globalThis).reportViolation?.(`${violatedDirective} ${blockedURI}`),
    )
  })
  page = await context.newPage()
  workbench = new Workbench(page)
  page.on('request', (request) => reached.add(request.url()))
})

afterAll(async () => {
  await browser?.close()
  await stopStudio()
  rmSync(folder, { recursive: true, force: true })
})

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: existsSync(root) ? root : folder, env, encoding: 'utf8' })
const onDisk = (name: string): string => readFileSync(join(plays, name), 'utf8')
const replaceIn = (name: string, from: string, to: string): void => {
  expect(onDisk(name)).toContain(from)
  writeFileSync(join(plays, name), onDisk(name).replace(from, to))
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port: free } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return free
}

async function startStudio(): Promise<string> {
  const args = ['src/cli/playproof.mjs', '--root', root, 'studio', '--port', String(port)]
  server = spawn(process.execPath, args, { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  return new Promise((resolve, reject) => {
    const hear = (bytes: Buffer): void => {
      said += bytes.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?open=[0-9a-f]+/.exec(said)?.[0]
      if (found !== undefined) resolve(found)
    }
    server.stdout?.on('data', hear)
    server.stderr?.on('data', hear)
    server.once('exit', () => reject(new Error(`the studio ended: ${said}`)))
  })
}

async function stopStudio(): Promise<void> {
  if (server === undefined || server.exitCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill()
  await ended
}

/** What the page looks like now. */
function drawing(): Promise<Buffer> {
  return page.screenshot({ animations: 'disabled', caret: 'hide' })
}

/** Puts the caret at the end of the first line that holds `text`. */
async function caretAfter(text: string): Promise<void> {
  await page.locator('.editor-instance .view-line', { hasText: text }).first().click()
  await page.keyboard.press('End')
}

/** The machine may be busy. */
const patiently = { timeout: 15_000 }

const dirty = (): Promise<number> => page.locator('.tab.active.dirty').count()

test('the studio opens with the plays, and with three lines that say what to do', async () => {
  await page.goto(address)
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'plays' }).waitFor({ timeout: 30_000 })
  expect(page.url()).toBe(`http://127.0.0.1:${port}/`)
  const start = await workbench.drawn('.start ol')
  expect(await start.locator('.start li b').allInnerTexts()).toEqual(['Write.', 'Prove.', 'Share.'])
  expectPicture('studio-start', await drawing())
})

test('a finding stands under its words and among the problems, within seconds of opening', async () => {
  const begun = Date.now()
  await workbench.choose('Control+p', 'pilot-to-fleet')
  await page.locator('.squiggly-error').first().waitFor({ timeout: 30_000 })
  // Six seconds are the aim on a machine that does nothing else; tests share theirs.
  expect(Date.now() - begun).toBeLessThan(20_000)
  await workbench.command('Problems: Focus on Problems View')
  const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'VQQR3OUX' })
  await problem.first().waitFor()
  expect(await problem.first().innerText()).toContain('citation/unknown-deal')
  await page.keyboard.press('Control+j')
})

test('it looks as it should, light and dark', async () => {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.locator(`.monaco-workbench.${scheme === 'light' ? 'vs' : 'vs-dark'}`).waitFor()
    await (await workbench.drawn('.verdict')).locator('button').first().waitFor()
    await page.mouse.move(250, 750)
    await page.waitForTimeout(1_500)
    expectPicture(`studio-${scheme}`, await drawing())
  }
  await page.emulateMedia({ colorScheme: 'light' })
})

test('the palette and the menus hold what writers need, in their words', async () => {
  await page.keyboard.press('F1')
  const rows = page.locator('.quick-input-list .monaco-list-row')
  await rows.first().waitFor()
  const titles = new Set<string>()
  const focused = async (): Promise<string> =>
    (await page.locator('.quick-input-list .monaco-list-row.focused').getAttribute('aria-label')) ?? ''
  // The list holds no more rows than are to be seen, and begins anew after the last.
  for (let title = await focused(); !titles.has(title); title = await focused()) {
    titles.add(title)
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Escape')
  expect(titles.size).toBeLessThan(80)
  expect(
    [...titles].filter((title) => /Developer|Extension|Terminal|Debug|Marketplace|JSON|Output/.test(title)),
  ).toEqual([])
  expect([...titles]).toEqual(expect.arrayContaining(['Playproof: New Play…', 'Changes: Commit']))
  await page
    .locator('.explorer-folders-view .monaco-list-row', { hasText: 'pilot-to-fleet.md' })
    .click({ button: 'right' })
  expect(await menuItems()).toEqual([
    'Open to the Side',
    'New Page…',
    'Select for Compare',
    'Download...',
    'Copy Relative Path',
    'Rename Page and Every Reference…',
    'Delete Permanently',
  ])
  await page.keyboard.press('Escape')
  await page.locator('.editor-instance .view-line', { hasText: 'title:' }).first().click({ button: 'right' })
  expect(await menuItems()).toEqual([
    'Go to Definition',
    'Go to References',
    'Cite a Deal That Fits…',
    'Rename Page and Every Reference…',
    'Cut',
    'Copy',
    'Paste',
    'Command Palette...',
  ])
  await page.keyboard.press('Escape')
})

async function menuItems(): Promise<string[]> {
  const items = page.locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)')
  await items.first().waitFor()
  return (await items.allInnerTexts()).map((text) => text.trim()).filter((text) => text !== '')
}

test('a deal’s id is completed, the finding goes, and the save is on the disk', async () => {
  const wanted = onDisk('pilot-to-fleet.md').replace('VQQR3OUX', 'VQQR3OUI')
  await workbench.complete('VQQR3OUX', 'VQQR3', 'VQQR3OUI')
  await expect.poll(() => workbench.shown(), patiently).toContain('deal: VQQR3OUI')
  await expect.poll(() => page.locator('.squiggly-error').count(), { timeout: 15_000 }).toBe(0)
  expect(await dirty()).toBe(1)
  await workbench.save()
  await expect.poll(() => onDisk('pilot-to-fleet.md'), patiently).toBe(wanted)
  await expect.poll(dirty, patiently).toBe(0)
})

test('what somebody else saves stands in the editor at once', async () => {
  replaceIn('pilot-to-fleet.md', 'title: From pilot to fleet', 'title: From one pilot to the fleet')
  await expect.poll(() => workbench.shown(), { timeout: 15_000 }).toContain('title: From one pilot to the fleet')
  expect(await dirty()).toBe(0)
})

test('a deal that fits is cited from the evidence view', async () => {
  const view = await workbench.drawn('h1:text-is("From one pilot to the fleet")')
  const button = view.locator('button[data-send=cite]').first()
  const deal = (await button.getAttribute('data-value')) ?? ''
  expect(onDisk('pilot-to-fleet.md')).not.toContain(deal)
  await button.click()
  await expect.poll(() => workbench.shown(), patiently).toContain(`deal: ${deal}`)
  await workbench.drawn(`.deal .name:text-matches("^${deal} ")`)
  await page.locator('.tab.active', { hasText: 'pilot-to-fleet' }).click()
  await workbench.save()
  await expect.poll(() => onDisk('pilot-to-fleet.md'), patiently).toContain(`- deal: ${deal}`)
})

test('a new page is made with a form of its type’s fields', async () => {
  await workbench.command('Playproof: New Page…')
  await (await workbench.drawn('form[data-form=make]')).locator('#type').selectOption('persona')
  const form = await workbench.drawn('form h1:text-is("New persona")')
  expect(await form.locator('#segments .boxes label').allInnerTexts()).toEqual(
    readdirSync(join(root, 'playbook/segments'))
      .map((name) => name.replace('.md', ''))
      .sort(),
  )
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('.monaco-workbench.vs-dark').waitFor()
  await page.waitForTimeout(1_000)
  expectPicture('studio-form-dark', await drawing())
  await page.emulateMedia({ colorScheme: 'light' })
  await form.locator('#id').fill('cfo')
  await form.locator('#title').fill('The CFO')
  await form.locator('button[type=submit]').click()
  await expect.poll(() => existsSync(join(root, 'playbook/personas/cfo.md')), { timeout: 15_000 }).toBe(true)
  expect(readFileSync(join(root, 'playbook/personas/cfo.md'), 'utf8')).toContain('title: The CFO')
  await page.locator('.tab.active', { hasText: 'cfo.md' }).waitFor()
})

test('a play is renamed with every page that refers to it', async () => {
  const referring = (id: string): string[] =>
    readdirSync(join(root, 'playbook'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md') && readFileSync(join(root, 'playbook', path), 'utf8').includes(id))
      .sort()
  const before = referring('studio-floor')
  expect(before.length).toBeGreaterThan(2)
  await workbench.openPlay('studio-floor')
  await workbench.command('Playproof: Rename Page and Every Reference…')
  await workbench.answer('Rename plays/studio-floor', 'render-floor')
  await page.locator('.tab.active', { hasText: 'render-floor.md' }).waitFor({ timeout: 20_000 })
  expect([existsSync(join(plays, 'studio-floor.md')), existsSync(join(plays, 'render-floor.md'))]).toEqual([
    false,
    true,
  ])
  const isReference = (path: string): boolean => path !== 'plays/studio-floor.md'
  expect(referring('render-floor').filter((path) => path !== 'plays/render-floor.md')).toEqual(
    expect.arrayContaining(before.filter((path) => isReference(path) && path.startsWith('reviews/'))),
  )
  expect(referring('plays: [studio-floor]')).toEqual([])
})

test('a save over a newer file is refused, shows both, and keeps what was typed', async () => {
  await workbench.openPlay('desk-refresh')
  await caretAfter('title:')
  await page.keyboard.type(' mine')
  const text = onDisk('desk-refresh.md')
  // As many bytes as before, which size and time alone might not tell apart.
  writeFileSync(join(plays, 'desk-refresh.md'), text.replace(/title: ./, 'title: #'))
  await workbench.save()
  const toast = page.locator('.notification-list-item', { hasText: 'desk-refresh.md' })
  await toast.waitFor()
  expect(await toast.innerText()).toMatch(/newer|changed/i)
  expect(onDisk('desk-refresh.md')).toBe(text.replace(/title: ./, 'title: #'))
  await toast.getByRole('button', { name: 'Compare' }).click()
  for (const words of ['#esk refresh', 'mine'])
    await page.locator('.monaco-diff-editor .view-line', { hasText: words }).first().waitFor()
  expect(await page.locator('.tab.active').innerText()).toContain('Resolve save conflict')
  await page
    .locator('.editor-actions')
    .getByRole('button', { name: /^Use your changes/ })
    .click()
  await expect.poll(() => onDisk('desk-refresh.md'), patiently).toBe(text.replace(/^(title: .*)/m, '$1 mine'))
})

test('unsaved text outlives the server, whose absence is seen and ends by itself', async () => {
  await workbench.openPlay('field-kit')
  await caretAfter('title:')
  await page.keyboard.type(' kept')
  const before = onDisk('field-kit.md')
  await stopStudio()
  const notice = page.locator('.notification-list-item', { hasText: 'trying again' })
  await notice.first().waitFor({ timeout: 15_000 })
  await page.keyboard.type(' safe')
  await workbench.save()
  await page.locator('.notification-list-item', { hasText: 'field-kit.md' }).first().waitFor()
  expect(onDisk('field-kit.md')).toBe(before)
  await startStudio()
  await expect.poll(() => notice.count(), { timeout: 20_000 }).toBe(0)
  expect(await workbench.shown()).toContain('kept safe')
  await page.locator('.tab.active').click()
  await workbench.save()
  await expect.poll(() => onDisk('field-kit.md'), { timeout: 15_000 }).toContain('kept safe')
  await page.locator('.statusbar-item', { hasText: 'Checking' }).first().waitFor()
})

test('unsaved text outlives a reload of the page', async () => {
  await workbench.openPlay('imaging-suite')
  await caretAfter('title:')
  await page.keyboard.type(' remembered')
  const before = onDisk('imaging-suite.md')
  await expect.poll(dirty, patiently).toBe(1)
  // The browser keeps it a moment after the last key.
  await expect.poll(() => page.evaluate(isKept, 'remembered'), { timeout: 20_000 }).toBe(true)
  await page.reload()
  // It is open again, though not always in front.
  await page.locator('.tab.dirty', { hasText: 'imaging-suite' }).click({ timeout: 30_000 })
  await expect.poll(() => workbench.shown(), patiently).toContain('remembered')
  expect(onDisk('imaging-suite.md')).toBe(before)
  await workbench.save()
  await expect.poll(() => onDisk('imaging-suite.md'), patiently).toContain('remembered')
})

/** Whether the browser's own store holds some words; runs in the page. */
async function isKept(words: string): Promise<boolean> {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name))
    try {
      for (const store of database.objectStoreNames) {
        const kept: unknown[] = await settled(database.transaction(store).objectStore(store).getAll())
        const texts = kept.map((each) => (each instanceof Uint8Array ? new TextDecoder().decode(each) : String(each)))
        if (texts.some((text) => text.includes(words))) return true
      }
    } finally {
      database.close()
    }
  }
  return false
}

test('the site’s page stands beside the text', async () => {
  await workbench.command('Playproof: Show on the Site')
  await expect
    .poll(
      async () => {
        const site = page.frames().find((frame) => frame.url().includes('/plays/imaging-suite/'))
        return site === undefined
          ? ''
          : await site
              .locator('h1')
              .innerText({ timeout: 1_000 })
              .catch(() => '')
      },
      { timeout: 60_000 },
    )
    .toContain('remembered')
  replaceIn('imaging-suite.md', 'status: ', 'status: draft # ')
  await page.locator('.view-line', { hasText: 'draft #' }).first().waitFor()
  await workbench.command('Playproof: Show on the Site')
  await workbench.drawn('p:text-is("This page is a draft, so it is not on the site.")')
  replaceIn('imaging-suite.md', 'status: draft # ', 'status: ')
  await page.locator('.tab', { hasText: 'On the site' }).locator('.action-label').click()
})

test('in a narrow window the page takes the place of the evidence, and nothing is pushed out of sight', async () => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await workbench.command('Playproof: Show on the Site')
  await page.locator('.part.auxiliarybar').waitFor({ state: 'hidden' })
  await expect
    .poll(() => page.frames().some((frame) => frame.url().includes('/plays/imaging-suite/')), patiently)
    .toBe(true)
  await page.evaluate(() => document.querySelector('.part.statusbar')?.scrollIntoView({ block: 'start' }))
  expect((await page.locator('.part.titlebar').boundingBox())?.y).toBe(0)
  await page.locator('.tab', { hasText: 'On the site' }).locator('.action-label').click()
  await page.setViewportSize({ width: 1440, height: 900 })
  await workbench.command('Playproof: Show Evidence')
  await page.locator('.part.auxiliarybar').waitFor()
  // Keys belong to the text again.
  await page.locator('.tab.active').click()
})

test('one page of several is committed, with the sentence that was typed', async () => {
  await page.keyboard.press('Control+Shift+G')
  const row = page.locator('.scm-view .monaco-list-row', { hasText: 'field-kit.md' })
  await row.first().waitFor()
  await row.first().click()
  await page.locator('.monaco-diff-editor').first().waitFor()
  await row.first().hover()
  await row
    .first()
    .getByRole('button', { name: /Put into the Next Commit/ })
    .click()
  await page.locator('.scm-view .monaco-list-row', { hasText: 'In the next commit' }).waitFor()
  await page.locator('.scm-editor .view-lines').click()
  await page.keyboard.type('A better title for the field kit')
  await page.keyboard.press('Control+Enter')
  await expect
    .poll(() => git('log', '-1', '--format=%s|%an'), { timeout: 20_000 })
    .toBe('A better title for the field kit|Mia\n')
  expect(git('show', '--name-only', '--format=', 'HEAD')).toBe('playbook/plays/field-kit.md\n')
  expect(git('status', '--porcelain')).toContain(' M playbook/plays/imaging-suite.md')
  for (const [scheme, name] of [
    ['dark', 'changes-dark'],
    ['light', 'changes'],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.locator(`.monaco-workbench.${scheme === 'light' ? 'vs' : 'vs-dark'}`).waitFor()
    await page.waitForTimeout(1_000)
    expectPicture(name, await drawing(), tolerated * 3)
  }
})

test('the commit goes to a branch, from there to the remote, and to the form of its pull request', async () => {
  git('remote', 'set-url', 'origin', 'git@gitlab.com:acme/sales/plays.git')
  git('remote', 'set-url', '--push', 'origin', join(folder, 'remote.git'))
  // The host is not asked; what the browser would have shown is enough.
  await context.route('https://gitlab.com/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: 'The form.' }),
  )
  await workbench.command('Changes: New Branch…')
  await page.locator('.quick-input-widget input').waitFor()
  await page.keyboard.type('field kit title')
  await page.keyboard.press('Enter')
  await expect.poll(() => git('branch', '--show-current'), { timeout: 15_000 }).toBe('field-kit-title\n')
  await workbench.command('Changes: Send to the Team (Push)')
  await expect
    .poll(() => git('--git-dir=../remote.git', 'for-each-ref', '--format=%(refname)'), { timeout: 20_000 })
    .toBe('refs/heads/field-kit-title\n')
  const form = context.waitForEvent('page')
  await page.getByRole('button', { name: 'Ask for a Review', exact: true }).click()
  const { pathname, searchParams } = new URL((await form).url())
  expect([pathname, ...searchParams]).toEqual([
    '/acme/sales/plays/-/merge_requests/new',
    ['merge_request[source_branch]', 'field-kit-title'],
  ])
})

test('nothing was asked of any other machine, and the page’s policy was never broken', () => {
  const hosts = new Set([...reached].filter((url) => /^https?:/.test(url)).map((url) => new URL(url).hostname))
  // The last is answered by the page's own service worker.
  const allowed = [...hosts].filter((host) => !/^(127\.0\.0\.1|localhost)$|\.vscode-cdn\.net$/.test(host))
  expect(allowed).toEqual([])
  expect(violations).toEqual([])
})

test('what is shipped for it stays under 30 MB', () => {
  const built = join(repository, 'lib/studio')
  const files = readdirSync(built, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
  expect(bytes).toBeLessThan(30_000_000)
  expect(files.filter(({ name }) => /\.(map|mp3)$/.test(name))).toEqual([])
})
