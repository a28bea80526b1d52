import { expect, test } from 'vitest'
import { banks, trialPlay } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { deadPlay } from './dead.ts'

const since = (day: string, more = '') => trialPlay('[{ deal: D-18 }]', { more: `since: ${day}\n${more}` })
const files = {
  'playbook.yaml': 'asOf: 2026-08-31\n',
  'ledger.csv': 'id,industry\nD-18,banking\n',
  'segments/banks.md': banks,
}

test('half a year before the last of August is the last of February', async () => {
  const retail = { ...files, 'ledger.csv': 'id,industry\nD-18,retail\nD-19,banking\n' }
  const other = 'match: { industry: retail }'
  expect(await findingsIn(deadPlay, { ...retail, 'plays/finance.md': since('2026-02-28', other) })).toBe(
    'plays/finance.md:2:8 hint play/dead',
  )
  expect(await findingsIn(deadPlay, { ...retail, 'plays/finance.md': since('2026-03-01', other) })).toBe('')
})

test('a lost deal is a deal: the play is run', async () => {
  const lost = { ...files, 'ledger.csv': 'id,industry,outcome\nD-17,banking,lost\n' }
  expect(await findingsIn(deadPlay, { ...lost, 'plays/finance.md': since('2026-01-01') })).toBe('')
})

test('a play without `since`, and one of an unknown segment, is never called dead', async () => {
  const none = { ...files, 'ledger.csv': 'id,industry\nD-18,retail\n' }
  expect(await findingsIn(deadPlay, { ...none, 'plays/finance.md': since('2026-01-01') })).toBe(
    'plays/finance.md:2:8 hint play/dead',
  )
  expect(await findingsIn(deadPlay, { ...none, 'plays/finance.md': trialPlay('[{ deal: D-18 }]') })).toBe('')
  const { 'segments/banks.md': _, ...withoutSegment } = none
  expect(await findingsIn(deadPlay, { ...withoutSegment, 'plays/finance.md': since('2026-01-01') })).toBe('')
})

test('what is left out of the record is told, so that nobody looks for it', async () => {
  const ledger = `id,industry,outcome,source,created,closed
D-18,banking,won,Friends,2026-02-10,2026-03-10
D-19,banking,won,Web,,2026-03-10
D-20,banking,open,Web,2026-02-10,
D-21,banking,open,Web,2026-02-11,
`
  const old = {
    ...files,
    'playbook.yaml': 'asOf: 2026-08-31\nevidence: { friendsSources: [Friends] }\n',
    'ledger.csv': ledger,
  }
  expect(await findingsIn(deadPlay, { ...old, 'plays/finance.md': since('2026-01-01') }, { withText: true })).toBe(
    'plays/finance.md:2:8 hint play/dead\n' +
      '  “Land with finance” has been in use since 2026-01-01, and no deal that fits it has closed since then (left out: 2 open deals, 1 deal of friends and family, 1 deal without `created`). Find out whether anybody runs it; if not, set `status: retired`, or correct `segment`, `match` or `since`.',
  )
})

test('a play older than the record is dead when nothing closed in the record', async () => {
  const old = { ...files, 'ledger.csv': 'id,industry,created,closed\nD-18,banking,2024-01-10,2024-08-30\n' }
  expect(await findingsIn(deadPlay, { ...old, 'plays/finance.md': since('2023-01-01') }, { withText: true })).toContain(
    'has been in use since 2023-01-01, and no deal that fits it has closed since 2024-08-31.',
  )
})
