import { expect, test } from 'vitest'
import { review, trialPlay } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { sameAccountCitation } from './same-account.ts'

test('two accounts of one parent are one account', async () => {
  const files = {
    'ledger.csv': 'id,account,parent\nD-18,Northwind Leasing,Northwind Bank\nD-19,Northwind Bank,\n',
    'reviews/D-18.md': review('D-18'),
    'reviews/D-19.md': review('D-19'),
    'plays/finance.md': trialPlay('[{ deal: D-18 }, { deal: D-19 }]'),
  }
  expect(await findingsIn(sameAccountCitation, files, { withText: true })).toBe(
    'plays/finance.md:7:36 warn citation/same-account\n' +
      '  `D-19` (Northwind Bank, $1,000, won on 2026-03-10) is of the same account as `D-18` (both belong to Northwind Bank), which “Land with finance” cites already, and an account counts once. Cite a deal of another account.',
  )
})

test('a deal cited twice is one account twice', async () => {
  const files = {
    'ledger.csv': 'id\nD-18\n',
    'reviews/D-18.md': review('D-18'),
    'plays/finance.md': trialPlay('[{ deal: D-18 }, { deal: D-18 }]'),
  }
  expect(await findingsIn(sameAccountCitation, files)).toBe('plays/finance.md:7:36 warn citation/same-account')
})

test('two blank accounts are not the same', async () => {
  const files = {
    'ledger.csv': 'id,account\nD-18,\nD-19,\n',
    'reviews/D-18.md': review('D-18'),
    'reviews/D-19.md': review('D-19'),
    'plays/finance.md': trialPlay('[{ deal: D-18 }, { deal: D-19 }]'),
  }
  expect(await findingsIn(sameAccountCitation, files)).toBe('')
})

test('the citation that counts is named, not one before it that does not', async () => {
  const files = {
    'ledger.csv': 'id,account\nD-17,Northwind Bank\nD-18,Northwind Bank\nD-19,Northwind Bank\n',
    'reviews/D-17.md': review('D-17', { relationship: 'friend' }),
    'reviews/D-18.md': review('D-18'),
    'reviews/D-19.md': review('D-19'),
    'plays/finance.md': trialPlay('[{ deal: D-17 }, { deal: D-18 }, { deal: D-19 }]'),
  }
  expect(await findingsIn(sameAccountCitation, files, { withText: true })).toBe(
    'plays/finance.md:7:52 warn citation/same-account\n' +
      '  `D-19` (Northwind Bank, $1,000, won on 2026-03-10) is of the same account as `D-18`, which “Land with finance” cites already, and an account counts once. Cite a deal of another account.',
  )
})
