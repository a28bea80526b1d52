/**
 * `playproof build`: the static site of the playbook.
 *
 * The site is made out of sight, scanned for what its audience may not read, and only then put in place of the old
 * one: a build that fails, or would leak, leaves the old site as it was.
 */
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Audience } from '../../audience/audience.ts'
import { visible } from '../../source/visible.ts'
import { Fault } from '../../workspace/fault.ts'
import { findRoot, playbookFolder } from '../../workspace/find-root.ts'
import { expectSiteOrNothing, swapFolder } from '../../workspace/swap-folder.ts'
import { makeSiteFolder } from '../../workspace/work-cache.ts'
import { count } from '../reporters/report.ts'
import { reportScan } from '../reporters/scan.ts'
import { buildSite } from '../site-commands.ts'
import { CustomersNamed } from '../site-maker.ts'
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
  const playbook = join(root, playbookFolder)
  if (`${playbook}/`.startsWith(`${out}/`) || out.startsWith(`${playbook}/`))
    throw new Fault(
      `${visible(out)} ${out.startsWith(playbook) ? 'belongs to' : 'holds'} the playbook itself, and a build replaces its whole folder. Choose another with \`--out\`.`,
    )
  expectSiteOrNothing(out)
  const started = performance.now()
  const made = makeSiteFolder(root)
  try {
    const { asOf, audience } = options
    const { pages, scan } = await buildSite({ root, audience, ...(asOf === undefined ? {} : { asOf }) }, made, terminal)
    if (scan.leaks.length > 0) {
      reportScan(scan, audience, terminal)
      terminal.out(`Not built: ${visible(out)} is as it was.`)
      return 1
    }
    swapFolder(made, out)
    terminal.out(
      `Built ${pages} pages for ${audience} in ${((performance.now() - started) / 1000).toFixed(1)} s, nothing in ${count(scan.files, 'file')} above them: ${visible(out)}`,
    )
    return 0
  } catch (error) {
    if (!(error instanceof CustomersNamed)) throw error
    const { named } = error
    for (const { file, range, text } of named)
      terminal.out(`${visible(file)}:${range.start.line}:${range.start.column} naming/leak\n  ${visible(text)}`)
    terminal.out(
      `Not built: partners would read ${count(named.length, 'name')} that ${named.length === 1 ? 'was' : 'were'} not given to them.`,
    )
    return 1
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}
