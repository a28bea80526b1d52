/** A page's frontmatter against its type: every problem in one pass, at its own key or value. */
import { expect, test } from 'vitest'
import { defaultLimits } from '../page/page.ts'
import { parsePage } from '../page/parse-page.ts'
import { parseYaml } from '../page/parse-yaml.ts'
import { satteriEngine } from '../page/satteri-engine.ts'
import { parseEntity } from './entity.ts'
import { identify } from './entity-types.ts'
import { parseSettings } from './playbook-settings.ts'

function entity(frontmatter: string, path = 'plays/finance.md') {
  const text = `---\n${frontmatter}---\n`
  const found = parseEntity(`playbook/${path}`, path, parsePage(text, satteriEngine, defaultLimits))
  if (found === undefined) throw new Error('the test wants a page of a type')
  const problems = found.problems.map(
    ({ rule, range, path: at }) => `${rule} ${at.join('.')} “${text.slice(range.start, range.end)}”`,
  )
  return { found, problems }
}

test('every problem of a page is told in one pass', () => {
  const { found, problems } = entity(`title: Land with finance
status: trail
ownres: { marketing: mia }
segment:
until: 2026-02-30
evidence:
  - { deal: 0007, shows: it works }
  - { shows: no deal }
  - deal: D-1
    foo: 1
`)
  expect(problems.sort()).toEqual([
    'field/missing evidence.1.deal “shows”',
    'field/missing owners “---”',
    'field/unknown evidence.2.foo “foo”',
    'field/unknown ownres “ownres”',
    'field/wrong segment “segment”',
    'field/wrong status “trail”',
    'field/wrong until “2026-02-30”',
  ])
  expect(found.data).toMatchObject({ title: 'Land with finance', personas: [] })
  expect(found.data).not.toHaveProperty('status')
  expect(found.citations.map(({ deal }) => deal)).toEqual(['0007', 'D-1'])
})

test('a near miss comes with the word that was meant', () => {
  const [problem] = entity('title: x\nstatus: trail\nowners: {}\nsegment: s\n').found.problems
  expect(problem).toMatchObject({
    text: expect.stringContaining('Did you mean `trial`?'),
    replacement: { newText: 'trial' },
  })
})

test('numbers are taken as text where text is wanted, with their zeros', () => {
  const { found } = entity('title: 2017\nstatus: draft\nowners: {}\nsegment: s\nhypothesis: { confirmedBy: [007] }\n')
  expect(found.data).toMatchObject({ title: '2017', hypothesis: { confirmedBy: ['007'] } })
})

test('missing evidence, a missing owner and fields of the team’s own are not for the schema to report', () => {
  expect(entity('title: x\nstatus: draft\nowners: { sales: jo }\nsegment: s\nx-crm: { id: 4 }\n').problems).toEqual([])
})

test('a trial without an end lacks a field', () => {
  expect(entity('title: x\nstatus: trial\nowners: {}\nsegment: s\n').problems).toEqual(['field/missing until “---”'])
})

test('a segment without a predicate lacks a field', () => {
  expect(entity('title: x\n', 'segments/s.md').problems).toEqual(['field/missing match “---”'])
})

test('feedback refers to what it is on, whatever its type', () => {
  const { found } = entity('on: messages/one-invoice\nby: jo\ndate: 2026-01-02\nresult: worked\n', 'feedback/a.md')
  expect(found.references).toContainEqual(expect.objectContaining({ type: 'message', id: 'one-invoice' }))
})

test('the folder gives the type and the file name the id, in folders below too', () => {
  expect(identify('plays/emea/audit.md')).toEqual({ type: 'play', id: 'audit' })
  expect(['plays/README.md', 'notes.md', 'other/a.md', 'plays/a.txt'].map(identify)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('a wrong setting is told at its key and its default is used', () => {
  const text =
    'company: X\ncurrency: usd\nevidence: { minAccounts: -1, maxAgeMonths: 12 }\nrules: { play/unbaked: off, link/retired: off }\n'
  const { settings, problems } = parseSettings(
    parseYaml(text).data ?? { kind: 'map', range: { start: 0, end: 0 }, entries: [] },
  )
  expect(problems.map(({ rule, path }) => `${rule} ${path.join('.')}`)).toEqual([
    'field/wrong currency',
    'field/wrong evidence.minAccounts',
    'field/unknown rules.play/unbaked',
  ])
  expect(settings).toMatchObject({
    currency: 'USD',
    rules: { 'link/retired': 'off' },
    evidence: { minAccounts: 3, maxAgeMonths: 12 },
  })
})
