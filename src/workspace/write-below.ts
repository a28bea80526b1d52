/**
 * Writes a file of a site into its folder, and never beside it.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { visible } from '../source/visible.ts'
import { Fault } from './fault.ts'

/** `file` is relative to `folder`, with `/`; folders on the way are made. Answers the path of what was written. */
export function writeBelow(folder: string, file: string, content: string | Uint8Array): string {
  const path = join(folder, file)
  if (!path.startsWith(join(folder, sep)))
    throw new Fault(`${visible(file)} would lie outside the site. Give its page another name.`)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}
