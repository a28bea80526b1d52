import { expect, test } from 'vitest'
import { check, findingsIn } from '../../testing/findings-in.ts'
import { sharedSeat } from './shared.ts'

const market = (fields: string) => `---\ntitle: Banks\n${fields}\n---\n`
const people = {
  'people/ada.md': '---\nname: Ada Quill\nrole: founder\n---\n',
  'people/jo.md': '---\nname: Jo Park\nrole: rep\n---\n',
}

test('the finding says who holds both and in which stage a founder may', async () => {
  const files = {
    ...people,
    'markets/m.md': market('stage: creation\nsince: 2026-01-01\nseats: { learning: ada, selling: ada }'),
  }
  expect(await findingsIn(sharedSeat, files, { withText: true })).toBe(
    'markets/m.md:5:34 error seat/shared\n' +
      '  Ada Quill holds both seats of “Banks”: who has to sell does not hear what the market says. A founder may hold both while a market is in `discovery`; this one is in `creation`. Name somebody else under `seats.learning` or `seats.selling`.',
  )
  const { findings } = await check(files, [sharedSeat])
  expect(findings[0]?.related).toMatchObject([{ range: { start: { line: 5, column: 20 } } }])
})

test('nobody but a founder holds both, in discovery neither', async () => {
  const files = {
    ...people,
    'markets/m.md': market('stage: discovery\nsince: 2026-01-01\nseats: { learning: jo, selling: jo }'),
  }
  expect(await findingsIn(sharedSeat, files)).toBe('markets/m.md:5:33 error seat/shared')
})

test('the stage is the one of the day', async () => {
  const fields =
    'stage: validation\nsince: 2026-05-01\nhistory: [{ stage: discovery, on: 2026-01-01 }]\nseats: { learning: ada, selling: ada }'
  const on = (day: string) =>
    findingsIn(sharedSeat, { ...people, 'playbook.yaml': `asOf: ${day}\n`, 'markets/m.md': market(fields) })
  expect(await on('2026-04-30')).toBe('')
  expect(await on('2026-05-01')).toBe('markets/m.md:6:34 error seat/shared')
})

test('an empty seat is shared by nobody, and unknown people are left to reference/unknown', async () => {
  const of = (seats: string) =>
    findingsIn(sharedSeat, {
      ...people,
      'markets/m.md': market(`stage: validation\nsince: 2026-01-01\nseats: ${seats}`),
    })
  expect(await of('{ learning: ada }')).toBe('')
  expect(await of('{}')).toBe('')
  expect(await of('{ learning: who, selling: who }')).toBe('')
})
