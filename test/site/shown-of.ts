/**
 * What the site shows of a playbook in memory, without a site: for tests of what pages are made from.
 */

import { forAudience } from '../../site/src/content/for-audience.ts'
import { emptyBody } from '../../site/src/content/render-markdown.ts'
import { Shown } from '../../site/src/content/shown.ts'
import type { Audience } from '../../src/audience/audience.ts'
import { type Files, readFiles } from '../../src/testing/findings-in.ts'
import type { WorkspaceReading } from '../../src/workspace/read-workspace.ts'

export async function shownOf(files: Files, audience: Audience = 'reps'): Promise<{ shown: Shown }> {
  const read = await readFiles(files)
  const reading: WorkspaceReading = {
    ...read,
    root: '/',
    ledgerSha256: undefined,
    ledgerFault: undefined,
    ledgerSigned: false,
  }
  return { shown: new Shown(forAudience(reading, audience), audience, '/', () => emptyBody) }
}

export const people = {
  'people/mia.md': '---\nname: Mia Lund\nrole: marketing\n---\n',
  'people/sam.md': '---\nname: Sam Ode\nrole: rep\nledgerName: Sam Ode\n---\n',
}

/** A play that the sales side runs; `more` are further lines of its frontmatter. */
export function playPage(title: string, more = ''): string {
  return `---\ntitle: ${title}\nstatus: trial\nuntil: 2027-01-31\nowners: { marketing: mia, sales: sam }\nsegment: banks\n${more}---\n\n## When to run it\n\nNow.\n`
}
