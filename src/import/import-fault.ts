/**
 * What an import could not do, in one sentence that says how to go on. The command line makes it a fault of the run.
 */
export class ImportFault extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'ImportFault'
  }
}
