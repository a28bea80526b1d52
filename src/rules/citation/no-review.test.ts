import { expect, test } from 'vitest'
import { review, trialPlay } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { noReviewCitation } from './no-review.ts'

test('the command it gives can be pasted, whatever the id', async () => {
  const files = { 'ledger.csv': "id\nJo's 18\n", 'plays/finance.md': trialPlay('[{ deal: "Jo\'s 18" }]') }
  expect(await findingsIn(noReviewCitation, files, { withText: true })).toBe(
    'plays/finance.md:7:20 warn citation/no-review\n' +
      "  No review tells why `Jo's 18` (Account of Jo's 18, $1,000, won on 2026-03-10) was won, so it does not count for “Land with finance” yet. Write one with `playproof new review 'Jo'\\''s 18'`; one person of sales and one of marketing sign it.",
  )
})

test('a review that cannot be read is there: what is wrong with it is said at the review', async () => {
  const files = { 'ledger.csv': 'id\nD-18\n', 'plays/finance.md': trialPlay('[{ deal: D-18 }]') }
  expect(await findingsIn(noReviewCitation, { ...files, 'reviews/D-18.md': '---\ndeal: [D-18\n---\n' })).toBe('')
  expect(await findingsIn(noReviewCitation, { ...files, 'reviews/D-18.md': review('D-19') })).toBe(
    'plays/finance.md:7:20 warn citation/no-review',
  )
})
