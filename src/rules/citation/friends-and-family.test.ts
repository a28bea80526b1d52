import { expect, test } from 'vitest'
import { approvedMessage, review } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { friendsAndFamilyCitation } from './friends-and-family.ts'

test('both ways of knowing it are told', async () => {
  const files = {
    'playbook.yaml': 'evidence: { friendsSources: [Investors] }\n',
    'ledger.csv': 'id,account,source\nD-18,Northwind Bank,Investors\n',
    'reviews/D-18.md': review('D-18', { relationship: 'investor' }),
    'messages/one-invoice.md': approvedMessage('[{ deal: D-18 }]'),
  }
  expect(await findingsIn(friendsAndFamilyCitation, files, { withText: true })).toBe(
    'messages/one-invoice.md:7:20 warn citation/friends-and-family\n' +
      "  `D-18` (Northwind Bank, $1,000, won on 2026-03-10) was bought by people who knew us (the review's `relationship` is `investor` and the ledger's `source` is `Investors`, which `friendsSources` lists). That says nothing about a stranger, so it does not count for “One invoice”. Cite a deal won without such help.",
  )
})
