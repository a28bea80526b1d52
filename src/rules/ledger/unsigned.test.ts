import { expect, test } from 'vitest'
import { type Manifest, manifestText } from '../../ledger/manifest.ts'
import { parseSettings } from '../../model/playbook-settings.ts'
import type { MapNode } from '../../page/data-node.ts'
import { parseYaml } from '../../page/parse-yaml.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { manifestOf, testKey } from '../../testing/signed-ledger.ts'
import { unsignedLedger } from './unsigned.ts'

const key = testKey()
const deals =
  'id,account,owner,outcome,amount,created,closed\nD-18,Northwind Bank,Jo Park,won,1000,2026-01-10,2026-03-10\n'
const signed = key.sign(manifestOf({ 'deals.csv': deals }))

function playbook(manifest: Manifest | undefined, publicKey = key.publicKey) {
  return {
    'playbook.yaml': `ledger: { deals: { file: deals.csv }, publicKey: "${publicKey}" }\n`,
    'deals.csv': deals,
    ...(manifest === undefined ? {} : { 'ledger/manifest.json': manifestText(manifest) }),
  }
}

test('a signature stops being valid when any value of the manifest changes', async () => {
  expect(await findingsIn(unsignedLedger, playbook(signed))).toBe('')
  const edits: Partial<Manifest>[] = [
    { source: 'salesforce' },
    { time: '2026-06-29T03:00:01Z' },
    { rows: { ...signed.rows, won: 2 } },
    { files: new Map([['deals.csv', '0'.repeat(64)]]) },
    { files: new Map([...signed.files, ['more.csv', '0'.repeat(64)]]) },
    { signature: `${signed.signature?.slice(0, 10)}A${signed.signature?.slice(11)}` },
    { signature: '' },
  ]
  for (const edit of edits) {
    expect(await findingsIn(unsignedLedger, playbook({ ...signed, ...edit }))).toBe(
      'ledger/manifest.json:1:1 warn ledger/unsigned',
    )
  }
})

test('a signature by another key is none', async () => {
  const other = testKey()
  expect(await findingsIn(unsignedLedger, playbook(other.sign(signed)), { withText: true })).toMatch(
    /^ledger\/manifest\.json:1:1 warn ledger\/unsigned\n {2}The signature of the manifest does not fit the key/,
  )
})

test('a key that is none is told at the key, and a private key is none', async () => {
  for (const wrong of ['abc', key.privateKey])
    expect(await findingsIn(unsignedLedger, playbook(signed, wrong))).toBe('playbook.yaml:1:50 warn ledger/unsigned')
})

test('a change that takes a valid signature away is an error, a change to a ledger that had none is not', async () => {
  const { signature: _, ...stripped } = signed
  const { settings, node } = settingsOf(playbook(signed)['playbook.yaml'])
  const severityWhere = (ledgerSigned: boolean, manifest: Manifest | undefined) =>
    findingsIn(unsignedLedger, playbook(manifest), {
      base: { settings, settingsNode: node, waivers: new Set(), ledgerSigned },
    })
  expect(await severityWhere(true, stripped)).toBe('ledger/manifest.json:1:1 error ledger/unsigned')
  expect(await severityWhere(true, undefined)).toBe('playbook.yaml:1:50 error ledger/unsigned')
  expect(await severityWhere(false, stripped)).toBe('ledger/manifest.json:1:1 warn ledger/unsigned')
  expect(await severityWhere(true, signed)).toBe('')
})

test('a change cannot bring a key of its own: the base commit’s key checks the signature', async () => {
  const other = testKey()
  const forged = playbook(other.sign(signed), other.publicKey)
  expect(await findingsIn(unsignedLedger, forged)).toBe('')
  const files = { ...forged, 'playbook.yaml on main': playbook(signed)['playbook.yaml'] }
  expect(await findingsIn(unsignedLedger, files)).toBe('ledger/manifest.json:1:1 warn ledger/unsigned')
})

function settingsOf(yaml: string) {
  const node = parseYaml(yaml).data as MapNode
  return { settings: parseSettings(node).settings, node }
}
