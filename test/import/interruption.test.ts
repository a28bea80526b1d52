/**
 * The files of a ledger are replaced as one, wherever a crash or a fault of the disk comes.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { finishReplacement, replaceLedger } from '../../src/workspace/write-ledger.ts'
import { ImportFolder } from './import-run.ts'

const names = ['deals.csv', 'accounts.csv', 'manifest.json']
const paths = names.map((name) => `playbook/ledger/${name}`)
const snapshot = (text: string) => Object.fromEntries(paths.map((path) => [path, `${path} ${text}\n`]))

let folder: ImportFolder
beforeEach(() => {
  folder = new ImportFolder({ ...snapshot('old'), 'playbook/playbook.yaml': 'company: Halyard\n' })
})
afterEach(() => folder.remove())

const code = fileURLToPath(new URL('../../src/workspace/write-ledger.ts', import.meta.url))

/** Replaces the ledger in a process whose file operation number `at` ends it, or fails. */
function replaceUntil(at: number, what: 'killed' | 'failed'): number | null {
  const script = `
    import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    let count = 0
    for (const name of ['openSync', 'writeSync', 'fsyncSync', 'writeFileSync', 'renameSync', 'rmSync', 'mkdirSync']) {
      const real = fs[name]
      fs[name] = (...given) => {
        const counts = String(given[0]).includes('playbook') || String(given[0]).includes('unfinished') || typeof given[0] === 'number'
        if (counts && ++count === ${at}) {
          if ('${what}' === 'killed') process.kill(process.pid, 'SIGKILL')
          throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
        }
        return real(...given)
      }
    }
    syncBuiltinESMExports()
    const { replaceLedger } = await import(${JSON.stringify(code)})
    const files = ${JSON.stringify(snapshot('new'))}
    replaceLedger(${JSON.stringify(folder.root)}, Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })))
  `
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).status
}

const ledger = () => Object.fromEntries(paths.map((path) => [path, folder.text(path)]))

describe.each(['killed', 'failed'] as const)('a process that is %s', (what) => {
  test('at any file operation leaves the old ledger whole or the new one', () => {
    const outcomes: string[] = []
    // Left by any earlier command.
    folder.put('.playproof/.gitignore', '*\n')
    for (let at = 1; at < 60; at++) {
      for (const [path, text] of Object.entries(snapshot('old'))) folder.put(path, text)
      const status = replaceUntil(at, what)
      finishReplacement(folder.root)
      const now = ledger()
      const isNew = now[paths[0] ?? '']?.includes('new') ?? false
      expect(now, `operation ${at}`).toEqual(snapshot(isNew ? 'new' : 'old'))
      outcomes.push(isNew ? 'new' : 'old')
      if (status === 0) break
    }
    expect(outcomes[0]).toBe('old')
    expect(outcomes.at(-1)).toBe('new')
    expect(outcomes.length).toBeGreaterThan(10)
    // What was cut off lies about no longer than until the next import.
    replaceLedger(
      folder.root,
      paths.map((path) => ({ path, bytes: Buffer.from('x') })),
    )
    expect(readdirSync(join(folder.root, 'playbook/ledger')).sort()).toEqual([...names].sort())
  })
})

test('a journal that somebody else put there moves nothing', () => {
  folder.put('playbook/ledger/.deals.csv.0123456789ab.import.tmp', 'forged')
  const moves = [{ from: 'playbook/ledger/.deals.csv.0123456789ab.import.tmp', to: paths[0], sha256: '0'.repeat(64) }]
  folder.put('.playproof/unfinished-import', `${'0'.repeat(64)}\n${JSON.stringify(moves)}`)
  expect(finishReplacement(folder.root)).toBe(false)
  expect(ledger()).toEqual(snapshot('old'))
})

test('a file that is read-only, or a folder that leads out of the playbook, is not written', () => {
  const write = (path: string) => () => replaceLedger(folder.root, [{ path, bytes: Buffer.from('new') }])
  chmodSync(join(folder.root, paths[0] ?? ''), 0o444)
  expect(write(paths[0] ?? '')).toThrow('is read-only')
  mkdirSync(join(folder.root, 'outside'))
  symlinkSync(join(folder.root, 'outside'), join(folder.root, 'playbook/away'))
  expect(write('playbook/away/deals.csv')).toThrow('lies outside the playbook')
  symlinkSync(join(folder.root, 'outside/x'), join(folder.root, 'playbook/ledger/link.csv'))
  expect(write('playbook/ledger/link.csv')).toThrow('no regular file')
  expect(readdirSync(join(folder.root, 'outside'))).toEqual([])
  expect(ledger()).toEqual(snapshot('old'))
})
