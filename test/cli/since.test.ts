/**
 * `check --since`: what a branch brings, judged by what it left.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  folderOf,
  type JsonReport,
  ledger,
  play,
  playBody,
  playproof,
  put,
  settings,
} from '../hostile/small-playbook.ts'

const git = (root: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Mia', '-c', 'user.email=mia@example.com', ...args], {
    cwd: root,
    encoding: 'utf8',
  })

/** The small playbook on `main`, and a branch on top of it. */
function repository(): string {
  const root = folderOf()
  commitAll(root)
  return root
}

function commitAll(root: string): void {
  git(root, 'init', '--quiet', '--initial-branch=main')
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message=main')
  git(root, 'switch', '--quiet', '--create', 'branch')
}

function since(root: string, ...args: string[]): { status: number | null; findings: string[]; report: JsonReport } {
  const { status, stdout } = playproof(root, ['check', '--since', 'main', '--format', 'json', ...args])
  const report = JSON.parse(stdout) as JsonReport
  return { status, report, findings: report.findings.map(({ rule, file }) => `${rule} ${file}`) }
}

test('what main had already is not the branch’s fault', () => {
  const root = repository()
  expect(since(root)).toMatchObject({ status: 0, findings: [] })
  put(root, 'playbook/plays/new-bank.md', play('New bank', '[{ deal: D-17 }]'))
  const { status, findings } = since(root)
  expect(status).toBe(1)
  expect(findings).toContain('citation/not-won playbook/plays/new-bank.md')
  expect(findings.filter((finding) => !finding.includes('new-bank'))).toEqual([])
})

test('a file that is touched is reported whole', () => {
  const root = repository()
  put(root, 'playbook/plays/land-with-finance.md', play('Land with finance, again', '[{ deal: D-99 }]'))
  expect(since(root).findings).toContain('citation/unknown-deal playbook/plays/land-with-finance.md')
})

test('the base judges: a branch cannot lower its own bar, and the attempt is an error', () => {
  const root = repository()
  const weaker = `${settings}rules: { citation/not-won: off }\nevidence: { minAccounts: 1 }\n`
  put(root, 'playbook/playbook.yaml', weaker)
  put(root, 'playbook/plays/new-bank.md', play('New bank', '[{ deal: D-17 }]'))
  const { status, findings } = since(root)
  expect(status).toBe(1)
  expect(findings.filter((finding) => finding.startsWith('config/weakened'))).toHaveLength(2)
  expect(findings).toContain('citation/not-won playbook/plays/new-bank.md')
})

test('a stage that newly means won wins nothing unseen', () => {
  const root = repository()
  put(root, 'playbook/playbook.yaml', settings.replace('ledger/deals.csv', 'ledger/better.csv'))
  put(
    root,
    'playbook/ledger/better.csv',
    readFileSync(join(root, 'playbook/ledger/deals.csv'), 'utf8').replace(',lost,', ',won,'),
  )
  expect(since(root).findings).toContain('config/weakened playbook/playbook.yaml')
})

test('a waiver of an error that the branch brings along waives nothing yet, and is listed', () => {
  const root = repository()
  const waiver = 'waivers: [{ rule: citation/not-won, reason: we like it, until: 2027-01-01 }]\nevidence:'
  put(root, 'playbook/plays/new-bank.md', play('New bank', '[{ deal: D-17 }]').replace('evidence:', waiver))
  expect(since(root).findings).toContain('citation/not-won playbook/plays/new-bank.md')
  const { stdout } = playproof(root, ['check', '--since', 'main', '--format', 'markdown'])
  expect(stdout).toContain('### Waivers that hold after the merge')
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message=agreed')
  git(root, 'switch', '--quiet', 'main')
  git(root, 'merge', '--quiet', '--ff-only', 'branch')
  expect(since(root).findings).toEqual([])
  expect(JSON.parse(playproof(root, ['check', '--format', 'json']).stdout).summary.waived).toBe(1)
})

test('the summary of a pull request says in a sentence what became of each play', () => {
  const root = repository()
  put(root, 'playbook/plays/new-bank.md', play('New bank', '[{ deal: D-18 }]'))
  const { stdout } = playproof(root, ['check', '--since', 'main', '--format', 'markdown'])
  expect(stdout).toContain('- `new-bank` is new, status trial, verdict')
})

test('work kept by a stranger in the branch is not believed', () => {
  const root = repository()
  const honest = playproof(root, ['check', '--format', 'json'])
  const kept = join(root, '.playproof')
  expect(existsSync(join(kept, 'result'))).toBe(true)
  // The same folder as another machine would have left it: signed, but with somebody else's key.
  const result = readFileSync(join(kept, 'result'), 'utf8')
  const forged = result
    .slice(result.indexOf('\n') + 1)
    .replace(/"findings":\[.*?\],"waived"/s, '"findings":[],"waived"')
  expect(forged).not.toBe(result.slice(result.indexOf('\n') + 1))
  mkdirSync(kept, { recursive: true })
  writeFileSync(join(kept, 'result'), `${'0'.repeat(64)}\n${forged}`)
  const again = playproof(root, ['check', '--format', 'json'])
  expect(again.status).toBe(1)
  expect(JSON.parse(again.stdout).findings).toEqual(JSON.parse(honest.stdout).findings)
})

test('a ref that is no commit, or tries to be an option, is one line and exit 2', () => {
  const root = repository()
  for (const ref of ['nowhere', '--upload-pack=touch /tmp/x', 'main;ls']) {
    const { status, stderr, stdout } = playproof(root, ['check', `--since=${ref}`])
    expect([ref, status, stdout]).toEqual([ref, 2, ''])
    expect(stderr.trim().split('\n')).toHaveLength(1)
  }
})

test('a page that moved is a page that changed', () => {
  const root = repository()
  renameSync(join(root, 'playbook/plays/land-with-finance.md'), join(root, 'playbook/plays/land-first.md'))
  const { findings } = since(root)
  expect(findings).toContain('citation/unknown-deal playbook/plays/land-first.md')
  expect(findings.filter((finding) => !finding.endsWith('land-first.md'))).toEqual([])
})

test('a playbook below the top of its repository is compared like any other', () => {
  const top = folderOf()
  const root = join(top, 'teams/sales')
  mkdirSync(join(top, 'teams'))
  mkdirSync(root)
  renameSync(join(top, 'playbook'), join(root, 'playbook'))
  commitAll(top)
  put(root, 'playbook/plays/new-bank.md', play('New bank', '[{ deal: D-17 }]'))
  expect(new Set(since(root).report.findings.map(({ file }) => file))).toEqual(new Set(['playbook/plays/new-bank.md']))
})

test('a packed ledger is the same ledger in the base', () => {
  const packed = settings.replace('deals.csv', './deals.csv.gz')
  const root = folderOf({ 'playbook/playbook.yaml': packed, 'playbook/ledger/deals.csv.gz': gzipSync(ledger) })
  commitAll(root)
  expect(since(root)).toMatchObject({ status: 0, findings: [] })
})

test('what was agreed to in a waiver is not stretched by a branch', () => {
  const comment = (until: string): string => `<!-- playproof-ignore link/broken until ${until}: archived -->\n`
  const page = (body: string, waivers = ''): string =>
    play('Archive', '[{ deal: D-18 }]', `${playBody}\n${body}`).replace('evidence:', `${waivers}evidence:`)
  const root = folderOf({ 'playbook/plays/archive.md': page(`${comment('2026-12-31')}[a](gone.md)\n`) })
  commitAll(root)
  const broken = (text: string): string[] => {
    put(root, 'playbook/plays/archive.md', text)
    return since(root).findings.filter((finding) => /link\/broken|waiver/.test(finding))
  }
  const told = 'link/broken playbook/plays/archive.md'
  expect(broken(page(`some words\n\n${comment('2026-12-31')}[a](gone.md)\n`))).toEqual([])
  // The same comment again, a later end, and the whole page instead of a line.
  expect(broken(page(`${comment('2026-12-31')}[a](gone.md)\n\n${comment('2026-12-31')}[b](lost.md)\n`))).toEqual([told])
  expect(broken(page(`${comment('2036-12-31')}[a](gone.md)\n`))).toEqual([told])
  const wide = 'waivers: [{ rule: link/broken, reason: archived, until: 2026-12-31 }]\n'
  expect(broken(page(`${comment('2026-12-31')}[a](gone.md)\n\n[b](lost.md)\n`, wide))).toEqual([told])
})

test('the base’s day judges, so a branch cannot turn the clock back', () => {
  const root = repository()
  put(root, 'playbook/playbook.yaml', settings.replace('2026-06-30', '2020-01-01'))
  const { report, findings } = since(root)
  expect(report.asOf).toBe('2026-06-30')
  expect(findings).toEqual(['config/weakened playbook/playbook.yaml'])
})

test('a clone without its history is told how to get it', () => {
  const origin = repository()
  put(origin, 'playbook/plays/new-bank.md', play('New bank'))
  git(origin, 'add', '--all')
  git(origin, 'commit', '--quiet', '--message=more')
  const clone = `${origin}-shallow`
  git(origin, 'clone', '--quiet', '--depth=1', '--no-single-branch', `file://${origin}`, clone)
  const { status, stderr } = playproof(clone, ['check', '--since', 'origin/main'])
  rmSync(clone, { recursive: true })
  expect(status).toBe(2)
  expect(stderr).toBe(
    'playproof: `origin/main` and HEAD share no commit. Fetch the whole history (`fetch-depth: 0` in CI), or name another ref.\n',
  )
})

test('outside a repository --since is one line', () => {
  const { status, stderr } = playproof(folderOf(), ['check', '--since', 'main'], {
    env: { GIT_CEILING_DIRECTORIES: '/' },
  })
  expect(status).toBe(2)
  expect(stderr).toMatch(/^playproof: git knows no commit `main` here\. .*\n$/)
})

test('nothing that a repository configures is run', () => {
  const root = repository()
  const trap = join(root, 'trap.sh')
  writeFileSync(trap, `#!/bin/sh\ntouch ${join(root, 'sprung')}\ncat\n`)
  chmodSync(trap, 0o755)
  for (const key of [
    'core.fsmonitor',
    'core.pager',
    'diff.external',
    'core.sshCommand',
    'diff.x.textconv',
    'diff.x.command',
  ])
    git(root, 'config', key, trap)
  put(root, '.gitattributes', '*.md diff=x\n')
  put(root, 'playbook/plays/new-bank.md', play('New bank', '[{ deal: D-17 }]'))
  expect(since(root).status).toBe(1)
  expect(existsSync(join(root, 'sprung'))).toBe(false)
})

test('a base whose playbook.yaml is broken, or that has none, is no way around the check', () => {
  const broken = folderOf({ 'playbook/playbook.yaml': 'company: "Halyard\n' })
  commitAll(broken)
  put(broken, 'playbook/playbook.yaml', settings)
  expect(playproof(broken, ['check', '--since', 'main']).status).toBe(2)
  const empty = folderOf()
  git(empty, 'init', '--quiet', '--initial-branch=main')
  git(empty, 'commit', '--quiet', '--allow-empty', '--message=main')
  git(empty, 'switch', '--quiet', '--create', 'branch')
  expect(since(empty).findings).toContain('citation/not-won playbook/plays/audit-deadline.md')
})
