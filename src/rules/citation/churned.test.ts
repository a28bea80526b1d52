import { expect, test } from 'vitest'
import { approvedMessage } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { churnedCitation } from './churned.ts'

test('a message loses a customer who has left as a play does', async () => {
  const files = {
    'ledger.csv': 'id,account,churned\nD-18,Northwind Bank,2026-05-01\nD-19,Southwind Bank,\n',
    'messages/one-invoice.md': approvedMessage('[{ deal: D-18 }, { deal: D-19 }]'),
  }
  expect(await findingsIn(churnedCitation, files, { withText: true })).toBe(
    'messages/one-invoice.md:7:20 warn citation/churned\n' +
      '  The customer of `D-18` (Northwind Bank, $1,000, won on 2026-03-10) left on 2026-05-01, so the win no longer counts for “One invoice”. Cite a customer who stayed.',
  )
})
