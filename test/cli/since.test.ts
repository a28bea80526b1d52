/**
 * `check --since`: what a branch brings, judged by what it left.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf, type JsonReport, play, playproof, put, settings } from '../hostile/small-playbook.ts'

const git = (root: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Mia', '-c', 'user.email=mia@example.com', ...args], {
    cwd: root,
    encoding: 'utf8',
  })

/** The small playbook on `main`, and a branch on top of it. */
function repository(): string {
  const root = folderOf()
  git(root, 'init', '--quiet', '--initial-branch=main')
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message=main')
  git(root, 'switch', '--quiet', '--create', 'branch')
  return root
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
