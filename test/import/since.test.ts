/**
 * A pull request against a signed ledger: nobody can add a won deal in one.
 */
import { spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Manifest, manifestText, parseManifest } from '../../src/ledger/manifest.ts'
import { publicHalf, signManifest } from '../../src/workspace/ledger-manifest.ts'
import { readSince } from '../../src/workspace/read-since.ts'
import { ImportFolder } from './import-run.ts'

const { privateKey } = generateKeyPairSync('ed25519')
const yaml = (key: string) =>
  `company: Halyard\ncurrency: USD\nasOf: 2026-06-30\nledger: { deals: { file: ledger/deals.csv }, publicKey: ${key} }\n`
const deals =
  'id,account,owner,outcome,amount,created,closed\nD-18,Northwind Bank,Jo Park,won,1000,2026-01-10,2026-03-10\n'
const added = `${deals}D-99,Fictional Foods,Jo Park,won,90000,2026-01-10,2026-03-10\n`
const manifestPath = 'playbook/ledger/manifest.json'
const dealsPath = 'playbook/ledger/deals.csv'

let folder: ImportFolder

beforeEach(async () => {
  folder = new ImportFolder({ 'playbook/playbook.yaml': yaml(publicHalf(privateKey)), 'export.csv': deals })
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  expect((await folder.run('csv', [join(folder.root, 'export.csv')], { PLAYPROOF_SIGNING_KEY: key })).status).toBe(0)
  const git = (...args: string[]) =>
    spawnSync('git', ['-C', folder.root, '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args])
  git('init', '-q')
  git('add', 'playbook')
  git('commit', '-q', '-m', 'base')
})
afterEach(() => folder.remove())

async function findings(options = {}): Promise<string[]> {
  const { findings: found } = await readSince(folder.root, 'HEAD', { noCache: true, ...options })
  return found
    .filter(({ rule }) => rule.startsWith('ledger/'))
    .map(({ file, severity, rule, range }) => `${file}:${range.start.line} ${severity} ${rule}`)
}

/** The manifest as somebody would rewrite it to fit the edited file. */
function rewritten(): Manifest {
  const manifest = parseManifest(folder.text(manifestPath)) as Manifest
  const sha256 = createHash('sha256').update(added).digest('hex')
  return { ...manifest, rows: { ...manifest.rows, won: 2 }, files: new Map([['ledger/deals.csv', sha256]]) }
}

test('a won deal that is added by hand is an error', async () => {
  expect(await findings()).toEqual([])
  folder.put(dealsPath, added)
  expect(await findings()).toEqual([`${dealsPath}:1 error ledger/tampered`])
})

test('so it is with a manifest that was made to fit, with the old signature, without one, and with no manifest', async () => {
  folder.put(dealsPath, added)
  folder.put(manifestPath, manifestText(rewritten()))
  expect(await findings()).toEqual([`${manifestPath}:1 error ledger/unsigned`])
  const { signature: _, ...unsigned } = rewritten()
  folder.put(manifestPath, manifestText(unsigned))
  expect(await findings()).toEqual([`${manifestPath}:1 error ledger/unsigned`])
  rmSync(join(folder.root, manifestPath))
  expect(await findings()).toEqual(['playbook/playbook.yaml:4 error ledger/unsigned'])
})

test('so it is with a key of its own, unless that key is given from outside', async () => {
  const other = generateKeyPairSync('ed25519').privateKey
  folder.put(dealsPath, added)
  folder.put(manifestPath, manifestText(signManifest(rewritten(), other)))
  folder.put('playbook/playbook.yaml', yaml(publicHalf(other)))
  expect(await findings()).toEqual([`${manifestPath}:1 error ledger/unsigned`])
  expect(await findings({ ledgerKey: publicHalf(other) })).toEqual([])
})

test('so it is with deals from another file', async () => {
  folder.put('playbook/ledger/mine.csv', added)
  folder.put('playbook/playbook.yaml', yaml(publicHalf(privateKey)).replace('deals.csv', 'mine.csv'))
  expect(await findings()).toEqual(['playbook/ledger/mine.csv:1 error ledger/tampered'])
})

test('a new import that is signed is no finding', async () => {
  folder.put(dealsPath, added)
  folder.put(manifestPath, manifestText(signManifest(rewritten(), privateKey)))
  expect(await findings()).toEqual([])
})
