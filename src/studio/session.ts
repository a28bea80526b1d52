/**
 * The session's secret, and the one-use codes that let a browser in.
 *
 * The secret lies in the user's cache folder, outside the repository and for this user only, and lives for half a
 * day: after a restart of the studio an open page finds its way back by itself. A code is shown in the terminal,
 * is good once, and is gone from the address bar before the page is drawn.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { userCacheFolder } from '../workspace/work-cache.ts'

const halfADay = 12 * 60 * 60 * 1000

/** 128 random bits as text, the same for this playbook until nobody used them for half a day. */
export function sessionFor(root: string): string {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 32)
  const path = join(userCacheFolder(), 'studio', name)
  try {
    const known = readFileSync(path, 'utf8')
    const { mtimeMs, mode } = statSync(path)
    const othersMayRead = process.platform !== 'win32' && (mode & 0o077) !== 0
    if (/^[0-9a-f]{32}$/.test(known) && !othersMayRead && Date.now() - mtimeMs < halfADay) return keep(path, known)
  } catch {
    // None yet.
  }
  return keep(path, randomBytes(16).toString('hex'))
}

function keep(path: string, secret: string): string {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    rmSync(path, { force: true })
    writeFileSync(path, secret, { mode: 0o600, flag: 'wx' })
  } catch {
    // It then lasts as long as this run.
  }
  return secret
}

/** One-use codes: `issue()` gives one, `use(code)` is true the first time. */
export class OpeningCodes {
  readonly #open = new Set<string>()

  issue(): string {
    const code = randomBytes(16).toString('hex')
    this.#open.add(code)
    return code
  }

  use(given: string): boolean {
    const bytes = Buffer.from(given)
    for (const code of this.#open) {
      const wanted = Buffer.from(code)
      if (bytes.length === wanted.length && timingSafeEqual(bytes, wanted)) return this.#open.delete(code)
    }
    return false
  }
}
