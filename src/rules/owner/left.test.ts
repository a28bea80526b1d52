import { expect, test } from 'vitest'
import { check, findingsIn } from '../../testing/findings-in.ts'
import { leftOwner } from './left.ts'

const page = (fields: string) => `---\ntitle: x\n${fields}\n---\n`
const jo = { 'people/jo.md': '---\nname: Jo Park\nrole: rep\nuntil: 2026-03-31\n---\n' }

test('one person in several places of a market is one finding, which names them', async () => {
  const files = { ...jo, 'markets/east.md': page('seats: { learning: jo, selling: jo }\nreps: [jo, mia, jo]') }
  expect(await findingsIn(leftOwner, files, { withText: true })).toBe(
    'markets/east.md:2:8 warn owner/left\n' +
      '  Jo Park left on 2026-03-31, and “x” still relies on that person. Name somebody else under `seats.learning` and `seats.selling` and take `jo` out of `reps`.',
  )
})

test('two people who left are two findings, each with the last day beside it', async () => {
  const files = {
    ...jo,
    'people/mia.md': '---\nname: Mia Sand\nuntil: 2026-01-31\n---\n',
    'plays/a.md': page('owners: { sales: jo, marketing: mia }'),
  }
  const { findings } = await check(files, [leftOwner])
  expect(
    findings.map(({ file, related }) => [file, related.map((each) => [each.file, each.range.start.line])]),
  ).toEqual([
    ['playbook/plays/a.md', [['playbook/people/jo.md', 4]]],
    ['playbook/plays/a.md', [['playbook/people/mia.md', 3]]],
  ])
})

test('the owner of a deck counts; retired decks, reviewers and authors of feedback do not', async () => {
  const files = {
    ...jo,
    'collateral/a.md': page('owner: jo'),
    'collateral/b.md': page('owner: jo\nstatus: retired'),
    'reviews/c.md': page('reviewers: { sales: jo }'),
    'feedback/d.md': page('by: jo'),
  }
  expect(await findingsIn(leftOwner, files)).toBe('collateral/a.md:2:8 warn owner/left')
})

test('a last day that is no day says nothing about anybody', async () => {
  const files = { 'people/jo.md': '---\nname: Jo\nuntil: 2026-02-31\n---\n', 'collateral/a.md': page('owner: jo') }
  expect(await findingsIn(leftOwner, files)).toBe('')
})
