import { expect, test } from 'vitest'
import { formLink, mailLink, newFileLink, type Told } from '../../site/src/show/feedback-file.ts'

const told = (words: string): Told => ({
  on: 'plays/audit-deadline',
  by: 'sam',
  date: '2026-06-30',
  result: 'worked',
  words,
  aboutEvidence: false,
})
const github = {
  host: 'github',
  address: 'https://github.com/halyard/cookbook/new/main',
  folder: 'playbook/feedback',
} as const
const gitlab = {
  host: 'gitlab',
  address: 'https://gitlab.com/halyard/cookbook/-/new/main',
  folder: 'playbook/feedback',
} as const

test('what fits travels in the link itself, under the names that each code host knows', () => {
  const way = newFileLink(github, told('It held: “again”, 100% & more.'), 'ab1')
  const link = new URL(way.href)
  expect(way.whole).toBe(true)
  expect([...link.searchParams.keys()]).toEqual(['filename', 'value'])
  expect(link.searchParams.get('filename')).toBe('playbook/feedback/2026-06-30-audit-deadline-ab1.md')
  expect(link.searchParams.get('value')).toContain('\nIt held: “again”, 100% & more.\n')
  expect([...new URL(newFileLink(gitlab, told('It held.'), 'ab1').href).searchParams.keys()]).toEqual([
    'file_name',
    'content',
  ])
})

test('nobody counts on GitLab to fill the file in, because its editor may open empty', () => {
  expect(newFileLink(gitlab, told('It held.'), 'ab1').whole).toBe(false)
})

test('a text too long for a link is left out whole, never cut, and the link says so', () => {
  const long = told('Жёлтый день. '.repeat(300))
  for (const [way, left] of [
    [newFileLink(github, long, 'ab1'), 'filename'],
    [mailLink('cookbook@halyard.example', long), 'body'],
    [formLink('https://forms.example/new', long), 'title'],
  ] as const) {
    expect(way.whole).toBe(false)
    expect(way.href.length).toBeLessThan(8_000)
    expect(new URL(way.href).searchParams.has(left)).toBe(true)
    expect(way.href).not.toContain(encodeURIComponent('Жёлтый'))
  }
})

test('no link is longer than GitHub and mail programs take, whatever is written', () => {
  for (const words of ['a', '“', '🙂', '\n'])
    for (let length = 1; length < 9_000; length += 397) {
      const many = told(words.repeat(length))
      expect(newFileLink(github, many, 'ab1').href.length).toBeLessThanOrEqual(8_000)
      expect(formLink('https://forms.example/new', many).href.length).toBeLessThanOrEqual(8_000)
      expect(mailLink('cookbook@halyard.example', many).href.length).toBeLessThanOrEqual(1_900)
    }
})

test('half a character does not stop the page', () => {
  expect(newFileLink(github, told('broken \ud83d'), 'ab1').whole).toBe(true)
})
