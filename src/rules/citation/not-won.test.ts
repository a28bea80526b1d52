import { expect, test } from 'vitest'
import { approvedMessage, banks, trialPlay } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { notWonCitation } from './not-won.ts'

const ledger = `id,account,industry,outcome
D-17,Halyard Marine,banking,lost
D-18,Northwind Bank,banking,won
D-19,Southwind Bank,banking,open
D-20,Eastwind Bank,banking,void
`

test('a play is told which won deals would fit', async () => {
  const files = { 'ledger.csv': ledger, 'segments/banks.md': banks, 'plays/finance.md': trialPlay('[{ deal: D-17 }]') }
  expect(await findingsIn(notWonCitation, files, { withText: true })).toBe(
    'plays/finance.md:7:20 error citation/not-won\n' +
      '  `D-17` (Halyard Marine, lost on 2026-03-10) was not won, so it is no evidence for “Land with finance”. Cite a won deal instead. `D-18` (Northwind Bank, $1,000, won on 2026-03-10) would fit.',
  )
})

test('a message has no deals of its own to suggest', async () => {
  const files = {
    'ledger.csv': ledger,
    'segments/banks.md': banks,
    'messages/one-invoice.md': approvedMessage('[{ deal: D-17 }]'),
  }
  expect(await findingsIn(notWonCitation, files, { withText: true })).toBe(
    'messages/one-invoice.md:7:20 error citation/not-won\n' +
      '  `D-17` (Halyard Marine, lost on 2026-03-10) was not won, so it is no evidence for “One invoice”. Cite a won deal instead.',
  )
})

test('an open and a void deal are not won either', async () => {
  const files = { 'ledger.csv': ledger, 'plays/finance.md': trialPlay('[{ deal: D-19 }, { deal: D-20 }]') }
  expect(await findingsIn(notWonCitation, files, { withText: true })).toBe(
    'plays/finance.md:7:20 error citation/not-won\n' +
      '  `D-19` (Southwind Bank, $1,000, open) was not won, so it is no evidence for “Land with finance”. Cite a won deal instead.\n' +
      'plays/finance.md:7:36 error citation/not-won\n' +
      '  `D-20` (Eastwind Bank, $1,000, void) was not won, so it is no evidence for “Land with finance”. Cite a won deal instead.',
  )
})

test('a deal that closed on the day is won on it', async () => {
  const files = {
    'playbook.yaml': 'asOf: 2026-06-30\n',
    'ledger.csv': 'id,closed\nD-18,2026-06-30\nD-19,2026-07-01\n',
    'plays/finance.md': trialPlay('[{ deal: D-18 }, { deal: D-19 }]'),
  }
  expect(await findingsIn(notWonCitation, files)).toBe('plays/finance.md:7:36 error citation/not-won')
})

test('what a title or an account holds is shown shortened', async () => {
  const files = {
    'ledger.csv': `id,account,outcome\nD-17,${'Halyard '.repeat(20)},lost\n`,
    'plays/finance.md': trialPlay('[{ deal: D-17 }]').replace('Land with finance', 'Land '.repeat(40)),
  }
  const text = await findingsIn(notWonCitation, files, { withText: true })
  expect(text.length).toBeLessThan(300)
  expect(text).toContain('…')
})

test('at most three deals are suggested, and none to a message that shares its name with a play', async () => {
  const files = {
    'ledger.csv': `${ledger}D-21,A,banking,won\nD-22,B,banking,won\nD-23,C,banking,won\n`,
    'segments/banks.md': banks,
    'plays/finance.md': trialPlay('[{ deal: D-17 }]'),
    'messages/finance.md': approvedMessage('[{ deal: D-17 }]'),
  }
  const text = await findingsIn(notWonCitation, files, { withText: true })
  expect(text.match(/.*instead\..*/g)?.map((line) => line.match(/`D-\d+`/g)?.length)).toEqual([1, 4])
})
