import { expect, test } from 'vitest'
import { confirmed, confirmedOn } from '../../testing/confirmed-pages.ts'
import { banks } from '../../testing/example-pages.ts'
import { findingsIn } from '../../testing/findings-in.ts'
import { suspectPlay } from './suspect.ts'

const body = 'Read this first.\n\n## Talk track\n\nAsk for the date.\n\n## Objections\n\n### Too dear\n\nIt is.\n'
const play = (evidence = '[{ deal: D-18 }, { deal: D-19 }]', text = body) =>
  `---\ntitle: Land\nstatus: trial\nsegment: banks\nevidence: ${evidence}\n${confirmedOn('2026-05-04')}\n---\n${text}`
const ledger = 'id,industry,amount\nD-18,banking,45000\nD-19,banking,500\nD-20,banking,500\n'
const files = await confirmed({
  'ledger.csv': ledger,
  'segments/banks.md': banks,
  'people/mia.md': '---\nname: Mia Sand\nrole: marketing\n---\n',
  'plays/a.md': play(),
})
const page = files['plays/a.md'] ?? ''
const moved = async (change: Record<string, string>) => {
  const found = await findingsIn(suspectPlay, { ...files, ...change }, { withText: true })
  return /Since then: (.*)\. If it still/.exec(found)?.[1] ?? found
}

test('a page is not suspect while nothing moved', async () => {
  expect(await findingsIn(suspectPlay, files)).toBe('')
})

test('the finding says what moved since who stood behind it when', async () => {
  const change = { 'plays/a.md': page.replace('the date', 'a date') }
  expect(await findingsIn(suspectPlay, { ...files, ...change }, { withText: true })).toBe(
    'plays/a.md:6:12 warn play/suspect\n' +
      '  “Land” is not what Mia Sand stood behind on 2026-05-04. Since then: the words of “Talk track” changed. If it still holds, an owner says so with `playproof confirm plays/a --by <person>`; else put it right first.',
  )
})

test('each thing that moved has its words', async () => {
  expect(await moved({ 'plays/a.md': page.replace('Read this', 'Ignore this') })).toBe(
    'the words before the first section changed',
  )
  expect(await moved({ 'plays/a.md': page.replace('It is.', 'It was.') })).toBe('the words of “Objections” changed')
  expect(await moved({ 'plays/a.md': `${page}\n## Proof\n\nOne.\n` })).toBe('the section “Proof” is new')
  expect(await moved({ 'plays/a.md': page.replace('## Talk track', '## Talk') })).toBe(
    'the section “Talk” is new and the section “Talk track” is gone',
  )
  expect(await moved({ 'plays/a.md': page.replace('title: Land', 'title: Land now') })).toBe('its `title` changed')
  expect(await moved({ 'plays/a.md': page.replace('segment: banks', 'segment: banks\nmatch: { amount: 1 }') })).toBe(
    'its `match` is new',
  )
  expect(await moved({ 'segments/banks.md': banks.replace('banking', '[banking, insurance]') })).toBe(
    'the segment’s own `match` changed',
  )
  expect(await moved({ 'plays/a.md': page.replace('D-19', 'D-20') })).toBe(
    '`D-19` is no longer cited and `D-20` is cited',
  )
  expect(await moved({ 'ledger.csv': ledger.replace('45000', '44000') })).toBe('the amount of `D-18` is now $44,000')
  expect(
    await moved({ 'ledger.csv': 'id,industry,amount,outcome\nD-18,banking,45000,open\nD-19,banking,500,won\n' }),
  ).toBe('the outcome of `D-18` is now `open` and the close date of `D-18` is now blank')
  expect(await moved({ 'plays/a.md': page.replace('It is.', 'It is 5% of that.') })).toBe(
    'the words and the figures of “Objections” changed',
  )
  expect(await moved({ 'ledger.csv': ledger.replace('D-19', 'D-99') })).toBe('the ledger no longer has `D-19`')
})

test('layout moves nothing: lines, bullets, blank lines and the order of sections', async () => {
  const sections = page.split(/(?=^## )/m)
  const other = [sections[0], sections[2]?.trimEnd(), '\n\n', sections[1]?.replace('for the', 'for\n  the')].join('')
  expect(await findingsIn(suspectPlay, { ...files, 'plays/a.md': other })).toBe('')
  expect(await findingsIn(suspectPlay, { ...files, 'plays/a.md': page.replaceAll('\n', '\r\n') })).toBe('')
})

test('a play that cites nothing, a draft and one nobody confirmed are told otherwise', async () => {
  expect(await findingsIn(suspectPlay, { ...files, 'plays/a.md': page.replace(/evidence: .*/, 'evidence: []') })).toBe(
    '',
  )
  expect(await findingsIn(suspectPlay, { ...files, 'plays/a.md': page.replace('trial', 'draft') })).toBe('')
  expect(await findingsIn(suspectPlay, { ...files, 'plays/a.md': page.replace(/confirmed: .*\n/, '') })).toBe('')
})

test('a fingerprint that nobody can read says nothing about the page, and that is said', async () => {
  const of = (fingerprint: string) =>
    findingsIn(
      suspectPlay,
      { ...files, 'plays/a.md': page.replace(/fingerprint: ".*"/, `fingerprint: "${fingerprint}"`) },
      { withText: true },
    )
  expect(await of('0;title=x')).toContain('the `fingerprint` of that day cannot be read')
  expect(await of('1;section.%ZZ=x')).toContain('the section “%ZZ” is gone')
})
