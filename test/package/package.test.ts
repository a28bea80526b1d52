/**
 * The published package, as a team gets it: packed, installed into an empty git repository, used there.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const project = fileURLToPath(new URL('../../', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'playproof-package-'))
const team = join(work, 'team')
const npm = (args: readonly string[], cwd: string): string => {
  const cli = process.env.npm_execpath
  const [command, first] = cli === undefined ? ['npm', []] : [process.execPath, [cli]]
  return execFileSync(command, [...first, ...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
// Astro serves nothing where it believes that it is being unit-tested.
const { VITEST: _, ...outside } = process.env
const env = { ...outside, NO_COLOR: '1' }
const playproof = (...args: string[]) => {
  return spawnSync(process.execPath, [join(team, 'node_modules/playproof/src/cli/playproof.mjs'), ...args], {
    cwd: team,
    encoding: 'utf8',
    env,
  })
}
let files: string[] = []

beforeAll(() => {
  const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', work], copyOfProject())) as {
    filename: string
    files: { path: string }[]
  }[]
  if (packed === undefined) throw new Error('npm packed nothing')
  files = packed.files.map(({ path }) => path)
  mkdirSync(team)
  execFileSync('git', ['init', '--quiet'], { cwd: team })
  npm(['init', '--yes'], team)
  npm(['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', join(work, packed.filename)], team)
}, 600_000)

afterAll(() => rmSync(work, { recursive: true, force: true }))

/** Packing bundles anew, which must not pull the bundle away from under other tests. */
function copyOfProject(): string {
  const copy = join(work, 'project')
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: project,
    encoding: 'utf8',
  })
  for (const path of list.split('\0').filter((each) => each !== '' && existsSync(join(project, each))))
    cpSync(join(project, path), join(copy, path))
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** Every file below a folder with its size and time. */
function listing(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const { size, mtimeMs } = statSync(path)
      return `${path} ${size} ${mtimeMs}`
    })
    .sort()
}

test('the package holds the command, the site and the rules’ pages, and neither tests nor the demonstration', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.txt',
      'lib/main.mjs',
      'lib/studio/extension/browser.cjs',
      'lib/studio/index.html',
      'package.json',
      'src/cli/playproof.mjs',
      'src/rules/play/unbacked.md',
      'site/astro-options.ts',
    ]),
  )
  expect(
    files.filter((path) =>
      /(\.test\.ts|^test\/|^playbook\/|^src\/(editor|setup|studio|testing)\/|fixtures|^\.|\.map$)/.test(path),
    ),
  ).toEqual([])
  const { scripts } = JSON.parse(readFileSync(join(team, 'node_modules/playproof/package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([])
})

test('init, check, new and build work in an empty repository and write nothing into node_modules', () => {
  const before = listing(join(team, 'node_modules'))
  const init = playproof('init')
  expect([init.status, init.stderr]).toEqual([0, ''])
  const check = playproof('check', '--format', 'json')
  expect(check.status, check.stdout + check.stderr).toBe(0)
  expect((JSON.parse(check.stdout) as { summary: object }).summary).toMatchObject({ errors: 0, warnings: 0 })
  expect(playproof('new', 'persona', 'shop-owner', '--set', 'title=Shop owner').status).toBe(0)
  expect(existsSync(join(team, 'playbook/personas/shop-owner.md'))).toBe(true)
  const build = playproof('build')
  expect(build.status, build.stderr).toBe(0)
  expect(existsSync(join(team, 'dist/index.html'))).toBe(true)
  expect(existsSync(join(team, 'dist/pagefind/pagefind.js'))).toBe(true)
  expect(listing(join(team, 'node_modules'))).toEqual(before)
  const status = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], {
    cwd: team,
    encoding: 'utf8',
  })
  expect(status).not.toMatch(/\.playproof|dist\/|\.astro/)
}, 240_000)

test('dev serves the live site and stops when asked', async () => {
  const dev = spawn(
    process.execPath,
    [join(team, 'node_modules/playproof/src/cli/playproof.mjs'), 'dev', '--port', '4390'],
    { cwd: team, env },
  )
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = ''
      dev.stdout.on('data', (chunk) => {
        said += chunk
        const found = /http:\/\/localhost:\d+\//.exec(said)?.[0]
        if (found !== undefined) resolve(found)
      })
      dev.once('exit', () => reject(new Error(`dev ended: ${said}`)))
    })
    const page = await fetch(address)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<main')
  } finally {
    dev.kill('SIGINT')
  }
  const status = await new Promise((resolve) => dev.once('exit', resolve))
  expect(status).toBe(0)
}, 120_000)
