/**
 * `check --fix`: changes the characters of its repair and no other, and never what somebody else just wrote.
 */
import { chmodSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { filesBelow, folderOf, play, playBody, playproof, put, type Ran, type RunOptions } from './small-playbook.ts'

const fix = (root: string, options: RunOptions = {}) => playproof(root, ['check', '--fix', '--quiet'], options)

/** A page that a person has laid out, with four things that leave nothing to decide. */
const untidy = `---
# What the quarter is about.
title:   "Year end"     # as the board says it
x-own: { b: 2,   a: 1 }
statsu: draft

owners:
    sales:   'sam'      # leads
    marketing: mia
segment: bank
evidence:
  -   deal: "D-18"
---

${playBody}\tA \u200bhidden\u202e word.   
`
const tidy = untidy
  .replace('statsu', 'status')
  .replace('segment: bank', 'segment: banks')
  .replace('\u200b', '')
  .replace('\u202e', '')

test('comments, order, quotes, spacing, a byte order mark and Windows line ends stay as they are', () => {
  const variants = {
    'as-is': (text: string) => text,
    marked: (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`,
  }
  const named = (text: string): Record<string, string> =>
    Object.fromEntries(Object.entries(variants).map(([name, make]) => [`playbook/plays/${name}.md`, make(text)]))
  const root = folderOf({
    ...named(untidy),
    'playbook/plays/land-with-finance.md': null,
    'playbook/plays/audit-deadline.md': null,
  })
  for (const name of Object.keys(variants)) chmodSync(join(root, `playbook/plays/${name}.md`), 0o640)
  const before = filesBelow(root)
  fix(root)
  const after = filesBelow(root)
  for (const [path, text] of Object.entries(named(tidy)))
    expect(Buffer.from(after[path] ?? '', 'latin1').toString()).toBe(text)
  for (const path of Object.keys(before).filter((path) => !(path in named('')))) expect(after[path]).toBe(before[path])
  for (const name of Object.keys(variants))
    expect(statSync(join(root, `playbook/plays/${name}.md`)).mode & 0o777).toBe(0o640)
  fix(root)
  expect(filesBelow(root)).toEqual(after)
})

test('a hint, a choice and a citation wait for a person', () => {
  const page = play('Choice', '[{ deal: D-20 }]').replace('segment: banks', 'segment: nothing-like-it')
  const root = folderOf({ 'playbook/plays/choice.md': page })
  fix(root)
  expect(readFileSync(join(root, 'playbook/plays/choice.md'), 'utf8')).toBe(page)
})

test('what cannot be read as text is not written', () => {
  const latin = Buffer.from(untidy.replace('Year end', 'Année'), 'latin1')
  const root = folderOf({
    'playbook/plays/latin.md': latin,
    'playbook/plays/wide.md': Buffer.from(`\ufeff${untidy}`, 'utf16le'),
    'playbook/plays/twice.md': untidy.replace('x-own', 'title'),
  })
  const before = filesBelow(root)
  fix(root)
  const after = filesBelow(root)
  for (const name of ['latin', 'wide', 'twice']) {
    const path = `playbook/plays/${name}.md`
    // Hidden characters are the one repair that needs no fields.
    const wanted = name === 'twice' ? before[path]?.replace(/\u00e2\u0080[\u008b\u00ae]/g, '') : before[path]
    expect(after[path]).toBe(wanted)
  }
})

test('in CI it does nothing, unless told that it may', () => {
  const root = folderOf({ 'playbook/plays/untidy.md': untidy })
  const before = filesBelow(root)
  const refused: Record<string, string>[] = [{ CI: 'true' }, { CI: '1', PLAYPROOF_FIX_IN_CI: '0' }]
  for (const env of refused) {
    const ran = fix(root, { env })
    expect(ran).toMatchObject({ status: 2, stdout: '' })
    expect(ran.stderr).toMatch(/^playproof: `--fix` does not run in CI, .* PLAYPROOF_FIX_IN_CI=1\.\n$/)
  }
  expect(filesBelow(root)).toEqual(before)
  fix(root, { env: { CI: 'true', PLAYPROOF_FIX_IN_CI: '1' } })
  expect(readFileSync(join(root, 'playbook/plays/untidy.md'), 'utf8')).toBe(tidy)
})

test('a page that somebody saved meanwhile keeps what they wrote', () => {
  const root = folderOf({ 'playbook/plays/untidy.md': untidy })
  const path = join(root, 'playbook/plays/untidy.md')
  // Between reading and writing: at the write into the new file beside it.
  const ran = fix(root, { disk: { at: 3, how: 'write', path, text: 'theirs' } })
  expect(ran).toMatchObject({ status: 2, stdout: '' })
  expect(ran.stderr).toBe(
    'playproof: untidy.md changed while you worked on it, so it was not overwritten. Run the command again.\n',
  )
  expect(readFileSync(path, 'utf8')).toBe('theirs')
})

test('a page that is read-only or a link is not replaced', () => {
  const readOnly = folderOf({ 'playbook/plays/untidy.md': untidy })
  chmodSync(join(readOnly, 'playbook/plays/untidy.md'), 0o444)
  expect(fix(readOnly).stderr).toBe('playproof: untidy.md is read-only. Make it writable first.\n')
  expect(readFileSync(join(readOnly, 'playbook/plays/untidy.md'), 'utf8')).toBe(untidy)
  const linked = folderOf({ 'playbook/decks/untidy.md': untidy })
  symlinkSync('../decks/untidy.md', join(linked, 'playbook/plays/untidy.md'))
  expect(fix(linked).stderr).toBe('playproof: untidy.md is no regular file, so it is not written.\n')
  expect(readFileSync(join(linked, 'playbook/decks/untidy.md'), 'utf8')).toBe(untidy)
})

test('whatever change of the disk fails, every page is the old one or the new one, and a second run finishes', () => {
  const files = { 'playbook/plays/a.md': untidy, 'playbook/plays/b.md': untidy }
  const others = { 'playbook/plays/land-with-finance.md': null, 'playbook/plays/audit-deadline.md': null }
  const whole = folderOf({ ...files, ...others })
  fix(whole)
  const wanted = filesBelow(whole)
  const failing = (at: number, how: string): { root: string; ran: Ran } => {
    const root = folderOf({ ...files, ...others })
    const ran = fix(root, { disk: { at, how } })
    for (const path of Object.keys(files)) expect([untidy, tidy]).toContain(readFileSync(join(root, path), 'utf8'))
    return { root, ran }
  }
  let points = 0
  for (let killed = true; killed && points < 200; points++) {
    const { root, ran } = failing(points + 1, 'kill')
    killed = ran.status === null
    fix(root)
    expect(filesBelow(root)).toEqual(wanted)
  }
  expect(points).toBeGreaterThan(10)
  for (let at = 1; at < points; at++) {
    const { root, ran } = failing(at, 'ENOSPC')
    // Work that could not be kept costs the next run some time, and nothing else.
    if (ran.stderr === '') expect(filesBelow(root)).toEqual(wanted)
    else
      expect(ran.stderr).toMatch(
        /^playproof: (\w+\.md could not be written \(ENOSPC\); what was there is untouched|the playbook could not be locked for writing \(ENOSPC\), so nothing was written)\. .*\n$/,
      )
  }
}, 120_000)

test('a page whose name is as long as a name may be is repaired too', () => {
  const name = `${'ж'.repeat(126)}.md`
  const root = folderOf()
  put(root, `playbook/plays/${name}`, untidy)
  fix(root)
  expect(readFileSync(join(root, `playbook/plays/${name}`), 'utf8')).toBe(tidy)
})
