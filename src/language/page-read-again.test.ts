import { expect, test } from 'vitest'
import type { Playbook } from '../graph/playbook.ts'
import { rules } from '../rules/rules.ts'
import { inputOf } from '../testing/findings-in.ts'

const play = (id: string, messages: string, body: string) => ({
  [`plays/${id}.md`]: `---\ntitle: ${id}\nmessages: [${messages}]\n---\n${body}\n`,
})
const others = {
  'messages/one.md': '---\ntitle: One\n---\n',
  'messages/two.md': '---\ntitle: Two\n---\n[a play](../plays/middle.md)\n',
  ...play('first', 'one, two', '[two](../messages/two.md)'),
  ...play('last', 'two', '[one](../messages/one.md)'),
}
const middles = [
  play('middle', 'one', '[two](../messages/two.md)'),
  play('middle', 'two, one', 'No link.'),
  play('middle', '', '[last](last.md) and [one](../messages/one.md)'),
  play('middle', '', ''),
  play('middle', 'one, two', ''),
]

const playbookWith = async (middle: Record<string, string>): Promise<Playbook> =>
  (await inputOf({ ...others, ...middle }, rules)).playbook

const usesIn = (playbook: Playbook) =>
  playbook.entities.map(({ type, id }) => [
    `${type}/${id}`,
    playbook.usesOf(type, id).map(({ by, reference }) => `${by.path} ${reference?.path.join('.') ?? 'link'}`),
  ])

test('who refers to whom after a page was read again is what the new texts say', async () => {
  let live = await playbookWith(middles[0] ?? {})
  usesIn(live)
  for (const middle of [...middles, ...middles.toReversed()]) {
    const fresh = await playbookWith(middle)
    const page = fresh.get('play', 'middle')
    if (page === undefined) throw new Error('the page is not there')
    const before = { playbook: live, uses: usesIn(live) }
    live = live.withReading(page)
    expect(usesIn(live)).toEqual(usesIn(fresh))
    expect(live.atPath(page.path)).toBe(page)
    expect(live.of('play').map(({ path }) => path)).toEqual(fresh.of('play').map(({ path }) => path))
    expect(usesIn(before.playbook), 'the playbook before is as it was').toEqual(before.uses)
  }
})
