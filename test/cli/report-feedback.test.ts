/**
 * `report feedback` in a repository: how long it took from a note to the change that was merged.
 */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { folderOf, playproof, put } from '../hostile/small-playbook.ts'

const page = 'playbook/plays/land-with-finance.md'
const note = `---
on: plays/land-with-finance
by: sam
date: 2026-05-04
result: changed
answer: { by: mia, date: 2026-05-06, action: The opening asks for the date now. }
---
They asked for the date first.
`

function git(root: string, day: string, ...args: string[]): void {
  const date = `${day}T12:00:00Z`
  execFileSync('git', ['-c', 'user.name=Mia', '-c', 'user.email=mia@example.com', ...args], {
    cwd: root,
    env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
  })
}

/** Commits everything as of a day. */
function commit(root: string, day: string): void {
  git(root, day, 'add', '--all')
  git(root, day, 'commit', '--quiet', '--message=change')
}

interface Feedback {
  readonly history: boolean
  readonly medianChangeDays: number | null
  readonly answered: readonly { readonly change: { readonly on: string; readonly days: number } | null }[]
}

function feedback(root: string): Feedback {
  const { status, stdout, stderr } = playproof(root, ['report', 'feedback', '--format', 'json'])
  expect([status, stderr]).toEqual([0, ''])
  return JSON.parse(stdout) as Feedback
}

test('a change counts from the day it is merged, and the commit that brought the page is none', () => {
  const root = folderOf()
  put(root, 'playbook/feedback/2026-05-04-date.md', note)
  expect(feedback(root)).toMatchObject({ history: false, medianChangeDays: null })
  git(root, '2026-05-05', 'init', '--quiet', '--initial-branch=main')
  commit(root, '2026-05-05')
  expect(feedback(root)).toMatchObject({ history: true, medianChangeDays: null, answered: [{ change: null }] })
  git(root, '2026-05-05', 'switch', '--quiet', '--create', 'branch')
  put(root, page, `${'---\ntitle: Land with finance\n---\n'}Ask for the date.\n`)
  commit(root, '2026-05-07')
  git(root, '2026-05-05', 'switch', '--quiet', 'main')
  git(root, '2026-05-12', 'merge', '--quiet', '--no-ff', '--message=merge', 'branch')
  expect(feedback(root)).toMatchObject({ medianChangeDays: 8, answered: [{ change: { on: '2026-05-12', days: 8 } }] })
})
