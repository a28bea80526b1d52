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
import { type Secret, secretsFor } from '../audience/secrets.ts'
import { SourceText } from '../source/text.ts'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from './fault.ts'
import { textsOf } from './output-texts.ts'
import type { WorkspaceReading } from './read-workspace.ts'
import { packageRoot } from './version.ts'

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
  const secrets = secretsFor(audience, {
    playbook: reading.playbook,
    sources: reading.sources,
    evidence: reading.result.evidence,
    asOf: reading.asOf,
    waived: reading.result.waived
      .filter(({ rule }) => rule === 'naming/leak')
      .map(({ file, range }) => ({ file, start: reading.sources.get(file)?.offsetAt(range.start) ?? -1 })),
    siteText: siteText(),
  })
  const finder = new LeakFinder(secrets)
  const files = filesBelow(folder)
  let bytes = 0
  const leaks: Leak[] = []
  for (const file of files) {
    const content = readFileSync(join(folder, file))
    bytes += content.length
    const found = new Map<Secret, { at: number | undefined; way: string; secret: Secret; times: number }>()
    for (const text of textsOf(file, content)) {
      for (const { secret, start } of finder.find(text)) {
        const known = found.get(secret)
        if (known === undefined) found.set(secret, { at: text.at(start), way: text.way, secret, times: 1 })
        else known.times++
      }
    }
    if (found.size === 0) continue
    const lines = new SourceText(file, content.toString('utf8'))
    for (const { at, ...leak } of found.values())
      leaks.push({ file, at: at === undefined ? undefined : lines.positionAt(at), ...leak })
  }
  return { files: files.length, bytes, leaks, notLookedFor: secrets.notLookedFor }
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

function filesBelow(folder: string, inside = ''): string[] {
  try {
    return readdirSync(join(folder, inside), { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = inside === '' ? entry.name : `${inside}/${entry.name}`
        if (entry.isDirectory()) return filesBelow(folder, path)
        if (!lstatSync(join(folder, path)).isFile())
          throw new Fault(
            `${visible(path)} is a link or no regular file, so nobody can say what a server would answer. Take it out of the site.`,
          )
        return [path]
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
