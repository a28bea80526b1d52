/**
 * Changes several files as one: a rename and every reference to it.
 *
 * The plan is written to `.playproof/` before the first file is touched, so that a run which was cut off is finished
 * by the next one instead of leaving half of the references behind.
 */
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from './fault.ts'
import { SignedFile, workFolder } from './work-cache.ts'
import { contentHash, writeText } from './write-file.ts'
import { stillWriting, type Writer, whileWriting } from './write-lock.ts'

export interface PlannedChange {
  /** Relative to the root. */
  readonly path: string
  /** SHA-256 of the bytes it replaces. */
  readonly replaces: string
  readonly text: string
  /** Where the file moves to afterwards, relative to the root. */
  readonly movesTo?: string
}

const journal = 'unfinished-change'

/** Signed with this user's own key and good for this folder only. */
const journalOf = (root: string): SignedFile => new SignedFile(root, journal, `change of files 1 ${root}`)

/** Carries out all changes while nobody else writes. Throws {@link Fault} before touching anything where a file changed since it was read. */
export function writeAll(writer: Writer, changes: readonly PlannedChange[]): void {
  whileWriting(writer, () => planAndCarryOut(writer, changes))
}

function planAndCarryOut(writer: Writer, changes: readonly PlannedChange[]): void {
  const { root } = writer
  for (const { path, replaces, movesTo } of changes) {
    if (hashOf(join(root, path)) !== replaces)
      throw new Fault(`${visible(path)} changed while you worked on it, so nothing was changed. Run the command again.`)
    if (movesTo !== undefined && existsSync(join(root, movesTo)))
      throw new Fault(`${visible(movesTo)} exists already. Choose another name.`)
  }
  try {
    journalOf(root).mustWrite(JSON.stringify(changes))
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault(
      `the plan of the change could not be written to ${workFolder}/ (${codeOf(cause)}), so nothing was changed. Free some space or check permissions, then try again.`,
      { cause },
    )
  }
  carryOut(writer, changes)
  rmSync(join(root, workFolder, journal))
}

/**
 * Finishes a change that was cut off; returns how many files it was about, 0 where there was none. One that somebody
 * is just carrying out is waited for.
 */
export function finishInterrupted(writer: Writer): number {
  return isThere(writer.root) ? whileWriting(writer, () => finish(writer)) : 0
}

function finish(writer: Writer): number {
  const { root } = writer
  if (!isThere(root)) return 0
  const body = journalOf(root).read()
  // It makes files move, so a pull request must not bring one.
  if (body === undefined)
    throw new Fault(
      `${workFolder}/${journal} is a plan that was not written here by you, so it is not carried out. Delete it, then run the command again.`,
    )
  const changes = JSON.parse(body) as PlannedChange[]
  carryOut(writer, changes)
  rmSync(join(root, workFolder, journal))
  return changes.length
}

function isThere(root: string): boolean {
  return lstatSync(join(root, workFolder, journal), { throwIfNoEntry: false }) !== undefined
}

function carryOut(writer: Writer, changes: readonly PlannedChange[]): void {
  const { root } = writer
  for (const { path, replaces, text, movesTo } of changes) {
    const absolute = join(root, path)
    const moved = movesTo === undefined ? undefined : join(root, movesTo)
    const now = hashOf(absolute)
    if (now === undefined && moved !== undefined && existsSync(moved)) continue
    const wanted = contentHash(Buffer.from(text, 'utf8'))
    if (now === replaces && replaces !== wanted) writeText(writer, path, text, { replaces })
    else if (now !== wanted)
      throw new Fault(
        `${visible(path)} changed in the middle of a change of several files. Restore it with git, then run the command again; or delete ${workFolder}/${journal} to give the change up.`,
      )
    if (moved !== undefined) {
      mkdirSync(dirname(moved), { recursive: true })
      stillWriting()
      renameSync(absolute, moved)
    }
  }
}

function hashOf(path: string): string | undefined {
  return existsSync(path) ? contentHash(readFileSync(path)) : undefined
}
