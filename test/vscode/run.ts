/**
 * `npm run test:vscode`: the packed extension in a real VS Code server, as somebody uses it who has VS Code. For releases.
 *
 * The studio's tests run the extension's `browser` entry; this runs `main`, which starts the Playproof of the opened
 * folder. Not one of the tests, because it needs code-server ({@link ./code-server.ts}), which is large. It stops at
 * the first step that fails, says where a picture of the window is, and leaves nothing else behind.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { launchBrowser } from '../browser/browser.ts'
import { Workbench } from '../browser/workbench.ts'
import { CodeServer, findCodeServer } from './code-server.ts'
import { Outside } from './outside.ts'

/** Milliseconds for each thing that is waited for: a busy machine took 37 seconds to the first finding. */
const patience = 90_000

const repository = fileURLToPath(new URL('../../', import.meta.url))
const program = findCodeServer(say)
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'playproof-vscode-')))
const root = join(folder, 'team')
const picture = join(tmpdir(), 'playproof-vscode-failed.png')
const outside = new Outside()
const env = { ...environment(), ...(await outside.environment()) }
const server = new CodeServer(program, folder, env)

process.once('exit', () => {
  server.kill()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const browser = await launchBrowser()
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
const asked = new Set<string>()
context.on('request', (request) => asked.add(request.url()))
const page = await context.newPage()
page.setDefaultTimeout(patience)
const workbench = new Workbench(page, patience)
try {
  await useVsCode(page)
} catch (error) {
  process.exitCode = 1
  say(`  ${error instanceof Error ? error.message : String(error)}`)
  const seen = await page.screenshot({ path: picture }).catch(() => undefined)
  if (seen !== undefined) say(`  What the window showed is in ${picture}.`)
} finally {
  await browser.close()
  await server.stop().catch(() => server.kill())
}

async function useVsCode(window: Page): Promise<void> {
  await step('the packed extension is installed', () => {
    execFileSync(process.execPath, ['src/setup/build-vsix.mjs'], { cwd: repository, stdio: ['ignore', 'ignore', 2] })
    const said = server.installExtension(join(repository, 'lib/playproof.vsix'))
    if (!said.includes('was successfully installed')) throw new Error(said)
  })
  await step('VS Code opens a repository that has Playproof, and its explorer opens a play', async () => {
    makeRepository()
    const password = randomBytes(16).toString('hex')
    await window.goto(await server.start(root, password))
    await window.locator('input[name=password]').fill(password)
    await window.locator('input[type=submit]').click()
    for (const name of ['playbook', 'plays'])
      await window
        .locator('.explorer-folders-view .monaco-list-row', { hasText: new RegExp(`^${name}$`) })
        .first()
        .click()
    await workbench.openPlay('pilot-to-fleet')
  })
  await step('a finding stands under its words and among the problems', async () => {
    await window.locator('.squiggly-error').first().waitFor()
    await workbench.command('Problems: Focus on Problems View')
    const problem = window.locator('.markers-panel .monaco-list-row', { hasText: 'VQQR3OUX' }).first()
    await holds('the problem names its rule', async () => (await problem.innerText()).includes('citation/unknown-deal'))
    await window.keyboard.press('Control+j')
  })
  await step('a deal’s id is completed, and the finding goes', async () => {
    await workbench.complete('VQQR3OUX', 'VQQR3', 'VQQR3OUI')
    await holds('the id is in the text', async () => (await workbench.shown()).includes('deal: VQQR3OUI'))
    await holds('the finding is gone', async () => (await window.locator('.squiggly-error').count()) === 0)
    await workbench.save()
    await holds('the save is on the disk', () => onDisk('pilot-to-fleet.md').includes('deal: VQQR3OUI'))
  })
  await step('the evidence view has the verdict of `playproof evidence`', async () => {
    const verdict = verdictOf('pilot-to-fleet')
    await workbench.command('Playproof: Show Evidence')
    const view = await workbench.drawn(`.verdict.${verdict}`)
    await view.locator('h1', { hasText: 'From pilot to fleet' }).waitFor()
  })
  await step('*Cite* writes a deal that fits into the play, and it is on the disk after a save', async () => {
    const button = (await workbench.drawn('button[data-send=cite]')).locator('button[data-send=cite]').first()
    const deal = (await button.getAttribute('data-value')) ?? ''
    if (deal === '' || onDisk('pilot-to-fleet.md').includes(deal)) throw new Error(`“${deal}” cannot be cited`)
    await button.click()
    await workbench.drawn(`.deal .name:text-matches("^${deal} ")`)
    if (onDisk('pilot-to-fleet.md').includes(deal)) throw new Error('it was saved before it was told to')
    await window.locator('.tab.active', { hasText: 'pilot-to-fleet' }).click()
    await workbench.save()
    await holds('the citation is on the disk', () => onDisk('pilot-to-fleet.md').includes(`- deal: ${deal}`))
  })
  await step('*Restart Checking* starts another language server of the folder’s own Playproof', async () => {
    const before = languageServers()
    if (before.length !== 1) throw new Error(`${before.length} language servers run`)
    await workbench.command('Playproof: Restart Checking')
    await holds('another one runs alone', () => languageServers().length === 1 && languageServers()[0] !== before[0])
    await window
      .locator('.statusbar-item', { hasText: /Checking$/ })
      .first()
      .waitFor()
  })
  await step('*New Play…* makes a page with a form', async () => {
    await workbench.command('Playproof: New Play…')
    const form = await workbench.drawn('form h1:text-is("New play")')
    await form.locator('#id').fill('first-call')
    await form.locator('#title').fill('The first call')
    await form.locator('#status').selectOption('draft')
    await form.locator('#segment').selectOption({ index: 1 })
    await form.locator('button[type=submit]').click()
    await window.locator('.tab.active', { hasText: 'first-call.md' }).waitFor()
    await holds('the page is on the disk', () => onDisk('first-call.md').includes('title: The first call'))
  })
  await step('*Rename Page* renames it', async () => {
    await workbench.command('Playproof: Rename Page and Every Reference…')
    await workbench.answer('Rename plays/first-call', 'second-call')
    await window.locator('.tab.active', { hasText: 'second-call.md' }).waitFor()
    // Said last; until then the focus may still move.
    await window.locator('.notification-list-item', { hasText: 'second-call' }).first().waitFor()
    await holds('the page has its new name', () => onDisk('second-call.md').includes('title: The first call'))
  })
  await step('*Show on the Site* shows the play as reps will see it', async () => {
    await window.locator('.tab', { hasText: 'pilot-to-fleet' }).click()
    await window.locator('.tab.active', { hasText: 'pilot-to-fleet' }).waitFor()
    await workbench.command('Playproof: Show on the Site')
    await holds('the page is drawn', async () => {
      const site = window.frames().find((frame) => frame.url().includes('/plays/pilot-to-fleet/'))
      const title = await site?.locator('h1').innerText({ timeout: 1_000 })
      return title?.includes('From pilot to fleet') === true
    })
  })
  await step('a reloaded window checks again, and nothing of the one before runs on', async () => {
    const before = processes('')
    await workbench.command('Developer: Reload Window')
    await holds('only a new language server runs', () => {
      const now = processes('')
      return now.length === 1 && languageServers().length === 1 && !before.includes(now[0] ?? '')
    })
    await window
      .locator('.statusbar-item', { hasText: /Checking$/ })
      .first()
      .waitFor()
  })
  await step('neither the browser nor a program asked anything of another machine', () => {
    const hosts = [...asked].filter((url) => /^(https?|wss?):/.test(url)).map((url) => new URL(url).hostname)
    // The last is answered by the page's own service worker.
    const others = hosts.filter((host) => !/^(127\.0\.0\.1|localhost)$|\.vscode-cdn\.net$/.test(host))
    const all = new Set([...others, ...outside.asked])
    if (hosts.length === 0 || all.size > 0) throw new Error([...all].join(', '))
  })
  await step('everything that was started ends', () => server.stop())
}

async function step(name: string, action: () => void | Promise<void>): Promise<void> {
  const begun = Date.now()
  const tell = (mark: string): void => say(`${mark} ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`)
  try {
    await action()
    tell('✓')
  } catch (error) {
    tell('✗')
    throw error
  }
}

async function holds(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  for (const until = Date.now() + patience; Date.now() < until; await wait(200)) {
    try {
      if (await look()) return
    } catch {
      // Not there yet.
    }
  }
  throw new Error(`waited for this in vain: ${what}`)
}

/** The demonstration with one deal's id mistyped, in a repository where this checkout is linked as `npm link` does. */
function makeRepository(): void {
  cpSync(join(repository, 'playbook'), join(root, 'playbook'), { recursive: true })
  mkdirSync(join(root, 'node_modules'))
  symlinkSync(repository, join(root, 'node_modules/playproof'), 'dir')
  writeFileSync(join(root, '.gitignore'), 'node_modules\n.playproof\n')
  const text = onDisk('pilot-to-fleet.md').replace('deal: VQQR3OUI', 'deal: VQQR3OUX')
  writeFileSync(join(root, 'playbook/plays/pilot-to-fleet.md'), text)
  const git = (...args: string[]): unknown => execFileSync('git', args, { cwd: root, env })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('-c', 'user.name=Mia', '-c', 'user.email=mia@example.com', 'commit', '--quiet', '--message=base')
}

function onDisk(name: string): string {
  return readFileSync(join(root, 'playbook/plays', name), 'utf8')
}

function verdictOf(play: string): string {
  const args = ['node_modules/playproof/src/cli/playproof.mjs', '--root', root, 'evidence', play, '--format', 'json']
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })
  return (JSON.parse(stdout) as { plays: { verdict: string }[] }).plays[0]?.verdict ?? ''
}

/** The ids of the processes that check the repository, as the desktop entry starts them. */
function languageServers(): string[] {
  return processes('lsp --stdio')
}

/** The ids of what was started from the repository's own Playproof with arguments that begin so. */
function processes(args: string): string[] {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n')
  return lines
    .filter((line) =>
      new RegExp(` ${root}/node_modules/playproof/src/cli/playproof.mjs .*--root ${root} ${args}`).test(line),
    )
    .map((line) => line.trim().split(' ')[0] ?? '')
}

/** The machine's, but for what is this user's own, npm's, or a VS Code's in whose terminal this runs. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|VSCODE_|XDG_|GIT_|NODE_OPTIONS)/.test(name))
  return { ...Object.fromEntries(kept), HOME: folder, GIT_CONFIG_NOSYSTEM: '1' }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
