import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { pageChanges, remoteOf } from './git.ts'

const work = mkdtempSync(join(tmpdir(), 'playproof-git-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

function git(folder: string, day: string, ...args: string[]): void {
  const date = `${day}T12:00:00Z`
  execFileSync(
    'git',
    ['-c', 'user.name=Mia', '-c', 'user.email=mia@halyard.example', '-c', 'init.defaultBranch=main', ...args],
    {
      cwd: folder,
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      stdio: 'ignore',
    },
  )
}

/** Two pages in a folder of the repository, one of them changed later. */
function repository(): string {
  const root = mkdtempSync(join(work, 'repository-'))
  const plays = join(root, 'sales/playbook/plays')
  mkdirSync(plays, { recursive: true })
  git(root, '2026-03-01', 'init')
  writeFileSync(join(plays, 'a.md'), 'one\n')
  writeFileSync(join(root, 'elsewhere.md'), 'one\n')
  git(root, '2026-03-01', 'add', '.')
  git(root, '2026-03-01', 'commit', '-m', 'Halyard Bank said yes')
  writeFileSync(join(plays, 'a.md'), 'two\n')
  writeFileSync(join(plays, 'ü b.md'), 'one\n')
  git(root, '2026-03-14', 'add', '.')
  git(root, '2026-03-14', 'commit', '-m', 'Second')
  return root
}

test('the latest change of each page is known, new ones as new, and nothing of who and why', () => {
  expect(pageChanges(join(repository(), 'sales'))).toEqual([
    { path: 'playbook/plays/a.md', on: '2026-03-14T12:00:00Z', what: 'changed' },
    { path: 'playbook/plays/ü b.md', on: '2026-03-14T12:00:00Z', what: 'new' },
  ])
})

test('where history was cut off, what looks new there is not told as new', () => {
  const clone = join(work, 'clone')
  git(work, '2026-03-20', 'clone', '--depth', '1', pathToFileURL(repository()).href, clone)
  expect(pageChanges(join(clone, 'sales'))).toEqual([])
})

test('outside a repository nothing is known', () => {
  const folder = mkdtempSync(join(work, 'none-'))
  expect(pageChanges(folder)).toEqual([])
  expect(remoteOf(folder)).toEqual({ address: '', branch: 'main', prefix: '' })
})

test('the remote is told with its branch and the place of the playbook in it', () => {
  const root = repository()
  git(root, '2026-03-20', 'remote', 'add', 'origin', 'git@github.com:halyard/cookbook.git')
  git(root, '2026-03-20', 'checkout', '-b', 'topic')
  expect(remoteOf(join(root, 'sales'))).toEqual({
    address: 'git@github.com:halyard/cookbook.git',
    branch: 'main',
    prefix: 'sales/',
  })
})
