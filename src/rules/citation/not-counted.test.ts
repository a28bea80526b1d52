import { expect, test } from 'vitest'
import { approvedMessage } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { notCountedCitation } from './not-counted.ts'

test('a blank cell never satisfies `not`, and the finding says that it is blank', async () => {
  const files = {
    'playbook.yaml': 'evidence: { counts: { type: { not: [Renewal] }, amount: { min: 500 } } }\n',
    'ledger.csv': 'id,account,type,amount\nD-18,Northwind Bank,,400\nD-19,Southwind Bank,New business,500\n',
    'messages/one-invoice.md': approvedMessage('[{ deal: D-18 }, { deal: D-19 }]'),
  }
  expect(await findingsIn(notCountedCitation, files, { withText: true })).toBe(
    'messages/one-invoice.md:7:20 warn citation/not-counted\n' +
      '  `D-18` (Northwind Bank, $400, won on 2026-03-10) is left out by `counts` of playbook.yaml: its `type` is blank and its `amount` is `400`, not at least `500`, so it does not count for “One invoice”. Cite a deal that counts.',
  )
})

test('a `counts` over a column that the ledger lacks leaves every deal in', async () => {
  const files = {
    'playbook.yaml': 'evidence: { counts: { tpye: New business } }\n',
    'ledger.csv': 'id,type\nD-18,Renewal\n',
    'messages/one-invoice.md': approvedMessage('[{ deal: D-18 }]'),
  }
  expect(await findingsIn(notCountedCitation, files)).toBe('')
})
