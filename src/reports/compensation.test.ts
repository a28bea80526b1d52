import { expect, test } from 'vitest'
import { compensationReport } from './compensation.ts'
import type { Sheet } from './report.ts'
import { halyard, ledgerOf, won } from './testing/halyard.ts'
import { type Asked, reportOf } from './testing/report-of.ts'

interface Statement {
  readonly period: string
  readonly judgedOn: string
  readonly deals: readonly { id: string; repeatable: boolean; reasons: readonly string[]; amount: number | null }[]
  readonly clawbacks: readonly object[]
  readonly repeatableAmount: number
  readonly participants: readonly { person: string; commission: number }[]
}

async function statement(
  rows: readonly string[],
  files: Record<string, string> = {},
  asked: Asked = {},
): Promise<Statement> {
  const all = { ...halyard, 'ledger.csv': ledgerOf(...rows), ...files }
  return (await reportOf(compensationReport, all, asked)).value as unknown as Statement
}

const fault = (files: Record<string, string | undefined>, asked: Asked = {}): Promise<string> =>
  reportOf(
    compensationReport,
    Object.fromEntries(Object.entries({ ...halyard, ...files }).filter(([, text]) => text !== undefined)) as Record<
      string,
      string
    >,
    asked,
  ).then(
    () => 'no fault',
    (error: Error) => error.message,
  )

const eight = Array.from({ length: 8 }, (_, index) => won(`D-${index + 1}`, '1000', '2026-02-10'))

test('every won deal of the period is listed with why it is no repeatable sale, and what churned since is taken back', async () => {
  const rows = [
    ...eight,
    won('E-1', '20000', '2026-02-11'),
    won('F-1', '700', '2026-02-12', ',banking,Founder network,New'),
    won('G-1', '800', '2026-02-12', ',banking,,Renewal'),
    won('H-1', '900', '2026-02-12', ',retail,,New'),
    won('I-1', '950', '2026-02-12', '2026-03-15,banking,,New'),
    won('J-1', '', '2026-03-31'),
    'K-1,Lost,Jo,lost,0,2025-10-01,2026-02-01,,banking,,New\n',
    'L-1,Open,Jo,open,50,2025-10-01,,,banking,,New\n',
    won('M-1', '60', '2026-04-01'),
    // Won in the quarter before: paid for then, and churned in this one, before it, or after T.
    won('P-1', '499.00', '2025-12-31', '2026-01-01,banking,,New'),
    won('P-2', '300', '2025-12-01', '2025-12-31,banking,,New'),
    won('P-3', '300', '2025-12-01', '2026-04-01,banking,,New'),
    // Never paid for: a retail deal, one without an amount, one won before anything was repeatable.
    won('P-4', '300', '2025-12-01', '2026-02-01,retail,,New'),
    won('P-5', '', '2025-12-01', '2026-02-01,banking,,New'),
    won('P-6', '300', '2025-06-01', '2026-02-01,banking,,New').replace('2025-10-01', '2025-05-01'),
  ]
  const repeatable = { repeatable: true, reasons: [] }
  const not = (...reasons: readonly string[]) => ({ repeatable: false, reasons })
  expect(await statement(rows)).toEqual({
    version: 1,
    period: '2026-Q1',
    judgedOn: '2026-03-31',
    ledgerSha256: 'ab12',
    deals: [
      ...eight.map((_, index) => ({
        id: `D-${index + 1}`,
        account: `Account of D-${index + 1}`,
        amount: 1000,
        ...repeatable,
      })),
      { id: 'E-1', account: 'Account of E-1', amount: 20000, ...not('elephant') },
      { id: 'F-1', account: 'Account of F-1', amount: 700, ...not('friends-and-family') },
      { id: 'G-1', account: 'Account of G-1', amount: 800, ...not('not-counted') },
      { id: 'H-1', account: 'Account of H-1', amount: 900, ...not('no-play') },
      { id: 'I-1', account: 'Account of I-1', amount: 950, ...not('churned') },
      { id: 'J-1', account: 'Account of J-1', amount: null, ...repeatable },
    ],
    clawbacks: [{ id: 'P-1', account: 'Account of P-1', amount: 499, period: '2025-Q4' }],
    repeatableAmount: 7501,
    participants: [
      // 0.035 x 7501.00 is 262.535: the half goes to the even cent.
      { person: 'jo', role: 'rep', rate: 0.035, commission: 262.54 },
      { person: 'mia', role: 'marketing', rate: 0.01, commission: 75.01 },
    ],
  })
})

test('half a cent goes down where the even cent is below', async () => {
  const { participants } = await statement([won('D-1', '7503', '2026-02-10')])
  expect(participants.map(({ commission }) => commission)).toEqual([262.6, 75.03])
})

test('the statement of a past quarter does not change with what is known later', async () => {
  const rows = [won('P-1', '499', '2025-12-31', '2026-01-01,banking,,New')]
  const { deals, repeatableAmount, judgedOn } = await statement(rows, {}, { period: '2025-Q4' })
  expect([judgedOn, repeatableAmount]).toEqual(['2025-12-31', 799])
  expect(deals.map(({ id, repeatable }) => [id, repeatable])).toEqual([
    ['C-1', true],
    ['C-2', true],
    ['C-3', true],
    ['P-1', true],
  ])
})

test('what is taken back may be more than what was won', async () => {
  const { repeatableAmount, participants } = await statement([
    won('D-1', '10', '2026-02-10'),
    won('P-1', '7511', '2025-12-31', '2026-01-01,banking,,New'),
  ])
  expect([repeatableAmount, ...participants.map(({ commission }) => commission)]).toEqual([-7501, -262.54, -75.01])
})

test('quarters follow the fiscal year', async () => {
  const settings = 'asOf: 2026-01-31\nfiscalYearStart: 2\n'
  const rows = [won('D-1', '10', '2025-10-31'), won('D-2', '20', '2026-01-31'), won('D-3', '40', '2026-02-01')]
  const { period, deals } = await statement(rows, { 'playbook.yaml': settings })
  expect([period, deals.map(({ id }) => id)]).toEqual(['2026-Q4', ['C-1', 'C-2', 'C-3', 'D-2']])
})

test('a plan by the month takes the last complete month, the leap day included', async () => {
  const files = {
    'playbook.yaml': 'asOf: 2028-03-30\n',
    'comp.yaml': (halyard['comp.yaml'] ?? '').replace('quarter', 'month'),
  }
  const rows = [won('D-1', '10', '2028-02-29'), won('D-2', '20', '2028-03-01'), won('D-3', '40', '2028-01-31')]
  const { period, judgedOn, deals } = await statement(rows, files)
  expect([period, judgedOn, deals.map(({ id }) => id)]).toEqual(['2028-02', '2028-02-29', ['D-1']])
  const paid = await statement([won('P-1', '50', '2025-12-31', '2026-01-01,banking,,New')], {
    ...files,
    'playbook.yaml': 'asOf: 2026-02-10\n',
  })
  expect([paid.period, paid.clawbacks, paid.repeatableAmount]).toEqual([
    '2026-01',
    [{ id: 'P-1', account: 'Account of P-1', amount: 50, period: '2025-12' }],
    -50,
  ])
})

test('yen have no smaller coin', async () => {
  const settings = 'asOf: 2026-03-31\ncurrency: JPY\n'
  const { repeatableAmount, participants } = await statement([won('D-1', '7500', '2026-02-10')], {
    'playbook.yaml': settings,
  })
  // 262.5 and 75.
  expect([repeatableAmount, ...participants.map(({ commission }) => commission)]).toEqual([7500, 262, 75])
})

const linesOf = async (files: Record<string, string>, asked: Asked): Promise<readonly string[]> =>
  ((await reportOf(compensationReport, { ...halyard, ...files }, asked)).sheet as Sheet).lines

test('a period that has not ended is judged as of today, and one that has not begun pays nothing: both are said', async () => {
  const settings = { 'playbook.yaml': 'asOf: 2025-12-05\n' }
  expect(await linesOf(settings, { period: '2025-Q4' })).toEqual([
    '2025-Q4 is 2025-10-01 to 2025-12-31; it is judged as of 2025-12-05.',
    'It has not ended: what is paid is judged on its last day, and may differ.',
    '3 won, 3 of them repeatable sales. Repeatable less clawed back, in USD: 300.00 - 0.00 = 300.00.',
    'Commission at 0.035, for one person: 0.035 x 300.00 = 10.50, rounded half to even.',
    'Commission at 0.01, for one person: 0.01 x 300.00 = 3.00, rounded half to even.',
  ])
  const later = (await reportOf(compensationReport, { ...halyard, ...settings }, { period: '2026-Q1' })).value
  expect(later).toMatchObject({ judgedOn: '2025-12-05', deals: [], clawbacks: [], repeatableAmount: 0 })
  expect((await linesOf(settings, { period: '2026-Q1' }))[1]).toBe('It has not begun: there is nothing to pay on yet.')
})

test('a period without deals is a statement of zeros', async () => {
  expect(await statement([], {}, { period: '2026-Q1' })).toMatchObject({
    deals: [],
    clawbacks: [],
    repeatableAmount: 0,
    participants: [{ commission: 0 }, { commission: 0 }],
  })
})

test('the sheet says what the statement was made from', async () => {
  const commit = { hash: 'f'.repeat(40), changed: true }
  const { sheet } = await reportOf(compensationReport, halyard, { commit })
  const madeFrom = sheet.tables.find(({ name }) => name === 'made-from')?.rows
  expect(madeFrom).toEqual([
    ['judged as of', '2026-03-31'],
    ['commit', 'f'.repeat(40)],
    ['changed since', 'yes: the playbook differs from this commit'],
    ['ledger SHA-256', 'ab12'],
    ['basis', 'matched: deals that fit; nobody recorded that the play was run'],
  ])
})

test('a statement over a ledger with faults says so', async () => {
  const wrong = won('D-1', 'much', '2026-02-10')
  expect((await linesOf({ 'ledger.csv': ledgerOf(wrong) }, { period: '2026-Q1' })).at(-1)).toBe(
    'The ledger has faults in 1 of its rows, which are left out; `playproof check` names them.',
  )
})

test('nothing is paid without a plan, by a plan with a fault, or for a period that is not the plan’s', async () => {
  const participants = 'participants:\n  - { person: jo, rate: 0.01 }\n  - { person: mia, rate: 0.01 }\n'
  expect(await fault({ 'comp.yaml': undefined })).toBe(
    'there is no compensation plan. Write playbook/comp.yaml with `period: quarter` (or month) and `participants: [{ person: <id>, rate: 0.01 }, …]`, at least one of sales and one of marketing.',
  )
  expect(await fault({ 'comp.yaml': `period: year\n${participants}` })).toMatch(
    /^nothing is paid by a plan with a fault: playbook\/comp\.yaml:1:9 /,
  )
  expect(await fault({ 'comp.yaml': 'period: month\nparticipants: [{ person: jo, rate: 1.5 }]\n' })).toMatch(
    /playbook\/comp\.yaml:2:36 .*0 to 1/,
  )
  expect(await fault({ 'comp.yaml': `period: month\n${participants.replace('mia', 'miya')}` })).toMatch(
    /playbook\/comp\.yaml:4:15 There is no person `miya`/,
  )
  expect(await fault({ 'comp.yaml': 'period: month\nparticipants: [{ person: jo, rate: 0.1 }]\n' })).toMatch(
    /playbook\/comp\.yaml:2:15 `participants` names nobody of marketing/,
  )
  expect(await fault({}, { period: '2026-01' })).toBe(
    'comp.yaml pays by the quarter, and `2026-01` is none. Write `--period 2026-Q1`, for example.',
  )
  expect(await fault({ 'ledger.csv': undefined })).toMatch(
    /^`report comp` needs the ledger, and there is none to read\./,
  )
  const largest = String(Number.MAX_SAFE_INTEGER).slice(0, -2)
  expect(
    await fault({ 'ledger.csv': ledgerOf(won('D-1', largest, '2026-02-10'), won('D-2', largest, '2026-02-10')) }),
  ).toMatch(/^the amounts of these deals add up to more than can be told exactly/)
})
