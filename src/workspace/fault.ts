/**
 * A fault: the run could not be done. A finding is about the playbook, a fault about the run.
 *
 * Its message is one line that says what could not be done and what to do; the command line prints it
 * and exits 2. A caught error travels on as `cause` and is never shown.
 */
export class Fault extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'Fault'
  }
}

/** The operating system's code of an error (`ENOENT`), or `unknown`. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown'
}
