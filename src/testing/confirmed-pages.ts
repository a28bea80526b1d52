/**
 * Small playbooks whose pages somebody stood behind: `{{fingerprint}}` becomes the page's own.
 *
 * A test then changes one thing and sees what is said to have moved.
 */
import { assemblePlaybook } from '../check/assemble-playbook.ts'
import { pageFingerprint } from '../evidence/page-fingerprint.ts'
import { satteriEngine } from '../page/satteri-engine.ts'
import { check, type Files } from './findings-in.ts'

/** The same files with fingerprints; deals are what `ledger.csv` says they are. */
export async function confirmed(files: Files): Promise<Record<string, string>> {
  const { evidence } = await check(files, [])
  const bytes = (text: string) => new TextEncoder().encode(text)
  const pages = Object.entries(files).filter(([path]) => path.endsWith('.md'))
  const settings = bytes('company: Halyard\ncurrency: USD\n')
  const { playbook, sources } = assemblePlaybook(
    {
      folder: 'playbook',
      pages: pages.map(([path, text]) => ({ path: `playbook/${path}`, bytes: bytes(text) })),
      settings,
      compensation: undefined,
      paths: new Set(),
    },
    { engine: satteriEngine },
  )
  const entries = Object.entries(files).map(([path, text]): [string, string] => {
    const page = playbook.atPath(`playbook/${path}`)
    if (page?.type !== 'play' && page?.type !== 'message') return [path, text]
    const source = sources.get(page.path)?.text ?? ''
    const fingerprint = pageFingerprint(page, source, playbook, (id) => evidence?.deals.get(id))
    return [path, text.replaceAll('{{fingerprint}}', fingerprint)]
  })
  return Object.fromEntries(entries)
}

/** The line of a page's frontmatter. */
export function confirmedOn(day: string): string {
  return `confirmed: { by: mia, date: ${day}, fingerprint: "{{fingerprint}}" }`
}
