import { expect, test } from 'vitest'
import { people, playPage, shownOf } from './shown-of.ts'

const won = (id: string, territory: string, country: string) =>
  `${id},Bank ${id},Sam Ode,won,500,2026-01-10,2026-03-10,bank,${territory},${country}\n`

const files = {
  ...people,
  'playbook.yaml': 'company: Halyard\ncurrency: USD\nasOf: 2026-06-30\nledger: { deals: { file: ledger.csv } }\n',
  'ledger.csv': `id,account,owner,outcome,amount,created,closed,industry,territory,country\n${won('D-1', 'East', 'US')}${won('D-2', 'West', 'US')}${won('D-3', 'North', 'DE')}`,
  'segments/banks.md': '---\ntitle: Banks\nmatch: { industry: bank }\n---\n',
  'segments/funds.md': '---\ntitle: Funds\nmatch: { industry: fund }\n---\n',
  'markets/banks-east.md': market('Banks in the East', 'banks', '{ territory: East }'),
  'markets/banks-germany.md': market('Banks in Germany', 'banks', '{ country: [DE, AT] }'),
  'markets/funds-boxes.md': market('Funds that buy boxes', 'funds', '{ product: Box }'),
  'plays/everywhere.md': playPage('Everywhere'),
  'plays/east-only.md': playPage('East only', 'markets: [banks-east]\nevidence: [{ deal: D-2, shows: It held. }]\n'),
  'plays/boxes.md': playPage('Boxes', 'markets: [funds-boxes]\n').replace('segment: banks', 'segment: funds'),
  'plays/north.md': playPage('North', 'match: { territory: North }\n'),
  'reviews/D-2.md':
    '---\ndeal: D-2\noutcome: won\ncompellingEvent: The audit was due in May.\nrelationship: none\nplays: [east-only]\nreviewers: { marketing: mia, sales: sam }\ndate: 2026-04-02\n---\nIt was won.\n',
}

function market(title: string, segment: string, territory: string): string {
  return `---\ntitle: ${title}\nsegment: ${segment}\nterritory: ${territory}\nstage: creation\nsince: 2026-01-01\nseats: { learning: mia, selling: sam }\n---\n`
}

/** What a play answers to the question of the region: `for East`, `any`, `won in West`. */
async function regions(id: string, audience: 'reps' | 'partners' = 'reps', visible = ''): Promise<string[]> {
  const shared = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text.replace(/^---\n/, `---\n${visible}`)]),
  )
  const { shown } = await shownOf(
    visible === '' ? files : { ...shared, 'playbook.yaml': files['playbook.yaml'], 'ledger.csv': files['ledger.csv'] },
    audience,
  )
  const { answers = [] } = shown.finder.questions.find(({ key }) => key === 'region') ?? {}
  const play = shown.playbook.get('play', id)
  if (play === undefined) throw new Error(`There is no play \`${id}\`.`)
  return shown.finder
    .fitOf(play)
    .split(' ')
    .flatMap((token) => {
      if (token === 'r*') return ['any']
      const [, letter, index] = /^([rR])(\d+)$/.exec(token) ?? []
      return letter === undefined ? [] : [`${letter === 'r' ? 'for' : 'won in'} ${answers[Number(index)]}`]
    })
    .sort()
}

test('a play that names no market is found in the regions of its segment’s markets, by whatever column these are divided, and anywhere else', async () => {
  expect(await regions('everywhere')).toEqual(['any', 'for AT', 'for DE', 'for East'])
})

test('a play for one market is found there, and where a deal was won that counts as its evidence', async () => {
  expect(await regions('east-only')).toEqual(['for East', 'won in US', 'won in West'])
})

test('a play whose own deals are narrowed to a region is for that region and its markets alone', async () => {
  expect(await regions('north')).toEqual(['for AT', 'for DE', 'for East', 'for North'])
})

test('what is sold is no region, also where a market is divided by it', async () => {
  expect(await regions('boxes')).toEqual(['any'])
})

test('partners are not told where a deal was won', async () => {
  expect(await regions('east-only', 'partners', 'visibility: partner\n')).toEqual(['for East'])
})
