/**
 * What may lie in a playbook's folder besides pages: links, loops, pipes, files nobody may read, folders without end, and
 * names that are meant for a terminal or a runner. None is followed out of the root and none harms another page.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  checkJson,
  command,
  expectNoTrace,
  folderOf,
  inShort,
  type JsonReport,
  play,
  playproof,
  put,
  quietEnv,
} from './small-playbook.ts'

const outside = mkdtempSync(join(tmpdir(), 'playproof-outside-'))
afterAll(() => rmSync(outside, { recursive: true, force: true }))

let before: JsonReport
beforeAll(() => {
  before = checkJson(folderOf())
})

const link = (root: string, path: string, target: string): void => symlinkSync(target, join(root, 'playbook', path))

/** Findings of a run besides those of the small playbook, which must all still be there. */
function added(root: string): string[] {
  const { findings } = checkJson(root)
  const known = before.findings.map((finding) => JSON.stringify(finding))
  const now = findings.map((finding) => JSON.stringify(finding))
  expect(now).toEqual(expect.arrayContaining(known))
  return inShort(findings.filter((finding) => !known.includes(JSON.stringify(finding))))
}

describe('links', () => {
  test('a link out of the root, to nowhere, to itself or around in a loop is reported and not followed', () => {
    const root = folderOf()
    writeFileSync(join(outside, 'secret.md'), play('Top secret'))
    mkdirSync(join(outside, 'plays'), { recursive: true })
    writeFileSync(join(outside, 'plays/secret.md'), play('Top secret'))
    link(root, 'plays/out.md', join(outside, 'secret.md'))
    link(root, 'plays/up.md', '../../../../../../../../etc/passwd')
    link(root, 'plays/nowhere.md', 'nothing.md')
    link(root, 'plays/itself.md', 'itself.md')
    link(root, 'plays/zero.md', '/dev/zero')
    link(root, 'plays/loop', '.')
    link(root, 'plays/away', join(outside, 'plays'))
    link(root, 'plays/picture.png', join(outside, 'picture.png'))
    expect(added(root)).toEqual(
      ['away', 'itself.md', 'loop', 'nowhere.md', 'out.md', 'up.md', 'zero.md'].map(
        (name) => `plays/${name}:1:1 error file/encoding`,
      ),
    )
    const { stdout, stderr } = playproof(root, ['check'])
    expect(stdout + stderr).not.toContain('Top secret')
    expect(stdout + stderr).not.toContain(outside)
  })

  test('a link tells the same whether its target outside exists or not', () => {
    const [there, gone] = [folderOf(), folderOf()]
    link(there, 'plays/x.md', '/etc/passwd')
    link(gone, 'plays/x.md', '/etc/no-such-file')
    expect(checkJson(there).findings).toEqual(checkJson(gone).findings)
  })

  test('a link to a page of the playbook is that page', () => {
    const root = folderOf()
    link(root, 'plays/also.md', 'land-with-finance.md')
    expect(added(root)).toContain('plays/also.md:7:20 error citation/unknown-deal')
  })

  test('a link cannot take the place of a page of the same name', () => {
    const root = folderOf()
    link(root, 'plays/audit-deadline', '/etc')
    link(root, 'plays/aaa', '/etc')
    mkdirSync(join(root, 'playbook/plays/aaa-first'))
    put(root, 'playbook/plays/aaa-first/audit-deadline.md', '---\nbroken')
    expect(added(root)).toEqual([
      'plays/aaa:1:1 error file/encoding',
      'plays/aaa-first/audit-deadline.md:1:1 error file/frontmatter',
      'plays/audit-deadline:1:1 error file/encoding',
    ])
  })

  test('playbook.yaml behind a link out of the root stops the run', () => {
    const root = folderOf()
    writeFileSync(join(outside, 'playbook.yaml'), 'company: Elsewhere\ncurrency: USD\n')
    rmSync(join(root, 'playbook/playbook.yaml'))
    link(root, 'playbook.yaml', join(outside, 'playbook.yaml'))
    const ran = playproof(root, ['check'])
    expect(ran).toMatchObject({ status: 2, stdout: '' })
    expect(ran.stderr).toMatch(/^playproof: playbook\/playbook\.yaml cannot be read: it is a link that leads out .*\n$/)
  })
})

test('a pipe named like a page is reported and not waited for', () => {
  const root = folderOf()
  expect(spawnSync('mkfifo', [join(root, 'playbook/plays/pipe.md'), join(root, 'playbook/plays/pipe')]).status).toBe(0)
  expect(added(root)).toEqual(['plays/pipe.md:1:1 error file/encoding'])
})

test('a folder named like a page is a folder', () => {
  const root = folderOf()
  put(root, 'playbook/plays/folder.md/inner.md', '---\nbroken')
  expect(added(root)).toEqual(['plays/folder.md/inner.md:1:1 error file/frontmatter'])
})

test('a file or folder that may not be read is reported, and the rest is checked', (context) => {
  const root = folderOf({ 'playbook/plays/locked.md': play('Locked'), 'playbook/plays/closed/inner.md': play('Inner') })
  chmodSync(join(root, 'playbook/plays/locked.md'), 0)
  chmodSync(join(root, 'playbook/plays/closed'), 0)
  // Root may read everything, so the command runs as somebody else, who must be able to reach it.
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  chmodSync(root, 0o755)
  chmodSync(join(root, '..'), 0o755)
  const ran = spawnSync(process.execPath, [command, 'check', '--format', 'json', '--no-cache'], {
    cwd: root,
    encoding: 'utf8',
    env: quietEnv({ HOME: '/nonexistent', XDG_CACHE_HOME: '/nonexistent', NODE_DISABLE_COMPILE_CACHE: '1' }),
    ...asNobody,
  })
  chmodSync(join(root, 'playbook/plays/closed'), 0o755)
  if ('uid' in asNobody && ran.stdout === '')
    context.skip('this user may not run the command: it lies in a folder of root alone')
  const { findings } = JSON.parse(ran.stdout) as JsonReport
  const own = findings.filter(({ file }) => /locked|closed/.test(file))
  expect(own.map(({ file, rule, text }) => `${file} ${rule} ${text}`)).toEqual([
    'playbook/plays/closed file/encoding This folder cannot be read: you have no permission to read it. The pages in it are not checked.',
    'playbook/plays/locked.md file/encoding This file cannot be read: you have no permission to read it.',
  ])
  expect(findings.filter((finding) => !own.includes(finding))).toEqual(before.findings)
})

test('a tree of 300 folders in each other is walked to its end', () => {
  const root = folderOf({ [`playbook/plays/${'d/'.repeat(300)}deep.md`]: '---\nbroken' })
  expect(added(root)).toEqual([`plays/${'d/'.repeat(300)}deep.md:1:1 error file/frontmatter`])
})

describe('names that are meant for somebody else', () => {
  const names = [
    'line\nbreak',
    'escape\u001b[2J\u001b]0;title\u0007',
    'reversed\u202eword',
    '::error file=x,line=1::y',
    '##[error]z',
    'blank and  blanks',
    'percent%0Apercent%25',
    '-rf',
    '$(touch x)',
    '`x`',
    '<img src=x>',
    '[a](b)',
    '@octocat',
    'CON',
    'e\u0301',
    '__proto__',
    'constructor',
  ]
  const files = Object.fromEntries(names.map((name) => [`playbook/plays/${name}.md`, '---\nbroken']))

  test('each is one file with one finding, and no other page notices', () => {
    const root = folderOf(files)
    expect(
      added(root)
        .filter((line) => line.endsWith('file/frontmatter'))
        .sort(),
    ).toEqual(names.map((name) => `plays/${name}.md:1:1 error file/frontmatter`).sort())
  })

  test('the terminal gets them as visible text', () => {
    const ran = playproof(folderOf(files), ['check'])
    expectNoTrace(ran)
    expect(ran.stdout).toContain('playbook/plays/escape\\u{1b}[2J\\u{1b}]0;title\\u{7}.md:1:1 error file/frontmatter')
    expect(ran.stdout).toContain('playbook/plays/line\\u{a}break.md:1:1')
    expect(ran.stdout).toContain('playbook/plays/reversed\\u{202e}word.md:1:1')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested.
    expect(ran.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/)
  })

  test('a name that is no UTF-8 is reported, not a reason to stop', () => {
    const root = folderOf()
    writeFileSync(
      Buffer.concat([Buffer.from(join(root, 'playbook/plays/caf')), Buffer.from([0xe9]), Buffer.from('.md')]),
      'x',
    )
    expect(added(root)).toEqual(['plays/caf\ufffd.md:1:1 error file/encoding'])
  })
})

describe('work files that a stranger may have committed', () => {
  test('.playproof as a link to another folder is neither read nor written through', () => {
    const root = folderOf()
    const target = mkdtempSync(join(outside, 'target-'))
    writeFileSync(join(target, 'result'), 'mine')
    symlinkSync(target, join(root, '.playproof'))
    expect(checkJson(root).findings).toEqual(before.findings)
    expect(readFileSync(join(target, 'result'), 'utf8')).toBe('mine')
    const renamed = playproof(root, ['rename', 'plays/audit-deadline', 'year-end'])
    expect(renamed.status).toBe(2)
    expect(renamed.stderr).toBe(
      'playproof: .playproof is no folder of its own but a link or a file. Delete it and run again.\n',
    )
  })

  test('kept work behind a link to something endless is not read', () => {
    const root = folderOf()
    mkdirSync(join(root, '.playproof'))
    for (const name of ['result', 'facts']) symlinkSync('/dev/zero', join(root, '.playproof', name))
    expect(checkJson(root, [], { timeout: 20_000 }).findings).toEqual(before.findings)
  })

  test('a plan of changes that this user did not write is not carried out', () => {
    const root = folderOf()
    mkdirSync(join(root, '.playproof'))
    writeFileSync(join(outside, 'victim'), 'mine')
    const plan = [{ path: '../victim', replaces: 'x', text: 'theirs', movesTo: '../moved' }]
    writeFileSync(join(root, '.playproof/unfinished-change'), `${'0'.repeat(64)}\n${JSON.stringify(plan)}`)
    const ran = playproof(root, ['rename', 'plays/audit-deadline', 'year-end'])
    expect(ran.status).toBe(2)
    expect(ran.stderr).toMatch(/^playproof: \.playproof\/unfinished-change is a plan that was not written here by you/)
    expect(readFileSync(join(outside, 'victim'), 'utf8')).toBe('mine')
  })

  test('a key in the repository is not taken for this user’s', () => {
    const root = folderOf({ 'playproof/key': new Uint8Array(32) })
    checkJson(root, [], { env: { XDG_CACHE_HOME: '', HOME: join(outside, 'home') } })
    expect(readFileSync(join(outside, 'home/.cache/playproof/key')).equals(Buffer.alloc(32))).toBe(false)
  })
})
