import { expect, test } from 'vitest'
import { findingsIn } from '../../testing/findings-in.ts'
import { repairedBy } from '../../testing/repaired-by.ts'
import { unknownReference } from './unknown.ts'

const page = (fields: string) => `---\n${fields}\n---\n`
const people = { 'people/jo-park.md': page('name: Jo Park'), 'people/mia.md': page('name: Mia Sand') }

test('a name or a path where an id belongs is understood, and the repair writes the id', async () => {
  const files = {
    ...people,
    'plays/land.md': page('owners: { sales: Jo Park, marketing: ../people/mia.md }\nstage: Clse'),
    'feedback/a.md': page('on: plays/lamd\nby: "jo-prak"'),
    'comp.yaml': 'participants: [{ person: mya, rate: 0.1 }]\n',
    'playbook.yaml': 'stages: [Open, Close]\n',
  }
  expect(await repairedBy(unknownReference, files)).toEqual({
    'plays/land.md': page('owners: { sales: jo-park, marketing: mia }\nstage: Close'),
    'feedback/a.md': page('on: plays/land\nby: jo-park'),
    'comp.yaml': 'participants: [{ person: mia, rate: 0.1 }]\n',
  })
})

test('an id that YAML would read as something else is written in quotes', async () => {
  const files = { 'segments/true.md': page('title: True'), 'plays/a.md': page('segment: tru') }
  expect(await repairedBy(unknownReference, files)).toEqual({ 'plays/a.md': page('segment: "true"') })
})

test('an id that looks like a number keeps its zeros', async () => {
  const files = {
    'segments/007.md': page('title: Agents'),
    'plays/a.md': page('segment: 007'),
    'plays/b.md': page('segment: 7'),
  }
  expect(await findingsIn(unknownReference, files)).toBe('plays/b.md:2:10 error reference/unknown')
})

test('a field with a problem of its own is left to that', async () => {
  const files = { ...people, 'plays/a.md': page('owners: { sales: nobody, sale: mia }\npersonas: [{ id: cfo }, cfo]') }
  expect(await findingsIn(unknownReference, files)).toBe('')
})

test('an id of another type is no page of this one', async () => {
  const files = { ...people, 'plays/a.md': page('segment: mia') }
  expect(await findingsIn(unknownReference, files, { withText: true })).toBe(
    'plays/a.md:2:10 error reference/unknown\n  Nothing in `segments/` has the id `mia`. Write the page `segments/mia.md` first.',
  )
})

test('a sales stage is free where playbook.yaml names none', async () => {
  expect(await findingsIn(unknownReference, { 'plays/a.md': page('stage: Anything') })).toBe('')
})

test('deals of hypotheses, feedback and reviews are asked of the ledger; citations are not', async () => {
  const files = {
    'ledger.csv': 'id,outcome\nD-17,lost\nD-18,won\n',
    'plays/a.md': page('evidence: [{ deal: X-1 }]\nhypothesis: { confirmedBy: [D-18], refutedBy: [X-2] }'),
    'feedback/b.md': page('deal: X-3'),
    'reviews/c.md': page('deal: D-17'),
  }
  expect(await findingsIn(unknownReference, files)).toBe(
    'feedback/b.md:2:7 error reference/unknown\nplays/a.md:3:48 error reference/unknown',
  )
})

test('deals that are near are named, and none is written unasked', async () => {
  const files = {
    'ledger.csv': 'id,outcome\nHB-2026-17,lost\nHB-2026-18,won\n',
    'reviews/c.md': page('deal: HB-2026-71'),
  }
  expect(await findingsIn(unknownReference, files, { withText: true })).toBe(
    'reviews/c.md:2:7 error reference/unknown\n  The ledger has no deal `HB-2026-71`. Did you mean `HB-2026-17` or `HB-2026-18`?',
  )
  expect(await repairedBy(unknownReference, files)).toEqual({})
})

test('a deal whose row could not be read is told with its line', async () => {
  const files = {
    'ledger.csv': 'id,outcome,closed\nD-17,lost,2026-02-31\nD-18,won,2026-03-10\n',
    'reviews/c.md': page('deal: D-17'),
  }
  expect(await findingsIn(unknownReference, files, { withText: true })).toContain(
    "The ledger's row of `D-17` (playbook/ledger.csv, line 2) could not be read",
  )
})
