import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { namingLeak } from './leak.ts'

const ledger = 'id,account\nD-17,Halyard Bank\nD-18,Halyard Bank\n'
const review = (deal: string, date: string, naming: string) =>
  `---\ndeal: ${deal}\ndate: ${date}\n${naming === '' ? '' : `naming: ${naming}\n`}---\n`
const page = '---\ntitle: As run at Halyard Bank\nvisibility: partner\n---\n'

const found = 'plays/finance.md:2:18 error naming/leak'

test.each([
  ['the latest review of the account decides, whichever deal it is of', '2026-01-05', 'public', ''],
  ['a permission that a later review does not repeat is gone', '2026-01-01', 'public', found],
  ['of two reviews of one day the stricter holds', '2026-01-03', 'partner', found],
])('%s', async (_title, date, naming, expected) => {
  const files = {
    'ledger.csv': ledger,
    'reviews/D-17.md': review('D-17', date, naming),
    'reviews/D-18.md': review('D-18', '2026-01-03', ''),
    'plays/finance.md': page,
  }
  expect(await findingsIn(namingLeak, files)).toBe(expected)
})

test('the parent of an account is a customer as well', async () => {
  const files = {
    'ledger.csv': 'id,account,parent\nD-17,Halyard East,Halyard Holdings\n',
    'plays/finance.md': '---\ntitle: As at Halyard Holdings\nvisibility: partner\n---\n',
  }
  expect(await findingsIn(namingLeak, files, { withText: true })).toBe(
    'plays/finance.md:2:14 error naming/leak\n' +
      "  This page names `Halyard Holdings`, and partners may read it, but `Halyard Holdings` allowed only us to name it. Say what kind of customer it is instead; ask the customer and set `naming: partner` in the account's latest review; or take `visibility: partner` off this page.",
  )
})

test('a draft is told as well, because it will be read once it is none', async () => {
  const files = { 'ledger.csv': ledger, 'plays/finance.md': page.replace('---\n', '---\nstatus: draft\n') }
  expect(await findingsIn(namingLeak, files)).toBe('plays/finance.md:3:18 error naming/leak')
})

test('an ordinary word is a name where it is written as one', async () => {
  const files = {
    'ledger.csv': 'id,account\nD-17,Target\n',
    'plays/finance.md': '---\ntitle: x\nvisibility: partner\n---\nThe target is small. Target it. We won Target.\n',
  }
  expect(await findingsIn(namingLeak, files)).toBe('plays/finance.md:5:40 error naming/leak')
})
