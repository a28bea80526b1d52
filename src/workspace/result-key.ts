/**
 * One hash over everything that findings are made from: where it is the same, so are they.
 *
 * A page is told by the hash of its bytes, so that an editor can say what it has judged without having the bytes any more.
 */
import { createHash, hash } from 'node:crypto'
import type { PageFile } from '../check/assemble-playbook.ts'

export interface ResultInputs {
  /** The day they were judged as of. */
  readonly asOf: string
  readonly noLedger: boolean
  /** The key that the ledger's signature was checked with, where it was not that of playbook.yaml. */
  readonly ledgerKey: string | undefined
  /** Every file below the folder. */
  readonly paths: Iterable<string>
  readonly settings: Uint8Array
  readonly compensation: Uint8Array | undefined
  /** What {@link digestOf} says of each page, by path. */
  readonly pages: ReadonlyMap<string, string>
  /** The hash of the ledger's files. */
  readonly ledger: string
  readonly manifest: Uint8Array | undefined
}

/** SHA-256, hexadecimal; the order in which files were found is no part of it. */
export function resultKey(inputs: ResultInputs): string {
  const all = createHash('sha256')
  const add = (name: string, bytes: Uint8Array | string): void => {
    all.update(`${name.length} ${name} ${bytes.length}\n`).update(bytes)
  }
  const { asOf, noLedger, ledgerKey, pages } = inputs
  add('options', JSON.stringify([asOf, noLedger, ledgerKey ?? '', process.env.PLAYPROOF_MARKDOWN ?? '']))
  add('paths', [...inputs.paths].sort().join('\0'))
  add('settings', inputs.settings)
  add('compensation', inputs.compensation ?? 'none')
  add(
    'pages',
    [...pages.keys()]
      .sort()
      .flatMap((path) => [path, pages.get(path)])
      .join('\0'),
  )
  add('ledger', inputs.ledger)
  add('manifest', inputs.manifest ?? 'none')
  return all.digest('hex')
}

/** The hash of a page's bytes, or why it has none. */
export function digestOf(page: PageFile): string {
  return 'bytes' in page ? hash('sha256', page.bytes, 'base64') : page.unreadable
}
