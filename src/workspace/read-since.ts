/**
 * What a change brings: the folder on disk compared with the commit where it left its base.
 *
 * The base judges: thresholds, severities, the day and the key come from its playbook.yaml, so that a pull
 * request cannot switch its own judge off.
 */
import type { Finding } from '../check/finding.ts'
import { findingKey } from '../check/finding.ts'
import { waiverKeys } from '../check/judge-waivers.ts'
import type { BaseRevision } from '../rules/define-rule.ts'
import { changedFiles, mergeBase, Revision } from './git.ts'
import { checkFiles, type ReadOptions, readFiles, settingsOf, type WorkspaceReading } from './read-workspace.ts'

export interface SinceReading {
  readonly reading: WorkspaceReading
  /** The base commit's playbook, checked on the same day; undefined where it had none. */
  readonly base: WorkspaceReading | undefined
  readonly baseCommit: string
  /** Files of the playbook that differ from the base, relative to the root. */
  readonly changed: ReadonlySet<string>
  /** Findings that the base did not have, and all in changed files. */
  readonly findings: readonly Finding[]
}

export async function readSince(root: string, ref: string, options: ReadOptions = {}): Promise<SinceReading> {
  const baseCommit = mergeBase(root, ref)
  const changed = changedFiles(root, baseCommit)
  const base = await readRevision(root, baseCommit, options)
  const asOf = options.asOf ?? base?.asOf
  const reading = await checkFiles(readFiles(root, options), {
    ...options,
    ...(asOf === undefined ? {} : { asOf }),
    ...(base === undefined ? {} : { base: baseRevision(base) }),
  })
  const known = new Map<string, number>()
  for (const finding of base?.result.findings ?? [])
    known.set(findingKey(finding), (known.get(findingKey(finding)) ?? 0) + 1)
  const findings = reading.result.findings.filter((finding) => {
    const left = known.get(findingKey(finding)) ?? 0
    known.set(findingKey(finding), left - 1)
    return left <= 0 || changed.has(finding.file)
  })
  return { reading, base, baseCommit, changed, findings }
}

/** The playbook of a commit, checked; undefined where it has none. */
export async function readRevision(
  root: string,
  commit: string,
  options: ReadOptions,
): Promise<WorkspaceReading | undefined> {
  const revision = new Revision(root, commit)
  const files = revision.files()
  if (files === undefined) return undefined
  const settings = settingsOf(files)
  const ledgerFiles = settings.ledger === undefined || options.noLedger ? [] : revision.ledgerFiles(settings.ledger)
  const manifest = ledgerFiles.length === 0 ? undefined : revision.manifest()
  return checkFiles({ root, files, settings, ledgerFiles, manifest }, { ...options, noCache: true })
}

function baseRevision(base: WorkspaceReading): BaseRevision {
  return {
    settings: base.playbook.settings,
    settingsNode: base.playbook.settingsFile.node,
    ledgerSigned: base.ledgerSigned,
    waivers: new Set(base.playbook.entities.flatMap(waiverKeys)),
  }
}
