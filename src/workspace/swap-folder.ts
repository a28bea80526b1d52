/**
 * Puts a finished folder in the place of an old one, whole or not at all.
 *
 * What is made is made beside the work files, out of everybody's sight; the old folder stands until the new one is
 * ready, and comes back where the last step fails.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { visible } from '../source/visible.ts'
import { codeOf, Fault } from './fault.ts'

/** Moves `made` to `target`. Throws {@link Fault} where that cannot be done; the old folder then stands. */
export function swapFolder(made: string, target: string): void {
  const beside = `${target}.playproof-new`
  const old = `${target}.playproof-old`
  try {
    mkdirSync(dirname(target), { recursive: true })
    for (const left of [beside, old]) rmSync(left, { recursive: true, force: true })
    move(made, beside)
    if (existsSync(target)) renameSync(target, old)
    try {
      renameSync(beside, target)
    } catch (cause) {
      if (existsSync(old)) renameSync(old, target)
      throw cause
    }
    rmSync(old, { recursive: true, force: true })
  } catch (cause) {
    rmSync(beside, { recursive: true, force: true })
    throw new Fault(
      `${visible(target)} could not be replaced (${codeOf(cause)}); what was there is untouched. Free some space or check permissions, then try again.`,
      { cause },
    )
  }
}

/** Throws {@link Fault} where `target` holds something that is no site: a wrong `--out` must not cost anybody their files. */
export function expectSiteOrNothing(target: string): void {
  let entries: string[]
  try {
    entries = readdirSync(target)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return
    throw new Fault(
      `${visible(target)} cannot be the folder of a site (${codeOf(cause)}). Choose another with \`--out\`.`,
      { cause },
    )
  }
  if (entries.length > 0 && !existsSync(join(target, 'index.html')))
    throw new Fault(
      `${visible(target)} holds files and is no site, and a build replaces the whole folder. Choose another with \`--out\`, or empty it first.`,
    )
}

/** Folders on two disks cannot be renamed into one another. */
function move(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (cause) {
    if (codeOf(cause) !== 'EXDEV') throw cause
    cpSync(from, to, { recursive: true })
    rmSync(from, { recursive: true, force: true })
  }
}
