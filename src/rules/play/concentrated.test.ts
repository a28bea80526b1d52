import { expect, test } from 'vitest'
import { banks, trialPlay } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { concentratedPlay } from './concentrated.ts'

const ledger = `id,industry,account,owner,territory,amount
D-18,banking,Northwind Bank,Jo Park,East,9000
D-19,banking,Southwind Bank,Ann Lee,East,1000
D-20,banking,Eastwind Bank,Ann Lee,West,1000
D-21,banking,Westwind Bank,Ann Lee,West,1000
D-22,banking,Midwind Bank,Ann Lee,West,1000
`
const files = { 'ledger.csv': ledger, 'segments/banks.md': banks, 'plays/finance.md': trialPlay('[{ deal: D-18 }]') }

test('one huge deal gives one finding that names all it carries, the seller as the person', async () => {
  const people = { 'people/jo.md': '---\nname: Jo Park\nrole: rep\nledgerName: Jo Park\n---\n' }
  expect(await findingsIn(concentratedPlay, { ...files, ...people }, { withText: true })).toBe(
    'plays/finance.md:2:8 warn play/concentrated\n' +
      '  In the record of “Land with finance”, the account `Northwind Bank` carries 69.2%, the seller `jo` carries 69.2% and the territory `East` carries 76.9% of the won amount; more than 50% is a risk. Win it with other accounts, sellers and territories before you rely on it, or narrow `match` to where it works.',
  )
})

test('a territory that `match` fixes is not asked', async () => {
  const ofEast = trialPlay('[{ deal: D-18 }]', { more: 'match: { territory: East }' })
  const five = `${ledger}D-23,banking,A,Ann Lee,East,5000\nD-24,banking,B,Ann Lee,East,5000\nD-25,banking,C,Mo Day,East,1000\n`
  expect(
    await findingsIn(
      concentratedPlay,
      { ...files, 'ledger.csv': five, 'plays/finance.md': ofEast },
      { withText: true },
    ),
  ).toBe(
    'plays/finance.md:2:8 warn play/concentrated\n' +
      '  In the record of “Land with finance”, the seller `Ann Lee` carries 52.4% of the won amount; more than 50% is a risk. Win it with other sellers before you rely on it, or narrow `match` to where it works.',
  )
})

test('a play that cites no deal is left to play/unbacked', async () => {
  expect(await findingsIn(concentratedPlay, { ...files, 'plays/finance.md': trialPlay('[]') })).toBe('')
})

test('four wins are too few to be carried', async () => {
  expect(await findingsIn(concentratedPlay, { ...files, 'ledger.csv': ledger.replace(/D-22.*\n/, '') })).toBe('')
})
