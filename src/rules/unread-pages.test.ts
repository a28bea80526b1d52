import { expect, test } from 'vitest'
import { approvedMessage, banks, review, trialPlay } from '../testing/example-pages.ts'
import { check } from '../testing/findings-in.ts'
import { rules } from './rules.ts'

const page = (fields: string) => `---\n${fields}\n---\n`
const cited = '[{ deal: D-18 }, { deal: D-19 }, { deal: D-20 }]'
const files: Record<string, string> = {
  'playbook.yaml': 'evidence: { firstCustomers: 3 }\nrules: { section/missing: off }\n',
  'ledger.csv':
    'id,account,owner,industry\nD-18,North,Jo Park,banking\nD-19,South,Lee Hart,banking\nD-20,East,Lee Hart,banking\n',
  'segments/banks.md': banks,
  'markets/east.md': page(
    'title: East\nsegment: banks\nterritory: {}\nstage: creation\nsince: 2026-01-01\nseats: { learning: mia, selling: jo }\nreps: [jo, lee]',
  ),
  'people/jo.md': page('name: Jo Park\nrole: rep\nledgerName: Jo Park'),
  'people/lee.md': page('name: Lee Hart\nrole: rep\nledgerName: Lee Hart'),
  'people/mia.md': page('name: Mia Sand\nrole: marketing'),
  'personas/cfo.md': page('title: The CFO'),
  'plays/finance.md': trialPlay(cited, { status: 'repeatable', more: 'personas: [cfo]\nmessages: [one-invoice]' }),
  'messages/one-invoice.md': approvedMessage('[{ deal: D-18 }]'),
  'reviews/D-18.md': review('D-18'),
  'reviews/D-19.md': review('D-19'),
  'reviews/D-20.md': review('D-20'),
}

async function found(more: Record<string, string> = {}): Promise<string[]> {
  const { findings } = await check({ ...files, ...more }, rules)
  return findings
    .filter(({ rule }) => !rule.endsWith('/unconfirmed'))
    .map(({ file, rule }) => `${file.replace('playbook/', '')} ${rule}`)
}

test('whichever page cannot be read, that is the one finding about it', async () => {
  expect(await found()).toEqual([])
  for (const [path, text] of Object.entries(files)) {
    if (!path.endsWith('.md')) continue
    expect(await found({ [path]: text.replace(/^---\n\w+: /, '$&[') })).toEqual([`${path} file/frontmatter`])
  }
})

test('nor does a field that cannot be read count against the market that its play is for', async () => {
  const play = files['plays/finance.md'] ?? ''
  const wrong = [
    play.replace('D-19', ''),
    play.replace('segment: banks\n', ''),
    `${play}`.replace('until:', 'since: x\nuntil:'),
  ]
  for (const text of wrong)
    expect((await found({ 'plays/finance.md': text })).filter((each) => !each.includes(' field/'))).toEqual([])
})

test('what a page that cannot be read does not name is told as before', async () => {
  const more = {
    'plays/other.md': '---\ntitle: [Other\n---\n',
    'personas/cto.md': page('title: The CTO'),
    'people/max.md': page('name: Max\nrole: rep'),
    'markets/west.md': '---\ntitle: [West\n---\n',
  }
  expect(await found(more)).toEqual([
    'markets/west.md file/frontmatter',
    'people/max.md rep/without-market',
    'personas/cto.md page/orphan',
    'plays/other.md file/frontmatter',
  ])
})

test('a page in another encoding may name anything', async () => {
  const more = { 'plays/other.md': 'a\u0000b', 'personas/cto.md': page('title: The CTO') }
  expect(await found(more)).toEqual(['plays/other.md file/encoding'])
})
