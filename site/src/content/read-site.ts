/**
 * The playbook on disk to everything the site holds: read, parsed and checked once, and every page made
 * from that reading.
 */
import { pageChanges, remoteOf } from '../../../src/workspace/git.ts'
import { readWorkspace, type WorkspaceReading } from '../../../src/workspace/read-workspace.ts'
import type { RenderBody } from './shown.ts'
import { type MadeSite, makeSite, type SiteOptions } from './site-pages.ts'

/** The playbook as `build` and `dev` read it; `asOf` as {@link readWorkspace} has it. */
export function readPlaybook(root: string, asOf: string | undefined): Promise<WorkspaceReading> {
  return readWorkspace(root, asOf === undefined || asOf === '' ? {} : { asOf })
}

export function siteOf(
  reading: WorkspaceReading,
  options: Pick<SiteOptions, 'audience' | 'base'>,
  render: RenderBody,
): Promise<MadeSite> {
  return makeSite(reading, {
    ...options,
    today: new Date().toISOString().slice(0, 10),
    render,
    changes: pageChanges(reading.root),
    remote: remoteOf(reading.root),
  })
}
