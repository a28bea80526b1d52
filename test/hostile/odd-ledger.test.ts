/**
 * A ledger that somebody broke, by accident or on purpose: every row is told with its line and column name, what cannot
 * be read at all is one line, and nothing outside the playbook is looked at.
 */
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { checkJson, expectNoTrace, folderOf, ledger, playproof, put, settings } from './small-playbook.ts'

/** A row, and where and with which column name it is told. */
const rows: readonly (readonly [row: string, ...said: readonly [place: string, words: string][]])[] = [
  ['D-20,Short Bank,Sam Ode,won', ['5:1-5:28', 'This row has 4 cells and the header has 8']],
  [
    'D-21,Long Bank,Sam Ode,won,1,2026-01-10,2026-03-10,bank,more',
    ['6:1-6:61', 'This row has 9 cells and the header has 8'],
  ],
  [
    'D-22,"Open Bank,Sam Ode,won,1,2026-01-10,2026-03-10,bank',
    ['7:6-7:57', '`account` begins with a double quote that is not closed'],
  ],
  ['D-23,Bare "Bank",Sam Ode,won,1,2026-01-10,2026-03-10,bank', ['8:6-8:17', '`account` has a double quote inside']],
  [
    'D-24,"After"Bank,Sam Ode,won,1,2026-01-10,2026-03-10,bank',
    ['9:6-9:17', '`account` goes on after its closing double quote'],
  ],
  ['D-25,Day Bank,Sam Ode,won,1,2026-02-30,2026-03-10,bank', ['10:29-10:39', '`created` is `2026-02-30`']],
  [
    'D-26,Order Bank,Sam Ode,won,1,2026-03-10,2026-01-10,bank',
    ['11:42-11:52', '`closed` is 2026-01-10, before `created`'],
  ],
  ['D-27,Amount Bank,Sam Ode,won,12e3,2026-01-10,2026-03-10,bank', ['12:30-12:34', '`amount` is `12e3`']],
  ['D-28,Minus Bank,Sam Ode,won,-5,2026-01-10,2026-03-10,bank', ['13:29-13:31', '`amount` is `-5`']],
  ['D-29,Outcome Bank,Sam Ode,maybe,1,2026-01-10,2026-03-10,bank', ['14:27-14:32', '`outcome` is `maybe`']],
  [
    'D-30,Twice Bank,Sam Ode,won,1,2026-01-10,2026-03-10,bank',
    ['15:1-15:5', '`D-30` is also in line 16, and the rows differ'],
  ],
  [
    'D-30,Twice Bank,Sam Ode,won,2,2026-01-10,2026-03-10,bank',
    ['16:1-16:5', '`D-30` is also in line 15, and the rows differ'],
  ],
  ['D-31,Same Bank,Sam Ode,won,1,2026-01-10,2026-03-10,bank'],
  ['D-31,Same Bank,Sam Ode,won,1,2026-01-10,2026-03-10,bank', ['18:1-18:5', '`D-31` stands here again']],
  [',No Id Bank,Sam Ode,won,1,2026-01-10,2026-03-10,bank', ['19:1-19:1', '`id` is blank']],
  ['D-32,Undated Bank,Sam Ode,won,1,2026-01-10,,bank', ['20:44-20:44', '`closed` is blank']],
  ['D-33,Nul\0Bank,Sam Ode,won,1,2026-01-10,2026-03-10,bank', ['21:6-21:14', '`account` holds a NUL byte']],
  ['D-34,Formula Bank,Sam Ode,won,=1+1,2026-01-10,2026-03-10,bank', ['22:31-22:35', '`amount` is `=1+1`']],
  [
    'D-35,Esc Bank,Sam Ode,won,\u001b[2J\u202e,2026-01-10,2026-03-10,bank',
    ['23:27-23:32', '`amount` is `\\u{1b}[2J\\u{202e}`'],
  ],
  ['', ['24:1-24:1', 'This line is blank']],
  ['D-36,Last Bank,Sam Ode,won,1,2026-01-10,2026-03-10,bank'],
]

test('every row that cannot be used is told at its line and column, and the others are used', () => {
  const report = checkJson(
    folderOf({ 'playbook/ledger/deals.csv': `${ledger}${rows.map(([row]) => `${row}\n`).join('')}` }),
  )
  const told = report.findings.filter(({ file }) => file === 'playbook/ledger/deals.csv')
  const place = ({ start, end }: (typeof told)[number]['range']): string =>
    `${start.line}:${start.column}-${end.line}:${end.column}`
  const wanted = rows.flatMap(([, ...said]) => said)
  expect(told.map(({ rule, range }) => `${place(range)} ${rule}`)).toEqual(wanted.map(([at]) => `${at} ledger/row`))
  for (const [index, [, words]] of wanted.entries()) expect(told[index]?.text).toContain(words)
  // Three of the small playbook, one of the two that are alike, and the last.
  expect(report.summary.deals).toBe(5)
})

test('no more of a row than the cell at fault is told', () => {
  const secret = 'D-40,Secret Bank,Sam Ode,won,abc,2026-01-10,2026-03-10,hush\n'
  const { findings } = checkJson(folderOf({ 'playbook/ledger/deals.csv': `${ledger}${secret}` }))
  expect(JSON.stringify(findings)).not.toMatch(/Secret|hush/)
})

test('escapes in cells reach the terminal as visible text', () => {
  const cells = 'D-99,\u001b[2JAcme\u009b\u202e,\u001b]0;x\u0007,won,5,2026-01-10,2026-03-10,=cmd\n'
  const root = folderOf({ 'playbook/ledger/deals.csv': `${ledger}${cells}` })
  for (const args of [['check'], ['evidence', 'land-with-finance']]) {
    const { stdout, stderr } = playproof(root, args)
    expect(stdout).toContain('\\u{1b}[2JAcme\\u{9b}\\u{202e}')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested.
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  }
})

test('a ledger that cannot be read at all stops the run with one line that tells nothing of what lies outside', () => {
  const outside = (name: string): string => `the ledger file playbook/${name} lies outside the playbook.`
  const missing = (name: string): string =>
    `the ledger file playbook/${name} is missing, or is a link that leads out of the playbook.`
  const files: readonly (readonly [name: string, words: string])[] = [
    ['ledger/none.csv', missing('ledger/none.csv')],
    ['../../../../../../etc/passwd', outside('../../../../../../etc/passwd')],
    ['../../../../../../etc/none', outside('../../../../../../etc/none')],
    ['ledger/there.csv', missing('ledger/there.csv')],
    ['ledger/gone.csv', missing('ledger/gone.csv')],
    ['ledger', 'the ledger file playbook/ledger cannot be read: it is no regular file.'],
    ['"\\u001b[2J::error::##[error]"', missing('\\u{1b}[2J::error::#\\u0023[error]')],
    ['ledger/bad.csv.gz', 'the ledger file playbook/ledger/bad.csv.gz cannot be unpacked.'],
    [
      'ledger/bomb.csv.gz',
      'the ledger file playbook/ledger/bomb.csv.gz cannot be unpacked because it grows to more than 200 times its size.',
    ],
  ]
  const root = folderOf({
    'playbook/ledger/bad.csv.gz': 'no gzip',
    'playbook/ledger/bomb.csv.gz': gzipSync(new Uint8Array(100_000_000)),
  })
  symlinkSync('/etc/passwd', join(root, 'playbook/ledger/there.csv'))
  symlinkSync('/etc/none', join(root, 'playbook/ledger/gone.csv'))
  for (const [name, words] of files) {
    put(root, 'playbook/playbook.yaml', settings.replace('ledger/deals.csv', name))
    const ran = playproof(root, ['check', '--no-cache'])
    expect(ran).toMatchObject({ status: 2, stdout: '' })
    expect(ran.stderr).toMatch(/^playproof: .*\n$/)
    expect(ran.stderr).toContain(words)
    expect(ran.cpu, name).toBeLessThan(2)
    expectNoTrace(ran)
  }
})
