/**
 * `playproof build`: the static site of the playbook.
 */
import { resolve } from 'node:path'
import type { Audience } from '../../audience/audience.ts'
import { visible } from '../../source/visible.ts'
import { Fault } from '../../workspace/fault.ts'
import { findRoot } from '../../workspace/find-root.ts'
import { buildSite } from '../site-commands.ts'
import type { Terminal } from '../terminal.ts'

export interface BuildOptions {
  readonly root?: string
  readonly asOf?: string
  readonly audience: Audience
  readonly out: string
}

export async function build(options: BuildOptions, terminal: Terminal): Promise<number> {
  const root = findRoot(process.cwd(), options.root)
  const out = resolve(root, options.out)
  if (out === root || root.startsWith(`${out}/`))
    throw new Fault(
      `${visible(out)} holds the playbook itself, and a build empties its folder. Choose another with \`--out\`.`,
    )
  const started = performance.now()
  const { pages } = await buildSite(
    { root, out, audience: options.audience, ...(options.asOf === undefined ? {} : { asOf: options.asOf }) },
    terminal,
  )
  terminal.out(
    `Built ${pages} pages for ${options.audience} in ${((performance.now() - started) / 1000).toFixed(1)} s: ${visible(out)}`,
  )
  return 0
}
