import { expect, test } from 'vitest'
import { confirmed, confirmedOn } from '../../src/testing/confirmed-pages.ts'
import { people, playPage, shownOf } from './shown-of.ts'

const cited = 'visibility: partner\nevidence: [{ deal: D-18, shows: It held. }]\n'
const ledger = 'ledger: { deals: { file: ledger.csv } }\n'
const settings = `company: Halyard\ncurrency: USD\nasOf: 2026-06-30\n`

const asConfirmed = await confirmed({
  ...people,
  'playbook.yaml': settings + ledger,
  'ledger.csv': 'id,outcome,industry\nD-18,won,bank\n',
  'segments/banks.md': '---\ntitle: Banks\nmatch: { industry: bank }\nvisibility: partner\n---\n',
  'plays/changed.md': playPage('Changed since', `${cited}${confirmedOn('2026-06-01')}\n`),
  'plays/new.md': playPage('New', cited),
  'plays/old.md': playPage('Old', `${cited}${confirmedOn('2025-06-01')}\n`),
  'plays/sound.md': playPage('Sound', `${cited}${confirmedOn('2026-06-01')}\n`),
})
const files = { ...asConfirmed, 'plays/changed.md': asConfirmed['plays/changed.md']?.replace('Now.', 'Later.') ?? '' }

test('every audience that may read a play is warned when it is in doubt', async () => {
  for (const audience of ['reps', 'leaders', 'partners'] as const) {
    const { shown } = await shownOf(files, audience)
    const doubts = shown.built('play').map((play) => [play.id, shown.playRow(play).doubt])
    expect(doubts, audience).toEqual([
      ['changed', 'suspect'],
      ['new', 'unconfirmed'],
      ['old', 'stale'],
      ['sound', undefined],
    ])
  }
})

test('partners are told that a play is in doubt and not by whom it was confirmed', async () => {
  const { shown } = await shownOf(files, 'partners')
  const play = shown.playbook.get('play', 'changed')
  if (play === undefined) throw new Error('The play is not built.')
  expect(shown.notices(play, ['play/suspect', 'play/unconfirmed'])).toEqual([
    { rule: 'play/suspect', severity: 'warn', text: 'Ask us before you rely on it.' },
  ])
})

test('readers inside are told what moved, without the command that an owner runs', async () => {
  const { shown } = await shownOf(files)
  const play = shown.playbook.get('play', 'changed')
  if (play === undefined) throw new Error('The play is not built.')
  const [notice] = shown.notices(play, ['play/suspect'])
  expect(notice?.text).toBe(
    '“Changed since” is not what Mia Lund stood behind on 2026-06-01. Since then: the words of “When to run it” changed.',
  )
})
