/**
 * `rename`: a page and every reference to it change together, also when the run is cut off in the middle.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  checkJson,
  filesBelow,
  folderOf,
  inShort,
  play,
  playBody,
  playproof,
  type RunOptions,
} from './small-playbook.ts'

const rename = (root: string, page: string, id: string, options: RunOptions = {}) =>
  playproof(root, ['rename', page, id], options)

/** A message that is mentioned in every way there is. */
const files = {
  'playbook/messages/one-invoice.md':
    '---\ntitle: One invoice\nstatus: draft\npillar: Simplicity\nclaim: One invoice for all.\nowners: { marketing: mia, sales: sam }\n---\n\n[me](one-invoice.md#a) <!-- one-invoice stays -->\n',
  'playbook/messages/replacing.md':
    '\ufeff---\r\ntitle: Other\r\nstatus: draft\r\npillar: Simplicity\r\nclaim: Another.\r\nowners: { marketing: mia, sales: sam }\r\nreplaces: ["one-invoice"]   # the old one\r\n---\r\n',
  'playbook/plays/audit-deadline.md': play('Audit deadline').replace(
    'evidence:',
    "messages: [ 'one-invoice' ]\nevidence:",
  ),
  'playbook/plays/land-with-finance.md': play(
    'Land with finance',
    '[{ deal: D-18 }]',
    `${playBody}\n[a](../messages/one-invoice.md "one-invoice") ![b](../messages/one-invoice.md?raw#x) [c]\n\n[c]: <../messages/one%2Dinvoice.md>\n\n\`one-invoice.md\`\n`,
  ),
  'playbook/feedback/2026-05-01-invoice.md':
    '---\non: messages/one-invoice\nby: sam\ndate: 2026-05-01\nresult: worked\n---\n\nIt worked.\n',
}
const references = 7

/** The same files as a careful person would rename them by hand. */
function renamed(): Record<string, string> {
  const root = folderOf(files)
  const after = filesBelow(root)
  const page = 'playbook/messages/one-invoice.md'
  const text = after[page] ?? ''
  delete after[page]
  after['playbook/messages/a-single-bill.md'] = text.replace('(one-invoice', '(a-single-bill')
  const edit = (path: string, from: RegExp | string): void => {
    after[path] = (after[path] ?? '').replaceAll(from, (found) => found.replace(/one(?:-|%2D)invoice/, 'a-single-bill'))
  }
  edit('playbook/messages/replacing.md', 'one-invoice')
  edit('playbook/plays/audit-deadline.md', 'one-invoice')
  edit('playbook/plays/land-with-finance.md', /messages\/one(?:-|%2D)invoice/g)
  edit('playbook/feedback/2026-05-01-invoice.md', 'one-invoice')
  return after
}

test('every reference follows and nothing else changes', () => {
  const root = folderOf(files)
  const before = inShort(checkJson(root).findings)
  const ran = rename(root, 'messages/one-invoice', 'a-single-bill')
  expect(ran).toMatchObject({ status: 0, stderr: '' })
  expect(ran.stdout).toBe(
    `Renamed messages/one-invoice to messages/a-single-bill and ${references} references in 4 other pages.\n`,
  )
  expect(filesBelow(root)).toEqual(renamed())
  // On its long line the broken link stands two columns further on for the two letters that the new id is longer.
  expect(
    inShort(checkJson(root).findings)
      .map((line) => line.replace('a-single-bill', 'one-invoice').replace(':34:54 ', ':34:52 '))
      .sort(),
  ).toEqual(before.sort())
})

test('an id that is no file name, is taken, or belongs to nothing is one line and changes nothing', () => {
  const root = folderOf(files)
  const before = filesBelow(root)
  const said = (page: string, id: string): string => {
    const { status, stdout, stderr } = rename(root, page, id)
    expect([status, stdout]).toEqual([2, ''])
    return stderr.replace(/^playproof: (.*)\n$/, '$1')
  }
  expect(said('messages/one-invoce', 'x')).toBe('there is no messages/one-invoce. Did you mean messages/one-invoice?')
  expect(said('mesages/one-invoice', 'x')).toBe('there is no type `mesages`. Did you mean `messages/one-invoice`?')
  expect(said('messages/one-invoice', 'replacing')).toBe('there is a message `replacing` already. Choose another id.')
  for (const id of ['../../etc/x', 'A b', '-x', 'con', 'e\u0301', '', 'x'.repeat(82), '\u001b[2J'])
    said('messages/one-invoice', id)
  expect(filesBelow(root)).toEqual(before)
})

test('a page that somebody saved meanwhile stops it before anything is touched', () => {
  const root = folderOf(files)
  const path = join(root, 'playbook/plays/audit-deadline.md')
  const before = filesBelow(root)
  // The first change of all is that of the kept work, after everything was read.
  const ran = rename(root, 'messages/one-invoice', 'a-single-bill', {
    disk: { at: 1, how: 'write', path, text: 'theirs' },
  })
  expect(ran).toMatchObject({ status: 2, stdout: '' })
  expect(ran.stderr).toMatch(
    /^playproof: playbook\/plays\/audit-deadline\.md changed while you worked on it, so nothing was changed\./,
  )
  expect(filesBelow(root)).toEqual({ ...before, 'playbook/plays/audit-deadline.md': 'theirs' })
})

test('wherever it is cut off, nothing is lost and the next run finishes it', () => {
  const wanted = renamed()
  let cut = 0
  for (let at = 1; at < 200; at++) {
    const root = folderOf(files)
    const first = rename(root, 'messages/one-invoice', 'a-single-bill', { disk: { at, how: 'kill' } })
    if (first.stdout !== '') break
    cut++
    // Cut off after everything was done, when only the lock was still there.
    const complete =
      !existsSync(join(root, '.playproof/unfinished-change')) &&
      existsSync(join(root, 'playbook/messages/a-single-bill.md'))
    const second = rename(root, 'messages/one-invoice', 'a-single-bill')
    const done = second.stderr.includes('Finished an earlier change of 5 files that was cut off.')
    // Finished from the plan, there is nothing left to rename; cut off before the plan, it is simply done now.
    expect([second.status, done]).toEqual(done ? [2, true] : [complete ? 2 : 0, false])
    expect(filesBelow(root)).toEqual(wanted)
    expect(existsSync(join(root, '.playproof/unfinished-change'))).toBe(false)
  }
  expect(cut).toBeGreaterThan(15)
}, 120_000)

test('a full disk leaves every page as it was, or a plan that the next run finishes', () => {
  const [before, wanted] = [filesBelow(folderOf(files)), renamed()]
  for (let at = 7; at < 40; at += 4) {
    const root = folderOf(files)
    const first = rename(root, 'messages/one-invoice', 'a-single-bill', { disk: { at, how: 'ENOSPC' } })
    if (first.status === 0) break
    expect(first.stderr).toMatch(/^playproof: .*ENOSPC.*\n$/)
    if (!existsSync(join(root, '.playproof/unfinished-change'))) expect(filesBelow(root)).toEqual(before)
    rename(root, 'messages/one-invoice', 'a-single-bill')
    expect(filesBelow(root)).toEqual(wanted)
  }
})

test('a plan whose pages somebody changed since is not forced through', () => {
  const root = cutOffAfterThePlan()
  const path = join(root, 'playbook/plays/land-with-finance.md')
  const theirs = `${readFileSync(path, 'utf8')}theirs\n`
  writeFileSync(path, theirs)
  const ran = rename(root, 'messages/one-invoice', 'a-single-bill')
  expect(ran.status).toBe(2)
  expect(ran.stderr).toMatch(/changed in the middle of a change of several files/)
  expect(readFileSync(path, 'utf8')).toBe(theirs)
})

/** A playbook whose rename was cut off with its plan written and no page changed. */
function cutOffAfterThePlan(): string {
  const before = filesBelow(folderOf(files))
  for (let at = 1; at < 100; at++) {
    const root = folderOf(files)
    rename(root, 'messages/one-invoice', 'a-single-bill', { disk: { at, how: 'kill' } })
    if (existsSync(join(root, '.playproof/unfinished-change'))) {
      expect(filesBelow(root)).toEqual(before)
      return root
    }
  }
  throw new Error('No plan was ever written.')
}
