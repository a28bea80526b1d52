/**
 * What partners are given of the ledger, before any page is made of it; and that nothing an author writes holds a scan up.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { forAudience } from '../../site/src/content/for-audience.ts'
import { readWorkspace } from '../../src/workspace/read-workspace.ts'
import { scanSite } from '../../src/workspace/scan-site.ts'
import { planted, secretPages } from './planted-secrets.ts'
import { folderOf } from './small-playbook.ts'

const work = mkdtempSync(join(tmpdir(), 'playproof-partners-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

test('a deal is told by kind of customer, band and quarter; records too small are not, nor what gives them away', async () => {
  const reading = await readWorkspace(folderOf(secretPages), { noCache: true })
  const { evidence, findings, deals, ledgerSha256, playbook } = forAudience(reading, 'partners')
  expect([findings, deals, ledgerSha256, evidence?.deals.size, evidence?.recordOf('shared')]).toEqual([
    [],
    undefined,
    undefined,
    0,
    [],
  ])
  expect(evidence?.told(planted.deal)).toEqual({
    account: 'a bank customer',
    owner: null,
    amount: null,
    closed: null,
    band: '$20,000 to $50,000',
    quarter: 'Q1 2026',
  })
  expect(playbook.entities.map(({ id }) => id).sort()).toEqual(['banks', 'shared'])
  // Its record is the whole segment, so there are no others, and the segment's total would say so.
  const shared = evidence?.plays.find(({ id }) => id === 'shared')
  expect(shared).toMatchObject({
    withheld: { record: false, others: true },
    better: null,
    p: null,
    q: null,
    concentrated: [],
  })
  expect(shared?.record).toMatchObject({
    wins: 12,
    losses: 12,
    accounts: 0,
    sellers: 0,
    lastWin: null,
    medianAmount: null,
  })
  expect(evidence?.segments).toEqual([])
})

test('texts made to hold a search up do not', async () => {
  const long = 100_000
  const nasty = [
    '<a '.repeat(long / 3),
    '<a "'.repeat(long / 4),
    '&#60;a '.repeat(long / 7),
    '1,'.repeat(long / 2),
    'USD 1'.repeat(long / 5),
    'a'.repeat(long),
    'aB'.repeat(long / 2),
    'a_'.repeat(long / 2),
    ' '.repeat(long),
    '%41'.repeat(long / 3),
    '&amp;'.repeat(long / 5),
    '\\u0041'.repeat(long / 6),
    'xn--'.repeat(long / 4),
    'A'.repeat(long),
    'Quillfeather '.repeat(long / 13),
    '<!-- '.repeat(long / 5),
    '```\n'.repeat(long / 4),
    '# '.repeat(long / 2),
  ]
  const body = nasty
    .map((text) => text.slice(0, 99_000))
    .join('\n\n')
    .slice(0, 900_000)
  const root = folderOf({
    ...secretPages,
    'playbook/personas/long.md': `---\ntitle: Long\nvisibility: partner\n---\n${body}`,
    'playbook/personas/hidden.md': `---\ntitle: Hidden\nvisibility: restricted\n---\n${body}`,
  })
  const reading = await readWorkspace(root, { noCache: true })
  for (const [index, text] of nasty.entries()) writeFileSync(join(work, `${index}.html`), text)
  const before = process.cpuUsage()
  scanSite(work, 'partners', reading)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1e6).toBeLessThan(8)
})
