/**
 * Finds the root: the folder that holds `playbook/playbook.yaml`.
 */
import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { visible } from '../source/visible.ts'
import { Fault } from './fault.ts'

export const playbookFolder = 'playbook'

/** The nearest folder upward from `from` that holds a playbook, or `given` if it does. Throws {@link Fault}. */
export function findRoot(from: string, given?: string): string {
  if (given !== undefined) {
    const root = resolve(from, given)
    if (!holdsPlaybook(root))
      throw new Fault(
        `there is no ${playbookFolder}/playbook.yaml in ${visible(given)}. Name the folder that holds \`${playbookFolder}/\`, or make one with \`playproof init\`.`,
      )
    return realpathSync(root)
  }
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (holdsPlaybook(folder)) return realpathSync(folder)
    if (dirname(folder) === folder) break
  }
  throw new Fault(
    `there is no ${playbookFolder}/playbook.yaml here or in a folder above. Go to your playbook's folder, name it with \`--root\`, or make one with \`playproof init\`.`,
  )
}

function holdsPlaybook(folder: string): boolean {
  const file = join(folder, playbookFolder, 'playbook.yaml')
  return existsSync(file) && statSync(file).isFile()
}
