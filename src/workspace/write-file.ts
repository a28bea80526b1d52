/**
 * Puts a new text in place of an old one, whole or not at all.
 *
 * A temporary file beside the target is written in full, flushed, checked and renamed over it, so that a full
 * disk or a crash leaves the old text. A file that changed since it was read is never overwritten: that is looked at
 * right before the rename, while no other writer of ours may write.
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from './fault.ts'
import { isRunning } from './is-running.ts'
import { stillWriting, type Writer, whileWriting } from './write-lock.ts'

export interface WriteOptions {
  /** The SHA-256 of the bytes the new text was made from; `absent` where there must be no file yet. */
  readonly replaces: string | 'absent'
}

export function contentHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Writes `text` as UTF-8 to `name`, relative to the writer's root. Throws {@link Fault} where the file changed meanwhile,
 * is read-only, or cannot be written, and where somebody else is writing; the old text then stands.
 */
export function writeText(writer: Writer, name: string, text: string, options: WriteOptions): void {
  whileWriting(writer, () => write(join(writer.root, name), text, options))
}

function write(path: string, text: string, options: WriteOptions): void {
  const bytes = Buffer.from(text, 'utf8')
  const folder = dirname(path)
  const temporary = join(folder, `.playproof-${process.pid}-${randomBytes(6).toString('hex')}.tmp`)
  const shown = visible(basename(path))
  const mode = checked(path, options, shown)
  let handle: number | undefined
  try {
    removeLeftovers(folder)
    handle = openSync(temporary, 'wx', 0o600)
    for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done, bytes.length - done)
    fchmodSync(handle, mode)
    fsyncSync(handle)
    if (fstatSync(handle).size !== bytes.length) throw new Error('the file is shorter than what was written')
    closeSync(handle)
    handle = undefined
    checked(path, options, shown)
    stillWriting()
    renameSync(temporary, path)
    syncFolder(folder)
  } catch (cause) {
    if (handle !== undefined) closeSync(handle)
    if (existsSync(temporary)) unlinkSync(temporary)
    if (cause instanceof Fault) throw cause
    throw new Fault(
      `${shown} could not be written (${codeOf(cause)}); what was there is untouched. Free some space or check permissions, then try again.`,
      { cause },
    )
  }
}

/** The mode the new file gets, after making sure that it replaces what its author saw. */
function checked(path: string, options: WriteOptions, shown: string): number {
  if (options.replaces === 'absent') {
    if (existsSync(path)) throw new Fault(`${shown} exists already. Choose another name.`)
    return 0o644
  }
  let stat: ReturnType<typeof lstatSync>
  try {
    stat = lstatSync(path)
    accessSync(path, constants.W_OK)
  } catch (cause) {
    throw new Fault(`${shown} cannot be written (${codeOf(cause)}). Check its permissions.`, { cause })
  }
  if (!stat.isFile()) throw new Fault(`${shown} is no regular file, so it is not written.`)
  // A superuser may write any file; a read-only one is still somebody's wish.
  if ((stat.mode & 0o222) === 0) throw new Fault(`${shown} is read-only. Make it writable first.`)
  if (contentHash(readFileSync(path)) !== options.replaces)
    throw new Fault(`${shown} changed while you worked on it, so it was not overwritten. Run the command again.`)
  return stat.mode & 0o777
}

/** Temporary files of processes that were killed before they could take them away. */
function removeLeftovers(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const pid = /^\.playproof-(\d+)-[0-9a-f]{12}\.tmp$/.exec(entry.name)?.[1]
    if (pid !== undefined && entry.isFile() && !isRunning(Number(pid))) unlinkSync(join(folder, entry.name))
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
