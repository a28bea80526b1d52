/**
 * `playproof scan`: proves that a built site holds nothing above its audience.
 */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Audience } from '../../audience/audience.ts'
import { visible } from '../../source/visible.ts'
import { Fault } from '../../workspace/fault.ts'
import { findRoot } from '../../workspace/find-root.ts'
import { readWorkspace } from '../../workspace/read-workspace.ts'
import { audienceOfSite, scanSite } from '../../workspace/scan-site.ts'
import { reportScan } from '../reporters/scan.ts'
import type { Terminal } from '../terminal.ts'

export interface ScanOptions {
  readonly root?: string
  readonly asOf?: string
  readonly audience?: Audience
}

export async function scan(dir: string, options: ScanOptions, terminal: Terminal): Promise<number> {
  const folder = resolve(dir)
  if (!existsSync(folder)) throw new Fault(`there is no folder ${visible(folder)}. Make it with \`playproof build\`.`)
  const audience = options.audience ?? audienceOfSite(folder)
  if (audience === undefined)
    throw new Fault(
      `${visible(folder)} does not say whom it is for: it has no playbook.json. Say it with \`--audience partners\`, \`reps\` or \`leaders\`.`,
    )
  const root = findRoot(process.cwd(), options.root)
  const reading = await readWorkspace(root, options.asOf === undefined ? {} : { asOf: options.asOf })
  const result = scanSite(folder, audience, reading)
  reportScan(result, audience, terminal)
  return result.leaks.length === 0 ? 0 : 1
}
