/**
 * Puts a new snapshot of the ledger in place of the old one: all of its files or none.
 *
 * Every new file is first written whole beside its target and flushed. Then a journal says which of them replace
 * which, and from there on the new snapshot holds: whoever reads the ledger next finishes what a crash cut off. The
 * journal is signed with this user's own key, because it makes files move: a pull request must not bring one.
 */
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from './fault.ts'
import { playbookFolder } from './find-root.ts'
import { sha256Of } from './ledger-manifest.ts'
import { SignedFile, workFolder } from './work-cache.ts'
import { stillWriting, whileWriting } from './write-lock.ts'

export interface NewFile {
  /** Relative to the root. */
  readonly path: string
  readonly bytes: Uint8Array
}

interface Move {
  readonly from: string
  readonly to: string
  readonly sha256: string
}

const journalName = 'unfinished-import'
const suffix = '.import.tmp'

const journalOf = (root: string): SignedFile => new SignedFile(root, journalName, `ledger import 1 ${root}`)

/** Replaces `files`, the last one last. Throws {@link Fault}; until the journal is written the old files stand untouched. */
export function replaceLedger(root: string, files: readonly NewFile[]): void {
  // A signal is answered when this is done: it takes milliseconds.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const later = (): void => {}
  for (const signal of signals) process.on(signal, later)
  try {
    whileWriting({ root, name: '`playproof import`' }, () => {
      finishReplacement(root)
      replace(root, files)
    })
  } finally {
    for (const signal of signals) process.off(signal, later)
  }
}

function replace(root: string, files: readonly NewFile[]): void {
  const moves: Move[] = []
  try {
    for (const { path, bytes } of files) {
      const folder = folderFor(root, path)
      sweep(join(root, folder), basename(path))
      const from = `${folder}/.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}${suffix}`
      moves.push({ from, to: path, sha256: sha256Of(bytes) })
      writeWhole(join(root, from), bytes)
      stillWriting()
    }
    journalOf(root).mustWrite(JSON.stringify(moves))
  } catch (cause) {
    for (const { from } of moves) rmSync(join(root, from), { force: true })
    if (cause instanceof Fault) throw cause
    throw new Fault(
      `the new ledger could not be written (${codeOf(cause)}); the old one stands as it was. Free some space or check permissions of ${playbookFolder}/, then import again.`,
      { cause },
    )
  }
  carryOut(root, moves)
}

/** Finishes a replacement that was cut off. True where there was one. One that somebody is just making is waited for. */
export function finishReplacement(root: string): boolean {
  if (!existsSync(join(root, workFolder, journalName))) return false
  return whileWriting({ root, name: 'the end of an import' }, () => finish(root))
}

function finish(root: string): boolean {
  const text = journalOf(root).read()
  // Nobody's journal, or another version's: it says nothing.
  if (text === undefined) return false
  carryOut(root, JSON.parse(text) as Move[])
  return true
}

function carryOut(root: string, moves: readonly Move[]): void {
  try {
    for (const { from, to, sha256 } of moves) {
      if (holds(join(root, from), sha256)) renameSync(join(root, from), join(root, to))
      else if (!holds(join(root, to), sha256)) throw new Error('neither the new file nor its copy is there')
      syncFolder(dirname(join(root, to)))
    }
    rmSync(join(root, workFolder, journalName), { force: true })
  } catch (cause) {
    throw new Fault(
      `the new ledger was read in full, but not all of its files could be put in place (${codeOf(cause)}). Check the permissions of ${playbookFolder}/ and run any command to finish it; or delete ${workFolder}/${journalName} and import again.`,
      { cause },
    )
  }
}

function holds(path: string, sha256: string): boolean {
  return existsSync(path) && sha256Of(readFileSync(path)) === sha256
}

/** The folder of a file relative to the root, made where it is missing, and never outside the playbook. */
function folderFor(root: string, path: string): string {
  const folder = dirname(path)
  const shown = visible(path)
  let there = join(root, folder)
  while (!existsSync(there)) there = dirname(there)
  const real = realpathSync(there)
  const playbook = realpathSync(join(root, playbookFolder))
  if (real !== playbook && !real.startsWith(playbook + sep))
    throw new Fault(`${shown} lies outside the playbook. Name a file under ${playbookFolder}/ledger/ in playbook.yaml.`)
  mkdirSync(join(root, folder), { recursive: true })
  const stat = lstatSync(join(root, path), { throwIfNoEntry: false })
  if (stat === undefined) return folder
  if (!stat.isFile()) throw new Fault(`${shown} is no regular file, so it is not written.`)
  if ((stat.mode & 0o222) === 0) throw new Fault(`${shown} is read-only. Make it writable first.`)
  accessSync(join(root, path), constants.W_OK)
  return folder
}

/** Takes away what an earlier import of this file left when it was cut off before it counted. */
function sweep(folder: string, name: string): void {
  for (const entry of readdirSync(folder))
    if (entry.startsWith(`.${name.slice(0, 100)}.`) && entry.endsWith(suffix)) rmSync(join(folder, entry))
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const handle = openSync(path, 'wx', 0o644)
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done, bytes.length - done)
    fsyncSync(handle)
    if (fstatSync(handle).size !== bytes.length) throw new Error('the file is shorter than what was written')
  } finally {
    closeSync(handle)
  }
}

function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r')
    fsyncSync(handle)
    closeSync(handle)
  } catch {
    // Some systems cannot flush a folder; the rename itself is done.
  }
}
