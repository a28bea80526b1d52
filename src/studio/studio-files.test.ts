import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { contentHash } from '../workspace/write-file.ts'
import { changesBetween, listFiles } from './known-files.ts'
import { FileRefused, StudioFiles } from './studio-files.ts'

let root: string
let files: StudioFiles
let mayWrite: boolean

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'playproof-files-')))
  for (const folder of ['plays', 'reviews', 'ledger', '.git'])
    mkdirSync(join(root, 'playbook', folder), { recursive: true })
  put('playbook.yaml', 'site: {}\n')
  put('plays/a.md', 'one\n')
  put('ledger/deals.csv', 'id\n')
  put('.git/config', 'secret\n')
  writeFileSync(join(root, 'outside.md'), 'outside\n')
  mayWrite = true
  files = new StudioFiles(root, () => mayWrite)
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

const put = (path: string, text: string | Uint8Array): void => writeFileSync(join(root, 'playbook', path), text)
const text = (path: string): string => readFileSync(join(root, 'playbook', path), 'utf8')
const hash = (content: string | Uint8Array): string => contentHash(Buffer.from(content))
const write = (path: string, content: string | Uint8Array, replaces: string): unknown =>
  files.answer({
    id: 0,
    ask: 'write',
    path: `playbook/${path}`,
    base64: Buffer.from(content).toString('base64'),
    replaces,
  })

function refused(action: () => unknown): string | undefined {
  try {
    action()
    return undefined
  } catch (error) {
    if (error instanceof FileRefused) return error.code
    throw error
  }
}

test('a page is listed, read and written', () => {
  expect(files.answer({ id: 0, ask: 'list', path: 'playbook' })).toEqual([
    { name: 'ledger', kind: 'folder' },
    { name: 'playbook.yaml', kind: 'file' },
    { name: 'plays', kind: 'folder' },
    { name: 'reviews', kind: 'folder' },
  ])
  expect(files.answer({ id: 0, ask: 'read', path: 'playbook/plays/a.md' })).toMatchObject({
    base64: Buffer.from('one\n').toString('base64'),
    hash: hash('one\n'),
    writable: true,
  })
  expect(write('plays/a.md', 'two\n', hash('one\n'))).toMatchObject({ hash: hash('two\n'), size: 4 })
  expect(text('plays/a.md')).toBe('two\n')
})

const outside = [
  'outside.md',
  'playbook/../outside.md',
  'playbook/plays/../../outside.md',
  '/etc/passwd',
  'playbook//plays/a.md',
  'playbook/./plays/a.md',
  'playbook/plays/a.md/',
  'playbook\\plays\\a.md',
  'playbook/.git/config',
  'playbook/plays/%2e%2e/a.md',
  'playbook/plays/con',
  'playbook/plays/a.md:stream',
  'playbook/plays/a.md\0',
  '..',
  '',
]

test.for(outside)('the path %j reaches nothing', (path) => {
  expect(refused(() => files.answer({ id: 0, ask: 'read', path }))).toBe('missing')
  expect(refused(() => files.answer({ id: 0, ask: 'stat', path }))).toBe('missing')
  expect(refused(() => files.answer({ id: 0, ask: 'write', path, base64: 'YQ==', replaces: 'absent' }))).toMatch(
    /refused|missing/,
  )
  expect(readFileSync(join(root, 'outside.md'), 'utf8')).toBe('outside\n')
})

test('links, pipes and what lies behind a link are not there', () => {
  symlinkSync(join(root, 'outside.md'), join(root, 'playbook/plays/link.md'))
  symlinkSync(root, join(root, 'playbook/plays/folder'))
  execFileSync('mkfifo', [join(root, 'playbook/plays/pipe.md')])
  for (const path of ['plays/link.md', 'plays/folder', 'plays/folder/outside.md', 'plays/pipe.md'])
    expect(refused(() => files.answer({ id: 0, ask: 'read', path: `playbook/${path}` }))).toBe('missing')
  expect(refused(() => write('plays/link.md', 'x', hash('outside\n')))).toBeDefined()
  expect(refused(() => write('plays/folder/new.md', 'x', 'absent'))).toBeDefined()
  expect(readFileSync(join(root, 'outside.md'), 'utf8')).toBe('outside\n')
  expect(readdirSync(root).sort()).toEqual(['.playproof', 'outside.md', 'playbook'])
})

test('new files are pages with a good name in a folder of pages', () => {
  write('plays/new-play.md', 'x', 'absent')
  write('reviews/D-17.md', 'x', 'absent')
  expect([text('plays/new-play.md'), text('reviews/D-17.md')]).toEqual(['x', 'x'])
  const bad = ['plays/x.html', 'plays/.md', 'plays/NUL.md', 'plays/Upper.md', 'plays/con.md', 'plays/-x.md', 'x.md']
  for (const path of [...bad, 'workflow.yml', 'plays/new-play.md/y.md', 'plays/a b.md', `plays/${'x'.repeat(90)}.md`])
    expect([path, refused(() => write(path, 'x', 'absent'))]).toEqual([path, expect.stringMatching(/refused|missing/)])
  expect(refused(() => write('reviews/d-17.md', 'x', 'absent'))).toBe('refused')
})

test('settings that are there are written; ledgers never, and nothing new beside them', () => {
  write('playbook.yaml', 'site: { title: A }\n', hash('site: {}\n'))
  expect(text('playbook.yaml')).toBe('site: { title: A }\n')
  expect(refused(() => write('ledger/deals.csv', 'x', hash('id\n')))).toBe('refused')
  expect(refused(() => write('comp.yaml', 'x', 'absent'))).toBe('refused')
  expect(refused(() => files.answer({ id: 0, ask: 'remove', path: 'playbook/playbook.yaml' }))).toBe('refused')
})

test('a file that is newer on disk is refused with its hash, and stays', () => {
  put('plays/a.md', 'two\n')
  let error: unknown
  try {
    write('plays/a.md', 'mine\n', hash('one\n'))
  } catch (caught) {
    error = caught
  }
  expect(error).toMatchObject({ code: 'changed', hash: hash('two\n') })
  expect(refused(() => write('plays/a.md', 'mine\n', 'absent'))).toBe('exists')
  expect(text('plays/a.md')).toBe('two\n')
})

test('a save keeps byte order mark, line ends and permissions, and leaves nothing beside it', () => {
  const before = '\ufeffa\r\nb\nc\r\n'
  put('plays/a.md', before)
  chmodSync(join(root, 'playbook/plays/a.md'), 0o640)
  write('plays/a.md', '\ufeffa\nB\nc\n', hash(before))
  expect(text('plays/a.md')).toBe('\ufeffa\r\nB\nc\r\n')
  expect(statSync(join(root, 'playbook/plays/a.md')).mode & 0o777).toBe(0o640)
  expect(readdirSync(join(root, 'playbook/plays'))).toEqual(['a.md'])
})

test('bytes that are no UTF-8 are neither written nor written over', () => {
  const latin = Buffer.from([0x63, 0x61, 0x66, 0xe9])
  put('plays/a.md', latin)
  expect(refused(() => write('plays/a.md', 'cafe', hash(latin)))).toBe('refused')
  expect(refused(() => write('plays/b.md', latin, 'absent'))).toBe('refused')
  expect(readFileSync(join(root, 'playbook/plays/a.md'))).toEqual(latin)
})

test('a read-only file and a text of more than 2 MiB are refused', () => {
  chmodSync(join(root, 'playbook/plays/a.md'), 0o444)
  expect(refused(() => write('plays/a.md', 'two\n', hash('one\n')))).toBe('refused')
  expect(refused(() => write('plays/b.md', 'x'.repeat(2 * 1_048_576 + 1), 'absent'))).toBe('too-large')
})

test('pages are renamed and deleted, and never over another', () => {
  put('plays/b.md', 'b\n')
  const rename = (to: string) =>
    files.answer({ id: 0, ask: 'rename', path: 'playbook/plays/a.md', to: `playbook/${to}` })
  expect(refused(() => rename('plays/b.md'))).toBe('exists')
  expect(refused(() => rename('../a.md'))).toBe('refused')
  expect(refused(() => rename('plays/a.html'))).toBe('refused')
  rename('plays/c.md')
  files.answer({ id: 0, ask: 'remove', path: 'playbook/plays/b.md' })
  expect(readdirSync(join(root, 'playbook/plays'))).toEqual(['c.md'])
})

test('nothing is changed where that is not allowed', () => {
  mayWrite = false
  expect(refused(() => write('plays/a.md', 'two\n', hash('one\n')))).toBe('refused')
  expect(refused(() => files.answer({ id: 0, ask: 'remove', path: 'playbook/plays/a.md' }))).toBe('refused')
  expect(refused(() => files.answer({ id: 0, ask: 'folder', path: 'playbook/plays/x' }))).toBe('refused')
  expect(existsSync(join(root, 'playbook/plays/a.md'))).toBe(true)
})

test('two looks at the disk tell what happened between them', () => {
  const before = listFiles(root)
  put('plays/a.md', 'two\n')
  put('plays/b.md', 'b\n')
  rmSync(join(root, 'playbook/ledger/deals.csv'))
  expect(changesBetween(before, listFiles(root), Date.now())).toEqual([
    { path: 'playbook/plays/a.md', kind: 'changed' },
    { path: 'playbook/plays/b.md', kind: 'added' },
    { path: 'playbook/ledger/deals.csv', kind: 'removed' },
  ])
})

test('a file that was just emptied is not told until it stays so', () => {
  const before = listFiles(root)
  put('plays/a.md', '')
  expect(changesBetween(before, listFiles(root), Date.now())).toEqual([])
  expect(changesBetween(before, listFiles(root), Date.now() + 600)).toEqual([
    { path: 'playbook/plays/a.md', kind: 'changed' },
  ])
})

test('what the system refuses is a sentence, also where a folder holds more than is shown', () => {
  mkdirSync(join(root, 'playbook/plays/old'))
  put('plays/old/.DS_Store', 'x')
  const remove = (): unknown => files.answer({ id: 0, ask: 'remove', path: 'playbook/plays/old' })
  expect(remove).toThrow('playbook/plays/old could not be deleted (ENOTEMPTY).')
  expect(refused(remove)).toBe('refused')
})

test('a save waits for another program of Playproof that writes, and names one that does not end', () => {
  mkdirSync(join(root, '.playproof'), { recursive: true })
  const other = `${'a'.repeat(32)}\n${process.ppid}\n${hostname()}\n\`playproof rename\`\n`
  writeFileSync(join(root, '.playproof/writing'), other)
  expect(() => write('plays/a.md', 'two\n', hash('one\n'))).toThrow(
    `\`playproof rename\` (process ${process.ppid}) is writing to this playbook, so this was not written.`,
  )
  expect(text('plays/a.md')).toBe('one\n')
})
