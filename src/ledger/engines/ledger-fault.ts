/**
 * What could not be done with a ledger that is no file, in one sentence or two for its reader: what is so, what to do.
 *
 * Never holds an address, a password, or a text that came from the other side.
 */
export class LedgerFault extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'LedgerFault'
  }
}
