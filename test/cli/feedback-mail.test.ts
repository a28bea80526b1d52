/**
 * Mails from the field become feedback pages that pass, and nothing else.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { mailLink } from '../../site/src/show/feedback-file.ts'
import { checkJson, folderOf, playproof } from '../hostile/small-playbook.ts'

const work = mkdtempSync(join(tmpdir(), 'playproof-mail-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const sam = {
  'playbook/people/sam.md':
    '---\nname: Sam Ode\nrole: rep\nledgerName: Sam Ode\nemail: [sam@halyard.example, ode@halyard.example]\n---\n',
}
const head = (subject: string, from = 'Sam Ode <Sam@Halyard.example>') =>
  `From: ${from}\r\nTo: cookbook@halyard.example\r\nSubject: ${subject}\r\nDate: Tue, 30 Jun 2026 23:30:00 -0800\r\nMIME-Version: 1.0\r\n`
const plain = (body: string) => `Content-Type: text/plain; charset=utf-8\r\n\r\n${body}`

function taken(mail: string | Buffer, args: readonly string[] = [], files: Readonly<Record<string, string>> = sam) {
  const root = folderOf(files)
  const file = join(work, 'mail.eml')
  writeFileSync(file, mail)
  const ran = playproof(root, ['new', 'feedback', '--from', file, ...args])
  const path = /Made (\S+)/.exec(ran.stdout)?.[1]
  return { ...ran, root, path, page: path === undefined ? '' : readFileSync(join(root, path), 'utf8') }
}

/** The fields that are set, and the words. */
function said(page: string): string[] {
  const [, fields = '', words = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(page) ?? []
  return [...fields.split('\n').flatMap((line) => (line.startsWith('#') ? [] : line.replace(/ #.*/, ''))), words.trim()]
}

function findingsOf({ root, path = '' }: { root: string; path?: string | undefined }): string[] {
  return checkJson(root, [path])
    .findings.map(({ rule }) => rule)
    .filter((rule) => rule !== 'feedback/unanswered')
}

test('the mail that the site writes is taken in whole, and the page passes', () => {
  const told = {
    on: 'plays/audit-deadline',
    by: 'mia',
    date: '',
    result: 'worked',
    words: 'They asked for it.\nTwice.',
    aboutEvidence: false,
  }
  const link = new URL(mailLink('cookbook@halyard.example', told).href)
  const mail = `${head(link.searchParams.get('subject') ?? '')}${plain(link.searchParams.get('body') ?? '')}`
  const made = taken(mail)
  expect(made.status).toBe(0)
  expect(said(made.page)).toEqual([
    'on: plays/audit-deadline',
    'by: mia',
    'date: 2026-06-30',
    'result: worked',
    'They asked for it.\nTwice.',
  ])
  expect(findingsOf(made)).toEqual([])
})

test('a report of broken evidence is tagged as one', () => {
  const told = {
    on: 'plays/audit-deadline',
    by: '',
    date: '',
    result: 'failed',
    words: 'D-17 was lost.',
    aboutEvidence: true,
  }
  const link = new URL(mailLink('cookbook@halyard.example', told).href)
  const made = taken(`${head(link.searchParams.get('subject') ?? '')}${plain(link.searchParams.get('body') ?? '')}`)
  expect(said(made.page)).toEqual([
    'on: plays/audit-deadline',
    'by: sam',
    'date: 2026-06-30',
    'result: failed',
    'tags:',
    '  - evidence',
    'D-17 was lost.',
  ])
  expect(findingsOf(made)).toEqual([])
})

describe('a mail as programs write it', () => {
  const expected = [
    'on: plays/audit-deadline',
    'by: sam',
    'date: 2026-06-30',
    'result: changed',
    'The café said “no”, twice.',
  ]
  const words = 'Result: changed\r\n\r\nThe café said “no”, twice.\r\n'
  test.each<[string, string | Buffer]>([
    [
      'answered and encoded in its subject',
      `${head('=?utf-8?B?UmU6IEZlZWRiYWNrOiBwbGF5cy9hdWRpdC1kZWFkbGluZQ==?=')}${plain(words)}`,
    ],
    [
      'quoted-printable in Latin-1',
      `${head('Feedback: plays/audit-deadline')}Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nResult: changed\r\n\r\nThe caf=E9 said =93no=94, tw=\r\nice.\r\n`,
    ],
    [
      'base64',
      `${head('Feedback: plays/audit-deadline')}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(words).toString('base64')}\r\n`,
    ],
    [
      'in several parts with a picture',
      `${head('Feedback: plays/audit-deadline')}Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n${plain(words)}\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Other</p>\r\n--b--\r\n--a\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=x.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--a--\r\n`,
    ],
    [
      'as HTML alone',
      `${head('Feedback: plays/audit-deadline')}Content-Type: text/html; charset=utf-8\r\n\r\n<html><head><style>p{}</style></head><body><div>Result: changed</div><div><br></div><div>The caf&eacute; said &ldquo;no&rdquo;, twice.</div><script>alert(1)</script></body></html>`,
    ],
    [
      'with a signature',
      `${head('Feedback: plays/audit-deadline')}${plain(`${words}\r\n-- \r\nSam Ode\r\n+1 555 0100`)}`,
    ],
    [
      'with the mail it answers',
      `${head('Feedback: plays/audit-deadline')}${plain(`${words}\r\nOn Mon, 29 Jun 2026 at 09:00, Mia Lund <mia@halyard.example> wrote:\r\n> What came of it?\r\n`)}`,
    ],
    [
      'with line ends of its own',
      `${head('Feedback: plays/audit-deadline').replaceAll('\r\n', '\n')}${plain(words).replaceAll('\r\n', '\n')}`,
    ],
  ])('%s', (_how, mail) => {
    const made = taken(mail)
    expect(said(made.page)).toEqual(expected)
    expect(findingsOf(made)).toEqual([])
  })
})

test('a stranger is nobody, and what is unknown is asked for', () => {
  const made = taken(`${head('Feedback: plays/audit-deadline', 'who@elsewhere.example')}${plain('It went well.')}`)
  expect(made.stdout).toContain('Fill in by, result and read it')
  expect(findingsOf(made)).toEqual(['field/wrong', 'field/wrong'])
})

test('what is given beside the mail counts more than what it says', () => {
  const made = taken(`${head('Hello')}${plain('It went well.')}`, [
    '--set',
    'on=plays/audit-deadline',
    '--set',
    'result=worked',
  ])
  expect(said(made.page)).toEqual([
    'on: plays/audit-deadline',
    'by: sam',
    'date: 2026-06-30',
    'result: worked',
    'It went well.',
  ])
})

test('a hostile mail waives nothing, hides nothing, opens no frontmatter and links nowhere', () => {
  const body =
    'Result: worked\r\n\r\n---\r\non: plays/x\r\n---\r\n<!-- playproof-ignore link/broken until 2027-01-31: x -->\r\n[x](../gone.md) ![y](../z.png) [r]\r\n\r\n[r]: ../gone.md\r\n\u202egnp\u202c \u200bx <script>alert(1)</script> \u0000\u001b[31m'
  const made = taken(`${head('Feedback: plays/audit-deadline')}${plain(body)}`)
  expect(made.status).toBe(0)
  expect(findingsOf(made)).toEqual([])
  expect(checkJson(made.root).summary['waived']).toBe(0)
  expect([...made.page].filter((character) => '<\u202e\u200b\u001b\0'.includes(character))).toEqual([])
})

test.each<[string, string | Buffer, string]>([
  ['about no page', `${head('Hello')}${plain('Hi')}`, 'does not say what it is about'],
  ['about a page that is not there', `${head('Feedback: plays/nobody')}${plain('Hi')}`, 'has no such page'],
  ['about a place outside', `${head('Feedback: plays/../../etc')}${plain('Hi')}`, 'has no such page'],
  ['larger than a mail', Buffer.alloc(11 * 1_048_576, 97), '10 MiB'],
  [
    'of noise',
    Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 7919) % 251)),
    'does not say what it is about',
  ],
  [
    'nested without end',
    `${head('x')}${Array.from({ length: 2_000 }, (_, index) => `Content-Type: multipart/mixed; boundary=b${index}\r\n\r\n--b${index}\r\n`).join('')}`,
    'cannot be read as a mail',
  ],
])('a mail %s makes no page', (_what, mail, expected) => {
  const made = taken(mail)
  expect(made).toMatchObject({ status: 2, page: '', stderr: expect.stringContaining(expected) })
})

test('a mail is feedback and nothing else, and has to be there', () => {
  const root = folderOf(sam)
  expect(playproof(root, ['new', 'play', '--from', 'x.eml'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('as feedback'),
  })
  expect(playproof(root, ['new', 'feedback', '--from', 'x.eml'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('cannot be read (ENOENT)'),
  })
})
