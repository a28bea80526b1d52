import { expect, test } from 'vitest'
import { banks } from '../../testing/example-pages.ts'
import { check, findingsIn } from '../../testing/findings-in.ts'
import { flipFlopSeat } from './flip-flop.ts'

const person = (role: string, name: string) => `---\nname: ${name}\nrole: ${role}\nledgerName: ${name}\n---\n`
const market = (fields: string) => `---\ntitle: Banks\nsegment: banks\nterritory: {}\n${fields}\n---\n`
const validation = 'stage: validation\nsince: 2026-01-01\nseats: { learning: mia, selling: ada }'
const files = {
  'ledger.csv': 'id,industry\nD-1,retail\n',
  'segments/banks.md': banks,
  'people/ada.md': person('founder', 'Ada Quill'),
  'people/jo.md': person('rep', 'Jo Park'),
  'people/lee.md': person('rep', 'Lee Hart'),
  'people/mia.md': person('marketing', 'Mia Sand'),
}
const ledger = (...rows: string[]) =>
  `id,owner,outcome,created,closed,industry\n${rows.map((row) => `${row},banking\n`).join('')}`

test('one finding for each rep, with the deals and who sells instead', async () => {
  const all = {
    ...files,
    'ledger.csv': ledger(
      'D-18,Jo Park,won,2026-01-10,2026-03-10',
      'D-19,Jo Park,open,2026-01-10,',
      'D-20,Jo Park,lost,2025-12-31,2026-03-10',
      'D-21,Ada Quill,won,2026-01-10,2026-03-10',
      'D-22,Lee Hart,won,2026-01-10,2026-03-10',
    ),
    'markets/m.md': market(`${validation}\nreps: [lee]`),
  }
  expect(await findingsIn(flipFlopSeat, all, { withText: true })).toBe(
    'markets/m.md:5:8 warn seat/flip-flop\n' +
      '  Jo Park took up 2 deals (1 won, 1 open) in “Banks” while the market was still being learned. What a rep sells early is good money and teaches nothing that others could repeat. Until its first play is repeatable, Ada Quill sells there: hand such a deal over and join the call.\n' +
      'markets/m.md:8:8 warn seat/flip-flop\n' +
      '  Lee Hart is placed in “Banks”, which is still in `validation`, and took up 1 deal (1 won) there. What a rep sells early is good money and teaches nothing that others could repeat. Until its first play is repeatable, Ada Quill sells there: hand such a deal over and join the call, and take the rep out of the market.',
  )
  const { findings } = await check(all, [flipFlopSeat])
  expect(findings.map(({ related }) => related.map(({ range }) => range.start.line))).toEqual([[2, 3], [6]])
})

test('a rep in the selling seat is placed there', async () => {
  const seats = 'stage: discovery\nsince: 2026-01-01\nseats: { learning: mia, selling: jo }'
  expect(await findingsIn(flipFlopSeat, { ...files, 'markets/m.md': market(seats) })).toBe(
    'markets/m.md:7:34 warn seat/flip-flop',
  )
})

test('deals are judged by the stage on the day they were created, whatever the market is now', async () => {
  const fields = 'stage: creation\nsince: 2026-02-01\nreps: [jo]\nhistory: [{ stage: validation, on: 2025-06-01 }]'
  const of = (created: string) =>
    findingsIn(flipFlopSeat, {
      ...files,
      'ledger.csv': ledger(`D-18,Jo Park,won,${created},2026-05-10`),
      'markets/m.md': market(fields),
    })
  expect(await of('2026-02-01')).toBe('')
  expect(await of('2026-01-31')).toBe('markets/m.md:7:8 warn seat/flip-flop')
  expect(await of('2025-05-31')).toBe('')
})

test('what was created before the record looks back is forgiven', async () => {
  const fields = 'stage: creation\nsince: 2026-02-01\nhistory: [{ stage: validation, on: 2020-06-01 }]'
  const ledgerOf = (created: string) => ledger(`D-18,Jo Park,won,${created},2026-05-10`)
  const of = (created: string) =>
    findingsIn(flipFlopSeat, { ...files, 'ledger.csv': ledgerOf(created), 'markets/m.md': market(fields) })
  expect(await of('2024-06-29')).toBe('')
  expect(await of('2024-06-30')).toBe('markets/m.md:5:8 warn seat/flip-flop')
})

test('a seller nobody knows and a sales lead are no reps', async () => {
  const all = {
    ...files,
    'people/kim.md': person('sales-lead', 'Kim West'),
    'ledger.csv': ledger('D-18,Nobody,won,2026-01-10,2026-03-10', 'D-19,Kim West,won,2026-01-10,2026-03-10'),
    'markets/m.md': market(validation),
  }
  expect(await findingsIn(flipFlopSeat, all)).toBe('')
})

test('a step back inside the history is told there, and one that lies ahead is not', async () => {
  const fields =
    'stage: validation\nsince: 2026-08-01\nhistory:\n  - { stage: creation, on: 2025-01-01 }\n  - { stage: discovery, on: 2025-06-01 }\n  - { stage: creation, on: 2026-01-01 }'
  expect(await findingsIn(flipFlopSeat, { ...files, 'markets/m.md': market(fields) }, { withText: true })).toBe(
    'markets/m.md:9:14 warn seat/flip-flop\n' +
      '  On 2025-06-01 “Banks” went back from `creation` to `discovery`, and nobody says why. To go back is no shame, but the next market should know the reason: write it as `{ stage: discovery, on: 2025-06-01, why: … }` under `history`.',
  )
})
