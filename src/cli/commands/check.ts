/**
 * `playproof check`: validates the playbook and says whether it may be merged.
 */
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { type Finding, findingKey, type NotRun } from '../../check/finding.ts'
import { playChanges, recordChanges } from '../../reports/play-changes.ts'
import type { SourceText } from '../../source/text.ts'
import { visible } from '../../source/visible.ts'
import { applyFixes } from '../../workspace/apply-fixes.ts'
import { type Checked, checkWorkspace } from '../../workspace/check-workspace.ts'
import { codeOf, Fault } from '../../workspace/fault.ts'
import { findRoot } from '../../workspace/find-root.ts'
import { readKeyFile } from '../../workspace/ledger-manifest.ts'
import type { ReadOptions } from '../../workspace/read-workspace.ts'
import { changedSettings, newWaivers } from '../changed-settings.ts'
import type { ChangeReport } from '../reporters/markdown.ts'
import type { CheckReport } from '../reporters/report.ts'
import type { Terminal } from '../terminal.ts'

export const checkFormats = ['pretty', 'json', 'sarif', 'github', 'markdown'] as const

export interface CheckOptions {
  readonly root?: string
  readonly asOf?: string
  readonly format: (typeof checkFormats)[number]
  readonly since?: string
  readonly baseline?: string
  readonly writeBaseline?: string
  readonly fix?: boolean
  readonly maxWarnings?: number
  readonly ledger: boolean
  readonly cache: boolean
  readonly ledgerKey?: string
  readonly watch?: boolean
}

/** The exit status: 0 where nothing blocks, 1 where something does. */
export async function check(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<number> {
  const root = findRoot(process.cwd(), options.root)
  if (options.fix && isCi())
    throw new Fault(
      '`--fix` does not run in CI, where nobody would see what it changed. Run it on your machine, or set PLAYPROOF_FIX_IN_CI=1.',
    )
  if (options.watch) {
    const { watchChecks } = await import('../watch-checks.ts')
    return watchChecks(root, terminal, () => checkOnce(root, paths, options, terminal))
  }
  return checkOnce(root, paths, options, terminal)
}

interface Outcome {
  readonly checked: Omit<Checked, 'source' | 'waived'> & { readonly waived: readonly Finding[] }
  source(path: string): SourceText | undefined
  readonly change: ChangeReport | undefined
}

async function checkOnce(
  root: string,
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const started = performance.now()
  const wanted = options.fix ? await fixFirst(root, paths, options, terminal) : pathFilter(root, paths)
  const { checked, source, change } = await outcomeOf(root, options, terminal)
  const inPaths = checked.findings.filter(({ file }) => wanted(file))
  if (options.writeBaseline !== undefined) writeBaseline(options.writeBaseline, inPaths, terminal)
  const known = options.baseline === undefined ? [] : readBaseline(options.baseline)
  const { findings, baselined } = withoutBaseline(inPaths, known)
  const of = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length
  const summary = {
    files: checked.files,
    plays: checked.plays,
    deals: checked.deals,
    errors: of('error'),
    warnings: of('warn'),
    hints: of('hint'),
    waived: checked.waived.length,
    baselined,
    ms: Math.round(performance.now() - started),
  }
  await print(
    { asOf: checked.asOf, summary, notRun: checked.notRun as NotRun[], findings, source },
    change,
    options,
    terminal,
  )
  if (checked.ledgerFault !== undefined) throw checked.ledgerFault
  return summary.errors > 0 || summary.warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY) ? 1 : 0
}

async function outcomeOf(root: string, options: CheckOptions, terminal: Terminal): Promise<Outcome> {
  const read = readOptions(options, terminal)
  if (options.since === undefined) {
    const checked = await checkWorkspace(root, read)
    return { checked, source: checked.source, change: undefined }
  }
  const { readSince } = await import('../../workspace/read-since.ts')
  const since = await readSince(root, options.since, read)
  const base =
    since.base === undefined ? undefined : { playbook: since.base.playbook, evidence: since.base.result.evidence }
  const now = { playbook: since.reading.playbook, evidence: since.reading.result.evidence }
  return {
    checked: { ...since.reading.result, findings: since.findings, ledgerFault: since.reading.ledgerFault },
    source: (path) => since.reading.sources.get(path),
    change: {
      plays: playChanges(base, now, since.changed),
      records: recordChanges(base, now),
      settings:
        since.base === undefined
          ? []
          : changedSettings(since.base.playbook.settingsFile.node, now.playbook.settingsFile.node),
      newWaivers: since.base === undefined ? [] : newWaivers(since.base.playbook, now.playbook),
      thresholds: now.playbook.settings.evidence,
    },
  }
}

async function print(
  report: CheckReport,
  change: ChangeReport | undefined,
  options: CheckOptions,
  terminal: Terminal,
): Promise<void> {
  switch (options.format) {
    case 'pretty': {
      const text = (await import('../reporters/pretty.ts')).prettyReport(report, terminal)
      if (text !== '') terminal.out(text)
      return
    }
    case 'json':
      return terminal.out((await import('../reporters/json.ts')).jsonReport(report))
    case 'sarif':
      return terminal.out((await import('../reporters/sarif.ts')).sarifReport(report))
    case 'github':
      return terminal.commands((await import('../reporters/github.ts')).githubReport(report))
    case 'markdown':
      return terminal.out((await import('../reporters/markdown.ts')).markdownReport(report, change))
  }
}

function readOptions(options: CheckOptions, terminal: Terminal): ReadOptions {
  return {
    note: terminal.note,
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
    noLedger: !options.ledger,
    noCache: !options.cache,
    ...(options.ledgerKey === undefined ? {} : { ledgerKey: readKeyFile(options.ledgerKey) }),
  }
}

async function fixFirst(
  root: string,
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<(file: string) => boolean> {
  const wanted = pathFilter(root, paths)
  const { fixed, files } = await applyFixes(root, readOptions(options, terminal), wanted)
  terminal.note(
    fixed === 0
      ? 'There was nothing to fix.'
      : `Fixed ${fixed} ${fixed === 1 ? 'finding' : 'findings'} in ${files.map(visible).join(', ')}.`,
  )
  return wanted
}

/** Whether a finding's file is one of the paths asked for; a path that leads nowhere is a mistake worth saying. */
function pathFilter(root: string, paths: readonly string[]): (file: string) => boolean {
  if (paths.length === 0) return () => true
  const wanted = paths.map((path) => {
    const absolute = resolve(process.cwd(), path)
    if (!existsSync(absolute)) throw new Fault(`there is no ${visible(path)}. Name files or folders of the playbook.`)
    // The root is a real path; a link on the way to the page would lead past it.
    const real = join(realpathSync(dirname(absolute)), basename(absolute))
    const inside = relative(root, real).split(sep).join('/')
    if (inside === '..' || inside.startsWith('../'))
      throw new Fault(`${visible(path)} is not in this playbook's folder (${visible(root)}).`)
    return inside
  })
  return (file) => wanted.some((path) => path === '' || file === path || file.startsWith(`${path}/`))
}

interface BaselineEntry {
  readonly rule: string
  readonly file: string
  readonly subject: string
}

function writeBaseline(path: string, findings: readonly Finding[], terminal: Terminal): void {
  const entries = findings.map(({ rule, file, subject }): BaselineEntry => ({ rule, file, subject }))
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true })
    writeFileSync(path, `${JSON.stringify({ version: 1, findings: entries }, undefined, 2)}\n`)
  } catch (cause) {
    const what = `the baseline ${visible(path)} could not be written (${codeOf(cause)})`
    throw new Fault(`${what}. Name a file that you may write.`, { cause })
  }
  terminal.note(
    `Wrote ${entries.length} findings to ${visible(path)}; \`--baseline ${visible(path)}\` now lets them pass.`,
  )
}

function readBaseline(path: string): BaselineEntry[] {
  try {
    const parsed = JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown; findings?: unknown }
    if (parsed.version === 1 && Array.isArray(parsed.findings) && parsed.findings.every(isEntry)) return parsed.findings
  } catch (cause) {
    throw new Fault(
      `the baseline ${visible(path)} cannot be read. Make one with \`playproof check --write-baseline ${visible(path)}\`.`,
      { cause },
    )
  }
  throw new Fault(
    `${visible(path)} is no baseline of this version. Make one with \`playproof check --write-baseline ${visible(path)}\`.`,
  )
}

function isEntry(entry: unknown): entry is BaselineEntry {
  if (typeof entry !== 'object' || entry === null) return false
  const { rule, file, subject } = entry as Record<string, unknown>
  return typeof rule === 'string' && typeof file === 'string' && typeof subject === 'string'
}

/** Takes out what the baseline has, as often as it has it. */
function withoutBaseline(
  findings: readonly Finding[],
  known: readonly BaselineEntry[],
): { findings: Finding[]; baselined: number } {
  const left = new Map<string, number>()
  for (const entry of known) {
    const key = findingKey(entry as Finding)
    left.set(key, (left.get(key) ?? 0) + 1)
  }
  const kept = findings.filter((finding) => {
    const times = left.get(findingKey(finding)) ?? 0
    left.set(findingKey(finding), times - 1)
    return times <= 0
  })
  return { findings: kept, baselined: findings.length - kept.length }
}

function isCi(): boolean {
  const { CI, PLAYPROOF_FIX_IN_CI } = process.env
  const set = (value: string | undefined): boolean => !['', '0', 'false'].includes(value ?? '')
  return set(CI) && !set(PLAYPROOF_FIX_IN_CI)
}
