/**
 * The playbook's folder on disk to bytes in memory.
 *
 * Nothing outside the root is opened, not even through a symbolic link, and nothing but regular files:
 * a pull request may hold links, devices or pipes. Reading is synchronous, which costs a quarter of
 * what promises cost over thousands of small files.
 */
import {
  closeSync,
  constants,
  type Dirent,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { join, sep } from 'node:path'
import { normalize } from 'node:path/posix'
import { gunzipSync } from 'node:zlib'
import type { PageFile, PlaybookFiles } from '../check/assemble-playbook.ts'
import type { LedgerFile } from '../ledger/ledger.ts'
import { manifestName } from '../ledger/manifest.ts'
import { folders } from '../model/entity-types.ts'
import type { LedgerSettings } from '../model/ledger-settings.ts'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from './fault.ts'
import { playbookFolder } from './find-root.ts'
import { finishReplacement } from './write-ledger.ts'

/** Pages larger than this are not read at all, whatever playbook.yaml allows. */
const mostBytes = 16 * 1_048_576
const mostLedgerBytes = 1_024 * 1_048_576
/** How many times its size a packed file may unpack to: tables of deals stay under 50, a bomb is above 1,000. */
const mostUnpacked = 200

const typeFolders = new Set<string>(Object.values(folders))

/** A page that was found, and the way to read it: as it is then, not as it was when it was found. */
export interface FoundPage {
  readonly path: string
  readonly read: () => PageFile
}

/** Reads every page, playbook.yaml and comp.yaml below `root`. Throws {@link Fault} where playbook.yaml cannot be read. */
export function readFolder(root: string): PlaybookFiles {
  const { pages, paths } = listFolder(root)
  return {
    folder: playbookFolder,
    pages: pages.map(({ read }) => read()),
    ...readSettingsFiles(root),
    paths,
  }
}

/** Looks what there is, and opens no page: who has a page open waits for that one and not for all the others. */
export function listFolder(root: string): { readonly pages: readonly FoundPage[]; readonly paths: Set<string> } {
  const paths = new Set<string>()
  const pages: FoundPage[] = []
  walk(root, playbookFolder, paths, pages, realpathSync(root))
  return { pages, paths }
}

/** playbook.yaml, and comp.yaml where there is one. Throws {@link Fault} where one cannot be read. */
export function readSettingsFiles(root: string): Pick<PlaybookFiles, 'settings' | 'compensation'> {
  const compensation = `${playbookFolder}/comp.yaml`
  return {
    settings: readNamed(root, `${playbookFolder}/playbook.yaml`),
    compensation: existsSync(join(root, compensation)) ? readNamed(root, compensation) : undefined,
  }
}

/** One page again, by its path relative to the root; undefined where there is none, or where a folder on the way is a link. */
export function readPageAt(root: string, path: string): PageFile | undefined {
  const folder = path.slice(0, path.lastIndexOf('/'))
  const paths = new Set<string>()
  const pages: FoundPage[] = []
  try {
    if (realpathSync(join(root, folder)) !== join(realpathSync(root), folder)) return undefined
    const found = lstatSync(join(root, path))
    if (found.isFile()) return readPage(join(root, path), path)
    if (found.isSymbolicLink()) linked(root, path, realpathSync(root), paths, pages, true)
  } catch {
    return undefined
  }
  return pages[0]?.read()
}

/** The files that the settings name, unpacked. Throws {@link Fault} for a file that is missing or outside. */
export function readLedgerFiles(root: string, settings: LedgerSettings): LedgerFile[] {
  finishReplacement(root)
  const names = new Set([
    ...settings.deals.files,
    ...(settings.accounts?.files ?? []),
    ...(settings.sellers?.files ?? []),
  ])
  return [...names].map((name) => {
    const path = `${playbookFolder}/${name}`
    const shown = visible(path)
    // Not looked at, so that nobody learns from the answer what is there.
    if (!normalize(path).startsWith(`${playbookFolder}/`))
      throw new Fault(`the ledger file ${shown} lies outside the playbook. Move it under ${playbookFolder}/ledger/.`)
    const real = realWithin(join(root, path), realpathSync(root))
    if (real === undefined)
      throw new Fault(
        `the ledger file ${shown} is missing, or is a link that leads out of the playbook. Correct \`ledger\` in playbook.yaml, or leave the ledger out with \`--no-ledger\`.`,
      )
    const packed = name.endsWith('.gz')
    if (!packed && isLarge(real)) return new LargeFile(path, real)
    const bytes = bytesOf(real, shown)
    return { path, bytes: packed ? unpacked(bytes, shown) : bytes }
  })
}

function bytesOf(real: string, shown: string): Uint8Array {
  const bytes = readRegular(real, mostLedgerBytes)
  if (typeof bytes === 'string')
    throw new Fault(
      `the ledger file ${shown} cannot be read: ${bytes}. Correct it, or leave the ledger out with \`--no-ledger\`.`,
    )
  return bytes
}

/** Files under this are read at once. */
const largeBytes = 1 << 20

function isLarge(real: string): boolean {
  const found = statSync(real, { throwIfNoEntry: false })
  return found?.isFile() === true && found.size >= largeBytes && found.size <= mostLedgerBytes
}

/** A ledger's file that is read when somebody wants its bytes: DuckDB reads it where it lies. */
class LargeFile implements LedgerFile {
  readonly path: string
  readonly disk: string
  #bytes: Uint8Array | undefined

  constructor(path: string, disk: string) {
    this.path = path
    this.disk = disk
    // Whether it may be read is said now, with all else that is wrong with the folder.
    closeSync(openSync(disk, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)))
  }

  get bytes(): Uint8Array {
    this.#bytes ??= bytesOf(this.disk, visible(this.path))
    return this.#bytes
  }
}

/** The manifest of an imported ledger; undefined where there is none. Throws {@link Fault} where it cannot be read. */
export function readManifestFile(root: string): Uint8Array | undefined {
  const path = `${playbookFolder}/${manifestName}`
  if (!existsSync(join(root, path))) return undefined
  return readNamed(root, path)
}

/** A `.csv.gz` as the `.csv` it holds. Throws {@link Fault} where it is damaged or unpacks to far more than a table would. */
export function unpacked(bytes: Uint8Array, shown: string): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: Math.min(mostLedgerBytes, 65_536 + bytes.length * mostUnpacked) })
  } catch (cause) {
    const why =
      codeOf(cause) === 'ERR_BUFFER_TOO_LARGE'
        ? ` because it grows to more than ${mostUnpacked} times its size. Name the plain file`
        : '. Pack it again with gzip, or name the plain file'
    throw new Fault(`the ledger file ${shown} cannot be unpacked${why}.`, { cause })
  }
}

function walk(root: string, path: string, paths: Set<string>, pages: FoundPage[], realRoot: string): void {
  const inTypeFolder = typeFolders.has(path.split('/')[1] ?? '')
  for (const entry of entriesOf(root, path, inTypeFolder, pages)) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    const inside = `${path}/${entry.name}`
    if (entry.isDirectory()) walk(root, inside, paths, pages, realRoot)
    else if (entry.isFile()) {
      paths.add(inside)
      if (inTypeFolder && entry.name.endsWith('.md')) pages.push(readable(join(root, inside), inside))
    } else if (entry.isSymbolicLink()) linked(root, inside, realRoot, paths, pages, inTypeFolder)
    else if (inTypeFolder && entry.name.endsWith('.md'))
      pages.push(unreadable(inside, 'This is no file but a device or a pipe. Put a page here.'))
  }
}

/** What a folder holds, by name; one that cannot be listed is reported like a page that cannot be read. */
function entriesOf(root: string, path: string, inTypeFolder: boolean, pages: FoundPage[]): Dirent[] {
  try {
    return readdirSync(join(root, path), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (cause) {
    const why = codeOf(cause) === 'EACCES' ? 'you have no permission to read it' : `the system says ${codeOf(cause)}`
    if (!inTypeFolder)
      throw new Fault(`the folder ${visible(path)} cannot be read: ${why}. Correct it and run again.`, { cause })
    pages.push(unreadable(path, `This folder cannot be read: ${why}. The pages in it are not checked.`))
    return []
  }
}

/** A link to a file of the playbook is that file; any other link that may stand for pages is reported and not followed. */
function linked(
  root: string,
  inside: string,
  realRoot: string,
  paths: Set<string>,
  pages: FoundPage[],
  inTypeFolder: boolean,
): void {
  const within = realWithin(join(root, inside), realRoot)
  if (within !== undefined && statSync(within).isFile()) {
    paths.add(inside)
    if (inTypeFolder && inside.endsWith('.md')) pages.push(readable(within, inside))
  } else if (inTypeFolder && mayHoldPages(inside)) {
    const why = 'This is a link that leads to no page of the playbook, so it is not followed. Put the page itself here.'
    pages.push(unreadable(inside, why))
  }
}

/** Whether a name is that of a page or of a folder, as far as the name alone tells. */
function mayHoldPages(path: string): boolean {
  return /(?:\.md|\/[^./]+)$/.test(path)
}

function realWithin(path: string, realRoot: string): string | undefined {
  try {
    const real = realpathSync(path)
    return real.startsWith(join(realRoot, playbookFolder) + sep) ? real : undefined
  } catch {
    return undefined
  }
}

function readable(absolute: string, path: string): FoundPage {
  return { path, read: () => readPage(absolute, path) }
}

function unreadable(path: string, why: string): FoundPage {
  return { path, read: () => ({ path, unreadable: why }) }
}

function readPage(absolute: string, path: string): PageFile {
  const bytes = readRegular(absolute, mostBytes)
  return typeof bytes === 'string' ? { path, unreadable: `This file cannot be read: ${bytes}.` } : { path, bytes }
}

function readNamed(root: string, path: string): Uint8Array {
  const real = realWithin(join(root, path), realpathSync(root))
  const bytes = real === undefined ? 'it is a link that leads out of the playbook' : readRegular(real, mostBytes)
  if (typeof bytes === 'string') throw new Fault(`${path} cannot be read: ${bytes}. Correct it and run again.`)
  return bytes
}

/** The bytes of a regular file, or in words why there are none. */
function readRegular(path: string, most: number): Uint8Array | string {
  let handle: number | undefined
  try {
    if (!lstatSync(path).isFile()) return 'it is no regular file'
    handle = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    const { size } = fstatSync(handle)
    if (size > most)
      return `it has ${size.toLocaleString('en-US')} bytes, and ${most.toLocaleString('en-US')} is the most that is read`
    return size > 65_536 ? readFileSync(handle) : readWhole(handle, size)
  } catch (error) {
    return codeOf(error) === 'EACCES' ? 'you have no permission to read it' : `the system says ${codeOf(error)}`
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

function readWhole(handle: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(size)
  let done = 0
  while (done < size) {
    const count = readSync(handle, bytes, done, size - done, done)
    if (count === 0) break
    done += count
  }
  return bytes.subarray(0, done)
}
