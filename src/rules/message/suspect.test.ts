import { expect, test } from 'vitest'
import { confirmed, confirmedOn } from '../../testing/confirmed-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { suspectMessage } from './suspect.ts'

const message = (status = 'approved', more = 'evidence: [{ deal: D-18 }]') =>
  `---\ntitle: One invoice\nstatus: ${status}\nclaim: One invoice for all.\n${confirmedOn('2026-05-04')}\n${more}\n---\n## Email\n\nOne invoice.\n`
const files = await confirmed({
  'ledger.csv': 'id\nD-18\n',
  'messages/a.md': message(),
  'messages/b.md': message('approved', 'proof: product\nsource: https://example.com'),
})
const page = files['messages/a.md'] ?? ''

test('the claim and its deal are part of what was approved', async () => {
  expect(await findingsIn(suspectMessage, files)).toBe('')
  const claimed = { ...files, 'messages/a.md': page.replace('for all', 'for everybody') }
  expect(await findingsIn(suspectMessage, claimed, { withText: true })).toContain('Since then: its `claim` changed.')
  expect(await findingsIn(suspectMessage, { ...files, 'ledger.csv': 'id,amount\nD-18,7\n' })).toBe(
    'messages/a.md:5:12 warn message/suspect',
  )
})

test('a message that the product proves has words too', async () => {
  const other = (files['messages/b.md'] ?? '').replace('One invoice.', 'Two invoices.')
  expect(await findingsIn(suspectMessage, { ...files, 'messages/b.md': other })).toBe(
    'messages/b.md:5:12 warn message/suspect',
  )
})

test('what is not approved is nobody’s word', async () => {
  for (const status of ['draft', 'retired'])
    expect(await findingsIn(suspectMessage, { ...files, 'messages/a.md': page.replace('approved', status) })).toBe('')
})
