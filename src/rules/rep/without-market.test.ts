import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { repWithoutMarket } from './without-market.ts'

const jo = { 'people/jo.md': '---\nname: Jo Park\nrole: rep\n---\n' }
const market = (fields: string) => `---\ntitle: Banks\n${fields}\n---\n`

test('a playbook without a market asks for none', async () => {
  expect(await findingsIn(repWithoutMarket, jo)).toBe('')
})

test('the finding names the markets still being learned that list the rep', async () => {
  const learning = { ...jo, 'markets/a.md': market('stage: discovery\nsince: 2026-01-01\nreps: [jo]') }
  expect(await findingsIn(repWithoutMarket, learning, { withText: true })).toBe(
    'people/jo.md:2:7 warn rep/without-market\n' +
      '  Jo Park is a rep whom only “Banks”, still being learned, lists: somebody sells without a market in which selling has been learned. Add `jo` to `reps` of a market in `creation` or `building`, or correct `role` or `until` here.',
  )
  const nowhere = { ...jo, 'markets/a.md': market('stage: building\nsince: 2026-01-01') }
  expect(await findingsIn(repWithoutMarket, nowhere, { withText: true })).toContain('a rep whom no market lists:')
})

test('the stage is the one of the day', async () => {
  const fields = 'stage: creation\nsince: 2026-05-01\nhistory: [{ stage: validation, on: 2026-01-01 }]\nreps: [jo]'
  const on = (day: string) =>
    findingsIn(repWithoutMarket, { ...jo, 'playbook.yaml': `asOf: ${day}\n`, 'markets/a.md': market(fields) })
  expect(await on('2026-04-30')).toBe('people/jo.md:2:7 warn rep/without-market')
  expect(await on('2026-05-01')).toBe('')
})

test('while a list of reps cannot be read nobody is said to be missing from it', async () => {
  const broken = { ...jo, 'markets/a.md': market('stage: creation\nsince: 2026-01-01\nreps: { jo: yes }') }
  expect(await findingsIn(repWithoutMarket, broken)).toBe('')
})
