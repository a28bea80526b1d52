import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { retiredLink } from './retired.ts'

const page = (fields: string, body = '') => `---\n${fields}\n---\n${body}\n`
const old = { 'messages/old.md': page('title: Old\nstatus: retired') }

test('the message that replaces it is named', async () => {
  const files = {
    ...old,
    'messages/new.md': page('title: New\nreplaces: [old]', 'Not [the old one](old.md).'),
    'plays/a.md': page('title: Land with finance\nmessages: [old]'),
  }
  expect(await findingsIn(retiredLink, files, { withText: true })).toBe(
    'plays/a.md:3:12 warn link/retired\n' +
      '  The message `old` is retired, and “Land with finance” still refers to it. Refer to `new`, which replaces it, or take this out.',
  )
})

test('retired plays and decks count as well, and so do links with an anchor', async () => {
  const files = {
    'plays/old.md': page('title: Old play\nstatus: retired', '## Proof\n\nx'),
    'collateral/deck.md': page('title: Deck\nstatus: retired'),
    'markets/east.md': page('title: East', '[a](../plays/old.md#proof) [b](../collateral/deck.md)'),
  }
  expect(await findingsIn(retiredLink, files)).toBe(
    'markets/east.md:4:5 warn link/retired\nmarkets/east.md:4:32 warn link/retired',
  )
})

test('what is retired may refer to what is retired, and feedback tells what was used then', async () => {
  const files = {
    ...old,
    'plays/a.md': page('title: A\nstatus: retired\nmessages: [old]', '[old](../messages/old.md) [me](a.md)'),
    'feedback/b.md': page('on: messages/old', '[old](../messages/old.md)'),
  }
  expect(await findingsIn(retiredLink, files)).toBe('')
})

test('a draft is meant for use, so it should not begin with something retired', async () => {
  expect(await findingsIn(retiredLink, { ...old, 'plays/a.md': page('status: draft\nmessages: [old]') })).toBe(
    'plays/a.md:3:12 warn link/retired',
  )
})
