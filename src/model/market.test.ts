/** The stages of a market, by day. */
import { expect, test } from 'vitest'
import { stageOn, stagesOf } from './market.ts'

const market = {
  stage: 'creation',
  since: '2026-03-01',
  history: [
    { stage: 'validation', on: '2025-09-01', why: 'They named one moment.' },
    { stage: 'discovery', on: '2025-03-01' },
  ],
} as const

test('a stage begins on its first day and lasts until the next begins', () => {
  expect(
    ['2025-02-28', '2025-03-01', '2025-08-31', '2025-09-01', '2026-02-28', '2026-03-01', '2027-01-01'].map((day) =>
      stageOn(market, day),
    ),
  ).toEqual([undefined, 'discovery', 'discovery', 'validation', 'validation', 'creation', 'creation'])
})

test('a history that tells of the present stage too tells why it began', () => {
  const history = [...market.history, { stage: 'creation', on: '2026-03-01', why: 'Three banks bought.' } as const]
  expect(stagesOf({ ...market, history })).toEqual([
    { stage: 'discovery', on: '2025-03-01' },
    { stage: 'validation', on: '2025-09-01', why: 'They named one moment.' },
    { stage: 'creation', on: '2026-03-01', why: 'Three banks bought.' },
  ])
})

test('without a first day the present stage began on no day', () => {
  expect(stageOn({ ...market, since: undefined }, '2027-01-01')).toBe('validation')
})
