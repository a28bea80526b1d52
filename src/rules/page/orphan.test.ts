import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { orphanPage } from './orphan.ts'

const page = (fields: string, body = '') => `---\n${fields}\n---\n${body}\n`

test('a page is not used by itself, nor by the one that replaces it', async () => {
  const files = {
    'messages/a.md': page('title: A', '[top](a.md#x)'),
    'messages/b.md': page('title: B\nreplaces: [a]'),
    'plays/p.md': page('title: P\nmessages: [b]'),
  }
  expect(await findingsIn(orphanPage, files)).toBe('messages/a.md:2:8 hint page/orphan')
})

test('collateral that carries a message and a review that names a competitor use them', async () => {
  const files = {
    'messages/a.md': page('title: A'),
    'competitors/bramble.md': page('title: Bramble'),
    'collateral/deck.md': page('title: Deck\nmessages: [a]'),
    'reviews/D-17.md': page('deal: D-17\ncompetitors: [bramble]'),
  }
  expect(await findingsIn(orphanPage, files)).toBe('')
})

test('while a page cannot be read nobody knows what it uses', async () => {
  const files = { 'segments/banks.md': page('title: Banks'), 'plays/p.md': '---\nsegment: [banks\n---\n' }
  expect(await findingsIn(orphanPage, files)).toBe('')
})

test('plays, markets, people and what else stands for itself are no orphans', async () => {
  const files = { 'plays/p.md': page('title: P'), 'markets/m.md': page('title: M'), 'people/jo.md': page('name: Jo') }
  expect(await findingsIn(orphanPage, files)).toBe('')
})

test('a page without a title is reported at the top', async () => {
  expect(await findingsIn(orphanPage, { 'personas/cfo.md': page('goals: [sleep]') })).toBe(
    'personas/cfo.md:1:1 hint page/orphan',
  )
})
