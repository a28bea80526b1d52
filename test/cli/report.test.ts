/**
 * `playproof report` from outside: every format whole, what it refuses, and cells that would like to be more than text.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import stringWidth from 'fast-string-width'
import { expect, test } from 'vitest'
import { reports } from '../../src/reports/reports.ts'
import { expectNoTrace, folderOf, ledger, playproof, settings } from '../hostile/small-playbook.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))
const participants = 'participants:\n  - { person: sam, rate: 0.01 }\n  - { person: mia, rate: 0.025 }\n'
const plan = { 'playbook/comp.yaml': `period: quarter\n${participants}` }

test('a scoreboard in a terminal, for a spreadsheet, on a code host and for a program', () => {
  const root = folderOf()
  const show = (format: string) => {
    const ran = playproof(root, ['report', 'scoreboard', '--format', format])
    expect(ran.status).toBe(0)
    return `${ran.stdout}${ran.stderr === '' ? '' : `---\n${ran.stderr}`}`
  }
  expect(show('pretty')).toMatchInlineSnapshot(`
    "Scoreboard: what sales and marketing made repeatable
    As of 2026-06-30. The repeatable amount is what was won in the record of a
    repeatable or proven play, less what churned. Each quarter is judged on its last
    day.

    The number
    Inside: the share of wins inside a segment that some market names, by count.
    Quarter  Repeatable amount  Year before  Won deals  Won amount  Inside
    2026-Q2                 $0            –          1      $7,000      0%
    2026-Q1                 $0            –          1      $5,000      0%

    What was won
    Quarter  Repeatable  Amount  Others  Amount  Taken back  Amount
    2026-Q2           0      $0       1  $7,000           0      $0
    2026-Q1           0      $0       1  $5,000           0      $0

    Why won deals are no repeatable sales
    A deal with two reasons stands in both rows.
    Quarter  Reason                      Deals  Amount
    2026-Q2  its play is not repeatable      1  $7,000
    2026-Q1  its play is not repeatable      1  $5,000

    The plays
    Win rates with their 95% interval; under 10 closed deals there are too few to
    say one. Drafts and retired plays are left out.
    Play               Verdict   Rank  Won  Of  Rate  From  To
    audit-deadline     unproven     –    2   3     –     –   –
    land-with-finance  unproven     –    2   3     –     –   –
    "
  `)
  expect(show('csv')).toMatchInlineSnapshot(`
    "quarter,repeatableAmount,yearBefore,won,wonAmount,inside
    2026-Q2,0,,1,7000,0
    2026-Q1,0,,1,5000,0
    ---
    This is the table quarters. Choose another with --table: sales, reasons, plays.
    "
  `)
  expect(show('markdown')).toMatchInlineSnapshot(`
    "## Scoreboard: what sales and marketing made repeatable

    As of 2026-06-30. The repeatable amount is what was won in the record of a repeatable or proven play, less what churned. Each quarter is judged on its last day.

    ### The number

    Inside: the share of wins inside a segment that some market names, by count.

    | Quarter | Repeatable amount | Year before | Won deals | Won amount | Inside |
    | --- | ---: | ---: | ---: | ---: | ---: |
    | 2026-Q2 | \\$0 | – | 1 | \\$7,000 | 0% |
    | 2026-Q1 | \\$0 | – | 1 | \\$5,000 | 0% |

    ### What was won

    | Quarter | Repeatable | Amount | Others | Amount | Taken back | Amount |
    | --- | ---: | ---: | ---: | ---: | ---: | ---: |
    | 2026-Q2 | 0 | \\$0 | 1 | \\$7,000 | 0 | \\$0 |
    | 2026-Q1 | 0 | \\$0 | 1 | \\$5,000 | 0 | \\$0 |

    ### Why won deals are no repeatable sales

    A deal with two reasons stands in both rows.

    | Quarter | Reason | Deals | Amount |
    | --- | --- | ---: | ---: |
    | 2026-Q2 | its play is not repeatable | 1 | \\$7,000 |
    | 2026-Q1 | its play is not repeatable | 1 | \\$5,000 |

    ### The plays

    Win rates with their 95% interval; under 10 closed deals there are too few to say one. Drafts and retired plays are left out.

    | Play | Verdict | Rank | Won | Of | Rate | From | To |
    | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
    | audit-deadline | unproven | – | 2 | 3 | – | – | – |
    | land-with-finance | unproven | – | 2 | 3 | – | – | – |
    "
  `)
  expect(JSON.parse(show('json'))).toMatchInlineSnapshot(`
    {
      "asOf": "2026-06-30",
      "plays": [
        {
          "basis": "matched",
          "high": 0.9612523822148349,
          "id": "audit-deadline",
          "losses": 1,
          "low": 0.1767360971312574,
          "rank": 1,
          "status": "trial",
          "tooFew": true,
          "verdict": "unproven",
          "winRate": 0.6666666666666666,
          "wins": 2,
        },
        {
          "basis": "matched",
          "high": 0.9612523822148349,
          "id": "land-with-finance",
          "losses": 1,
          "low": 0.1767360971312574,
          "rank": 1,
          "status": "trial",
          "tooFew": true,
          "verdict": "unproven",
          "winRate": 0.6666666666666666,
          "wins": 2,
        },
      ],
      "quarters": [
        {
          "clawbacks": {
            "amount": 0,
            "deals": 0,
          },
          "complete": true,
          "focus": {
            "amountShare": 0,
            "inside": {
              "amount": 0,
              "deals": 0,
            },
            "share": 0,
            "wins": {
              "amount": 5000,
              "deals": 1,
            },
          },
          "from": "2026-01-01",
          "judgedOn": "2026-03-31",
          "notRepeatable": {
            "amount": 5000,
            "deals": 1,
          },
          "quarter": "2026-Q1",
          "reasons": [
            {
              "amount": 5000,
              "deals": 1,
              "reason": "play-not-repeatable",
            },
          ],
          "repeatable": {
            "amount": 0,
            "deals": 0,
          },
          "repeatableAmount": 0,
          "to": "2026-03-31",
          "won": {
            "amount": 5000,
            "deals": 1,
          },
          "yearBefore": null,
        },
        {
          "clawbacks": {
            "amount": 0,
            "deals": 0,
          },
          "complete": true,
          "focus": {
            "amountShare": 0,
            "inside": {
              "amount": 0,
              "deals": 0,
            },
            "share": 0,
            "wins": {
              "amount": 7000,
              "deals": 1,
            },
          },
          "from": "2026-04-01",
          "judgedOn": "2026-06-30",
          "notRepeatable": {
            "amount": 7000,
            "deals": 1,
          },
          "quarter": "2026-Q2",
          "reasons": [
            {
              "amount": 7000,
              "deals": 1,
              "reason": "play-not-repeatable",
            },
          ],
          "repeatable": {
            "amount": 0,
            "deals": 0,
          },
          "repeatableAmount": 0,
          "to": "2026-06-30",
          "won": {
            "amount": 7000,
            "deals": 1,
          },
          "yearBefore": null,
        },
      ],
      "version": 1,
    }
  `)
}, 60_000)

test('a statement shows its arithmetic and what it was made from', () => {
  const root = folderOf(plan)
  const ran = playproof(root, ['report', 'comp', '--period', '2026-q1'])
  expect([ran.status, ran.stderr]).toEqual([0, ''])
  expect(ran.stdout.replace(/[0-9a-f]{64}/, 'HASH')).toMatchInlineSnapshot(`
    "Compensation for 2026-Q1
    2026-Q1 is 2026-01-01 to 2026-03-31; it is judged as of 2026-03-31.
    1 won, 0 of them repeatable sales. Repeatable less clawed back, in USD: 0.00 -
    0.00 = 0.00.
    Commission at 0.01, for one person: 0.01 x 0.00 = 0.00, rounded half to even.
    Commission at 0.025, for one person: 0.025 x 0.00 = 0.00, rounded half to even.

    What each gets
    Person  Role       Commission  = Rate  x Repeatable amount
    sam     rep                $0    0.01                   $0
    mia     marketing          $0   0.025                   $0

    What this statement was made from
    With the same commit, ledger and day it comes out the same.
    What            Value
    judged as of    2026-03-31
    commit          none: git knows no commit here
    ledger SHA-256  HASH
    basis           matched: deals that fit; nobody recorded that the play was run

    Taken back
    Paid for in an earlier period, and churned in this one. The earlier statement
    stays as it was.
    Nothing that was paid for has churned in this period.

    Deals won in the period
    Deal  Account    Amount  Repeatable  Why not
    D-18  Acme Bank  $5,000  no          its play is not repeatable
    "
  `)
}, 60_000)

const nasty = [
  '"=HYPERLINK(""http://evil.example"",""Bank"")"',
  '+1 | <img src=x onerror=alert(1)> @everyone `#1`',
  '-2+3',
  '@SUM(A1)',
  '\u001b[2J\u202eknab',
  '::error::boom ##[error]x',
  '"Two, and ""three""; four"',
  '日本銀行の大きな口座の名前はとても長いので折り返す必要がある日本銀行の大きな口座の名前',
]
const hostile = {
  ...plan,
  'playbook/ledger/deals.csv': `${ledger}${nasty.map((account, index) => `N-${index},${account},Sam Ode,won,1000.50,2026-01-10,2026-02-10,bank\n`).join('')}`,
}

test('a cell is text wherever it is shown: no formula, no markup, no command, no escape sequence', () => {
  const root = folderOf(hostile)
  const show = (...args: string[]) => {
    const ran = playproof(root, ['report', 'comp', '--period', '2026-Q1', '--table', 'deals', ...args])
    expect([ran.status, ran.stderr]).toEqual([0, ''])
    return ran.stdout
  }
  expect(show('--format', 'csv').split('\r\n')).toMatchInlineSnapshot(`
    [
      "deal,account,amount,repeatable,reasons",
      "D-18,Acme Bank,5000,no,play-not-repeatable",
      "N-0,"'=HYPERLINK(""http://evil.example"",""Bank"")",1000.5,no,play-not-repeatable",
      "N-1,'+1 | <img src=x onerror=alert(1)> @everyone \`#1\`,1000.5,no,play-not-repeatable",
      "N-2,'-2+3,1000.5,no,play-not-repeatable",
      "N-3,'@SUM(A1),1000.5,no,play-not-repeatable",
      "N-4,\\u{1b}[2J\\u{202e}knab,1000.5,no,play-not-repeatable",
      "N-5,::error::boom #\\u0023[error]x,1000.5,no,play-not-repeatable",
      "N-6,"Two, and ""three""; four",1000.5,no,play-not-repeatable",
      "N-7,日本銀行の大きな口座の名前はとても長いので折り返す必要がある日本銀行の大きな口座の名前,1000.5,no,play-not-repeatable",
      "",
    ]
  `)
  expect(show('--format', 'markdown')).toMatchInlineSnapshot(`
    "## Compensation for 2026-Q1

    2026-Q1 is 2026-01-01 to 2026-03-31; it is judged as of 2026-03-31.

    9 won, 0 of them repeatable sales. Repeatable less clawed back, in USD: 0.00 - 0.00 = 0.00.

    Commission at 0.01, for one person: 0.01 x 0.00 = 0.00, rounded half to even.

    Commission at 0.025, for one person: 0.025 x 0.00 = 0.00, rounded half to even.

    ### Deals won in the period

    | Deal | Account | Amount | Repeatable | Why not |
    | --- | --- | ---: | --- | --- |
    | D-18 | Acme Bank | \\$5,000.00 | no | its play is not repeatable |
    | N-0 | =HYPERLINK\\("http:⁠//evil.example","Bank"\\) | \\$1,000.50 | no | its play is not repeatable |
    | N-1 | \\+1 \\| \\<img src=x onerror=alert\\(1\\)\\> @⁠everyone \\\`\\#⁠1\\\` | \\$1,000.50 | no | its play is not repeatable |
    | N-2 | -2\\+3 | \\$1,000.50 | no | its play is not repeatable |
    | N-3 | @⁠SUM\\(A1\\) | \\$1,000.50 | no | its play is not repeatable |
    | N-4 | \\\\u\\{1b\\}\\[2J\\\\u\\{202e\\}knab | \\$1,000.50 | no | its play is not repeatable |
    | N-5 | ::error::boom \\#⁠\\#⁠\\[error\\]x | \\$1,000.50 | no | its play is not repeatable |
    | N-6 | Two, and "three"; four | \\$1,000.50 | no | its play is not repeatable |
    | N-7 | 日本銀行の大きな口座の名前はとても長いので折り返す必要がある日本銀行の大きな口座の名前 | \\$1,000.50 | no | its play is not repeatable |
    "
  `)
  expect(show()).toMatchInlineSnapshot(`
    "Compensation for 2026-Q1
    2026-Q1 is 2026-01-01 to 2026-03-31; it is judged as of 2026-03-31.
    9 won, 0 of them repeatable sales. Repeatable less clawed back, in USD: 0.00 -
    0.00 = 0.00.
    Commission at 0.01, for one person: 0.01 x 0.00 = 0.00, rounded half to even.
    Commission at 0.025, for one person: 0.025 x 0.00 = 0.00, rounded half to even.

    Deals won in the period
    Deal  Account                      Amount  Repeatable  Why not
    D-18  Acme Bank                 $5,000.00  no          its play is not
                                                           repeatable
    N-0   =HYPERLINK("http://       $1,000.50  no          its play is not
          evil.example","Bank")                            repeatable
    N-1   +1 | <img src=x           $1,000.50  no          its play is not
          onerror=alert(1)>                                repeatable
          @everyone \`#1\`
    N-2   -2+3                      $1,000.50  no          its play is not
                                                           repeatable
    N-3   @SUM(A1)                  $1,000.50  no          its play is not
                                                           repeatable
    N-4   \\u{1b}[2J\\u{202e}knab     $1,000.50  no          its play is not
                                                           repeatable
    N-5   ::error::boom #\\u0023[error]x  $1,000.50  no          its play is not
                                                           repeatable
    N-6   Two, and "three"; four    $1,000.50  no          its play is not
                                                           repeatable
    N-7   日本銀行の大きな口座の名  $1,000.50  no          its play is not
          前はとても長いので折り返                         repeatable
          す必要がある日本銀行の大
          きな口座の名前
    "
  `)
}, 60_000)

test('no line of a report is wider than a terminal of 80 columns', () => {
  for (const { name } of reports) {
    const { status, stdout } = playproof(project, ['report', name])
    expect([name, status, stdout.split('\n').filter((line) => stringWidth(line) > 80)]).toEqual([name, 0, []])
  }
}, 120_000)

test('a report begins with its answer, and a quarter to come is not taken for one that runs', () => {
  const lines = (...args: string[]): string[] => playproof(project, ['report', ...args]).stdout.split('\n')
  expect(lines('focus')[1]).toBe('905 of 1,196 wins of 2017-Q4 lie inside our segments.')
  expect(lines('scoreboard', '--period', '2030-Q1')).toContain('2030-Q1 has not begun.')
}, 60_000)

test('every report is named in the help, in the list and in the README', () => {
  const root = folderOf()
  const help = playproof(root, ['report', '--help']).stdout
  const readme = readFileSync(`${project}README.md`, 'utf8')
  for (const { name } of reports)
    expect([name, help.includes(name), readme.includes(`| \`${name}\` |`)]).toEqual([name, true, true])
  const listed = playproof(root, ['report']).stdout.trim().split('\n')
  expect(listed.map((line) => line.replace(/ {2,}/, ': '))).toEqual(
    reports.map(({ name, about }) => `${name}: ${about}`),
  )
}, 60_000)

test('what cannot be made is said in one line, with exit 2', () => {
  const root = folderOf(plan)
  const refusal = (...args: string[]): string => {
    const ran = playproof(root, ['report', ...args])
    expectNoTrace(ran)
    expect([ran.status, ran.stdout]).toEqual([2, ''])
    expect(ran.stderr.trimEnd()).not.toContain('\n')
    return ran.stderr.trimEnd()
  }
  expect(refusal('scorebord')).toBe('playproof: there is no report `scorebord`. Did you mean `scoreboard`?')
  expect(refusal('zzz')).toContain('There are scoreboard, first-customers, ')
  expect(refusal('scoreboard', '--period', '2026')).toBe(
    'playproof: `2026` is no period of this report. Write a fiscal quarter such as `2017-Q4`.',
  )
  expect(refusal('comp', '--period', '2026-13')).toBe(
    'playproof: `2026-13` is no period of this report. Write a fiscal quarter such as `2017-Q4` or a month such as `2017-10`.',
  )
  expect(refusal('first-customers', '--period', '2026-Q1')).toBe(
    'playproof: `report first-customers` takes no period. Leave `--period` out.',
  )
  expect(refusal('comp', '--format', 'csv', '--table', 'deal')).toBe(
    'playproof: `report comp` has no table `deal`. It has participants, made-from, clawbacks, deals.',
  )
  expect(refusal('comp', '--format', 'json', '--table', 'deals')).toContain('holds the whole report')
}, 120_000)

test('without a ledger, or with a plan that cannot be read, there is no statement', () => {
  const without = folderOf({
    ...plan,
    'playbook/playbook.yaml': settings.replace(/^ledger:.*\n/m, ''),
    'playbook/ledger/deals.csv': null,
  })
  const ran = playproof(without, ['report', 'comp'])
  expect([ran.status, ran.stdout, ran.stderr]).toEqual([
    2,
    '',
    'playproof: `report comp` needs the ledger, and there is none to read. Name one under `ledger` in playbook.yaml; `playproof check` says what is wrong with it if there is one.\n',
  ])
  const broken = playproof(folderOf({ 'playbook/comp.yaml': 'period: [quarter\n' }), ['report', 'comp'])
  expect([broken.status, broken.stdout]).toEqual([2, ''])
  expect(broken.stderr).toMatch(/^playproof: playbook\/comp\.yaml:\d+:\d+ cannot be read: .*\n$/)
}, 60_000)
