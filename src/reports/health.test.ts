/** A play that nobody confirmed and that cites a deal without a review, a message of a person who left, late feedback. */
import { expect, test } from 'vitest'
import type { Files } from '../testing/findings-in.ts'
import { healthReport } from './health.ts'
import { reportOf } from './testing/report-of.ts'

const files: Files = {
  'ledger.csv': 'id,industry,owner\nD-18,bank,Sam Reed\nD-19,bank,Nobody Known\n',
  'people/jo-park.md': '---\nname: Jo Park\nrole: rep\n---\n',
  'people/sam-reed.md': '---\nname: Sam Reed\nrole: rep\nledgerName: Sam Reed\n---\n',
  'people/kim-lee.md': '---\nname: Kim Lee\nrole: marketing\n---\n',
  'people/lee-ash.md': '---\nname: Lee Ash\nrole: marketing\nuntil: 2026-05-01\n---\n',
  'segments/banks.md': '---\ntitle: Banks\nmatch: { industry: bank }\n---\n',
  'plays/audit.md': `---
title: Audit
status: trial
until: 2026-12-31
owners: { marketing: kim-lee, sales: jo-park }
segment: banks
evidence: [{ deal: "D-18", shows: It held. }, { deal: D-19, shows: Again. }]
---
`,
  'messages/calm.md': `---
title: Calm
status: approved
pillar: Calm
claim: Nothing moves.
owners: { marketing: lee-ash, sales: jo-park }
---
`,
  'feedback/late.md': '---\non: plays/audit\nby: jo-park\ndate: 2026-06-01\nresult: failed\n---\nNo.\n',
}

/** Kind, severity and page of what the small playbook is about; it has other findings. */
async function lists(of: Files): Promise<Record<string, string[]>> {
  const { value } = await reportOf(healthReport, of)
  return Object.fromEntries(
    value.owners.map(({ owner, work }) => [
      owner ?? 'nobody',
      work
        .filter(({ kind }) => kind !== 'other')
        .map(({ kind, severity, page, deal }) => [kind, severity, page, deal].join(' ')),
    ]),
  )
}

test('work stands on the list of everybody who owns the page, a missing story on the list of whoever sold the deal', async () => {
  const both = ['due warn plays/audit ', 'no-review warn plays/audit D-19']
  expect(await lists(files)).toMatchObject({
    'kim-lee': ['unanswered error feedback/late ', ...both],
    'jo-park': ['due warn messages/calm ', 'due warn plays/audit ', 'unowned warn messages/calm ', both[1]],
    'lee-ash': ['due warn messages/calm ', 'unowned warn messages/calm '],
    'sam-reed': ['no-review warn plays/audit D-18'],
  })
})

test('the value tells the finding whole, and counts it once however many lists it stands on', async () => {
  const { value, sheet } = await reportOf(healthReport, files)
  expect(value.owners.find(({ owner }) => owner === 'sam-reed')?.work[0]).toEqual({
    kind: 'no-review',
    severity: 'warn',
    rule: 'citation/no-review',
    text: 'No review tells why `D-18` (Account of D-18, $1,000, won on 2026-03-10) was won, so it does not count for “Audit” yet. Write one with `playproof new review D-18`; one person of sales and one of marketing sign it.',
    page: 'plays/audit',
    deal: 'D-18',
    file: 'playbook/plays/audit.md',
    line: 7,
  })
  expect(value.counts).toMatchObject({ due: 2, unowned: 1, 'no-review': 2, unanswered: 1, suspect: 0 })
  for (const { columns, rows } of sheet.tables) for (const row of rows) expect(row.length).toBe(columns.length)
})

test('where nothing is wrong it says so', async () => {
  const { value, sheet } = await reportOf(healthReport, { 'people/kim-lee.md': files['people/kim-lee.md'] ?? '' })
  expect([value.owners, sheet.lines]).toEqual([[], ['Nothing is to be done: no rule found anything wrong.']])
})
