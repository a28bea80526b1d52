/**
 * `playproof lsp --stdio`: the language server on the process's own streams.
 *
 * What goes to stdout is the protocol and nothing else: whatever a library prints there is sent to stderr instead. The
 * server ends with its connection, and with the process that started it. It runs all day beside an editor, so it asks
 * for little memory: young garbage is collected in small steps.
 */
import { Writable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { serve } from '../../language/server.ts'
import { Fault } from '../../workspace/fault.ts'
import { findRoot } from '../../workspace/find-root.ts'

export interface LspOptions {
  readonly root?: string
  readonly asOf?: string
  readonly stdio?: boolean
}

/** Never settles: the connection ends the process. */
export function lsp({ root, asOf, stdio }: LspOptions): Promise<number> {
  if (stdio !== true)
    throw new Fault('an editor talks to the language server over its streams: start it as `playproof lsp --stdio`.')
  const given = root === undefined ? undefined : findRoot(process.cwd(), root)
  setFlagsFromString('--semi-space-growth-factor=1')
  const connection = createConnection(ProposedFeatures.all, process.stdin, onlyProtocol())
  serve(connection, { ...(given === undefined ? {} : { root: given }), ...(asOf === undefined ? {} : { asOf }) })
  return new Promise(() => {})
}

/** The way to stdout, which nobody else has from here on. */
function onlyProtocol(): Writable {
  const write = process.stdout.write.bind(process.stdout) as (chunk: Uint8Array, done: () => void) => boolean
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write
  return new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      write(chunk, () => done())
    },
  })
}
