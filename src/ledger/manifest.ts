/**
 * The manifest of an imported ledger: what its files were when they came from the CRM.
 *
 * Anybody who can edit a file can edit the manifest beside it, so the manifest is signed by whoever runs the import.
 * What is signed is a text made from the values, so that layout does not matter and nothing stands in the manifest
 * that the signature leaves out. Hashes and signatures are worked out by the caller: this runs in a browser too.
 */
import type { Outcome } from '../model/ledger-settings.ts'

/** Relative to the playbook's folder. */
export const manifestName = 'ledger/manifest.json'

export interface Manifest {
  /** Where the deals came from: `salesforce`, `hubspot` or `csv`. */
  readonly source: string
  /** When they were read, in UTC: `2026-11-22T03:26:47Z`. */
  readonly time: string
  /** Deals by outcome. */
  readonly rows: Readonly<Record<Outcome, number>>
  /** SHA-256, hexadecimal, by path relative to the playbook's folder; of a `.gz` that of what it holds. */
  readonly files: ReadonlyMap<string, string>
  /** Ed25519 over {@link signedText}, base64. */
  readonly signature?: string
}

/** The manifest as it is written: two spaces, fixed order, files by name. */
export function manifestText(manifest: Manifest): string {
  const { signature } = manifest
  return `${JSON.stringify({ ...ordered(manifest), ...(signature === undefined ? {} : { signature }) }, undefined, 2)}\n`
}

/** The text that is signed, as UTF-8: all values in one order and no layout. */
export function signedText(manifest: Manifest): string {
  return `playproof ledger manifest\n${JSON.stringify(ordered(manifest))}\n`
}

function ordered({ source, time, rows, files }: Manifest) {
  const { won, lost, open, void: isVoid } = rows
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1))
  return { version: 1, source, time, rows: { won, lost, open, void: isVoid }, files: Object.fromEntries(sorted) }
}

/** A manifest, or in words why a text is none. */
export function parseManifest(text: string): Manifest | { readonly problem: string } {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return { problem: 'it is no JSON' }
  }
  if (!isObject(parsed)) return { problem: 'it is no JSON object' }
  const { version, source, time, rows, files, signature, ...others } = parsed
  if (version !== 1) return { problem: '`version` is not 1' }
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined) return { problem: 'it has a key that no import writes' }
  if (typeof source !== 'string') return { problem: '`source` is no text' }
  if (typeof time !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(time))
    return { problem: '`time` is no time in UTC such as `2026-11-22T03:26:47Z`' }
  const counts = countsOf(rows)
  if (counts === undefined) return { problem: '`rows` does not count `won`, `lost`, `open` and `void`' }
  if (
    !isObject(files) ||
    !Object.values(files).every((hash) => typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash))
  )
    return { problem: '`files` does not give each file its SHA-256 in hexadecimal' }
  if (signature !== undefined && typeof signature !== 'string') return { problem: '`signature` is no text' }
  return {
    source,
    time,
    rows: counts,
    files: new Map(Object.entries(files) as [string, string][]),
    ...(signature === undefined ? {} : { signature }),
  }
}

function countsOf(rows: unknown): Record<Outcome, number> | undefined {
  if (!isObject(rows) || Object.keys(rows).length !== 4) return undefined
  const { won, lost, open, void: isVoid } = rows
  const count = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
  return count(won) && count(lost) && count(open) && count(isVoid) ? { won, lost, open, void: isVoid } : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What the signature says; `no-key` where nobody asked. */
export type SignatureState = 'no-key' | 'valid' | 'missing' | 'wrong' | 'no-manifest' | 'unreadable-key'

export interface ManifestReading {
  /** The manifest's path relative to the root. */
  readonly path: string
  readonly signature: SignatureState
  /** Why the manifest cannot be read, where it cannot. */
  readonly problem: string | undefined
  /** Files of the ledger, relative to the root, that are not what the manifest says. */
  readonly differing: readonly { readonly file: string; readonly why: 'changed' | 'unlisted' }[]
  /** Whether the base commit of a `--since` run holds a valid signature, which this change then takes away. */
  readonly signedInBase: boolean
}

/** Of a ledger that no import wrote, or of a database, where nobody asked. */
export const nothingToVerify: ManifestReading = {
  path: manifestName,
  signature: 'no-key',
  problem: undefined,
  differing: [],
  signedInBase: false,
}

export interface ManifestQuestion {
  /** The playbook's folder relative to the root. */
  readonly folder: string
  /** The manifest's text; undefined where there is none. */
  readonly text: string | undefined
  /** SHA-256 of the ledger's files, by path relative to the root. */
  readonly hashes: ReadonlyMap<string, string>
  /** Whether a signature fits a text by the playbook's key; undefined without a key. */
  readonly verify: ((text: string, signature: string) => boolean) | 'unreadable-key' | undefined
  readonly signedInBase: boolean
}

/** Compares a ledger with its manifest. Without a manifest and without a key there is nothing to say. */
export function readManifest({ folder, text, hashes, verify, signedInBase }: ManifestQuestion): ManifestReading {
  const path = `${folder}/${manifestName}`
  const say = (signature: SignatureState, rest: Partial<ManifestReading> = {}): ManifestReading => ({
    path,
    signature: verify === undefined ? 'no-key' : verify === 'unreadable-key' ? verify : signature,
    problem: undefined,
    differing: [],
    signedInBase,
    ...rest,
  })
  if (text === undefined) return say('no-manifest')
  const manifest = parseManifest(text)
  if ('problem' in manifest) return say('missing', { problem: manifest.problem })
  const differing = [...hashes].flatMap(([file, hash]) => {
    const known = manifest.files.get(file.slice(folder.length + 1))
    return known === hash ? [] : [{ file, why: known === undefined ? ('unlisted' as const) : ('changed' as const) }]
  })
  const { signature } = manifest
  if (signature === undefined) return say('missing', { differing })
  const fits = typeof verify === 'function' && verify(signedText(manifest), signature)
  return say(fits ? 'valid' : 'wrong', { differing })
}
