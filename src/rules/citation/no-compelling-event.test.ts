import { expect, test } from 'vitest'
import { review, trialPlay } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { noCompellingEventCitation } from './no-compelling-event.ts'

test('blanks are no event, and a review that leaves the field out is left to field/missing', async () => {
  const files = { 'ledger.csv': 'id\nD-18\n', 'plays/finance.md': trialPlay('[{ deal: D-18 }]') }
  const blank = review('D-18', { event: '"  "' })
  expect(await findingsIn(noCompellingEventCitation, { ...files, 'reviews/D-18.md': blank })).toBe(
    'plays/finance.md:7:20 warn citation/no-compelling-event',
  )
  const leftOut = review('D-18').replace(/compellingEvent.*\n/, '')
  expect(await findingsIn(noCompellingEventCitation, { ...files, 'reviews/D-18.md': leftOut })).toBe('')
})
