import { expect, test } from 'vitest'
import { check, findingsIn } from '../../testing/findings-in.ts'
import { unansweredFeedback } from './unanswered.ts'

const note = (more: string) => `---\nby: jo\nresult: failed\n${more}\n---\nIt did not help.\n`
const files = {
  'plays/finance.md': '---\ntitle: Land\nstatus: draft\nowners: { marketing: mia, sales: jo }\n---\n',
  'collateral/deck.md': '---\ntitle: Deck\nfile: decks/deck.pptx\nmessages: []\nowner: lee\n---\n',
  'people/jo.md': '---\nname: Jo Park\nrole: rep\n---\n',
  'people/mia.md': '---\nname: Mia Sand\nrole: marketing\n---\n',
}

test('the finding says who saw it, since when it waits and whose answer it is', async () => {
  const late = { ...files, 'feedback/a.md': note('on: plays/finance\ndate: 2026-06-20') }
  expect(await findingsIn(unansweredFeedback, late, { withText: true })).toBe(
    'feedback/a.md:5:7 warn feedback/unanswered\n' +
      '  What Jo Park saw with `plays/finance` has waited 10 days for an answer; it was due on 2026-06-27. The answer is Mia Sand’s (`mia`): write `answer: { by, date, action }`, also where nothing is going to change.',
  )
  const { findings } = await check(late, [unansweredFeedback])
  expect(findings[0]?.related).toMatchObject([
    { file: 'playbook/plays/finance.md', range: { start: { line: 4, column: 22 } } },
  ])
})

test('two weeks are a warning still, a day more is an error', async () => {
  const of = (day: string) =>
    findingsIn(unansweredFeedback, { ...files, 'feedback/a.md': note(`on: plays/finance\ndate: ${day}`) })
  expect(await of('2026-06-16')).toBe('feedback/a.md:5:7 warn feedback/unanswered')
  expect(await of('2026-06-15')).toBe('feedback/a.md:5:7 error feedback/unanswered')
})

test('playbook.yaml decides about days and severity', async () => {
  const settings = (yaml: string) => ({
    ...files,
    'playbook.yaml': yaml,
    'feedback/a.md': note('on: plays/finance\ndate: 2026-06-01'),
  })
  expect(await findingsIn(unansweredFeedback, settings('evidence: { answerDays: 29 }\n'))).toBe('')
  expect(await findingsIn(unansweredFeedback, settings('rules: { feedback/unanswered: hint }\n'))).toBe(
    'feedback/a.md:5:7 hint feedback/unanswered',
  )
})

test('the owner of a deck answers for it; where nobody owns a page, somebody is to be named', async () => {
  const deck = { ...files, 'feedback/a.md': note('on: collateral/deck\ndate: 2026-06-20') }
  expect(await findingsIn(unansweredFeedback, deck, { withText: true })).toContain('The answer is lee’s (`lee`)')
  const unowned = { ...deck, 'collateral/deck.md': '---\ntitle: Deck\nfile: decks/deck.pptx\nmessages: []\n---\n' }
  expect(await findingsIn(unansweredFeedback, unowned, { withText: true })).toContain('Nobody owns that page')
})

test('an unknown page, a broken answer and a note of tomorrow are not late', async () => {
  const of = (fields: string) => findingsIn(unansweredFeedback, { ...files, 'feedback/a.md': note(fields) })
  expect(await of('on: plays/finnance\ndate: 2026-06-01')).toBe('')
  expect(await of('on: plays/finance\ndate: 2026-06-01\nanswer: { by: mia }')).toBe('')
  expect(await of('on: plays/finance\ndate: 2026-07-01')).toBe('')
})
