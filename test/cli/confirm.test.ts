/**
 * `playproof confirm`, from outside: one line of the page is written, and `check` then knows what moves.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeEach, expect, test } from 'vitest'

const command = fileURLToPath(new URL('../../src/cli/playproof.mjs', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'playproof-confirm-'))
let root = ''

afterAll(() => rmSync(work, { recursive: true, force: true }))

const play = `---
title: Land with finance # a comment stays
status: trial
until: 2027-06-30
owners: { marketing: mia, sales: jo }
segment: banks
evidence: [{ deal: D-18, shows: The audit gave them a date. }]
---
## Talk track

Ask for the date of the audit.
`

const files = {
  'playbook.yaml':
    'company: Halyard\ncurrency: USD\nasOf: 2026-06-30\nledger: { deals: { file: ledger.csv } }\nrules: { section/missing: off }\n',
  'ledger.csv':
    'id,account,owner,outcome,amount,created,closed,industry\nD-18,Northwind Bank,Jo Park,won,45000,2026-01-10,2026-03-10,banking\n',
  'segments/banks.md': '---\ntitle: Banks\nmatch: { industry: banking }\n---\n',
  'people/jo.md': '---\nname: Jo Park\nrole: rep\nledgerName: Jo Park\n---\n',
  'people/mia.md': '---\nname: Mia Sand\nrole: marketing\n---\n',
  'reviews/D-18.md':
    '---\ndeal: D-18\noutcome: won\ncompellingEvent: The audit was due.\nrelationship: none\nplays: [finance]\nreviewers: { sales: jo, marketing: mia }\ndate: 2026-04-02\n---\nA story.\n',
  'plays/finance.md': play,
  'competitors/bramble.md': '---\ntitle: Bramble\n---\n## Their claims\n\nx\n',
}

beforeEach(() => {
  root = mkdtempSync(join(work, 'in-'))
  for (const [path, text] of Object.entries(files)) put(path, text)
})

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, 'playbook', path)), { recursive: true })
  writeFileSync(join(root, 'playbook', path), text)
}

const read = (path: string): string => readFileSync(join(root, 'playbook', path), 'utf8')

function playproof(...args: string[]) {
  const env = { ...process.env, NO_COLOR: '1', CI: '' }
  return spawnSync(process.execPath, [command, ...args], { cwd: root, encoding: 'utf8', env })
}

/** Rules about standing behind a page, with their places. */
function found(...args: string[]): string[] {
  const { findings } = JSON.parse(playproof('check', '--format', 'json', ...args).stdout) as {
    findings: { rule: string; file: string; range: { start: { line: number } } }[]
  }
  return findings
    .filter(({ rule }) => /suspect|unconfirmed/.test(rule))
    .map(({ rule, file, range }) => `${file}:${range.start.line} ${rule}`)
}

test('an owner stands behind a play: one line is added, and it holds until a word moves', () => {
  expect(found()).toContain('playbook/plays/finance.md:2 play/unconfirmed')
  const run = playproof('confirm', 'plays/finance', '--by', 'mia')
  expect([run.status, run.stdout, run.stderr]).toEqual([0, 'mia stands behind plays/finance as of 2026-06-30.\n', ''])
  const text = read('plays/finance.md')
  const line = /^confirmed: \{ by: mia, date: 2026-06-30, fingerprint: "1;[^"]+" \}\n/m
  expect(text).toMatch(line)
  expect(text.replace(line, '')).toBe(play)
  expect(found()).toEqual(['playbook/competitors/bramble.md:2 competitor/unconfirmed'])

  put('plays/finance.md', text.replace('the date', 'the day'))
  expect(found()).toContain('playbook/plays/finance.md:8 play/suspect')
})

test('a deal that changes in the ledger makes the play suspect, and a second confirmation replaces the first', () => {
  playproof('confirm', 'plays/finance', '--by', 'mia')
  put('ledger.csv', files['ledger.csv'].replace('45000', '4500'))
  expect(found()).toContain('playbook/plays/finance.md:8 play/suspect')
  expect(playproof('confirm', 'plays/finance', '--by', 'jo', '--as-of', '2026-06-15').status).toBe(0)
  expect(read('plays/finance.md').match(/^confirmed: .*/gm)).toEqual([
    expect.stringMatching(/^confirmed: \{ by: jo, date: 2026-06-15, fingerprint: "[^"]+" \}$/),
  ])
  expect(found().filter((each) => each.includes('finance'))).toEqual([])
})

test('a confirmation spread over lines is replaced whole, and Windows line ends stay', () => {
  const spread = play.replace(
    'evidence:',
    'confirmed:\n  by: jo\n  date: 2025-01-02\n  fingerprint: "1;title=x"\nevidence:',
  )
  put('plays/finance.md', spread.replaceAll('\n', '\r\n'))
  expect(playproof('confirm', 'plays/finance', '--by', 'mia').status).toBe(0)
  const text = read('plays/finance.md')
  expect(text.replaceAll('\r\n', '')).not.toContain('\n')
  expect(text.replaceAll('\r\n', '\n').replace(/^confirmed: .*\n/m, '')).toBe(play)
  expect(found().filter((each) => each.includes('finance'))).toEqual([])
})

test('a battlecard has no owners and no fingerprint; it holds for three months', () => {
  expect(playproof('confirm', 'competitors/bramble', '--by', 'jo').status).toBe(0)
  expect(read('competitors/bramble.md')).toContain('confirmed: { by: jo, date: 2026-06-30, fingerprint: "none" }\n---')
  expect(found('--as-of', '2026-09-30').filter((each) => each.includes('bramble'))).toEqual([])
  expect(found('--as-of', '2026-10-01')).toContain('playbook/competitors/bramble.md:3 competitor/unconfirmed')
})

test('who may not, and what cannot be confirmed, is said in one line, and nothing is written', () => {
  put('people/lee.md', '---\nname: Lee Hart\nrole: rep\n---\n')
  for (const [args, words] of [
    [['plays/finance', '--by', 'lee'], 'only an owner confirms a page, and the owners of finance are mia and jo.'],
    [['plays/finance', '--by', 'mio'], 'there is no person `mio`. Did you mean `mia`?'],
    [['reviews/D-18', '--by', 'mia'], 'only plays, messages and battlecards are confirmed'],
    [['plays/finanse', '--by', 'mia'], 'finanse'],
  ] as const) {
    const run = playproof('confirm', ...args)
    expect([run.status, run.stdout, run.stderr]).toEqual([2, '', expect.stringContaining(words)])
  }
  expect(read('plays/finance.md')).toBe(play)
})
