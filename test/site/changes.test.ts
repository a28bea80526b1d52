import { expect, test } from 'vitest'
import { changesOf } from '../../site/src/content/changes.ts'
import type { SiteFacts } from '../../site/src/content/page-types.ts'
import { atomFeed } from '../../site/src/exports/feed.ts'
import { people, playPage, shownOf } from './shown-of.ts'

const files = {
  ...people,
  'playbook.yaml': 'company: Halyard\ncurrency: USD\nasOf: 2026-06-30\nledger: { deals: { file: ledger.csv } }\n',
  'ledger.csv': 'id,outcome,account,industry,closed\nD-18,won,Acme Bank,bank,2026-06-20\n',
  'segments/banks.md': '---\ntitle: Banks\nmatch: { industry: bank }\n---\n',
  'plays/audits.md': playPage('Audits & more', 'evidence: [{ deal: D-18, shows: It held. }]\n'),
  'reviews/D-18.md':
    '---\ndeal: D-18\noutcome: won\ncompellingEvent: The audit was due.\nrelationship: none\nplays: [audits]\nreviewers: { marketing: mia, sales: sam }\ndate: 2026-06-21\n---\nIt was won.\n',
}
const verdicts = [{ play: 'audits', from: 'unproven', to: 'anecdotal', day: '2026-06-20' }] as const
const changed = (path: string, on: string) =>
  ({ path: `playbook/${path}`, on: `${on}T09:00:00Z`, what: 'changed' }) as const

test('a verdict that the ledger changed is told with the one before', async () => {
  const { shown } = await shownOf(files)
  expect(changesOf(shown, [changed('plays/audits.md', '2026-05-01')], verdicts)).toEqual([
    {
      title: 'Audits & more',
      href: '/plays/audits/',
      on: '2026-06-20T00:00:00Z',
      what: 'verdict',
      type: 'play',
      mark: 'anecdotal',
      byFit: false,
      was: 'unproven',
    },
    expect.objectContaining({ what: 'changed', mark: 'anecdotal' }),
  ])
})

test('a verdict is not said to have changed on a day before what it rests on was written', async () => {
  const { shown } = await shownOf(files)
  const old = changed('plays/audits.md', '2026-05-01')
  for (const later of ['reviews/D-18.md', 'segments/banks.md', 'playbook.yaml'])
    expect(
      changesOf(shown, [old, changed(later, '2026-06-21')], verdicts).filter(({ what }) => what === 'verdict'),
      later,
    ).toEqual([])
  expect(changesOf(shown, [changed('plays/audits.md', '2026-06-21')], verdicts).map(({ what }) => what)).toEqual([
    'changed',
  ])
  expect(changesOf(shown, [], verdicts)).toEqual([])
})

test('the feed has an entry of its own for a verdict, and says the verdict where a play changed', async () => {
  const { shown } = await shownOf(files)
  const changes = changesOf(shown, [changed('plays/audits.md', '2026-05-01')], verdicts)
  const feed = atomFeed({ title: 'Cookbook', company: 'Halyard', changes } as SiteFacts, '/')
  expect(feed).toContain('<title>Now Anecdotal: Audits &amp; more</title>')
  expect(feed).toContain('is now Anecdotal by the ledger; it was Unproven.</summary>')
  expect(feed).toContain('<summary>Play “Audits &amp; more” changed. Its verdict: Anecdotal.</summary>')
  expect(new Set(feed.match(/<id>.*<\/id>/g)).size).toBe(3)
})
