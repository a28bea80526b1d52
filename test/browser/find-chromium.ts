/**
 * Finds a Chromium for the browser tests, and unpacks the one from the package registry the first time.
 *
 * `@sparticuz/chromium` needs neither root nor a download of its own and is pinned by the lockfile, but
 * exists for Linux on x64 only; elsewhere an installed Chrome or Edge serves. As vitest's `globalSetup`
 * it unpacks once, before the test files start side by side. No browser is a failure, never a skip.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LaunchOptions } from 'playwright-core'

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url))
const PACKAGE = join(MODULES, '@sparticuz/chromium')

/** How to start the browser that was found: options for playwright's `launch`, the most wanted first. */
export async function findChromium(): Promise<readonly LaunchOptions[]> {
  const own = process.env.PLAYPROOF_CHROMIUM
  if (own !== undefined && own !== '') {
    if (!existsSync(own)) throw new Error(`PLAYPROOF_CHROMIUM names \`${own}\`, and there is no such file.`)
    return [{ executablePath: own }]
  }
  if (process.platform === 'linux' && process.arch === 'x64' && existsSync(PACKAGE)) return [await unpacked()]
  return [{ channel: 'chrome' }, { channel: 'msedge' }]
}

async function unpacked(): Promise<LaunchOptions> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string }
  // The package itself looks in the temporary folder, by file name alone: an older browser there would be taken.
  const folder = join(MODULES, `.cache/chromium-${version}`)
  if (!existsSync(folder)) await unpackTo(folder)
  const libraries = join(folder, 'al2023/lib')
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      ...definedIn(process.env),
      // Open Sans and nothing else, so that a text is as wide on every machine, also on one without fonts.
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      ...(existsSync(libraries) ? { LD_LIBRARY_PATH: libraries } : {}),
    },
  }
}

/** Unpacks into a folder of its own and renames it when it is whole: a run cut short leaves nothing that looks finished. */
async function unpackTo(folder: string): Promise<void> {
  const { default: chromium, inflate } = await import('@sparticuz/chromium')
  const work = `${folder}.${process.pid}`
  mkdirSync(work, { recursive: true })
  const temporary = process.env.TMPDIR
  try {
    process.env.TMPDIR = work
    const executable = await chromium.executablePath()
    // On a machine without NSS and Expat the package brings those of Amazon Linux.
    const started = spawnSync(executable, ['--version'], { encoding: 'utf8' })
    if (started.status !== 0) await inflate(join(PACKAGE, 'bin/al2023.tar.br'))
    writeFileSync(join(work, 'fonts.conf'), fontsConf(folder))
    renameSync(work, folder)
  } catch (error) {
    rmSync(work, { recursive: true, force: true })
    // Another run was quicker; its folder is as good.
    if (!existsSync(folder)) throw error
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = temporary
  }
}

function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`
}

function definedIn(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** Vitest calls this once, before any browser test. */
export default async function setup(): Promise<void> {
  await findChromium()
}
