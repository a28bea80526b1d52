import { expect, test } from 'vitest'
import { banks } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { founderSellingSeat } from './founder-selling.ts'

const person = (role: string, name: string) => `---\nname: ${name}\nrole: ${role}\nledgerName: ${name}\n---\n`
const market = (seats = '') =>
  `---\ntitle: Banks\nsegment: banks\nterritory: {}\nstage: building\nsince: 2026-01-01\n${seats}---\n`
const files = {
  'segments/banks.md': banks,
  'people/ada.md': person('founder', 'Ada Quill'),
  'people/eve.md': person('founder', 'Eve Hall'),
  'people/kim.md': person('executive', 'Kim West'),
  'markets/m.md': market('seats: { learning: mia, selling: kim }\n'),
}
const ledger = (...rows: string[]) =>
  `id,owner,outcome,closed,industry,created\n${rows.map((row) => `${row},banking,2024-01-10\n`).join('')}`

test('the hint counts the wins and names the founders', async () => {
  const all = { ...files, 'ledger.csv': ledger('D-18,Ada Quill,won,2026-03-10', 'D-19,Eve Hall,won,2026-04-10') }
  expect(await findingsIn(founderSellingSeat, all, { withText: true })).toBe(
    'markets/m.md:7:34 hint seat/founder-selling\n' +
      '  “Banks” is in `building`, but all 2 wins since 2024-06-30 were made by Ada Quill and Eve Hall. Let a rep win the next ones with the founder beside; if none can, the market is still in `validation`.',
  )
})

test('an executive, and somebody nobody knows, are no founders', async () => {
  for (const owner of ['Kim West', 'Nobody', '']) {
    const all = { ...files, 'ledger.csv': ledger('D-18,Ada Quill,won,2026-03-10', `D-19,${owner},won,2026-04-10`) }
    expect(await findingsIn(founderSellingSeat, all)).toBe('')
  }
})

test('only recent wins are asked', async () => {
  const others = 'D-17,Nobody,won,2024-06-29'
  const all = { ...files, 'ledger.csv': ledger(others, 'D-18,Ada Quill,won,2024-06-30') }
  expect(await findingsIn(founderSellingSeat, all)).toBe('markets/m.md:7:34 hint seat/founder-selling')
  expect(
    await findingsIn(founderSellingSeat, { ...files, 'ledger.csv': ledger('D-18,Ada Quill,won,2024-06-29') }),
  ).toBe('')
})
