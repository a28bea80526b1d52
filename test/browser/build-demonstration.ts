/**
 * Builds the site of the demonstration once, before the browser tests start side by side: `inject('demonstration')`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildSite, repository } from './built-site.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the built site, for reps. */
    demonstration: string
  }
}

export async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'playproof-demonstration-'))
  provide('demonstration', await buildSite(folder, 'demonstration', repository))
  return () => rmSync(folder, { recursive: true, force: true })
}
