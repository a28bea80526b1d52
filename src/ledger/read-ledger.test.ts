import { expect, test } from 'vitest'
import {
  dealsIn,
  engineOf,
  good,
  header,
  ledgerOf,
  matching,
  placesIn,
  problemsIn,
  rows,
} from './fixtures/ledger-of.ts'

const again = 'Correct it in the CRM and export the ledger again.'

test('a row that cannot be read is told at its cell and left out; the others are used', async () => {
  const read = ledgerOf({
    deals: rows(
      good,
      'D-17,Halyard Bank,Jo Park,Lost,0,2026-01-10,2026-02-30',
      'D-18,Bramble,Jo Park,Won,5,2026-01-10,2026-02-10',
    ),
  })
  expect(problemsIn(read)).toEqual([
    `deals.csv:3:45-55 (D-17) \`closed\` is \`2026-02-30\`, which is no day written as \`YYYY-MM-DD\`. ${again} If the whole column is written another way, declare that as \`dates\`.`,
  ])
  expect([...read.leftOut]).toEqual([['D-17', { file: 'playbook/deals.csv', line: 3 }]])
  expect(read.engine?.dealCount).toBe(2)
})

test('all problems of a row are told at once', () => {
  const read = ledgerOf({
    deals: `${header},currency,churned\n ,Bramble,,closed won,"1.200,00",10.01.2026,2026-02-10,XYZ,never\n`,
    settings: { types: { churned: 'date' } },
  })
  expect(problemsIn(read)).toEqual([
    `deals.csv:2:1-2 \`id\` is blank, so nothing can cite this row. ${again}`,
    'deals.csv:2:12-22 `stage` is `closed won`, and nothing says whether that is won, lost, open or void. Name the stage in `ledger.deals.outcomes` of playbook.yaml, or correct it in the CRM and export the ledger again.',
    `deals.csv:2:23-33 \`amount\` is \`1.200,00\`, which is no amount such as \`1200.50\`: digits, at most one \`.\`, no currency sign and no grouping. ${again} If the whole column has another decimal sign, declare that as \`decimal\`.`,
    `deals.csv:2:34-44 \`created\` is \`10.01.2026\`, which is no day written as \`YYYY-MM-DD\`. ${again} If the whole column is written another way, declare that as \`dates\`.`,
    'deals.csv:2:56-59 `currency` is `XYZ`, and playbook.yaml does not say what that is worth in USD. Add it to `currencies`, or correct it in the CRM and export the ledger again.',
    `deals.csv:2:60-65 \`churned\` is \`never\`, which is no day written as \`YYYY-MM-DD\`. ${again} If the whole column is written another way, declare that as \`dates\`.`,
  ])
  expect(read.leftOut.size).toBe(0)
})

test('a won or lost deal needs the day on which it was closed, an open or void one does not', () => {
  const read = ledgerOf({
    deals: rows(
      'D-1,A,J,Won,5,2026-01-10,',
      'D-2,A,J,Lost,5,2026-01-10,',
      'D-3,A,J,Engaging,5,2026-01-10,',
      'D-4,A,J,Duplicate,5,2026-01-10,',
    ),
  })
  expect(problemsIn(read)).toEqual([
    `deals.csv:2:26-26 (D-1) This deal is won, but \`closed\` is blank. ${again}`,
    `deals.csv:3:27-27 (D-2) This deal is lost, but \`closed\` is blank. ${again}`,
  ])
})

test('a deal that was closed before it was created is refused; on the same day is fine', () => {
  const read = ledgerOf({
    deals: rows(
      'D-1,A,J,Won,5,2026-01-10,2026-01-09',
      'D-2,A,J,Won,5,2026-01-10,2026-01-10',
      'D-3,A,J,Won,5,,2026-01-09',
    ),
  })
  expect(problemsIn(read)).toEqual([
    `deals.csv:2:26-36 (D-1) \`closed\` is 2026-01-09, before \`created\`, which is 2026-01-10. ${again}`,
  ])
})

test('the date on which somebody expects to close an open deal is no date of closing', async () => {
  const engine = engineOf({ deals: rows('D-1,A,J,Engaging,5,2026-01-10,2026-01-01') })
  const [deal] = await dealsIn(engine)
  expect([deal?.closed, deal?.cell('closed')]).toEqual([null, ''])
})

test('a blank amount of an open or lost deal is nothing, of a won one unknown', async () => {
  const engine = engineOf({
    deals: rows(
      'D-1,A,J,Won,,2026-01-10,2026-01-11',
      'D-2,A,J,Lost,,2026-01-10,2026-01-11',
      'D-3,A,J,Engaging,,,',
      'D-4,A,J,Duplicate,,,',
    ),
  })
  const deals = await dealsIn(engine)
  expect(deals.map(({ amount }) => amount)).toEqual([null, 0, 0, 0])
  expect(await matching(engine, '{ amount: [null] }')).toBe('D-1')
  expect(await matching(engine, '{ amount: { max: 0 } }')).toBe('D-2 D-3 D-4')
})

test('a negative amount is refused, and so are more decimals than the currency has', () => {
  const read = ledgerOf({
    deals: rows(
      'D-1,A,J,Won,-5,2026-01-10,2026-01-11',
      'D-2,A,J,Won,1.005,2026-01-10,2026-01-11',
      `D-3,A,J,Lost,${'9'.repeat(30)},2026-01-10,2026-01-11`,
    ),
  })
  expect(problemsIn(read)).toEqual([
    `deals.csv:2:13-15 (D-1) \`amount\` is \`-5\`; the amount of a deal is not negative. ${again}`,
    `deals.csv:3:13-18 (D-2) \`amount\` is \`1.005\`, which has more decimals than USD has (2); it is not rounded for you. ${again}`,
    `deals.csv:4:14-44 (D-3) \`amount\` is \`${'9'.repeat(30)}\`, which is more than can be added without error. ${again}`,
  ])
})

test('amounts in another currency are converted to the minor unit of the playbook', async () => {
  const engine = engineOf({
    deals: `${header},currency\n${['D-1,A,J,Won,100,,2026-01-11,EUR', 'D-2,A,J,Won,100,,2026-01-11,USD', 'D-3,A,J,Won,1000,,2026-01-11,JPY', 'D-4,A,J,Won,100,,2026-01-11,'].join('\n')}`,
    currencies: { EUR: 1.08, JPY: 0.0067, USD: 99 },
  })
  const deals = await dealsIn(engine)
  expect(deals.map(({ amount }) => amount)).toEqual([10_800, 10_000, 670, 10_000])
  expect(deals.map((deal) => `${deal.cell('amount')} ${deal.cell('currency')}`)).toEqual([
    '108 EUR',
    '100 USD',
    '6.70 JPY',
    '100 ',
  ])
})

test('an amount is asked for in major units', async () => {
  const engine = engineOf({ deals: rows('D-1,A,J,Won,1054.10,,2026-01-11', 'D-2,A,J,Won,1054.11,,2026-01-11') })
  expect(await matching(engine, '{ amount: 1054.1 }')).toBe('D-1')
  expect(await matching(engine, '{ amount: { not: [1054.10] } }')).toBe('D-2')
  expect(await matching(engine, '{ amount: { min: 1054.11 } }')).toBe('D-2')
})

test('amounts may be written with a comma and dates in a declared format', async () => {
  const engine = engineOf({
    deals: 'id;account;owner;stage;amount;created;closed;size\nD-1;A;J;Won;1200,50;10.01.26;11.01.26 10:14;7,50\n',
    settings: { delimiter: ';', decimal: ',', dates: 'DD.MM.YY', types: { size: 'number' } },
  })
  const [deal] = await dealsIn(engine)
  expect([deal?.amount, deal?.created, deal?.closed, deal?.cell('size')]).toEqual([
    120_050,
    '2026-01-10',
    '2026-01-11',
    '7.5',
  ])
})

test('ids are text: leading zeros survive, and no number is made of them', async () => {
  const engine = engineOf({ deals: rows('0007,A,J,Won,1,,2026-01-11', '1e3,A,J,Won,1,,2026-01-11') })
  expect(['0007', '7', '1000', '1e3'].filter((id) => engine.rowOf(id) !== undefined)).toEqual(['0007', '1e3'])
})

test('what is declared wrong is read as it is meant', async () => {
  const engine = engineOf({
    deals: `${header},product\nD-1,Halyard,J,gewonnen,1,,2026-01-11,GTXPro\nD-2,Halyard Bank,J,Won,1,,2026-01-11,GTX Pro\nD-3,A,J,,1,,,\n`,
    settings: {
      values: {
        product: { GTXPro: 'GTX Pro', '': 'none' },
        account: { Halyard: 'Halyard Bank' },
        stage: { gewonnen: 'Won', '': 'Engaging' },
      },
    },
  })
  expect(await matching(engine, '{ product: GTX Pro }')).toBe('D-1 D-2')
  expect(await matching(engine, '{ product: GTXPro }')).toBe('')
  expect(await matching(engine, '{ product: none, outcome: open }')).toBe('D-3')
  expect(await engine.valuesOf('account', 5)).toEqual(['Halyard Bank', 'A'])
})

test('an outcome column needs no stages', async () => {
  const read = ledgerOf({
    deals:
      'id,account,owner,outcome,amount,created,closed\nD-1,A,J,won,1,,2026-01-11\nD-2,A,J,Won,1,,2026-01-11\nD-3,A,J,void,,,\n',
    settings: { outcomes: undefined },
  })
  expect(problemsIn(read)).toEqual([
    `deals.csv:3:9-12 (D-2) \`outcome\` is \`Won\`; an outcome is won, lost, open or void. Did you mean \`won\`? ${again} A spelling of your CRM can be declared in \`ledger.deals.values.outcome\`.`,
  ])
  expect(await read.engine?.valuesOf('outcome', 4)).toEqual(['void', 'won'])
})

test('a stage that nobody declared is refused, with the nearest known one', () => {
  const read = ledgerOf({ deals: rows('D-1,A,J,won,1,,2026-01-11') })
  expect(problemsIn(read)[0]).toContain(
    '`stage` is `won`, and nothing says whether that is won, lost, open or void. Did you mean `Won`?',
  )
})

test('stages without a declared outcome give no ledger', () => {
  const read = ledgerOf({ deals: rows(good), settings: { outcomes: undefined } })
  expect(read.engine).toBeUndefined()
  expect(problemsIn(read)).toEqual([
    'deals.csv:1:1-1 Nothing says which stages in `stage` are won, so there is no ledger and what needs it is not run. Name them in `ledger.deals.outcomes` of playbook.yaml: `{ won: [Won], lost: [Lost], open: [Engaging] }`.',
  ])
})

test('required headers that are missing are told together, at line 1, and give no ledger', () => {
  const read = ledgerOf({
    deals: 'id,Account,owner,amount,created\nD-1,A,J,1,2026-01-10\n',
    settings: { columns: { closed: 'close_date' } },
  })
  expect(read.engine).toBeUndefined()
  expect(problemsIn(read)).toEqual([
    'deals.csv:1:1-32 This header lacks `account`, `stage` or `outcome` (stage or outcome) and `close_date` (closed), so there is no ledger and what needs it is not run. It has `id`, `Account`, `owner`, `amount` and `created`. Did you mean `Account`? Export them too, or say in `ledger.deals.columns` of playbook.yaml which header is meant.',
  ])
})

test('a file with another delimiter is told as such', () => {
  expect(problemsIn(ledgerOf({ deals: 'id;account;owner\n' }))[0]).toContain(
    'The file seems to be separated by `;`: then declare `delimiter: ";"`.',
  )
})

test('a file without a header has none', () => {
  const problems = (deals: string | Uint8Array) => problemsIn(ledgerOf({ deals }))
  const none = 'so there is no ledger and what needs it is not run.'
  expect(problems('')).toEqual([`deals.csv:1:1-1 This file is empty, ${none} Export the ledger again.`])
  expect(problems('\ufeff')).toEqual([`deals.csv:1:1-1 This file is empty, ${none} Export the ledger again.`])
  expect(problems('\n\n')).toEqual([
    `deals.csv:1:1-1 Line 1 is blank and must be the header, ${none} Export the ledger again.`,
  ])
  expect(problems('id,"account\nD-1,A\n')[0]).toBe(
    'deals.csv:1:4-12 The header cannot be read, so there is no ledger and what needs it is not run. A cell of this row begins with a double quote that is not closed. Close it, or double it if it belongs to the value (`""` inside a cell in quotes).',
  )
  const wide = Uint8Array.from([...'id,account\n'].flatMap((letter) => [letter.charCodeAt(0), 0]))
  expect(problems(wide)[0]).toContain('holds a NUL byte')
})

test('a header alone is a ledger without deals', () => {
  expect(engineOf({ deals: header }).dealCount).toBe(0)
})

test('a header that stands twice is told, and what it would mean is not guessed', () => {
  const further = ledgerOf({ deals: `${header},region,region\n${good},East,West\n` })
  expect(problemsIn(further)).toEqual([
    'deals.csv:1:53-59 The header `region` stands here again, after column 8; which of them is meant is not guessed, so neither is read. Rename or remove one.',
  ])
  expect(further.engine?.columns.map(({ name }) => name)).not.toContain('region')
  const required = ledgerOf({ deals: `${header},amount\n${good},5\n` })
  expect(required.engine).toBeUndefined()
  expect(placesIn(required)).toEqual(['1:46'])
})

test('a column without a header is told where it holds something', () => {
  expect(problemsIn(ledgerOf({ deals: `${header},,\n${good},,\nD-17,A,J,Lost,0,,2026-01-11,,x\n` }))).toEqual([
    'deals.csv:3:30-31 Column 9 has no header, so it is not read. Name it in line 1, or remove it.',
  ])
})

test('a mapped header that the file lacks is told, and the rest is read', () => {
  const read = ledgerOf({ deals: rows(good), settings: { columns: { product: 'produkt' } } })
  expect(problemsIn(read)).toEqual([
    'deals.csv:1:1-45 `ledger.deals.columns` of playbook.yaml maps `product` to the header `produkt`, which this file lacks. Correct the one or the other.',
  ])
  expect(read.engine?.dealCount).toBe(1)
})

test('a mapped header wins over one that has the name of the ledger column', async () => {
  const engine = engineOf({
    deals: `${header},net\n${good},7\n`,
    settings: { columns: { amount: 'net', value: 'amount' } },
  })
  const [deal] = await dealsIn(engine)
  expect([deal?.amount, deal?.cell('value'), deal?.cell('net')]).toEqual([700, '1200', undefined])
})

test('a header that has the name of a ledger column is not read where another one is mapped', async () => {
  const engine = engineOf({ deals: `${header},net\n${good},7\n`, settings: { columns: { amount: 'net' } } })
  expect((await dealsIn(engine)).map(({ amount }) => amount)).toEqual([700])
})

test('two ledger columns may be the same header', async () => {
  const engine = engineOf({
    deals: `${header},class\n${good},retail\n`,
    settings: { columns: { industry: 'class', segment: 'class' } },
  })
  expect(await matching(engine, '{ industry: retail, segment: retail }')).toBe('D-16')
})

test('the same row again is told once, and the first is used', async () => {
  const read = ledgerOf({ deals: rows(good, 'D-17,A,J,Lost,0,,2026-01-11', good, good) })
  expect(problemsIn(read)).toEqual([
    'deals.csv:4:1-5 (D-16) `D-16` stands here again and once more, with the same cells as in line 2; that row is used. Remove what is repeated.',
  ])
  expect(read.engine?.dealCount).toBe(2)
  expect((await dealsIn(read.engine)).find(({ id }) => id === 'D-16')?.place).toEqual({
    file: 'playbook/deals.csv',
    line: 2,
  })
  expect(read.leftOut.size).toBe(0)
})

test('rows with one id that differ are all told, and none is used', () => {
  const read = ledgerOf({ deals: rows(good, 'D-17,A,J,Lost,0,,2026-01-11', good.replace('Won', 'Lost'), good) })
  expect(problemsIn(read)).toEqual([
    'deals.csv:2:1-5 (D-16) `D-16` is also in line 4 and line 5, and the rows differ, so none of them is used. Keep the right one.',
    'deals.csv:4:1-5 (D-16) `D-16` is also in line 2 and line 5, and the rows differ, so none of them is used. Keep the right one.',
    'deals.csv:5:1-5 (D-16) `D-16` is also in line 2 and line 4, and the rows differ, so none of them is used. Keep the right one.',
  ])
  expect(read.engine?.dealCount).toBe(1)
  expect([...read.leftOut]).toEqual([['D-16', { file: 'playbook/deals.csv', line: 2 }]])
})

test('of many rows with one id three others are named', () => {
  const { problems } = ledgerOf({
    deals: rows(...Array.from({ length: 6 }, (_, i) => `D-16,A,J,Won,${i},,2026-02-10`)),
  })
  const ends = 'and the rows differ, so none of them is used. Keep the right one.'
  expect(problems.map(({ text }) => text).filter((_, i) => i === 0 || i === 5)).toEqual([
    `\`D-16\` is also in line 3, line 4, line 5 and 2 more, ${ends}`,
    `\`D-16\` is also in line 2, line 3, line 4 and 2 more, ${ends}`,
  ])
})

test('a hundred thousand rows with one id take no longer than others', () => {
  const deals = rows(...Array.from({ length: 100_000 }, (_, i) => `D-16,A,J,Won,${i},,2026-02-10`))
  const started = process.cpuUsage().user
  expect(ledgerOf({ deals }).problems).toHaveLength(100_000)
  expect((process.cpuUsage().user - started) / 1_000).toBeLessThan(10_000)
})

test('a row that contradicts one that cannot be read is not used either', () => {
  const read = ledgerOf({ deals: rows(good, good.replace('1200', 'free')) })
  expect(placesIn(read)).toEqual(['2:1', '3:1', '3:31'])
  expect(read.engine?.dealCount).toBe(0)
  const same = ledgerOf({ deals: rows(good.replace('1200', 'free'), good.replace('1200', 'free')) })
  expect(placesIn(same)).toEqual(['2:31', '3:1'])
  expect([...same.leftOut.keys()]).toEqual(['D-16'])
})

test('a row that is no row does not contradict one that is', async () => {
  const read = ledgerOf({ deals: rows(good, 'D-16,Halyard Bank') })
  expect(placesIn(read)).toEqual(['3:1'])
  expect(await matching(read.engine ?? engineOf({ deals: header }), '{}')).toBe('D-16')
  expect(read.leftOut.size).toBe(0)
})

test('a row that is no row names its deal where it can', () => {
  const read = ledgerOf({ deals: rows('D-17,Halyard', '"D-18"x,Halyard,,,,,', 'D-19,"Halyard,J,Won,1,,2026-01-11') })
  expect(problemsIn(read)).toEqual([
    'deals.csv:2:1-13 (D-17) This row has 2 cells and the header has 7, so nobody can tell which is missing. Export the ledger again, or complete the row.',
    'deals.csv:3:1-8 `id` goes on after its closing double quote. Write a double quote that belongs to the value twice (`"Acme 5"" pipe"`).',
    'deals.csv:4:6-34 (D-19) `account` begins with a double quote that is not closed. Close it, or double it if it belongs to the value (`""` inside a cell in quotes).',
  ])
  expect([...read.leftOut.keys()]).toEqual(['D-17', 'D-19'])
})

test('blank lines at the end of the file are its end; between rows they are told once', () => {
  expect(problemsIn(ledgerOf({ deals: `${rows(good)}\n\r\n\n` }))).toEqual([])
  expect(problemsIn(ledgerOf({ deals: rows(good, '', '', 'D-17,A,J,Lost,0,,2026-01-11', '') }))).toEqual([
    'deals.csv:3:1-4:1 These lines are blank. Delete them.',
  ])
})

test('what a problem quotes is one safe line of at most sixty characters, and never more of the row', () => {
  const secret = 'secret@example.com'
  const read = ledgerOf({
    deals: rows(
      `D-1,${secret},${secret},Won,"\u001b[2J\n${'9'.repeat(500)}",2026-01-10,2026-02-10`,
      `D-2,"${secret},J,Won,5,2026-01-10,`,
    ),
  })
  const texts = read.problems.map(({ text }) => text)
  expect(texts[0]).toContain('`\\u{1b}[2J\\u{a}999')
  expect(texts[0]).toContain('9…`')
  for (const text of texts) expect(text).not.toMatch(/secret|\n|9{60}/)
})

test('several files are one table, each with its own header', async () => {
  const read = ledgerOf({
    deals: {
      '2025.csv': `${header},region\n${good},East\n`,
      '2026.csv': `closed,created,amount,stage,owner,account,id\n2026-02-10,2026-01-10,1200,Won,Jo Park,Halyard Bank,D-16\n2026-02-11,2026-01-10,5,Won,Jo Park,Bramble,D-17\n2026-02-11,,x,Won,Jo Park,Bramble,D-18\n`,
    },
  })
  const differ = 'and the rows differ, so none of them is used. Keep the right one.'
  expect(problemsIn(read)).toEqual([
    `2025.csv:2:1-5 (D-16) \`D-16\` is also in line 2 of \`playbook/2026.csv\`, ${differ}`,
    `2026.csv:2:53-57 (D-16) \`D-16\` is also in line 2 of \`playbook/2025.csv\`, ${differ}`,
    expect.stringMatching(/^2026\.csv:4:13-14 \(D-18\) `amount` is `x`/),
  ])
  const same = ledgerOf({
    deals: { 'a.csv': rows(good), 'b.csv': `${header},region\n${good},\nD-17,A,J,Lost,0,,2026-01-11,West\n` },
  })
  expect(problemsIn(same)).toEqual([
    'b.csv:2:1-5 (D-16) `D-16` stands here again, with the same cells as in line 2 of `playbook/a.csv`; that row is used. Remove what is repeated.',
  ])
  expect(await matching(same.engine ?? engineOf({ deals: header }), '{ region: West }')).toBe('D-17')
})

test('a file that is not there gives no ledger', () => {
  const { problems, engine } = ledgerOf({
    deals: rows(good),
    settings: { files: ['../playbook/./deals.csv', 'ledger/more.csv'] },
  })
  expect(engine).toBeUndefined()
  expect(problems.map(({ file }) => file)).toEqual(['playbook/ledger/more.csv'])
})

test('a format of dates that is none is told once', () => {
  const read = ledgerOf({ deals: rows(good), settings: { dates: 'day first' } })
  expect(read.engine).toBeUndefined()
  expect(problemsIn(read)).toEqual([
    'deals.csv:1:1-1 `ledger.deals.dates` of playbook.yaml is `day first`, so no date here can be read. Write YYYY or YY, MM or M, and DD or D, for example `DD.MM.YYYY`.',
  ])
})

test('names that objects have of themselves are only names', async () => {
  const engine = engineOf({
    deals: `${header},__proto__,constructor\n${good},x,y\n__proto__,toString,constructor,Won,5,,2026-01-11,toString,\n`,
    settings: { values: { stage: { constructor: 'Won' } } },
  })
  expect(await matching(engine, '{ "__proto__": x, constructor: y }')).toBe('D-16')
  expect(['__proto__', 'toString'].filter((id) => engine.rowOf(id) !== undefined)).toEqual(['__proto__'])
  expect(await matching(engine, '{ owner: constructor }')).toBe('__proto__')
})
