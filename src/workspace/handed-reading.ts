/**
 * A reading handed from the command to the site that Astro makes in the same process, which otherwise would read and
 * judge everything once more.
 *
 * Astro compiles the site's sources by itself, so the two share no module; they share the process. Handed over is
 * the whole reading: what an audience may not have is the site's to take out, as it is when it reads by itself.
 */
import type { WorkspaceReading } from './read-workspace.ts'

const key = 'playproof:reading'
const shared = globalThis as typeof globalThis & { [key]?: WorkspaceReading }

/** Hands a reading over for as long as some work takes. */
export async function handingOver<T>(reading: WorkspaceReading, work: () => Promise<T>): Promise<T> {
  shared[key] = reading
  try {
    return await work()
  } finally {
    delete shared[key]
  }
}

/** What was handed over of the playbook below `root`, if anything was. */
export function handedReading(root: string): WorkspaceReading | undefined {
  return shared[key]?.root === root ? shared[key] : undefined
}
