import { expect, test } from 'vitest'
import { banks, review, trialPlay } from '../../testing/example-pages.ts'
import { check, type Files, findingsIn } from '../../testing/findings-in.ts'
import { overclaimedPlay } from './overclaimed.ts'

/** Deals D-1 to D-9 as given; `D-1` has a review as soon as it is cited. */
function playbook(ledger: string, deals: readonly string[], play: { status?: string; more?: string }): Files {
  return {
    'ledger.csv': ledger,
    'segments/banks.md': banks,
    ...Object.fromEntries(deals.map((deal) => [`reviews/${deal}.md`, review(deal)])),
    'plays/finance.md': trialPlay(`[${deals.map((deal) => `{ deal: ${deal} }`).join(', ')}]`, play),
  }
}

const three =
  'id,account,owner,industry\nD-1,Northwind,Jo Park,banking\nD-2,Southwind,Ann Lee,banking\nD-3,Eastwind,Jo Park,banking\n'
const rows = (from: number, count: number, outcome: string, rest: string) =>
  Array.from(
    { length: count },
    (_, index) => `D-${from + index},${rest.replaceAll('#', String(from + index))},${outcome}\n`,
  ).join('')

async function textOf(files: Files): Promise<string> {
  const { findings } = await check(files, [overclaimedPlay])
  return findings.map(({ text }) => text).join('\n')
}

test('the accounts and sellers that are missing are counted, and only those', async () => {
  expect(await textOf(playbook(three, ['D-1', 'D-2'], { status: 'repeatable' }))).toBe(
    '“Land with finance” claims `repeatable`, and its evidence supports `trial`: the deals that count have 2 of 3 accounts. Set `status: trial`, or supply what is missing.',
  )
  expect(
    await textOf(playbook(three.replace('Ann Lee', 'Jo Park'), ['D-1', 'D-2', 'D-3'], { status: 'repeatable' })),
  ).toBe(
    '“Land with finance” claims `repeatable`, and its evidence supports `trial`: the deals that count have 1 of 2 sellers (founders and executives do not count). Set `status: trial`, or supply what is missing.',
  )
})

test('a founder is no seller, a person with two names is one, and a blank owner is none', async () => {
  const person = (role: string, names: string) => `---\nname: Ann Lee\nrole: ${role}\nledgerName: ${names}\n---\n`
  const of = (role: string, names: string, ledger = three) => ({
    ...playbook(ledger, ['D-1', 'D-2', 'D-3'], { status: 'repeatable' }),
    'people/ann.md': person(role, names),
  })
  const oneSeller = 'the deals that count have 1 of 2 sellers'
  expect(await textOf(of('rep', 'Ann Lee'))).toBe('')
  expect(await textOf(of('founder', 'Ann Lee'))).toContain(oneSeller)
  expect(await textOf(of('executive', 'Ann Lee'))).toContain(oneSeller)
  expect(await textOf(of('rep', '[Ann Lee, Jo Park]'))).toContain(oneSeller)
  expect(await textOf(of('rep', 'Ann Lee', three.replace('Ann Lee', '')))).toContain(oneSeller)
})

test('a record that speaks against the play stands in the way, however many deals are cited', async () => {
  const won = rows(1, 8, 'won', 'Account #,Seller #,banking,finance')
  const ledger = `id,account,owner,industry,play,outcome\n${won}${rows(11, 22, 'lost', 'Account #,Jo Park,banking,finance')}${rows(41, 30, 'won', 'Account #,Jo Park,banking,')}`
  expect(await textOf(playbook(ledger, ['D-1', 'D-2', 'D-3'], { status: 'repeatable' }))).toBe(
    '“Land with finance” claims `repeatable`, and its evidence supports `trial`: its record speaks against it: the chance that it wins more often than the rest of its segment is under 0.1%, and 2.5% is the least. Set `status: trial`, or supply what is missing.',
  )
})

test('a proven play is told that its record is short and could not be compared', async () => {
  expect(await textOf(playbook(three, ['D-1', 'D-2', 'D-3'], { status: 'proven' }))).toBe(
    '“Land with finance” claims `proven`, and its evidence supports `repeatable`: its record has 3 of 10 closed deals and at the end of the last quarter its record could not be compared with the rest of its segment, which takes 10 closed deals there. Set `status: repeatable`, or supply what is missing.',
  )
})

test('a proven play is told that its lead may be chance, and who carries it', async () => {
  const ledger = `id,account,owner,industry,play,outcome,amount\n${rows(1, 8, 'won,1000', 'Account #,Seller #,banking,finance')}D-9,Halyard Marine,Seller 9,banking,finance,won,90000\n${rows(11, 5, 'lost,0', 'Account #,Jo Park,banking,finance')}${rows(41, 12, 'won,1000', 'Account #,Jo Park,banking,')}${rows(61, 12, 'lost,0', 'Account #,Jo Park,banking,')}`
  expect(await textOf(playbook(ledger, ['D-1', 'D-2', 'D-3'], { status: 'proven' }))).toBe(
    '“Land with finance” claims `proven`, and its evidence supports `repeatable`: its lead over the rest of its segment may be chance (q is 0.304, and 0.1 is the most) and the account `Halyard Marine` carries 91.8% and the seller `Seller 9` carries 91.8% of the won amount. Set `status: repeatable`, or supply what is missing.',
  )
})

test('an unbacked play and a play of an unknown segment are left to their own rules', async () => {
  const files = playbook(three, ['D-1'], { status: 'proven' })
  expect(await findingsIn(overclaimedPlay, files)).toBe('plays/finance.md:3:9 error play/overclaimed')
  expect(
    await findingsIn(overclaimedPlay, { ...files, 'plays/finance.md': trialPlay('[]', { status: 'proven' }) }),
  ).toBe('')
  const { 'segments/banks.md': _, ...withoutSegment } = files
  expect(await findingsIn(overclaimedPlay, withoutSegment)).toBe('')
  expect(
    await findingsIn(overclaimedPlay, { ...files, 'segments/banks.md': banks.replace('industry', 'indsutry') }),
  ).toBe('')
  const narrowed = trialPlay('[{ deal: D-1 }]', { status: 'proven', more: 'match: { tier: gold }' })
  expect(await findingsIn(overclaimedPlay, { ...files, 'plays/finance.md': narrowed })).toBe('')
})

test('a misspelled status, and a draft or retired play, claim nothing', async () => {
  for (const status of ['prooven', 'draft', 'retired'])
    expect(await findingsIn(overclaimedPlay, playbook(three, ['D-1'], { status }))).toBe('')
})

test('the fix sets the status that the evidence supports, and says where a trial then needs its end', async () => {
  const files = playbook(three, ['D-1'], { status: 'proven' })
  const endless = { ...files, 'plays/finance.md': (files['plays/finance.md'] ?? '').replace(/until.*\n/, '') }
  const { findings } = await check(endless, [overclaimedPlay])
  expect(findings[0]?.text).toContain('Set `status: trial` with an `until`, or supply what is missing.')
  expect(findings[0]?.fixes.map(({ title, edits }) => [title, edits.map(({ newText }) => newText)])).toEqual([
    ['Set `status: trial`', ['trial']],
  ])
})

test('while an id waits to be mended no lower status is offered', async () => {
  const files = { ...playbook(three, ['D-1'], {}), 'plays/finance.md': trialPlay('[{ deal: D-1x }]') }
  const { findings } = await check(files, [overclaimedPlay])
  expect(findings.map(({ text, fixes }) => [text.includes('the one deal it cites does not count'), fixes])).toEqual([
    [true, []],
  ])
})
