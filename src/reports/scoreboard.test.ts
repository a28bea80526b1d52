import { expect, test } from 'vitest'
import { compensationReport } from './compensation.ts'
import { scoreboardReport } from './scoreboard.ts'
import { halyard, ledgerOf, won } from './testing/halyard.ts'
import { type Asked, reportOf } from './testing/report-of.ts'

interface Board {
  readonly quarters: readonly { quarter: string; repeatableAmount: number; yearBefore: { quarter: string } | null }[]
  readonly plays: readonly { id: string }[]
}

async function board(rows: readonly string[], files: Record<string, string> = {}, asked: Asked = {}): Promise<Board> {
  const all = { ...halyard, 'ledger.csv': ledgerOf(...rows), ...files }
  return (await reportOf(scoreboardReport, all, asked)).value as unknown as Board
}

const market = '---\ntitle: Banks\nsegment: banks\nterritory: {}\nstage: discovery\nsince: 2025-01-01\n---\n'

test('a quarter has its won deals, the repeatable ones, the others by reason, and what was taken back', async () => {
  const rows = [
    won('D-1', '1000.50', '2026-02-10'),
    won('F-1', '700', '2026-02-12', ',retail,Founder network,Renewal'),
    won('H-1', '900', '2026-02-12', ',retail,,New'),
    won('I-1', '50', '2026-02-12', '2026-03-15,banking,,New'),
    won('P-1', '400', '2025-12-31', '2026-01-01,banking,,New'),
  ]
  const { quarters } = await board(rows, { 'markets/banks.md': market })
  expect(quarters).toEqual([
    {
      quarter: '2025-Q4',
      from: '2025-10-01',
      to: '2025-12-31',
      judgedOn: '2025-12-31',
      complete: true,
      won: { deals: 4, amount: 700 },
      repeatable: { deals: 4, amount: 700 },
      notRepeatable: { deals: 0, amount: 0 },
      reasons: [],
      clawbacks: { deals: 0, amount: 0 },
      repeatableAmount: 700,
      focus: { wins: { deals: 4, amount: 700 }, inside: { deals: 4, amount: 700 }, share: 1, amountShare: 1 },
      yearBefore: null,
    },
    {
      quarter: '2026-Q1',
      from: '2026-01-01',
      to: '2026-03-31',
      judgedOn: '2026-03-31',
      complete: true,
      won: { deals: 4, amount: 2650.5 },
      repeatable: { deals: 1, amount: 1000.5 },
      notRepeatable: { deals: 3, amount: 1650 },
      reasons: [
        { reason: 'not-counted', deals: 1, amount: 700 },
        { reason: 'friends-and-family', deals: 1, amount: 700 },
        { reason: 'churned', deals: 1, amount: 50 },
        { reason: 'no-play', deals: 1, amount: 900 },
      ],
      clawbacks: { deals: 1, amount: 400 },
      repeatableAmount: 600.5,
      focus: {
        wins: { deals: 3, amount: 1950.5 },
        inside: { deals: 2, amount: 1050.5 },
        share: 2 / 3,
        amountShare: 1050.5 / 1950.5,
      },
      yearBefore: null,
    },
  ])
})

test('the scoreboard and the compensation statement of a quarter say one number', async () => {
  const rows = [
    won('D-1', '1000.55', '2026-02-10'),
    won('I-1', '50', '2026-02-12', '2026-03-15,banking,,New'),
    won('P-1', '400.10', '2025-12-31', '2026-01-01,banking,,New'),
  ]
  const files = { ...halyard, 'ledger.csv': ledgerOf(...rows) }
  for (const { quarter, repeatableAmount } of (await board(rows)).quarters)
    expect((await reportOf(compensationReport, files, { period: quarter })).value).toMatchObject({ repeatableAmount })
})

test('each quarter stands against the same one of the year before, where the ledger has a closed deal in it', async () => {
  const lost = won('Z-1', '0', '2025-03-31').replace(',won,', ',lost,').replace('2025-10-01', '2025-01-01')
  const rows = [lost, won('D-1', '10', '2026-02-10'), won('D-2', '30', '2026-11-10'), won('D-3', '7', '2026-12-31')]
  const { quarters } = await board(rows, { 'playbook.yaml': 'asOf: 2026-12-15\n' })
  expect(
    quarters.map(({ quarter, yearBefore, repeatableAmount }) => [quarter, repeatableAmount, yearBefore?.quarter]),
  ).toEqual([
    ['2025-Q1', 0, undefined],
    ['2025-Q4', 300, undefined],
    ['2026-Q1', 10, '2025-Q1'],
    ['2026-Q4', 30, '2025-Q4'],
  ])
  expect(quarters.at(-1)).toMatchObject({
    complete: false,
    judgedOn: '2026-12-15',
    yearBefore: { judgedOn: '2025-12-31', repeatable: { deals: 3, amount: 300 }, repeatableAmount: 300 },
  })
})

test('the last eight quarters with a closed deal are shown, or the one asked for', async () => {
  const rows = Array.from({ length: 9 }, (_, index) => {
    const closed = `${2023 + Math.floor(index / 4)}-${String((index % 4) * 3 + 1).padStart(2, '0')}-15`
    return won(`D-${index}`, '10', closed).replace('2025-10-01', '2022-01-01')
  })
  const names = (await board(rows)).quarters.map(({ quarter }) => quarter)
  expect(names).toEqual(['2023-Q3', '2023-Q4', '2024-Q1', '2024-Q2', '2024-Q3', '2024-Q4', '2025-Q1', '2025-Q4'])
  const asked = (await board(rows, {}, { period: '2024-Q2' })).quarters
  expect(asked).toMatchObject([
    { quarter: '2024-Q2', won: { deals: 1, amount: 10 }, yearBefore: { quarter: '2023-Q2' } },
  ])
})

test('plays in use are ranked, the best verdict first; too few deals show neither a rate nor a rank', async () => {
  const play = halyard['plays/audit.md'] ?? ''
  const files = {
    ...halyard,
    'plays/draft.md': play.replace('trial', 'draft'),
    'plays/retired.md': play.replace('trial', 'retired'),
    'plays/unproven.md': play.replace(/evidence: .*/, 'evidence: []'),
  }
  const { value, sheet } = await reportOf(scoreboardReport, files)
  const record = { status: 'trial', tooFew: true, basis: 'matched', wins: 3, losses: 0, winRate: 1, rank: 1 }
  expect((value as unknown as Board).plays).toEqual([
    { id: 'audit', verdict: 'repeatable', ...record, low: expect.closeTo(0.4644, 3), high: expect.closeTo(0.9998, 3) },
    { id: 'unproven', verdict: 'unproven', ...record, low: expect.closeTo(0.4644, 3), high: expect.closeTo(0.9998, 3) },
  ])
  expect(sheet.tables.find(({ name }) => name === 'plays')?.rows).toEqual([
    ['audit', 'repeatable', null, 3, 3, null, null, null],
    ['unproven', 'unproven', null, 3, 3, null, null, null],
  ])
})

test('a ledger without a closed deal has no quarter yet', async () => {
  const empty = { 'ledger.csv': 'id,outcome\nD-1,open\n' }
  expect((await board([], empty)).quarters).toEqual([])
})
