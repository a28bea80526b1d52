import { expect, test } from 'vitest'
import { approvedMessage, banks, review, trialPlay } from '../../testing/example-pages.ts'
import { check, findingsIn } from '../../testing/findings-in.ts'
import { unknownDealCitation } from './unknown-deal.ts'

test('each near id is offered with its facts, and as a fix', async () => {
  const files = {
    'ledger.csv': 'id,account,outcome,amount\nD-17,Halyard Marine,lost,0\nD-18,Northwind Bank,won,1234.5\n',
    'plays/finance.md': trialPlay('[{ deal: "D-1B" }]'),
  }
  expect(await findingsIn(unknownDealCitation, files, { withText: true })).toBe(
    'plays/finance.md:7:20 error citation/unknown-deal\n' +
      '  The ledger has no deal `D-1B`, so it proves nothing for “Land with finance”. Did you mean `D-18` (Northwind Bank, $1,234.50, won on 2026-03-10) or `D-17` (not won)?',
  )
  const { findings } = await check(files, [unknownDealCitation])
  expect(findings[0]?.fixes.map(({ title, edits }) => [title, edits[0]?.newText])).toEqual([
    ['Cite `D-18`', 'D-18'],
    ['Cite `D-17`', 'D-17'],
  ])
})

test('a fix puts an id in quotes where YAML would read it as something else', async () => {
  const files = { 'ledger.csv': 'id\ntrue: 18\n', 'plays/finance.md': trialPlay('[{ deal: "true: 19" }]') }
  const { findings } = await check(files, [unknownDealCitation])
  expect(findings[0]?.fixes[0]?.edits[0]?.newText).toBe('"true: 18"')
})

test('where no id is near, deals that would fit are named', async () => {
  const files = {
    'ledger.csv': 'id,account,industry\nD-18,Northwind Bank,banking\n',
    'segments/banks.md': banks,
    'reviews/D-18.md': review('D-18'),
    'plays/finance.md': trialPlay('[{ deal: the first bank }]'),
  }
  expect(await findingsIn(unknownDealCitation, files, { withText: true })).toBe(
    'plays/finance.md:7:20 error citation/unknown-deal\n' +
      "  The ledger has no deal `the first bank`, so it proves nothing for “Land with finance”. Write the deal's id as the CRM has it, or cite another deal. `D-18` (Northwind Bank, $1,000, won on 2026-03-10) would fit.",
  )
})

test('a row that could not be read is named with its line, and nothing is offered in its place', async () => {
  const files = {
    'ledger.csv': 'id,amount\nD-17,1000\nD-18,about 1000\n',
    'messages/one-invoice.md': approvedMessage('[{ deal: D-18 }]'),
  }
  expect(await findingsIn(unknownDealCitation, files, { withText: true })).toBe(
    'messages/one-invoice.md:7:20 error citation/unknown-deal\n' +
      "  The ledger's row of `D-18` (`playbook/ledger.csv`, line 3) could not be read, so it proves nothing for “One invoice”. Put that row right in the CRM and export again, or cite another deal.",
  )
  const { findings } = await check(files, [unknownDealCitation])
  expect(findings[0]?.fixes).toEqual([])
  expect(findings[0]?.related.map(({ file, range }) => `${file}:${range.start.line}`)).toEqual([
    'playbook/ledger.csv:3',
  ])
})

test('a deal created after the day does not exist on that day', async () => {
  const files = {
    'playbook.yaml': 'asOf: 2026-06-30\n',
    'ledger.csv': 'id,created,closed\nD-18,2026-07-01,2026-07-02\nD-19,2026-06-30,2026-06-30\n',
    'plays/finance.md': trialPlay('[{ deal: D-18 }, { deal: D-19 }]'),
  }
  expect(await findingsIn(unknownDealCitation, files, { withText: true })).toBe(
    'plays/finance.md:7:20 error citation/unknown-deal\n' +
      '  `D-18` was created on 2026-07-01, after 2026-06-30, the day this playbook is judged on, so it proves nothing for “Land with finance” yet. Cite a deal that was won by then.',
  )
})
