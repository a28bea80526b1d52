/**
 * A second client that nobody here wrote: Neovim's own. It runs where `nvim` is on the PATH (0.7 or newer) and is
 * reported as skipped elsewhere, because no package registry this project uses has it.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { playproof } from './editor-client.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const isThere = spawnSync('nvim', ['--version'], { stdio: 'ignore' }).status === 0

test.skipIf(!isThere)('Neovim shows findings, completes and tells what stands under the pointer', () => {
  const ran = spawnSync(
    'nvim',
    [
      '--headless',
      '-u',
      'NONE',
      '-i',
      'NONE',
      '-n',
      '-c',
      `luafile ${fileURLToPath(new URL('neovim.lua', import.meta.url))}`,
    ],
    {
      encoding: 'utf8',
      timeout: 120_000,
      env: {
        ...process.env,
        NVIM_COMMAND: [process.execPath, playproof, 'lsp', '--stdio'].join('\n'),
        NVIM_ROOT: root.replace(/\/$/, ''),
        NVIM_PAGE: 'playbook/plays/counter-refresh.md',
      },
    },
  )
  expect(ran.stdout.trim().split('\n')).toEqual([
    'finding 3:9 field/wrong playproof',
    'completion draft',
    'findings 0',
    'hover **Retail chains** · segment',
  ])
})
