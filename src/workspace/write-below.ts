/**
 * Writes a file of a site into its folder, and never beside it.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from './fault.ts'

/** `file` is relative to `folder`, with `/`; folders on the way are made. Throws {@link Fault}; answers the path. */
export function writeBelow(folder: string, file: string, content: string | Uint8Array): string {
  const path = join(folder, file)
  if (!path.startsWith(join(folder, sep)))
    throw new Fault(`${visible(file)} would lie outside the site. Give its page another name.`)
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  } catch (cause) {
    throw new Fault(`${visible(path)} cannot be written (${codeOf(cause)}). Free some space or check permissions.`, {
      cause,
    })
  }
  return path
}
