/**
 * The playbook on disk, checked: the one call that the faces make.
 */
import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { assemblePlaybook, type PlaybookFiles, UnreadableSettings } from '../check/assemble-playbook.ts'
import { checkPlaybook } from '../check/check-playbook.ts'
import type { CheckResult } from '../check/finding.ts'
import type { Playbook } from '../graph/playbook.ts'
import type { LedgerFile } from '../ledger/ledger.ts'
import { type ManifestReading, nothingToVerify } from '../ledger/manifest.ts'
import { isDay } from '../model/dates.ts'
import { onceFor } from '../model/once.ts'
import type { PlaybookSettings } from '../model/playbook-settings.ts'
import { decodeFile } from '../page/decode-file.ts'
import type { MarkdownEngine } from '../page/markdown-engine.ts'
import { factsVersion } from '../page/page.ts'
import type { BaseRevision } from '../rules/define-rule.ts'
import { rules } from '../rules/rules.ts'
import type { SourceText } from '../source/text.ts'
import { visible } from '../source/visible.ts'
import { Fault } from './fault.ts'
import { playbookFolder } from './find-root.ts'
import { verifyLedger } from './ledger-manifest.ts'
import { piecesOf } from './ledger-pieces.ts'
import { loadMarkdownEngine } from './markdown-engine.ts'
import { type OpenedLedger, openLedger } from './open-ledger.ts'
import { readFolder, readLedgerFiles, readManifestFile, readSettingsFiles } from './read-folder.ts'
import { buildStamp } from './version.ts'
import { StoredFacts, StoredTables } from './work-cache.ts'

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
  /** Takes what the reader of a result may want to know beside it. */
  readonly note?: (text: string) => void
}

export interface WorkspaceReading {
  readonly root: string
  readonly asOf: string
  readonly playbook: Playbook
  readonly sources: ReadonlyMap<string, SourceText>
  readonly result: CheckResult
  /** SHA-256 of the ledger's files, hexadecimal; undefined without a ledger. */
  readonly ledgerSha256: string | undefined
  /** Why the ledger's database could not be read; all that needs no ledger was checked. */
  readonly ledgerFault: Fault | undefined
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

/** Reads and checks the playbook below `root`. Throws {@link Fault} where that cannot be done, ledger included. */
export async function readWorkspace(root: string, options: ReadOptions = {}): Promise<WorkspaceReading> {
  const reading = await checkFiles(readFiles(root, options), options)
  if (reading.ledgerFault !== undefined) throw reading.ledgerFault
  return reading
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
  const { ledger, fault } = await ledgerOf(read, playbook, options)
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
    ledgerFault: fault,
  }
}

/** Facts kept from earlier runs of this product with this engine. */
export function storedFacts(root: string, engine: MarkdownEngine): StoredFacts {
  return new StoredFacts(root, `${buildStamp} ${factsVersion} ${engine.name}`)
}

/** The settings of the playbook below `root`; opens no page. Throws {@link Fault} where they cannot be read. */
export function readSettings(root: string): PlaybookSettings {
  return settingsOf({ folder: playbookFolder, pages: [], paths: new Set(), ...readSettingsFiles(root) })
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

/** The ledger that the playbook names; where there is none to read, why. */
export async function ledgerOf(
  read: FilesRead,
  playbook: Playbook,
  options: Pick<ReadOptions, 'noCache' | 'noLedger' | 'note'>,
): Promise<OpenedLedger> {
  const settings = playbook.settings.ledger
  if (settings === undefined || options.noLedger) return { ledger: { missing: 'no ledger' }, fault: undefined }
  return openLedger({
    settings,
    files: read.ledgerFiles,
    sha256: () => ledgerHash(read.ledgerFiles),
    note: options.note ?? (() => {}),
    playbook,
    kept: options.noCache ? undefined : new StoredTables(read.root, buildStamp),
    settingsText: decodeFile(playbook.settingsFile.path, read.files.settings, Number.MAX_SAFE_INTEGER).source,
  })
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

/** One hash over the ledger's files by the order of their names, made once: the cache and the ledger both want it. */
export const ledgerHash = onceFor((files: readonly LedgerFile[]): string => {
  const hash = createHash('sha256')
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const size = file.disk === undefined ? file.bytes.length : statSync(file.disk).size
    hash.update(`${file.path} ${size}\n`)
    for (const piece of piecesOf(file)) hash.update(piece)
  }
  return hash.digest('hex')
})

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
