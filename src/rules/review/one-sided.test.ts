import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { oneSidedReview } from './one-sided.ts'

const review = (reviewers: string) => `---\ndeal: D-18\noutcome: won\n${reviewers}\n---\n`
const person = (role: string) => `---\nname: x\nrole: ${role}\n---\n`
const team = { 'people/jo.md': person('rep'), 'people/mia.md': person('marketing') }

test('one person on both sides is said once, with what to do', async () => {
  const files = { ...team, 'reviews/D-18.md': review('reviewers: { sales: jo, marketing: jo }') }
  expect(await findingsIn(oneSidedReview, files, { withText: true })).toBe(
    'reviews/D-18.md:4:12 error review/one-sided\n' +
      "  The review of `D-18` is not signed by one person of sales and one of marketing, so it is one side's story. `jo` stands for both: name somebody else for one of the two.",
  )
})

test('an empty group is signed by nobody, a missing one is a missing field', async () => {
  const empty = { ...team, 'reviews/D-18.md': review('reviewers: {}') }
  expect(await findingsIn(oneSidedReview, empty, { withText: true })).toContain('Add `sales: <person>` to `reviewers`')
  expect(await findingsIn(oneSidedReview, { ...team, 'reviews/D-18.md': review('date: 2026-04-02') })).toBe('')
})

test('somebody nobody knows is left to reference/unknown', async () => {
  const files = { ...team, 'reviews/D-18.md': review('reviewers: { sales: nobody, marketing: mia }') }
  expect(await findingsIn(oneSidedReview, files)).toBe('')
})

test('the story of a lost deal needs both as well', async () => {
  const lost = review('reviewers: { marketing: mia }').replace('won', 'lost')
  expect(await findingsIn(oneSidedReview, { ...team, 'reviews/D-18.md': lost })).toBe(
    'reviews/D-18.md:4:12 error review/one-sided',
  )
})
