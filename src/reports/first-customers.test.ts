import { expect, test } from 'vitest'
import { firstCustomersReport } from './first-customers.ts'
import { halyard, ledgerOf, won } from './testing/halyard.ts'
import { reportOf } from './testing/report-of.ts'

const story = `---
deal: C-1
outcome: won
compellingEvent: ""
relationship: existing-customer
plays: [audit]
reviewers: { sales: jo, marketing: mia }
date: 2025-11-20
---
## What happened

They called.

## What  we learned

Ask for the [freeze](../plays/audit.md) date
first.

- Then wait.
`

test('the first customers are told in the order they were won, with the story or whose work it is', async () => {
  const files = {
    ...halyard,
    'reviews/C-1.md': story,
    'ledger.csv': ledgerOf(
      won('B-1', '', '2025-11-10').replace(',Jo,', ',Zoe,'),
      won('A-9', '10', '2025-12-01').replace('Account of A-9', 'Acme'),
      won('A-1', '70', '2025-11-01', ',retail,,Renewal'),
    ),
  }
  const { value, sheet } = await reportOf(firstCustomersReport, files)
  const review = {
    page: 'reviews/C-2',
    compellingEvent: 'The audit was due on 1 May.',
    relationship: 'none',
    plays: ['audit'],
    learned: null,
    sales: 'jo',
    marketing: 'mia',
  }
  expect(value).toEqual({
    version: 1,
    asOf: '2026-03-31',
    most: 20,
    customers: [
      {
        order: 1,
        deal: 'B-1',
        account: 'Account of B-1',
        group: 'Account of B-1',
        owner: 'Zoe',
        closed: '2025-11-10',
        amount: null,
        segments: ['banks'],
        review: null,
      },
      {
        order: 2,
        deal: 'C-1',
        account: 'Acme',
        group: 'Acme',
        owner: 'jo',
        closed: '2025-11-10',
        amount: 100,
        segments: ['banks'],
        review: {
          ...review,
          page: 'reviews/C-1',
          compellingEvent: '',
          relationship: 'existing-customer',
          learned: 'Ask for the freeze date first. - Then wait.',
        },
      },
      {
        order: 3,
        deal: 'C-2',
        account: 'Borg',
        group: 'Borg',
        owner: 'kim',
        closed: '2025-11-20',
        amount: 100,
        segments: ['banks'],
        review,
      },
      {
        order: 4,
        deal: 'C-3',
        account: 'Cray',
        group: 'Cray',
        owner: 'kim',
        closed: '2025-11-30',
        amount: 100,
        segments: ['banks'],
        review: { ...review, page: 'reviews/C-3' },
      },
    ],
  })
  expect(sheet.lines[1]).toBe(
    '1 of 4 has no review yet. `playproof new review <deal>` fills in what the ledger knows; whoever sold the deal writes the story with marketing.',
  )
  expect(sheet.tables[0]?.rows.slice(0, 2).map((row) => row.slice(7))).toEqual([
    ['no review: Zoe writes it', null, null, [], null, []],
    [
      'reviews/C-1',
      'there was none',
      'existing-customer',
      ['audit'],
      'Ask for the freeze date first. - Then wait.',
      ['jo', 'mia'],
    ],
  ])
})

test('as many are listed as playbook.yaml asks for', async () => {
  const files = { ...halyard, 'playbook.yaml': 'asOf: 2026-03-31\nevidence: { firstCustomers: 2 }\n' }
  const { value } = await reportOf(firstCustomersReport, files)
  expect(value).toMatchObject({ most: 2, customers: [{ deal: 'C-1' }, { deal: 'C-2' }] })
})
