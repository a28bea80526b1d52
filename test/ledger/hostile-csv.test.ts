/**
 * DuckDB takes much that must be refused. Whatever a file holds, its reader hears the same with DuckDB and without.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReadLedger } from '../../src/ledger/ledger.ts'
import { contentOf, inDuckDb, inMemory, settingsOf } from './engines.ts'

const header = 'id,account,owner,stage,amount,created,closed,size'
const good = 'D-16,Halyard Bank,Jo Park,Won,1200,2026-01-10,2026-02-10,5'
const settings = settingsOf({
  deals: { types: { size: 'number' }, values: { id: { 'D-x': 'D-16' } } },
  currencies: { EUR: 1.08 },
})

/** Everything that a reading says, places included. */
async function said(read: ReadLedger): Promise<unknown> {
  const { engine, problems, leftOut } = read
  return {
    problems,
    leftOut: [...leftOut].sort(),
    content: contentOf(engine),
    places: Array.from({ length: engine?.dealCount ?? 0 }, (_, row) => [
      engine?.deal(row).place,
      engine?.deal(row).idPlace(),
    ]),
    owners: await engine?.owners(),
    nearest: await engine?.nearestIds('D-61'),
  }
}

const files: readonly (readonly [
  what: string,
  through: 'DuckDB' | 'the strict reader',
  content: string | Uint8Array,
])[] = [
  ['two good rows', 'DuckDB', `${header}\n${good}\nD-17,Bramble,,Lost,0,,2026-02-10,\n`],
  ['no line end at the end', 'DuckDB', `${header}\n${good}`],
  ['CR LF', 'DuckDB', `${header}\r\n${good}\r\nD-17,Bramble,,Lost,0,,2026-02-10,\r\n`],
  ['a byte order mark', 'DuckDB', `\ufeff${header}\n${good}\n`],
  ['a header alone', 'DuckDB', `${header}\n`],
  [
    'cells in quotes, with delimiters and line ends in them',
    'DuckDB',
    `${header}\n"D-16","Halyard, ""the"" Bank","Jo\nPark",Won,1200,2026-01-10,2026-02-10,5\nD-17,x,Jo,Won,1,2026-01-10,2026-02-30,5\n`,
  ],
  [
    'CR LF inside a cell',
    'DuckDB',
    `${header}\r\nD-16,"Halyard\r\nBank",Jo,Won,1,2026-01-10,2026-02-10,5\r\nD-17,x,Jo,Wn,1,2026-01-10,2026-02-10,5\r\n`,
  ],
  [
    'amounts, dates and numbers that DuckDB would take',
    'DuckDB',
    `${header}\nD-1,A,J,Won,1e3,2026-01-10,2026-02-10,NaN\nD-2,A,J,Won,1_000,2026-1-2,2026-02-10,inf\nD-3,A,J,Won,1.005,2026-01-10,2026-02-10T00:00:00Z,0x1\nD-4,A,J,Won,"1,200",2026-01-10,infinity, 5\n`,
  ],
  [
    'ids that are no numbers',
    'DuckDB',
    `${header}\n0007,A,J,Won,1,,2026-02-10,\n7,A,J,Won,1,,2026-02-10,\n1e3,A,J,Won,1,,2026-02-10,\n`,
  ],
  [
    'rows with one id',
    'DuckDB',
    `${header}\n${good}\n${good}\nD-17,A,J,Won,1,,2026-02-10,\nD-17,A,J,Won,2,,2026-02-10,\nD-x,A,J,Won,2,,2026-02-10,\n`,
  ],
  [
    'a blank id, an unknown stage, a closed date before the created one',
    'DuckDB',
    `${header}\n,A,J,Won,1,,2026-02-10,\n ,A,J,Won,1,,2026-02-10,\nD-1,A,J,won,1,,2026-02-10,\nD-2,A,J,Lost,1,2026-03-01,2026-02-10,\nD-3,A,J,Won,-1,2026-01-01,,\n`,
  ],
  [
    'words that mean nothing to DuckDB',
    'DuckDB',
    `${header}\nNULL,null,NA,Won,1,,2026-02-10,\n#1,\\N,--,Won,1,,2026-02-10,\n'D-3','A','J',Won,1,,2026-02-10,\n`,
  ],
  ['a blank in quotes, and blanks', 'DuckDB', `${header}\nD-1,"",  ,Won,1,"",2026-02-10,""\n`],
  [
    'texts of 11 to 37 bytes, some of them alike up to a place',
    'DuckDB',
    `${header},note\n${Array.from({ length: 27 }, (_, i) => `D-${'0'.repeat(i)}${i % 10},${'Bänk für 𝄞'.repeat(4).slice(0, 5 + i)},${'J'.repeat(11 + i)},Won,1,,2026-02-10,,${'n'.repeat(11 + i)}`).join('\n')}`,
  ],
  ['a cell of 384 bytes', 'DuckDB', `${header}\n${good}\nD-17,${'B'.repeat(384)},,Lost,0,,2026-02-10,\n`],
  ['a cell of 385 bytes', 'the strict reader', `${header}\n${good}\nD-17,${'B'.repeat(385)},,Lost,0,,2026-02-10,\n`],
  ['a further currency', 'DuckDB', `${header},currency\n${good},EUR\nD-2,A,J,Won,1,,2026-02-10,,GBP\n`],
  ['a blank line', 'the strict reader', `${header}\n${good}\n\nD-17,A,J,Won,1,,2026-02-10,\n`],
  ['blank lines at the end', 'the strict reader', `${header}\n${good}\n\n\n`],
  ['a short row and a long one', 'the strict reader', `${header}\nD-1,A\n${good},more\n`],
  ['a stray quote', 'the strict reader', `${header}\nD-1,Acme 5" pipe,J,Won,1,,2026-02-10,\n${good}\n`],
  ['text after a closing quote', 'the strict reader', `${header}\nD-1,"Acme" pipe,J,Won,1,,2026-02-10,\n${good}\n`],
  ['a quote that is not closed', 'the strict reader', `${header}\nD-1,"Acme,J,Won,1,,2026-02-10,\n${good}\n`],
  ['mixed line ends', 'the strict reader', `${header}\r\n${good}\nD-2,A,J,Won,1,,2026-02-10,\r\n`],
  ['CR alone', 'the strict reader', `${header}\r${good}\r`],
  ['a NUL', 'the strict reader', `${header}\nD-1,A\0B,J,Won,1,,2026-02-10,\n`],
  [
    'a byte that is no UTF-8',
    'the strict reader',
    Uint8Array.from([
      ...new TextEncoder().encode(`${header}\nD-1,A`),
      0xe9,
      ...new TextEncoder().encode(',J,Won,1,,2026-02-10,\n'),
    ]),
  ],
  [
    'UTF-16',
    'the strict reader',
    Uint8Array.from([0xff, 0xfe, ...[...`${header}\n${good}\n`].flatMap((each) => [each.charCodeAt(0), 0])]),
  ],
  ['a missing header', 'the strict reader', 'id,account\nD-1,A\n'],
  ['a header that stands twice', 'the strict reader', `${header},size\n${good},7\n`],
  ['a column without a header', 'the strict reader', `${header},\n${good},7\n`],
  [
    'a header over two lines',
    'the strict reader',
    `"id",account,owner,stage,amount,created,closed,"si\nze"\n${good}\n`,
  ],
  ['nothing', 'the strict reader', ''],
  [
    'a text with the separator of ours',
    'the strict reader',
    `${header}\nD-1\u0001D-2,A,J,Won,1,,2026-02-10,\nD-3,A,J,Won,1,,2026-02-10,\n`,
  ],
]

for (const [what, through, content] of files) {
  test(`${what}: ${through} reads it, and says what memory says`, async () => {
    const read = await inDuckDb(settings, { 'deals.csv': content })
    expect(read === undefined ? 'the strict reader' : 'DuckDB').toBe(through)
    if (read !== undefined) expect(await said(read)).toEqual(await said(inMemory(settings, { 'deals.csv': content })))
  })
}

test('a file of any pieces is read as memory reads it, or left to it', async () => {
  const piece = fc.constantFrom(
    'D-1',
    'D-16',
    'Won',
    'Lost',
    '2026-01-10',
    '2026-02-10',
    '1200',
    '1e3',
    '""',
    '"',
    '"a,b"',
    '"a\nb"',
    ',',
    ',',
    ',',
    '\n',
    '\n',
    '\r\n',
    ' ',
    'é',
    '\ufeff',
    ';',
  )
  const row = fc
    .array(
      fc.constantFrom(
        'D-1',
        'D-2',
        'A',
        'J',
        'Won',
        'Lost',
        '1',
        '2026-01-10',
        '2026-02-10',
        '"x"',
        '"x\ny"',
        '"x""y"',
        '',
      ),
      { minLength: 8, maxLength: 8 },
    )
    .map((cells) => cells.join(','))
  const lines = fc.array(
    fc.oneof(
      { weight: 12, arbitrary: row },
      { weight: 1, arbitrary: fc.array(piece, { maxLength: 12 }).map((all) => all.join('')) },
      { weight: 4, arbitrary: fc.constant(good) },
    ),
    { maxLength: 12 },
  )
  let through = 0
  await fc.assert(
    fc.asyncProperty(lines, fc.constantFrom('\n', '\r\n'), async (all, end) => {
      const content = [header, ...all].join(end)
      const read = await inDuckDb(settings, { 'deals.csv': content })
      if (read === undefined) return
      through++
      expect(await said(read)).toEqual(await said(inMemory(settings, { 'deals.csv': content })))
    }),
    { numRuns: 60 },
  )
  expect(through).toBeGreaterThan(5)
})

test('what nobody asks for is not read, and its name is still known', async () => {
  const content = `${header},note\n${good},hello\n${good.replace('D-16', 'D-17')},again\n${good.replace('D-16', 'D-17')},other\n`
  const read = await inDuckDb(settings, { 'deals.csv': content }, new Set(['industry']))
  const memory = inMemory(settings, { 'deals.csv': content })
  expect(read?.engine?.columns).toEqual(memory.engine?.columns)
  expect(read?.engine?.deal(0).cell('note')).toBeUndefined()
  expect(memory.engine?.deal(0).cell('note')).toBe('hello')
  // Rows that differ in such a cell differ all the same.
  expect(read?.problems).toEqual(memory.problems)
  expect(read?.problems.length).toBe(2)
})
