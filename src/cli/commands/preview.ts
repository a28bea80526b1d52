/**
 * `playproof preview`: serves a built site on this machine.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { visible } from '../../source/visible.ts'
import { Fault } from '../../workspace/fault.ts'
import { findRoot } from '../../workspace/find-root.ts'
import { serveBuiltSite } from '../site-commands.ts'
import type { Terminal } from '../terminal.ts'
import { interrupted } from './dev.ts'

export interface PreviewOptions {
  readonly root?: string
  readonly port: number
  readonly out: string
}

export async function preview(options: PreviewOptions, terminal: Terminal): Promise<number> {
  const root = findRoot(process.cwd(), options.root)
  const out = resolve(root, options.out)
  if (!existsSync(join(out, 'index.html')))
    throw new Fault(`there is no site in ${visible(out)}. Make it with \`playproof build\`.`)
  const site = await serveBuiltSite({ root, out, port: options.port })
  terminal.out(`The built site: ${terminal.colors.cyan(site.address)} (Ctrl-C ends)`)
  await interrupted()
  await site.stop()
  return 0
}
