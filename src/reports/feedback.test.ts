/** Three notes on one page and its collateral: answered in time, late, not yet. */
import { expect, test } from 'vitest'
import type { Files } from '../testing/findings-in.ts'
import { feedbackReport } from './feedback.ts'
import { reportOf } from './testing/report-of.ts'

const play = (status: string) =>
  `---\ntitle: Land with finance\nstatus: ${status}\nowners: { marketing: kim-lee, sales: jo-park }\nsegment: banks\n---\n`
const note = (more: string) => `---\non: plays/finance\nby: jo-park\nresult: changed\n${more}\n---\nThey laughed.\n`

const files: Files = {
  'plays/finance.md': play('trial'),
  'messages/calm.md': '---\ntitle: Calm\nowners: { marketing: lee-ash, sales: jo-park }\n---\n',
  'collateral/deck.md': '---\ntitle: Deck\nfile: decks/deck.pptx\nowner: lee-ash\n---\n',
  'feedback/quick.md': note(
    'date: 2026-04-01\nanswer: { by: kim-lee, date: 2026-04-05, action: The opening changed. }',
  ),
  'feedback/slow.md': note(
    'date: 2026-05-01\ndeal: D-17\nanswer: { by: lee-ash, date: 2026-05-13, action: "See [the message](../messages/calm.md)." }',
  ),
  'feedback/fresh.md': note('date: 2026-06-27').replace('plays/finance', 'collateral/deck'),
  'feedback/waiting.md': note('date: 2026-06-20'),
}

/** Latest first, as git tells them. */
const mergedChanges = new Map([
  [
    'playbook/plays/finance.md',
    [
      { commit: 'd4', day: '2026-06-10' },
      { commit: 'c3', day: '2026-04-09' },
      { commit: 'a1', day: '2026-03-01' },
    ],
  ],
  ['playbook/messages/calm.md', [{ commit: 'e5', day: '2026-05-03' }]],
])

test('open notes are told by what is due and late, answered ones by how long it took and what changed', async () => {
  const { value } = await reportOf(feedbackReport, files, { mergedChanges })
  expect(value).toEqual({
    version: 1,
    asOf: '2026-06-30',
    period: null,
    answerDays: 7,
    medianAnswerDays: 8,
    maxAnswerDays: 12,
    medianChangeDays: 5,
    history: true,
    open: [
      {
        id: 'fresh',
        on: 'collateral/deck',
        by: 'jo-park',
        date: '2026-06-27',
        result: 'changed',
        deal: null,
        owner: 'lee-ash',
        due: '2026-07-04',
        days: 3,
        late: false,
      },
      {
        id: 'waiting',
        on: 'plays/finance',
        by: 'jo-park',
        date: '2026-06-20',
        result: 'changed',
        deal: null,
        owner: 'kim-lee',
        due: '2026-06-27',
        days: 10,
        late: true,
      },
    ],
    answered: [
      {
        id: 'slow',
        on: 'plays/finance',
        by: 'jo-park',
        date: '2026-05-01',
        result: 'changed',
        deal: 'D-17',
        owner: 'kim-lee',
        answeredBy: 'lee-ash',
        answeredOn: '2026-05-13',
        days: 12,
        late: true,
        action: 'See [the message](../messages/calm.md).',
        changedPage: 'messages/calm',
        change: { on: '2026-05-03', days: 2, commit: 'e5' },
      },
      {
        id: 'quick',
        on: 'plays/finance',
        by: 'jo-park',
        date: '2026-04-01',
        result: 'changed',
        deal: null,
        owner: 'kim-lee',
        answeredBy: 'kim-lee',
        answeredOn: '2026-04-05',
        days: 4,
        late: false,
        action: 'The opening changed.',
        changedPage: 'plays/finance',
        change: { on: '2026-04-09', days: 8, commit: 'c3' },
      },
    ],
    owners: [
      { owner: 'kim-lee', open: 1, late: 1, answered: 2, medianDays: 8, maxDays: 12 },
      { owner: 'lee-ash', open: 1, late: 0, answered: 0, medianDays: null, maxDays: null },
    ],
  })
})

test('a change after the day that everything is judged on has not happened yet, and without a history none is known', async () => {
  const settings = { 'playbook.yaml': 'asOf: 2026-04-08\n' }
  const early = await reportOf(feedbackReport, { ...files, ...settings }, { mergedChanges })
  expect(early.value.answered.map(({ id, change }) => [id, change])).toEqual([
    ['slow', null],
    ['quick', null],
  ])
  expect(early.sheet.lines.at(-1)).toBe('No page has changed after an answer yet, as far as the history goes.')
  const { value, sheet } = await reportOf(feedbackReport, files)
  expect([value.history, value.medianChangeDays]).toEqual([false, null])
  expect(sheet.lines.at(-1)).toBe('There is no git history here, so nobody can say how long a change takes.')
})

test('notes of a period are those written in it', async () => {
  const { value, sheet } = await reportOf(feedbackReport, files, { period: '2026-05', mergedChanges })
  expect([value.period, value.open, value.answered.map(({ id }) => id)]).toEqual(['2026-05', [], ['slow']])
  expect(sheet.lines[0]).toBe('Nothing waits for an answer. Of notes written in 2026-05.')
})

test('what was said about a retired page waits for nobody, and a note on no page is left to its finding', async () => {
  const { value, sheet } = await reportOf(feedbackReport, {
    ...files,
    'plays/finance.md': play('retired'),
    'feedback/lost.md': note('date: 2026-06-01').replace('plays/finance', 'plays/nowhere'),
  })
  expect(value.open.map(({ id, due, late }) => [id, due, late])).toEqual([
    ['fresh', '2026-07-04', false],
    ['waiting', null, false],
  ])
  expect(value.owners).toEqual([
    { owner: 'lee-ash', open: 1, late: 0, answered: 0, medianDays: null, maxDays: null },
    { owner: 'kim-lee', open: 0, late: 0, answered: 2, medianDays: 8, maxDays: 12 },
  ])
  expect(sheet.lines[0]).toBe('1 note waits for an answer; none is late.')
  for (const { columns, rows } of sheet.tables) for (const row of rows) expect(row.length).toBe(columns.length)
})
