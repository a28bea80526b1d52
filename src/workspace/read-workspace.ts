/**
 * The playbook on disk, checked: the one call that the faces make.
 */
import { createHash } from 'node:crypto'
import { assemblePlaybook, type PlaybookFiles, UnreadableSettings } from '../check/assemble-playbook.ts'
import { checkPlaybook } from '../check/check-playbook.ts'
import type { CheckResult } from '../check/finding.ts'
import type { Playbook } from '../graph/playbook.ts'
import type { LedgerFile, ReadLedger } from '../ledger/ledger.ts'
import { type ManifestReading, nothingToVerify } from '../ledger/manifest.ts'
import { readLedger } from '../ledger/read-ledger.ts'
import { isDay } from '../model/dates.ts'
import type { LedgerSettings } from '../model/ledger-settings.ts'
import type { PlaybookSettings } from '../model/playbook-settings.ts'
import type { MarkdownEngine } from '../page/markdown-engine.ts'
import { factsVersion } from '../page/page.ts'
import type { BaseRevision } from '../rules/define-rule.ts'
import { rules } from '../rules/rules.ts'
import type { SourceText } from '../source/text.ts'
import { visible } from '../source/visible.ts'
import { Fault } from './fault.ts'
import { verifyLedger } from './ledger-manifest.ts'
import { loadMarkdownEngine } from './markdown-engine.ts'
import { readFolder, readLedgerFiles, readManifestFile } from './read-folder.ts'
import { buildStamp } from './version.ts'
import { StoredFacts } from './work-cache.ts'

export interface ReadOptions {
  /** `YYYY-MM-DD`; else `asOf` of playbook.yaml, else today. */
  readonly asOf?: string
  /** Leave the ledger out. */
  readonly noLedger?: boolean
  /** Neither read nor write `.playproof/`. */
  readonly noCache?: boolean
  /** The public key that the ledger's signature is checked with, instead of the one of playbook.yaml. */
  readonly ledgerKey?: string
  /** The base revision of a `--since` run, which also judges. */
  readonly base?: BaseRevision
}

export interface WorkspaceReading {
  readonly root: string
  readonly asOf: string
  readonly playbook: Playbook
  readonly sources: ReadonlyMap<string, SourceText>
  readonly result: CheckResult
  /** SHA-256 of the ledger's files, hexadecimal; undefined without a ledger. */
  readonly ledgerSha256: string | undefined
  /** Whether the ledger has a signature that fits its key. */
  readonly ledgerSigned: boolean
}

/** Files as they are at one moment, before anything is made of them. */
export interface FilesRead {
  readonly root: string
  readonly files: PlaybookFiles
  readonly settings: PlaybookSettings
  readonly ledgerFiles: readonly LedgerFile[]
  /** The manifest of an imported ledger, where there is one. */
  readonly manifest: Uint8Array | undefined
}

/** Reads and checks the playbook below `root`. Throws {@link Fault} where that cannot be done. */
export async function readWorkspace(root: string, options: ReadOptions = {}): Promise<WorkspaceReading> {
  return checkFiles(readFiles(root, options), options)
}

/** Reads all bytes that a check depends on. */
export function readFiles(root: string, options: ReadOptions): FilesRead {
  const files = readFolder(root)
  const settings = settingsOf(files)
  if (settings.ledger === undefined || options.noLedger || settings.ledger.database !== undefined)
    return { root, files, settings, ledgerFiles: [], manifest: undefined }
  return {
    root,
    files,
    settings,
    ledgerFiles: readLedgerFiles(root, settings.ledger),
    manifest: readManifestFile(root),
  }
}

/** Checks what {@link readFiles} read. */
export async function checkFiles(read: FilesRead, options: ReadOptions): Promise<WorkspaceReading> {
  const engine = await loadMarkdownEngine()
  const facts = options.noCache ? undefined : storedFacts(read.root, engine)
  const { playbook, sources } = asFault(() =>
    assemblePlaybook(read.files, {
      engine,
      ...(facts === undefined ? {} : { facts }),
      ...(options.base === undefined ? {} : { judgedBy: options.base.settings }),
    }),
  )
  facts?.save()
  const asOf = judgingDay(options.asOf, playbook.settings.asOf)
  const ledger = await ledgerOf(read, playbook.settings.ledger, options)
  const manifest = manifestOf(read, playbook.settings, options)
  const result = await checkPlaybook({
    playbook,
    sources,
    asOf,
    ledger,
    manifest,
    rules,
    ...(options.base === undefined ? {} : { base: options.base }),
  })
  return {
    root: read.root,
    asOf,
    playbook,
    sources,
    result,
    ledgerSha256: 'missing' in ledger ? undefined : ledger.engine?.sha256,
    ledgerSigned: manifest.signature === 'valid',
  }
}

/** Facts kept from earlier runs of this product with this engine. */
export function storedFacts(root: string, engine: MarkdownEngine): StoredFacts {
  return new StoredFacts(root, `${buildStamp} ${factsVersion} ${engine.name}`)
}

/** The settings of a playbook's files, before its pages are looked at. */
export function settingsOf(files: PlaybookFiles): PlaybookSettings {
  const noEngine: MarkdownEngine = { name: 'remark', parse: () => ({ type: 'root', children: [] }) }
  return asFault(() => assemblePlaybook({ ...files, pages: [] }, { engine: noEngine }).playbook.settings)
}

/** T: the day asked for, the frozen day of the playbook, or today. */
export function judgingDay(asked: string | undefined, frozen: string | undefined): string {
  if (asked !== undefined && !isDay(asked))
    throw new Fault(`\`${visible(asked)}\` is no day. Write --as-of as YYYY-MM-DD, for example 2026-03-31.`)
  return asked ?? frozen ?? today()
}

function today(): string {
  const now = new Date()
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
}

/** The ledger of the files that were read, or why there is none. */
export async function ledgerOf(
  read: FilesRead,
  settings: LedgerSettings | undefined,
  options: ReadOptions,
): Promise<ReadLedger | { missing: string }> {
  if (settings === undefined || options.noLedger) return { missing: 'no ledger' }
  if (settings.database !== undefined) return { missing: 'no ledger: databases are not read yet' }
  return readLedger(settings, read.ledgerFiles, { root: read.files.folder, sha256: ledgerHash(read.ledgerFiles) })
}

/** The ledger's files against their manifest; `judging` holds the key that judges: with `--since` the base's. */
export function manifestOf(read: FilesRead, judging: PlaybookSettings, options: ReadOptions): ManifestReading {
  const { ledger, publicKey } = judging
  if (ledger === undefined || ledger.database !== undefined || options.noLedger) return nothingToVerify
  return verifyLedger({
    folder: read.files.folder,
    manifest: read.manifest,
    files: read.ledgerFiles,
    publicKey: options.ledgerKey ?? publicKey,
    signedInBase: options.base?.ledgerSigned === true,
  })
}

/** One hash over the ledger's files by the order of their names. */
export function ledgerHash(files: readonly LedgerFile[]): string {
  const hash = createHash('sha256')
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1)))
    hash.update(`${file.path} ${file.bytes.length}\n`).update(file.bytes)
  return hash.digest('hex')
}

/** Turns {@link UnreadableSettings} into a fault that says where. */
export function asFault<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof UnreadableSettings)) throw cause
    const first = cause.problems[0]
    const position = cause.source.positionAt(first?.range.start ?? 0)
    throw new Fault(
      `${cause.path}:${position.line}:${position.column} cannot be read: ${visible(first?.text ?? 'it is no YAML.')}`,
      { cause },
    )
  }
}
