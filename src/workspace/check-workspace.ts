/**
 * A check of the folder on disk, answered from the last result where nothing at all has changed.
 *
 * "Nothing" is every byte of every page, setting and ledger file, the names of all files, the day, the
 * product's version and what was asked; so a kept result is the result.
 */
import type { CheckResult } from '../check/finding.ts'
import { decodeFile } from '../page/decode-file.ts'
import type { SourceText } from '../source/text.ts'
import type { Fault } from './fault.ts'
import { checkFiles, type FilesRead, judgingDay, ledgerHash, type ReadOptions, readFiles } from './read-workspace.ts'
import { digestOf, resultKey } from './result-key.ts'
import { buildStamp } from './version.ts'
import { StoredResult } from './work-cache.ts'

/** A result without the evidence, which only other commands show. */
export interface Checked extends Omit<CheckResult, 'evidence'> {
  /** The text of a file, for excerpts; undefined where it cannot be shown. */
  source(path: string): SourceText | undefined
  /** Why the ledger's database could not be read. */
  readonly ledgerFault: Fault | undefined
}

export async function checkWorkspace(root: string, options: ReadOptions = {}): Promise<Checked> {
  const read = readFiles(root, options)
  const sources = new Map<string, SourceText | undefined>()
  const source = (path: string): SourceText | undefined => {
    // A file may have thousands of findings, each of which shows a line of it.
    if (!sources.has(path)) sources.set(path, sourceOf(read, path))
    return sources.get(path)
  }
  if (options.noCache || read.settings.ledger?.database !== undefined) {
    const { result, ledgerFault } = await checkFiles(read, options)
    return { ...result, source, ledgerFault }
  }
  const stored = new StoredResult(root, 'result', buildStamp)
  const key = keyOf(read, options)
  const known = stored.lookUp(key) as Omit<CheckResult, 'evidence'> | undefined
  if (known !== undefined) return { ...known, source, ledgerFault: undefined }
  const { evidence: _, ...result } = (await checkFiles(read, options)).result
  stored.keep(key, result)
  return { ...result, source, ledgerFault: undefined }
}

function keyOf({ files, settings, ledgerFiles, manifest }: FilesRead, options: ReadOptions): string {
  return resultKey({
    asOf: judgingDay(options.asOf, settings.asOf),
    noLedger: options.noLedger === true,
    ledgerKey: options.ledgerKey,
    paths: files.paths,
    settings: files.settings,
    compensation: files.compensation,
    pages: new Map(files.pages.map((page) => [page.path, digestOf(page)])),
    ledger: ledgerHash(ledgerFiles),
    manifest,
  })
}

function sourceOf(read: FilesRead, path: string): SourceText | undefined {
  const page = read.files.pages.find((each) => each.path === path)
  const named: Record<string, Uint8Array | undefined> = {
    [`${read.files.folder}/playbook.yaml`]: read.files.settings,
    [`${read.files.folder}/comp.yaml`]: read.files.compensation,
  }
  const ledger = read.ledgerFiles.find((each) => each.path === path)
  const bytes = page !== undefined ? ('bytes' in page ? page.bytes : undefined) : (named[path] ?? ledger?.bytes)
  return bytes === undefined ? undefined : decodeFile(path, bytes, Number.MAX_SAFE_INTEGER).source
}
