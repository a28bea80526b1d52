/**
 * What the studio does with git, on real repositories with a real remote beside them.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Repository } from '../../src/studio/repository.ts'

let folder: string
let root: string
let repository: Repository
const before = { ...process.env }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'playproof-repository-'))
  root = join(folder, 'team')
  // Neither the settings nor the cache of whoever runs the tests.
  process.env.HOME = folder
  process.env.XDG_CACHE_HOME = join(folder, 'cache')
  process.env.GIT_CONFIG_NOSYSTEM = '1'
  delete process.env.XDG_CONFIG_HOME
  for (const name of Object.keys(process.env))
    if (/^GIT_(AUTHOR|COMMITTER|DIR|INDEX)/.test(name)) delete process.env[name]
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', 'remote.git')
  git(folder, 'clone', '--quiet', 'remote.git', 'team')
  git(root, 'config', 'user.name', 'Mia')
  git(root, 'config', 'user.email', 'mia@example.com')
  mkdirSync(join(root, 'playbook/plays'), { recursive: true })
  put('playbook/plays/a.md', 'a\n')
  put('playbook/plays/b.md', 'b\n')
  put('code.ts', 'code\n')
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message=base')
  git(root, 'push', '--quiet', 'origin', 'main')
  git(root, 'remote', 'set-head', 'origin', 'main')
  repository = new Repository(root)
})

afterEach(() => {
  repository.close()
  process.env = { ...before }
  rmSync(folder, { recursive: true, force: true })
})

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const put = (path: string, text: string): void => writeFileSync(join(root, path), text)
const lastCommit = (): string[] =>
  git(root, 'show', '--name-status', '--format=%s|%an', 'HEAD').split('\n').filter(Boolean)

test('changes of the playbook are told, and the text they began from', async () => {
  put('playbook/plays/a.md', 'A\n')
  put('playbook/plays/ü new.md', 'new\n')
  rmSync(join(root, 'playbook/plays/b.md'))
  put('code.ts', 'changed\n')
  expect(await repository.state()).toMatchObject({
    branch: 'main',
    branches: ['main'],
    shared: true,
    identity: true,
    trusted: true,
    staged: [],
    changed: [
      { path: 'playbook/plays/a.md', kind: 'changed' },
      { path: 'playbook/plays/b.md', kind: 'removed' },
      { path: 'playbook/plays/ü new.md', kind: 'added' },
    ],
  })
  expect((await repository.base('playbook/plays/a.md'))?.toString()).toBe('a\n')
  expect(await repository.base('playbook/plays/none.md')).toBeUndefined()
})

test('the pull request’s form is that of the remote as git would use it', async () => {
  git(root, 'switch', '--quiet', '--create', 'mine')
  git(root, 'config', 'url.git@github.com:.insteadOf', 'gh:')
  git(root, 'remote', 'set-url', 'origin', 'gh:acme/plays.git')
  expect((await repository.state())?.pullRequest).toBe('https://github.com/acme/plays/compare/main...mine?expand=1')
})

test('a playbook below the top of its repository is told by its own paths', async () => {
  git(root, 'mv', 'playbook', 'sales-playbook')
  mkdirSync(join(root, 'sub'))
  git(root, 'mv', 'sales-playbook', 'sub/playbook')
  git(root, 'commit', '--quiet', '--message=move')
  put('sub/playbook/plays/a.md', 'A\n')
  const below = new Repository(join(root, 'sub'))
  expect((await below.state())?.changed).toEqual([{ path: 'playbook/plays/a.md', kind: 'changed' }])
  await below.commit(['playbook/plays/a.md'], 'From below')
  expect(lastCommit()).toEqual(['From below|Mia', 'M\tsub/playbook/plays/a.md'])
})

test('a commit holds the named files and nothing else; what else was staged stays staged', async () => {
  put('playbook/plays/a.md', 'A\n')
  put('playbook/plays/new.md', 'new\n')
  put('code.ts', 'staged\n')
  git(root, 'add', 'code.ts')
  put('code.ts', 'staged and changed\n')
  await repository.commit(['playbook/plays/a.md', 'playbook/plays/new.md'], '# Not a comment\n\nWhy.')
  expect(lastCommit()).toEqual(['# Not a comment|Mia', 'M\tplaybook/plays/a.md', 'A\tplaybook/plays/new.md'])
  expect(git(root, 'status', '--porcelain')).toBe('MM code.ts\n')
  expect(git(root, 'show', ':code.ts')).toBe('staged\n')
  expect(existsSync(join(root, '.git/index.lock'))).toBe(false)
})

test('files are put into the next commit and left out of it again', async () => {
  put('playbook/plays/a.md', 'A\n')
  put('playbook/plays/new.md', 'new\n')
  await repository.stage(['playbook/plays/a.md', 'playbook/plays/new.md'])
  expect((await repository.state())?.staged.map(({ path }) => path)).toEqual([
    'playbook/plays/a.md',
    'playbook/plays/new.md',
  ])
  await repository.unstage(['playbook/plays/new.md'])
  expect(git(root, 'status', '--porcelain')).toBe('M  playbook/plays/a.md\n?? playbook/plays/new.md\n')
})

test('a file that git did not list as changed is in no command, whatever it is called', async () => {
  for (const path of ['--all', '-A', ':/', '*', '../remote.git/config', 'code.ts', 'playbook/plays/b.md'])
    await expect(repository.commit([path], 'x')).rejects.toThrow('is not changed')
  expect(lastCommit()[0]).toBe('base|Mia')
})

test('the hooks of the user run, and what they say is shown without control characters', async () => {
  const hook = join(root, '.git/hooks/pre-commit')
  writeFileSync(hook, '#!/bin/sh\nprintf "the plays are \\033[31mred\\n" >&2\nexit 1\n')
  chmodSync(hook, 0o755)
  put('playbook/plays/a.md', 'A\n')
  await expect(repository.commit(['playbook/plays/a.md'], 'x')).rejects.toThrow(
    'git says: the plays are \\u{1b}[31mred',
  )
  expect(lastCommit()[0]).toBe('base|Mia')
  expect(git(root, 'status', '--porcelain')).toBe(' M playbook/plays/a.md\n')
})

test('who is unknown to git is asked, and then may commit', async () => {
  git(root, 'config', '--unset', 'user.name')
  put('playbook/plays/a.md', 'A\n')
  expect((await repository.state())?.identity).toBe(false)
  await expect(repository.commit(['playbook/plays/a.md'], 'x')).rejects.toThrow('does not know who you are')
  await repository.setIdentity('Mia Berg', 'mia@example.com')
  await repository.commit(['playbook/plays/a.md'], 'x')
  expect(lastCommit()[0]).toBe('x|Mia Berg')
})

test('work goes to a branch of its own and from there to the remote; never to the shared branch', async () => {
  put('playbook/plays/a.md', 'A\n')
  await repository.commit(['playbook/plays/a.md'], 'On main by mistake')
  await expect(repository.push()).rejects.toThrow('is what everybody works from')
  await repository.branch('mia/new-evidence', true)
  await repository.push()
  expect(git(folder, '--git-dir=remote.git', 'log', '--format=%s', 'mia/new-evidence')).toBe(
    'On main by mistake\nbase\n',
  )
  expect(git(folder, '--git-dir=remote.git', 'log', '--format=%s', 'main')).toBe('base\n')
  expect(await repository.state()).toMatchObject({ branch: 'mia/new-evidence', ahead: 0, shared: false })
})

test('a push is never forced: what the remote has stays', async () => {
  await repository.branch('mine', true)
  await repository.push()
  put('playbook/plays/a.md', 'A\n')
  await repository.commit(['playbook/plays/a.md'], 'first')
  await repository.push()
  git(root, 'commit', '--quiet', '--amend', '--message=other')
  await expect(repository.push()).rejects.toThrow('git says')
  expect(git(folder, '--git-dir=remote.git', 'log', '-1', '--format=%s', 'mine')).toBe('first\n')
})

test('the name of a branch is a name and no option', async () => {
  for (const name of ['-f', '--orphan', 'a b', 'a..b', 'HEAD', '@{u}', 'x.lock'])
    await expect(repository.branch(name, true)).rejects.toThrow('cannot be the name of a branch')
  await expect(repository.branch('not-there', false)).rejects.toThrow('git says')
  expect(git(root, 'branch', '--show-current')).toBe('main\n')
})

test('a branch with commits of somebody else is only shown until it is trusted as it stands', async () => {
  await repository.branch('theirs', true)
  put('playbook/plays/b.md', 'theirs\n')
  git(root, '-c', 'user.name=Eve', '-c', 'user.email=eve@example.com', 'commit', '--quiet', '--all', '--message=theirs')
  put('playbook/plays/a.md', 'A\n')
  expect(await repository.trusted()).toBe(false)
  await expect(repository.commit(['playbook/plays/a.md'], 'x')).rejects.toThrow('made by somebody else')
  await expect(repository.stage(['playbook/plays/a.md'])).rejects.toThrow('made by somebody else')
  await expect(repository.push()).rejects.toThrow('made by somebody else')
  await repository.trust()
  await repository.commit(['playbook/plays/a.md'], 'x')
  expect(await repository.trusted()).toBe(true)
  git(
    root,
    '-c',
    'user.name=Eve',
    '-c',
    'user.email=eve@example.com',
    'commit',
    '--quiet',
    '--allow-empty',
    '--message=more',
  )
  expect(await repository.trusted()).toBe(false)
})

test('without git’s repository there is nothing to show, and files may be written', async () => {
  rmSync(join(root, '.git'), { recursive: true })
  expect(await repository.state()).toBeUndefined()
  expect(await repository.trusted()).toBe(true)
  expect(readFileSync(join(root, 'playbook/plays/a.md'), 'utf8')).toBe('a\n')
})

test('a password in the remote’s address is in no message', async () => {
  git(root, 'remote', 'set-url', 'origin', 'http://mia:hunter2@127.0.0.1:9/x.git')
  await repository.branch('mine', true)
  await expect(repository.push()).rejects.toThrow(/^(?!.*hunter2)git says/s)
})
