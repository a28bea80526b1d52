/**
 * Whether a process of this machine runs, by its number: what it left behind is taken away only once it ended.
 */
import { codeOf } from './fault.ts'

/** True also for a process of another user. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return codeOf(cause) !== 'ESRCH'
  }
}
