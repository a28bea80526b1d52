/**
 * Puts what an earlier run left out of the way, and deletes it only when everything is measured: for some minutes after
 * thousands of files were deleted, ext4 takes five times as long to make new ones, and the next run would pay for it.
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

/** `work` is the folder that the benchmark works in, on the disk of `path`. */
export function setAside(work: string, path: string): void {
  if (!existsSync(path)) return
  mkdirSync(join(work, folder), { recursive: true })
  renameSync(path, join(mkdtempSync(join(work, folder, 'run-')), basename(path)))
}

export function deleteWhatWasSetAside(work: string): void {
  rmSync(join(work, folder), { recursive: true, force: true })
}

const folder = 'aside'
