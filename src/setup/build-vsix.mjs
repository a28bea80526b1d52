/**
 * `npm run vsix`: packs the extension for VS Code, the same files that the studio runs, as `lib/playproof.vsix`.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createVSIX } from '@vscode/vsce'
import { buildExtension } from './build-studio.mjs'

const packagePath = fileURLToPath(new URL('../../lib/playproof.vsix', import.meta.url))
const cwd = mkdtempSync(join(tmpdir(), 'playproof-vsix-'))
try {
  await buildExtension(cwd)
  mkdirSync(fileURLToPath(new URL('../../lib', import.meta.url)), { recursive: true })
  await createVSIX({ cwd, packagePath, dependencies: false, skipLicense: true, allowMissingRepository: true })
} finally {
  rmSync(cwd, { recursive: true, force: true })
}
