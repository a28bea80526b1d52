/**
 * One writer at a time in a playbook: two studios, or a studio and `rename`, never write between each other's lines.
 *
 * The lock is a file in `.playproof/` that says who holds it. Everybody looks at the file they replace while they hold
 * it, so of two writers the second sees what the first wrote. A holder that was killed is known by its process, and on
 * another machine by the age of the file, which a living holder keeps young. Other editors know nothing of it.
 */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from './fault.ts'
import { isRunning } from './is-running.ts'
import { makeWorkFolder, workFolder } from './work-cache.ts'

/** Who writes, and where. */
export interface Writer {
  /** A real path. */
  readonly root: string
  /** As others are told who have to wait: `` `playproof rename` ``. */
  readonly name: string
}

/** For how long another writer is waited for, in milliseconds. */
const patience = 3_000
/** A holder touches its lock with every file it writes, so a lock of this age, in milliseconds, has none. */
const oldest = 120_000
/** So old a lock that does not say who holds it was cut off while it was made, or is none of ours. */
const oldestNameless = 1_000

const lockName = 'writing'

interface Held {
  readonly root: string
  readonly path: string
  /** What the file says; no other lock says the same. */
  readonly text: string
}

/** The lock that this process holds; writing is synchronous, so there is one at most. */
let held: Held | undefined

/**
 * Does `action` while nobody else writes; at once inside another such action of this process. Throws {@link Fault}
 * where somebody else goes on writing, or where there can be no lock.
 */
export function whileWriting<Result>({ root, name }: Writer, action: () => Result): Result {
  if (held?.root === root) return action()
  const text = `${randomBytes(16).toString('hex')}\n${process.pid}\n${hostname()}\n${name}\n`
  held = { root, path: taken(root, text), text }
  try {
    return action()
  } finally {
    release(held)
    held = undefined
  }
}

/**
 * To be asked right before a file is replaced. Throws {@link Fault} where the lock went to somebody else, as it may
 * while a computer sleeps.
 */
export function stillWriting(): void {
  if (held === undefined) throw new Error('a file is replaced by somebody who holds no lock')
  if (textOf(held.path) !== held.text)
    throw new Fault('another program began to write to this playbook meanwhile, so this was not written. Try again.')
  const now = new Date()
  utimesSync(held.path, now, now)
}

function taken(root: string, text: string): string {
  try {
    const path = join(makeWorkFolder(root), lockName)
    for (const until = Date.now() + patience; !made(path, text); sleep(20)) {
      const seen = textOf(path)
      if (seen !== undefined && isAbandoned(path, seen)) remove(path, seen)
      else if (Date.now() > until) throw new Fault(whoWrites(seen ?? ''))
    }
    return path
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault(
      `the playbook could not be locked for writing (${codeOf(cause)}), so nothing was written. Free some space or check the permissions of ${workFolder}/, then try again.`,
      { cause },
    )
  }
}

/** False where there is one already. */
function made(path: string, text: string): boolean {
  let handle: number
  try {
    handle = openSync(path, 'wx', 0o644)
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false
    throw cause
  }
  try {
    writeSync(handle, text)
  } catch (cause) {
    rmSync(path, { force: true })
    throw cause
  } finally {
    closeSync(handle)
  }
  return true
}

function release({ path, text }: Held): void {
  try {
    if (textOf(path) === text) rmSync(path, { force: true })
  } catch {
    // What was written stands; the lock ends with this process, and this process may take it again.
  }
}

/** Whether nobody will ever take this lock away. */
function isAbandoned(path: string, text: string): boolean {
  const holder = holderIn(text)
  if (holder?.host === hostname() && (holder.pid === process.pid || !isRunning(holder.pid))) return true
  const changed = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs
  const age = changed === undefined ? 0 : Math.abs(Date.now() - changed)
  return age > (holder === undefined ? oldestNameless : oldest)
}

/** Takes an abandoned lock away, but not what somebody else may have put in its place this moment. */
function remove(path: string, seen: string): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`
  try {
    renameSync(path, aside)
    if (textOf(aside) !== seen) linkSync(aside, path)
  } catch {
    // Somebody else was quicker; who holds it is looked at again.
  }
  rmSync(aside, { force: true, recursive: true })
}

/** What a lock says, nothing where it is no file, undefined where there is none. */
function textOf(path: string): string | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return undefined
  try {
    return stat.isFile() && stat.size < 1_000 ? readFileSync(path, 'utf8') : ''
  } catch {
    return undefined
  }
}

function holderIn(text: string): { readonly pid: number; readonly host: string; readonly name: string } | undefined {
  const [, pid, host, name] = /^[0-9a-f]{32}\n(\d{1,10})\n(.{1,255})\n(.{1,60})\n$/.exec(text) ?? []
  return host === undefined || name === undefined ? undefined : { pid: Number(pid), host, name }
}

function whoWrites(text: string): string {
  const holder = holderIn(text)
  const where = holder === undefined || holder.host === hostname() ? '' : ` on ${visible(holder.host)}`
  const who = holder === undefined ? 'another program' : `${visible(holder.name)} (process ${holder.pid}${where})`
  return `${who} is writing to this playbook, so this was not written. Wait until it is done, then try again; if it never ends, delete ${workFolder}/${lockName}.`
}

/** Writing is synchronous, and so is waiting for it. */
function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
