/**
 * Proves that a built site holds nothing above its audience: every file of it, in every form it can be read in.
 *
 * What is secret comes from the playbook and the ledger at hand, so a site is scanned where it was built, before it
 * leaves. Nothing is taken from the site itself but who it says it is for.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Audience, audiences } from '../audience/audience.ts'
import { LeakFinder } from '../audience/find-leaks.ts'
import { type Secret, type Secrets, secretsFor } from '../audience/secrets.ts'
import { SourceText } from '../source/text.ts'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from './fault.ts'
import { type OutputText, piecesOf, textsOf, textsOfName } from './output-texts.ts'
import type { WorkspaceReading } from './read-workspace.ts'
import { packageRoot } from './version.ts'
import { writtenWhen } from './write-below.ts'

export interface Leak {
  /** Relative to the site, with `/`. */
  readonly file: string
  /** From 1; undefined where it is inside something packed or encoded, or in the file's name. */
  readonly at: { readonly line: number; readonly column: number } | undefined
  /** How it was read: `as it is`, `base64`. */
  readonly way: string
  readonly secret: Secret
  /** How often in this file. */
  readonly times: number
}

export interface Scan {
  readonly files: number
  readonly bytes: number
  /** By file, then by what leaked. */
  readonly leaks: readonly Leak[]
  /** Names that are words of the site itself, so that nothing can be said of them. */
  readonly notLookedFor: readonly string[]
}

/** Where a site says whom it is for. */
const exportName = 'playbook.json'

/** Scans the site in `folder`. Throws {@link Fault} where a file of it cannot be read. */
export function scanSite(folder: string, audience: Audience, reading: WorkspaceReading): Scan {
  return new SiteScan(folder, audience, reading).finish()
}

/** A scan that may begin while the site is still being written. */
export class SiteScan {
  readonly #folder: string
  readonly #secrets: Secrets
  readonly #finder: LeakFinder
  readonly #seen = new Map<string, SeenFile>()
  /** Frames of pages that hold nothing. */
  readonly #clean = new Set<string>()

  constructor(folder: string, audience: Audience, reading: WorkspaceReading) {
    this.#folder = folder
    this.#secrets = secretsFor(audience, {
      playbook: reading.playbook,
      sources: reading.sources,
      evidence: reading.result.evidence,
      asOf: reading.asOf,
      waived: reading.result.waived
        .filter(({ rule }) => rule === 'naming/leak')
        .map(({ file, range }) => ({ file, start: reading.sources.get(file)?.offsetAt(range.start) ?? -1 })),
      siteText: siteText(),
    })
    this.#finder = new LeakFinder(this.#secrets)
  }

  /** Looks through a file of the site. `file` is relative to the site, with `/`; `written` is when, as {@link writtenWhen}. */
  look(file: string, written: string, content: Uint8Array): void {
    this.#seen.set(file, { written, bytes: content.length, leaks: this.#leaksIn(file, content) })
  }

  /** Looks through every file that it has not seen as it is now. */
  finish(): Scan {
    const files = filesBelow(this.#folder)
    for (const { path, written } of files)
      if (this.#seen.get(path)?.written !== written) this.look(path, written, readFileSync(join(this.#folder, path)))
    const seen = files.flatMap(({ path }) => this.#seen.get(path) ?? [])
    return {
      files: files.length,
      bytes: seen.reduce((sum, { bytes }) => sum + bytes, 0),
      leaks: seen.flatMap(({ leaks }) => leaks),
      notLookedFor: this.#secrets.notLookedFor,
    }
  }

  #leaksIn(file: string, content: Uint8Array): Leak[] {
    const found = new Map<Secret, FoundOnce>()
    this.#search(textsOfName(file), 0, found)
    let before = 0
    for (const { bytes, frame } of piecesOf(file, content)) {
      const key = frame ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1') : undefined
      if (key === undefined || !this.#clean.has(key)) {
        this.#search(textsOf(file, bytes), before, found)
        if (key !== undefined && found.size === 0 && this.#clean.size < mostFrames) this.#clean.add(key)
      }
      before += bytes.length
    }
    if (found.size === 0) return []
    const lines = new SourceText(file, Buffer.from(content).toString('utf8'))
    return [...found.values()].map(({ piece, at, ...leak }) => ({
      file,
      at:
        at === undefined
          ? undefined
          : lines.positionAt(Buffer.from(content.subarray(0, piece)).toString('utf8').length + at),
      ...leak,
    }))
  }

  /** `piece` is where the texts begin in the file, in bytes. */
  #search(texts: Iterable<OutputText>, piece: number, found: Map<Secret, FoundOnce>): void {
    for (const text of texts) {
      for (const { secret, start } of this.#finder.find(text)) {
        const known = found.get(secret)
        if (known === undefined) found.set(secret, { piece, at: text.at(start), way: text.way, secret, times: 1 })
        else known.times++
      }
    }
  }
}

/** A site has a frame for each part of its navigation and each state of a page. */
const mostFrames = 256

interface FoundOnce {
  readonly piece: number
  readonly at: number | undefined
  readonly way: string
  readonly secret: Secret
  times: number
}

interface SeenFile {
  readonly written: string
  readonly bytes: number
  readonly leaks: readonly Leak[]
}

/** Whom the site in a folder says it is for; undefined where it does not say. */
export function audienceOfSite(folder: string): Audience | undefined {
  try {
    const path = join(folder, exportName)
    // Reading a pipe would wait for whoever writes to it.
    if (!lstatSync(path).isFile()) return undefined
    const said: unknown = JSON.parse(readFileSync(path, 'utf8')).audience
    return audiences.find((audience) => audience === said)
  } catch {
    return undefined
  }
}

interface FileBelow {
  readonly path: string
  readonly written: string
}

function filesBelow(folder: string, inside = ''): FileBelow[] {
  try {
    return readdirSync(join(folder, inside), { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = inside === '' ? entry.name : `${inside}/${entry.name}`
        if (entry.isDirectory()) return filesBelow(folder, path)
        const file = lstatSync(join(folder, path), { bigint: true })
        if (!file.isFile())
          throw new Fault(
            `${visible(path)} is a link or no regular file, so nobody can say what a server would answer. Take it out of the site.`,
          )
        return [{ path, written: writtenWhen(file) }]
      })
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault(`${visible(join(folder, inside))} cannot be read (${codeOf(cause)}).`, { cause })
  }
}

let known: string | undefined

/** The words that templates and rules put on pages, from the package itself. */
function siteText(): string {
  known ??= ['site/src', 'src/rules', 'src/audience']
    .map((folder) => textBelow(join(fileURLToPath(packageRoot), folder)))
    .join('\n')
  return known
}

function textBelow(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:astro|ts)$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}
