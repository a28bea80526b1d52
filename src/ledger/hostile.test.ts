import { expect, test } from 'vitest'
import { dealsIn, ledgerOf, problemsIn } from './fixtures/ledger-of.ts'

/** Twenty lines with everything that has gone wrong in an export, with line ends of two kinds. */
const hostile = [
  '\ufeffid,account,owner,stage,amount,created,closed\r\n',
  'D-16,Halyard Bank,Jo Park,Won,1200.00,2026-01-10,2026-02-10\n',
  'D-17,Halyard Bank,Jo Park,Lost,0,2026-01-10,2026-02-30\r\n',
  'D-18,Halyard Bank,Jo Park,Won,"$1,200.00",2026-01-10,2026-02-10\n',
  'D-19,Halyard Bank,Jo Park,Won,"1.200,00",2026-01-10,2026-02-10\r\n',
  'D-20,Halyard Bank,Jo Park\n',
  'D-21,Halyard, Bank,Jo Park,Won,5,2026-01-10,2026-02-10\n',
  'D-22,"Halyard\nBank",Jo Park,Won,5,2026-01-10,2026-02-10\r\n',
  'D-24,Halyard Bank,Jo Park,Won,5,2026-01-10,2026-02-10\n',
  'D-25,Halyard Bank,Jo Park,Won,free,2026-13-01,2026-02-10\n',
  'D-26,"Halyard" Bank,Jo Park,Won,5,2026-01-10,2026-02-10\n',
  ',Halyard Bank,Jo Park,Won,5,2026-01-10,2026-02-10\n',
  'D-28,Halyard Bank,Jo Park,Won,5,2026-01-10,03/04/2026\n',
  'D-29,Halyard Bank,Jo Park,Won,NaN,2026-01-10,2026-02-10\r\n',
  'D-30,Halyard Bank,Jo Park,Won,-5,2026-01-10,2026-02-10\n',
  'D-31,Halyard Bank,Jo Park,Won,5,2026-02-10,2026-01-10\n',
  'D-32,Halyard Bank,Jo Park,closed won,5,2026-01-10,2026-02-10\n',
  'D-33,"Halyard Bank,Jo Park,Won,5,2026-01-10,2026-02-10\n',
  'D-24,Halyard Bank,Jo Park,Won,6,2026-01-10,2026-02-10',
].join('')

test('each fault of a hostile file is told at its line and column, and what is in order is used', async () => {
  const read = ledgerOf({ deals: hostile })
  const again = 'Correct it in the CRM and export the ledger again.'
  const noDay = `which is no day written as \`YYYY-MM-DD\`. ${again} If the whole column is written another way, declare that as \`dates\`.`
  const noAmount = `which is no amount such as \`1200.50\`: digits, at most one \`.\`, no currency sign and no grouping. ${again} If the whole column has another decimal sign, declare that as \`decimal\`.`
  expect(problemsIn(read)).toEqual([
    `deals.csv:3:45-55 (D-17) \`closed\` is \`2026-02-30\`, ${noDay}`,
    `deals.csv:4:31-42 (D-18) \`amount\` is \`$1,200.00\`, ${noAmount}`,
    `deals.csv:5:31-41 (D-19) \`amount\` is \`1.200,00\`, ${noAmount}`,
    'deals.csv:6:1-26 (D-20) This row has 3 cells and the header has 7, so nobody can tell which is missing. Export the ledger again, or complete the row.',
    'deals.csv:7:1-55 (D-21) This row has 8 cells and the header has 7. Put a cell that contains `,` in double quotes, or export the ledger again.',
    'deals.csv:10:1-5 (D-24) `D-24` is also in line 20, and the rows differ, so none of them is used. Keep the right one.',
    `deals.csv:11:31-35 (D-25) \`amount\` is \`free\`, ${noAmount}`,
    `deals.csv:11:36-46 (D-25) \`created\` is \`2026-13-01\`, ${noDay}`,
    'deals.csv:12:6-20 (D-26) `account` goes on after its closing double quote. Write a double quote that belongs to the value twice (`"Acme 5"" pipe"`).',
    `deals.csv:13:1-1 \`id\` is blank, so nothing can cite this row. ${again}`,
    `deals.csv:14:44-54 (D-28) \`closed\` is \`03/04/2026\`, ${noDay}`,
    `deals.csv:15:31-34 (D-29) \`amount\` is \`NaN\`, ${noAmount}`,
    `deals.csv:16:31-33 (D-30) \`amount\` is \`-5\`; the amount of a deal is not negative. ${again}`,
    `deals.csv:17:44-54 (D-31) \`closed\` is 2026-01-10, before \`created\`, which is 2026-02-10. ${again}`,
    'deals.csv:18:27-37 (D-32) `stage` is `closed won`, and nothing says whether that is won, lost, open or void. Name the stage in `ledger.deals.outcomes` of playbook.yaml, or correct it in the CRM and export the ledger again.',
    'deals.csv:19:6-55 (D-33) `account` begins with a double quote that is not closed. Close it, or double it if it belongs to the value (`""` inside a cell in quotes).',
    'deals.csv:20:1-5 (D-24) `D-24` is also in line 10, and the rows differ, so none of them is used. Keep the right one.',
  ])
  const used = await dealsIn(read.engine)
  expect(used?.map(({ id, account, place }) => [id, account, place.line])).toEqual([
    ['D-16', 'Halyard Bank', 2],
    ['D-22', 'Halyard\nBank', 8],
  ])
  expect([...read.leftOut.keys()].sort()).toEqual([
    'D-17',
    'D-18',
    'D-19',
    'D-20',
    'D-21',
    'D-24',
    'D-25',
    'D-26',
    'D-28',
    'D-29',
    'D-30',
    'D-31',
    'D-32',
    'D-33',
  ])
})

test('in a file of another encoding each row with such a letter is told, and the others are read', async () => {
  const latin = Uint8Array.from(
    [
      ...'id,account,owner,stage,amount,created,closed\nD-17,Société,Jo Park,Lost,0,,2026-02-10\nD-18,Bramble,Jo Park,Won,5,,2026-02-10\nD-19,Bramble,José,Won,5,,2026-02-10\n',
    ].map((letter) => letter.charCodeAt(0)),
  )
  const read = ledgerOf({ deals: latin })
  expect(problemsIn(read)).toEqual([
    'deals.csv:2:6-13 (D-17) `account` holds the byte 0xe9, which is not UTF-8. Export the ledger again as UTF-8, or save the file with that encoding.',
    'deals.csv:4:14-18 (D-19) `owner` holds the byte 0xe9, which is not UTF-8. Export the ledger again as UTF-8, or save the file with that encoding.',
  ])
  expect(read.engine?.dealCount).toBe(1)
})
