import { expect, test } from 'vitest'
import { manifestText } from '../../ledger/manifest.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { hashOf, manifestOf } from '../../testing/signed-ledger.ts'
import { tamperedLedger } from './tampered.ts'

const deals =
  'id,account,owner,outcome,amount,created,closed\nD-18,Northwind Bank,Jo Park,won,1000,2026-01-10,2026-03-10\n'
const accounts = 'name,industry\nNorthwind Bank,banking\n'
const files = {
  'playbook.yaml': 'ledger: { deals: { file: deals.csv }, accounts: { file: accounts.csv, key: name } }\n',
  'deals.csv': deals,
  'accounts.csv': accounts,
  'ledger/manifest.json': manifestText(manifestOf({ 'deals.csv': deals, 'accounts.csv': accounts })),
}

test('one changed byte in any file of the ledger is reported at that file', async () => {
  expect(await findingsIn(tamperedLedger, files)).toBe('')
  for (const path of ['deals.csv', 'accounts.csv'] as const)
    expect(await findingsIn(tamperedLedger, { ...files, [path]: `${files[path]}\n` })).toBe(
      `${path}:1:1 error ledger/tampered`,
    )
})

test('a playbook cannot take its deals from a file that did not come with the import', async () => {
  const elsewhere = { ...files, 'playbook.yaml': 'ledger: { deals: { file: mine.csv } }\n', 'mine.csv': deals }
  expect(await findingsIn(tamperedLedger, elsewhere, { withText: true })).toBe(
    'mine.csv:1:1 error ledger/tampered\n  This file did not come with the import: `ledger/manifest.json` does not name it. Import the ledger again, or take the file out of `ledger` in playbook.yaml.',
  )
})

test('a manifest with a key that no import writes is refused, so that nothing in it goes unsigned', async () => {
  const text = files['ledger/manifest.json']
  const bad = [
    '',
    '[]',
    text.replace('"version": 1', '"version": 2'),
    text.replace('"source"', '"note": "x", "source"'),
    text.replace('"won": 1', '"won": -1'),
    text.replace('2026-06-29T03:00:00Z', 'yesterday'),
    text.replace(hashOf(deals), hashOf(deals).toUpperCase()),
  ]
  for (const each of bad)
    expect(await findingsIn(tamperedLedger, { ...files, 'ledger/manifest.json': each })).toBe(
      'ledger/manifest.json:1:1 error ledger/tampered',
    )
})

test('the layout of the manifest does not matter', async () => {
  const text = JSON.stringify(JSON.parse(files['ledger/manifest.json']))
  expect(await findingsIn(tamperedLedger, { ...files, 'ledger/manifest.json': text })).toBe('')
})
