/**
 * `playproof dev`: what the check and the ledger say, then the live site.
 */
import type { Audience } from '../../audience/audience.ts'
import { visible } from '../../source/visible.ts'
import { findRoot } from '../../workspace/find-root.ts'
import { readWorkspace } from '../../workspace/read-workspace.ts'
import { count } from '../reporters/report.ts'
import { serveLiveSite } from '../site-commands.ts'
import type { Terminal } from '../terminal.ts'
import { verdictTable } from './evidence.ts'

export interface DevOptions {
  readonly root?: string
  readonly asOf?: string
  readonly port: number
  readonly audience: Audience
}

export async function dev(options: DevOptions, terminal: Terminal): Promise<number> {
  const root = findRoot(process.cwd(), options.root)
  const asOf = options.asOf === undefined ? {} : { asOf: options.asOf }
  const { result, playbook } = await readWorkspace(root, asOf)
  const of = (severity: string): number => result.findings.filter((finding) => finding.severity === severity).length
  terminal.out(terminal.colors.bold(visible(playbook.settings.site.title)))
  terminal.out(
    `${count(result.files, 'page')} checked against ${count(result.deals, 'deal')} as of ${result.asOf}: ${count(of('error'), 'error')}, ${count(of('warn'), 'warning')}, ${count(of('hint'), 'hint')} (\`playproof check\` shows them).`,
  )
  if (result.evidence !== undefined) terminal.out(`\n${verdictTable(result.evidence, terminal)}`)
  const site = await serveLiveSite({ root, port: options.port, audience: options.audience, ...asOf })
  terminal.out(`\nThe live site: ${terminal.colors.cyan(site.address)} (Ctrl-C ends)`)
  await interrupted()
  await site.stop()
  return 0
}

/** Resolves when somebody ends the program. */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
}
