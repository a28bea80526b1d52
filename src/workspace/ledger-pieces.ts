/**
 * A ledger's file as a stream of bytes, for what looks at all of them once: hashes.
 */
import { closeSync, constants, openSync, readSync } from 'node:fs'
import type { LedgerFile } from '../ledger/ledger.ts'

/**
 * The bytes of a ledger's file in pieces, without having all of them in memory where they lie on disk. A piece is valid
 * until the next.
 */
export function* piecesOf(file: LedgerFile): Generator<Uint8Array> {
  if (file.disk === undefined) {
    yield file.bytes
    return
  }
  const handle = openSync(file.disk, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    const piece = Buffer.allocUnsafe(1 << 20)
    for (;;) {
      const count = readSync(handle, piece)
      if (count === 0) return
      yield piece.subarray(0, count)
    }
  } finally {
    closeSync(handle)
  }
}
