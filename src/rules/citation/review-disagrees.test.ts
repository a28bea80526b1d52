import { expect, test } from 'vitest'
import { approvedMessage, review, trialPlay } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { reviewDisagreesCitation } from './review-disagrees.ts'

test('all that differs is said once at the citation, and not again at the review', async () => {
  const files = {
    'ledger.csv': 'id,account,amount,competitor\nD-18,Northwind Bank,45000,Bramble\n',
    'competitors/oakline.md': '---\ntitle: Oakline\nledgerName: Oakline Ltd\n---\n',
    'reviews/D-18.md': review('D-18', { more: 'amount: 54000\nclosed: 2026-03-11\ncompetitors: [oakline]' }),
    'plays/finance.md': trialPlay('[{ deal: D-18 }]'),
  }
  expect(await findingsIn(reviewDisagreesCitation, files, { withText: true })).toBe(
    'plays/finance.md:7:20 error citation/review-disagrees\n' +
      '  `playbook/reviews/D-18.md` contradicts the ledger about `D-18` (Northwind Bank, $45,000, won on 2026-03-10): `amount` is $54,000 in the review and $45,000 in the ledger, `closed` is 2026-03-11 in the review and 2026-03-10 in the ledger and `competitors` is `oakline` in the review and `Bramble` in the ledger. The deal does not count for “Land with finance” until both agree: correct the review, or the deal in the CRM.',
  )
})

test('a citation of a lost deal says nothing of the review, so the review says it itself', async () => {
  const files = {
    'ledger.csv': 'id,outcome\nD-17,lost\n',
    'reviews/D-17.md': review('D-17'),
    'plays/finance.md': trialPlay('[{ deal: D-17 }]'),
  }
  expect(await findingsIn(reviewDisagreesCitation, files)).toBe('reviews/D-17.md:3:10 error citation/review-disagrees')
})

test('a citation of a draft says nothing, so the review says it itself', async () => {
  const files = {
    'ledger.csv': 'id,amount\nD-18,45000\n',
    'reviews/D-18.md': review('D-18', { more: 'amount: 54000' }),
    'plays/finance.md': trialPlay('[{ deal: D-18 }]', { status: 'draft' }),
    'messages/one-invoice.md': approvedMessage('[{ deal: D-18 }]', { status: 'retired' }),
  }
  expect(await findingsIn(reviewDisagreesCitation, files)).toBe('reviews/D-18.md:9:9 error citation/review-disagrees')
})

test('a deal that was still open on the day was not won', async () => {
  const files = {
    'playbook.yaml': 'asOf: 2026-06-30\n',
    'ledger.csv': 'id,account,closed\nD-18,Northwind Bank,2026-07-01\n',
    'reviews/D-18.md': review('D-18'),
  }
  expect(await findingsIn(reviewDisagreesCitation, files, { withText: true })).toBe(
    'reviews/D-18.md:3:10 error citation/review-disagrees\n' +
      '  This review of `D-18` (Northwind Bank, $1,000, still open on 2026-06-30) contradicts the ledger: `outcome` is `won` in the review and still open on 2026-06-30 in the ledger. Correct the review; if the ledger is wrong, correct the deal in the CRM and export again.',
  )
})

test('what the ledger leaves blank contradicts nothing, and a lost deal of 0 is blank', async () => {
  const files = {
    'ledger.csv': 'id,outcome,amount,competitor\nD-17,lost,0,\nD-18,won,,\n',
    'competitors/bramble.md': '---\ntitle: Bramble\n---\n',
    'reviews/D-17.md': review('D-17', { outcome: 'lost', more: 'amount: 5000\ncompetitors: [bramble]' }),
    'reviews/D-18.md': review('D-18', { more: 'amount: 5000' }),
  }
  expect(await findingsIn(reviewDisagreesCitation, files)).toBe('')
})

test('cents are compared as cents', async () => {
  const files = {
    'ledger.csv': 'id,amount\nD-18,1234.50\nD-19,1234.50\n',
    'reviews/D-18.md': review('D-18', { more: 'amount: 1234.5' }),
    'reviews/D-19.md': review('D-19', { more: 'amount: 1234.51' }),
  }
  expect(await findingsIn(reviewDisagreesCitation, files)).toBe('reviews/D-19.md:9:9 error citation/review-disagrees')
})

test('one of several competitors is enough, and one without a `ledgerName` may be the one', async () => {
  const files = {
    'ledger.csv': 'id,competitor\nD-18,Bramble Inc.\nD-19,Bramble Inc.\n',
    'competitors/bramble.md': '---\ntitle: Bramble\nledgerName: Bramble Inc.\n---\n',
    'competitors/oakline.md': '---\ntitle: Oakline\nledgerName: Oakline Ltd\n---\n',
    'competitors/newcomer.md': '---\ntitle: Newcomer\n---\n',
    'reviews/D-18.md': review('D-18', { more: 'competitors: [oakline, bramble]' }),
    'reviews/D-19.md': review('D-19', { more: 'competitors: [oakline, newcomer]' }),
  }
  expect(await findingsIn(reviewDisagreesCitation, files)).toBe('')
})

test('a second review of one deal is not heard', async () => {
  const files = {
    'ledger.csv': 'id,amount\nD-18,45000\n',
    'reviews/D-18.md': review('D-18', { more: 'amount: 45000' }),
    'reviews/again.md': review('D-18', { more: 'amount: 54000' }),
  }
  expect(await findingsIn(reviewDisagreesCitation, files)).toBe('')
})

test('a deal that closed on the day was won on it', async () => {
  const files = {
    'playbook.yaml': 'asOf: 2026-06-30\n',
    'ledger.csv': 'id,closed\nD-18,2026-06-30\n',
    'reviews/D-18.md': review('D-18'),
  }
  expect(await findingsIn(reviewDisagreesCitation, files)).toBe('')
})
