import { expect, test } from 'vitest'
import { check, findingsIn } from '../../testing/findings-in.ts'
import { duplicateId } from './duplicate-id.ts'

const page = '---\ntitle: Land with finance\n---\n'
const review = '---\ndeal: D-18\n---\n'

test('each later file is reported, with the first beside it', async () => {
  const { findings } = await check({ 'plays/a/x.md': page, 'plays/b/x.md': page, 'plays/c/x.md': page }, [duplicateId])
  expect(findings.map(({ file, related }) => [file, related.map((each) => each.file)])).toEqual([
    ['playbook/plays/b/x.md', ['playbook/plays/a/x.md']],
    ['playbook/plays/c/x.md', ['playbook/plays/a/x.md']],
  ])
})

test('two review files of one id and one deal have one fault, not two', async () => {
  expect(await findingsIn(duplicateId, { 'reviews/2026/D-18.md': review, 'reviews/D-18.md': review })).toBe(
    'reviews/D-18.md:1:1 error file/duplicate-id',
  )
})

test('deal ids are texts, so leading zeros tell two deals apart', async () => {
  const files = {
    'reviews/a.md': '---\ndeal: 018\n---\n',
    'reviews/b.md': '---\ndeal: 18\n---\n',
    'reviews/c.md': '---\ndeal: "18"\n---\n',
  }
  expect(await findingsIn(duplicateId, files)).toBe('reviews/c.md:2:7 error file/duplicate-id')
})

test('reviews that name no deal, and the README of every folder, are no duplicates', async () => {
  const files = {
    'reviews/a.md': '---\ndate: 2026-03-12\n---\n',
    'reviews/b.md': '---\ndeal:\n---\n',
    'reviews/README.md': 'x',
    'reviews/2026/README.md': 'x',
  }
  expect(await findingsIn(duplicateId, files)).toBe('')
})
