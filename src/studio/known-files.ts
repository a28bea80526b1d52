/**
 * The list of files and folders the studio shows: the one place from which a path may be taken.
 *
 * A request names a path, and the path is looked up here; it is never joined to a folder unseen. Links, devices,
 * and whatever begins with a dot are not in the list, so nothing outside the playbook can be reached by it.
 */
import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { playbookFolder } from '../workspace/find-root.ts'
import type { FileChange, FileStat } from './messages.ts'

export interface Known extends FileStat {
  readonly absolute: string
  /** Differs when the file was written, even to the same size in the same millisecond. */
  readonly state: string
}

export type KnownFiles = ReadonlyMap<string, Known>

/** Everything in the playbook's folder, by path relative to `root`. What cannot be looked at is left out. */
export function listFiles(root: string): KnownFiles {
  const found = new Map<string, Known>()
  add(root, playbookFolder, found)
  return found
}

/** One file or folder as it is now; undefined where a part of the path is not among the names its folder lists. */
export function lookAt(root: string, path: string): Known | undefined {
  const [first, ...rest] = path.split('/')
  if (first !== playbookFolder) return undefined
  let known = look(join(root, playbookFolder))
  for (const part of rest) {
    if (known?.kind !== 'folder' || !isShown(part) || !namesIn(known.absolute).includes(part)) return undefined
    known = look(join(known.absolute, part))
  }
  return known
}

/** The files and folders in a folder. */
export function entriesIn(folder: Known): { name: string; kind: Known['kind'] }[] {
  return namesIn(folder.absolute).flatMap((name) => {
    const known = isShown(name) ? look(join(folder.absolute, name)) : undefined
    return known === undefined ? [] : [{ name, kind: known.kind }]
  })
}

/** What happened between two looks. A file that is empty because somebody is just writing it is left as it was. */
export function changesBetween(before: KnownFiles, after: KnownFiles, now: number): FileChange[] {
  const changes: FileChange[] = []
  for (const [path, known] of after) {
    const old = before.get(path)
    if (old === undefined || old.kind !== known.kind) changes.push({ path, kind: 'added' })
    else if (known.kind === 'file' && old.state !== known.state && !justEmptied(known, now))
      changes.push({ path, kind: 'changed' })
  }
  for (const path of before.keys()) if (!after.has(path)) changes.push({ path, kind: 'removed' })
  return changes
}

/** Truncating comes before writing: an empty file is believed after half a second. */
export function justEmptied(known: Known, now: number): boolean {
  return known.size === 0 && now - known.changed < 500
}

function add(root: string, path: string, found: Map<string, Known>): void {
  const absolute = join(root, path)
  const known = look(absolute)
  if (known === undefined) return
  found.set(path, known)
  if (known.kind !== 'folder') return
  for (const name of namesIn(absolute)) {
    if (isShown(name)) add(root, `${path}/${name}`, found)
  }
}

function isShown(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules'
}

function look(absolute: string): Known | undefined {
  const stat = lstatSync(absolute, { throwIfNoEntry: false, bigint: true })
  if (stat === undefined || !(stat.isFile() || stat.isDirectory())) return undefined
  return {
    absolute,
    kind: stat.isFile() ? 'file' : 'folder',
    size: Number(stat.size),
    changed: Number(stat.mtimeMs),
    created: Number(stat.birthtimeMs),
    writable: (stat.mode & 0o222n) !== 0n,
    state: `${stat.ino} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.size}`,
  }
}

function namesIn(absolute: string): string[] {
  try {
    return readdirSync(absolute).sort()
  } catch {
    return []
  }
}
