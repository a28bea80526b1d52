/**
 * A copy of the demonstration, to be edited by a test.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const demonstration = new URL('../../../playbook', import.meta.url).pathname
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** An empty folder, removed after the tests of the file. */
export function emptyRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'playproof-language-'))
  folders.push(root)
  return root
}

/** The root of a copy. */
export function demonstrationCopy(): string {
  const root = emptyRoot()
  cpSync(demonstration, join(root, 'playbook'), { recursive: true })
  return root
}

/** The pages below a root, by path relative to it. */
export function pagesOf(root: string): string[] {
  return readdirSync(join(root, 'playbook'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && path.includes('/'))
    .map((path) => `playbook/${path}`)
    .sort()
}
