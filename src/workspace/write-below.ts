/**
 * Writes a file of a site into its folder, and never beside it.
 */
import { type BigIntStats, lstatSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from './fault.ts'

/**
 * `file` is relative to `folder`, with `/`; folders on the way are made. Answers when it was written, as {@link writtenWhen}.
 * Throws {@link Fault}.
 */
export function writeBelow(folder: string, file: string, content: string | Uint8Array): string {
  const path = join(folder, file)
  if (!path.startsWith(join(folder, sep)))
    throw new Fault(`${visible(file)} would lie outside the site. Give its page another name.`)
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    return writtenWhen(lstatSync(path, { bigint: true }))
  } catch (cause) {
    throw new Fault(`${visible(path)} cannot be written (${codeOf(cause)}). Free some space or check permissions.`, {
      cause,
    })
  }
}

/** Another text for each time a file was written, to the nanosecond. */
export function writtenWhen({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${ino} ${size} ${mtimeNs} ${ctimeNs}`
}
