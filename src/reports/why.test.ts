/** Four reviews: two of one event, a loss without one, and a deal that had not closed by the day. */
import { expect, test } from 'vitest'
import type { Files } from '../testing/findings-in.ts'
import { reportOf } from './testing/report-of.ts'
import { whyReport } from './why.ts'

const review = (deal: string, outcome: string, event: string, more: string, why = '') => `---
deal: ${deal}
outcome: ${outcome}
compellingEvent: ${JSON.stringify(event)}
${more}
reviewers: { marketing: kim-lee, sales: jo-park }
date: 2026-06-01
---
## What happened

They called.
${why}`

const files: Files = {
  'ledger.csv': `id,industry,outcome,account,amount,closed
D-17,bank,lost,Halyard Bank,0,2026-03-14
D-18,bank,won,Ash Bank,100.10,2026-04-02
D-19,shop,won,Birch Shops,200.20,2026-05-02
D-20,shop,won,Cedar Shops,900,2026-07-02
D-21,shop,won,Dale Shops,900,2026-05-09
`,
  'segments/banks.md': '---\ntitle: Banks\nmatch: { industry: bank }\n---\n',
  'reviews/D-17.md': review(
    'D-17',
    'lost',
    '',
    'relationship: none\nplays: [audit]',
    '## Why we lost\n\nNobody had\nto [act](../plays/audit.md).\n',
  ),
  'reviews/D-18.md': review(
    'D-18',
    'won',
    'The audit was due.',
    'relationship: friend\nplays: [audit]\ncompetitors: [bramble]',
  ),
  'reviews/D-19.md': review(
    'D-19',
    'won',
    'the  AUDIT was due.',
    'relationship: none',
    '## Why we won\n\nWe were there.\n',
  ),
  'reviews/D-20.md': review('D-20', 'won', 'The audit was due.', 'relationship: none'),
}

test('reviews of won and lost deals stand side by side, by event, segment, play, competitor and relationship', async () => {
  const { value } = await reportOf(whyReport, files)
  expect(value).toEqual({
    version: 1,
    asOf: '2026-06-30',
    period: null,
    closedDeals: 4,
    all: { won: 2, lost: 1, wonAmount: 300.3 },
    withEvent: { won: 2, lost: 0, wonAmount: 300.3 },
    withoutEvent: { won: 0, lost: 1, wonAmount: 0 },
    events: [{ event: 'the AUDIT was due.', won: 2, lost: 0, wonAmount: 300.3, deals: ['D-19', 'D-18'] }],
    segments: [{ id: 'banks', won: 1, lost: 1, wonAmount: 100.1, wonWithEvent: 1, lostWithEvent: 0 }],
    plays: [{ id: 'audit', won: 1, lost: 1, wonAmount: 100.1, wonWithEvent: 1, lostWithEvent: 0 }],
    competitors: [{ id: 'bramble', won: 1, lost: 0, wonAmount: 100.1, wonWithEvent: 1, lostWithEvent: 0 }],
    relationships: [
      { id: 'none', won: 1, lost: 1, wonAmount: 200.2, wonWithEvent: 1, lostWithEvent: 0 },
      { id: 'friend', won: 1, lost: 0, wonAmount: 100.1, wonWithEvent: 1, lostWithEvent: 0 },
    ],
    stories: [
      {
        deal: 'D-19',
        outcome: 'won',
        account: 'Birch Shops',
        amount: 200.2,
        closed: '2026-05-02',
        event: 'the AUDIT was due.',
        why: 'We were there.',
        relationship: 'none',
        segments: [],
        plays: [],
        competitors: [],
      },
      {
        deal: 'D-18',
        outcome: 'won',
        account: 'Ash Bank',
        amount: 100.1,
        closed: '2026-04-02',
        event: 'The audit was due.',
        why: null,
        relationship: 'friend',
        segments: ['banks'],
        plays: ['audit'],
        competitors: ['bramble'],
      },
      {
        deal: 'D-17',
        outcome: 'lost',
        account: 'Halyard Bank',
        amount: 0,
        closed: '2026-03-14',
        event: '',
        why: 'Nobody had to act.',
        relationship: 'none',
        segments: ['banks'],
        plays: ['audit'],
        competitors: [],
      },
    ],
  })
})

test('the sheet says of how many deals it speaks, and a period narrows both', async () => {
  const { sheet } = await reportOf(whyReport, files)
  expect(sheet.lines).toEqual([
    '3 of 4 deals have a review: 2 won, 1 lost.',
    'Something made the buyer act in all 2 won and in 0 of the 1 lost ones.',
  ])
  expect(sheet.tables[0]?.rows).toEqual([
    ['there was one', 2, 300.3, 0, 1],
    ['there was none', 0, 0, 1, 0],
    ['the AUDIT was due.', 2, 300.3, 0, 1],
  ])
  const may = await reportOf(whyReport, files, { period: '2026-05' })
  expect(may.sheet.lines[0]).toBe('1 of 2 deals that closed in 2026-05 have a review: 1 won, 0 lost.')
  const none = await reportOf(whyReport, files, { period: '2026-01' })
  expect(none.sheet.lines).toEqual([
    'No review tells of a deal that closed in 2026-01. Write one with `playproof new review <deal>`, while somebody remembers.',
  ])
  for (const made of [sheet, none.sheet])
    for (const { columns, rows } of made.tables) for (const row of rows) expect(row.length).toBe(columns.length)
})
