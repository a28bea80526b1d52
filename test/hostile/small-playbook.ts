/**
 * A small playbook in a temporary folder, the command run on it, and what it cost.
 *
 * Halyard sells, Bramble competes, D-17 lost, D-18 won. The playbook has findings of its own, so that a hostile
 * neighbour which silenced them would be seen. The command is the real one, in a process of its own.
 */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

export const command = fileURLToPath(new URL('../../src/cli/playproof.mjs', import.meta.url))
const usageHook = fileURLToPath(new URL('../bench/usage-hook.cjs', import.meta.url))
const failingDisk = fileURLToPath(new URL('failing-disk.cjs', import.meta.url))

/** Everything of this test file: gone when it ends. */
const work = realpathSync(mkdtempSync(join(tmpdir(), 'playproof-hostile-')))
afterAll(() => rmSync(work, { recursive: true, force: true }))

export type Files = Readonly<Record<string, string | Uint8Array>>

const sections = ['When to run it', 'Discovery questions', 'Talk track', 'Objections', 'Proof', 'Next step']

/** The body of a play with all its sections. */
export const playBody = sections.map((section) => `## ${section}\n\nSome words.\n`).join('\n')

/** A play in trial that cites these deals. */
export function play(title: string, evidence = '[{ deal: D-18 }]', body = playBody): string {
  return `---
title: ${title}
status: trial
until: 2027-01-31
owners: { marketing: mia, sales: sam }
segment: banks
evidence: ${evidence}
---

${body}`
}

export const settings = `company: Halyard
currency: USD
asOf: 2026-06-30
ledger: { deals: { file: ledger/deals.csv } }
`

export const ledger = `id,account,owner,outcome,amount,created,closed,industry
D-17,Hooli Bank,Sam Ode,lost,0,2026-01-10,2026-03-14,bank
D-18,Acme Bank,Sam Ode,won,5000,2026-01-10,2026-03-10,bank
D-19,Orbit Bank,Sam Ode,won,7000,2026-02-01,2026-04-02,bank
`

/** Paths relative to the root. */
const small: Files = {
  'playbook/playbook.yaml': settings,
  'playbook/ledger/deals.csv': ledger,
  'playbook/people/mia.md': '---\nname: Mia Lund\nrole: marketing\n---\n',
  'playbook/people/sam.md': '---\nname: Sam Ode\nrole: rep\nledgerName: Sam Ode\n---\n',
  'playbook/segments/banks.md': '---\ntitle: Banks\nmatch: { industry: bank }\n---\n',
  'playbook/plays/audit-deadline.md': play('Audit deadline', '[{ deal: D-18 }, { deal: D-17 }]'),
  'playbook/plays/land-with-finance.md': play(
    'Land with finance',
    '[{ deal: D-99 }]',
    `${playBody}\n[gone](../gone.md)\n`,
  ),
}

/** Writes files below a new folder and returns it; `null` leaves one of the small playbook out. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array | null>> = {}): string {
  const root = mkdtempSync(join(work, 'root-'))
  for (const [path, content] of Object.entries({ ...small, ...files })) if (content !== null) put(root, path, content)
  return root
}

export function put(root: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

/** The bytes of every file below `playbook/`, as Latin-1 text by path relative to the root. */
export function filesBelow(root: string): Record<string, string> {
  const paths = readdirSync(join(root, 'playbook'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return Object.fromEntries(
    paths
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(root, path).replaceAll(sep, '/'), readFileSync(path, 'latin1')]),
  )
}

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  /** CPU seconds of the whole process. */
  readonly cpu: number
}

/** The environment of the command: nobody's CI, no colours, and a home that is nobody's. */
export function quietEnv(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { CI: _, GITHUB_ACTIONS: __, NODE_OPTIONS: ___, VITEST: ____, ...env } = process.env
  return { ...env, NO_COLOR: '1', XDG_CACHE_HOME: join(work, 'cache'), ...more }
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly timeout?: number
  /** What happens at the n-th change below the root: an error code, `kill`, or `write`, which puts `text` into `path`. */
  readonly disk?: {
    readonly at: number
    readonly how: string
    /** Only changes of files whose name ends so count. */
    readonly ending?: string
    readonly path?: string
    readonly text?: string
  }
}

/** Runs `playproof` below `root`. */
export function playproof(root: string, args: readonly string[], options: RunOptions = {}): Ran {
  const usage = join(work, 'usage.json')
  rmSync(usage, { force: true })
  const { disk } = options
  const hooks = ['--require', usageHook, ...(disk === undefined ? [] : ['--require', failingDisk])]
  const { status, stdout, stderr } = spawnSync(process.execPath, [...hooks, command, ...args], {
    cwd: options.cwd ?? root,
    encoding: 'utf8',
    maxBuffer: 2 ** 29,
    timeout: options.timeout ?? 120_000,
    env: quietEnv({
      PLAYPROOF_USAGE: usage,
      ...(disk === undefined ? {} : { PLAYPROOF_DISK: JSON.stringify({ root, ...disk }) }),
      ...options.env,
    }),
  })
  // Who is killed leaves no account.
  const cpu = existsSync(usage) ? (JSON.parse(readFileSync(usage, 'utf8')) as { cpu: number }).cpu : Number.NaN
  return { status, stdout, stderr, cpu }
}

export interface Position {
  readonly line: number
  readonly column: number
}

export interface JsonFinding {
  readonly rule: string
  readonly severity: string
  readonly text: string
  readonly file: string
  readonly range: { readonly start: Position; readonly end: Position }
  readonly related: readonly { readonly file: string; readonly range: object; readonly text: string }[]
  readonly fixes: readonly { readonly title: string; readonly edits: readonly object[] }[]
}

export interface JsonReport {
  readonly version: number
  readonly asOf: string
  readonly root: string
  readonly summary: Readonly<Record<string, number>>
  readonly notRun: readonly { readonly rule: string; readonly reason: string }[]
  readonly findings: readonly JsonFinding[]
}

export function checkJson(
  root: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): JsonReport & { cpu: number } {
  const ran = playproof(root, ['check', '--format', 'json', ...args], options)
  if (ran.stdout === '') throw new Error(`no report: ${ran.status} ${ran.stderr}`)
  return { ...(JSON.parse(ran.stdout) as JsonReport), cpu: ran.cpu }
}

/** `plays/a.md:4:11 error play/unbacked`, a line each. */
export function inShort(findings: readonly JsonFinding[]): string[] {
  return findings.map(
    ({ file, range, severity, rule }) =>
      `${file.replace(/^playbook\//, '')}:${range.start.line}:${range.start.column} ${severity} ${rule}`,
  )
}

/** What no output may hold: a stack trace, an address of our code, a report of our own fault. */
export function expectNoTrace({ stdout, stderr }: Pick<Ran, 'stdout' | 'stderr'>): void {
  const trace = /^\s+at |node:internal|\.mjs:\d+|this is a fault of Playproof/m.exec(stdout + stderr)
  if (trace !== null)
    throw new Error(`a trace was shown: ${(stdout + stderr).slice(Math.max(0, trace.index - 200), trace.index + 300)}`)
}
