/**
 * `check --watch`: checks again whenever something below the playbook's folder is saved.
 */
import { join } from 'node:path'
import { visible } from '../source/visible.ts'
import { Fault } from '../workspace/fault.ts'
import { playbookFolder } from '../workspace/find-root.ts'
import { watchFolder } from '../workspace/watch-folder.ts'
import type { Terminal } from './terminal.ts'

/** Runs until Ctrl-C; the status is that of the last check. */
export async function watchChecks(root: string, terminal: Terminal, checkOnce: () => Promise<number>): Promise<number> {
  let status = 0
  const run = async (): Promise<void> => {
    try {
      status = await checkOnce()
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      // The file may be half-typed: the next save tries again.
      terminal.note(`playproof: ${error.message}`)
      status = 2
    }
    terminal.note(`Watching ${visible(join(root, playbookFolder))}; Ctrl-C ends.`)
  }
  await run()
  const watching = await watchFolder(join(root, playbookFolder), run)
  await new Promise<void>((resolve) => process.once('SIGINT', resolve))
  await watching.close()
  return status
}
