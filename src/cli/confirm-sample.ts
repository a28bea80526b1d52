/**
 * Lets the sample pages of `init` be confirmed from the start, as `confirm` would do it.
 *
 * Done in memory, so that each file is written once and whole.
 */
import { assemblePlaybook } from '../check/assemble-playbook.ts'
import { pageFingerprint } from '../evidence/page-fingerprint.ts'
import type { Deal } from '../ledger/ledger.ts'
import { readLedger } from '../ledger/read-ledger.ts'
import { playbookFolder } from '../workspace/find-root.ts'
import { loadMarkdownEngine } from '../workspace/markdown-engine.ts'
import type { TemplateFile } from './fill-template.ts'

const placeholder = '{{fingerprint}}'

/** The same files with the fingerprint of each play and message in place of `{{fingerprint}}`. */
export async function confirmSample(files: readonly TemplateFile[]): Promise<TemplateFile[]> {
  const bytes = new Map(files.map(({ path, text }) => [path, Buffer.from(text)]))
  const bytesOf = (path: string): Uint8Array => bytes.get(path) ?? new Uint8Array()
  const pages = [...bytes].filter(([path]) => path.startsWith(`${playbookFolder}/`) && path.endsWith('.md'))
  const { playbook, sources } = assemblePlaybook(
    {
      folder: playbookFolder,
      pages: pages.map(([path, content]) => ({ path, bytes: content })),
      settings: bytesOf(`${playbookFolder}/playbook.yaml`),
      compensation: undefined,
      paths: new Set(bytes.keys()),
    },
    { engine: await loadMarkdownEngine() },
  )
  const ledger = playbook.settings.ledger
  const ledgerFiles = (ledger?.deals.files ?? []).map((name) => `${playbookFolder}/${name}`)
  const read =
    ledger === undefined
      ? undefined
      : readLedger(
          ledger,
          ledgerFiles.map((path) => ({ path, bytes: bytesOf(path) })),
          { root: playbookFolder, sha256: '' },
        )
  const cited = playbook.entities.flatMap(({ citations }) => citations.map(({ deal }) => deal))
  const engine = read?.engine
  const deals = new Map<string, Deal>()
  for (const id of cited) {
    const row = engine?.rowOf(id)
    if (engine !== undefined && row !== undefined) deals.set(id, engine.deal(row))
  }
  return files.map(({ path, text }) => {
    const page = playbook.atPath(path)
    if (page?.type !== 'play' && page?.type !== 'message') return { path, text }
    const fingerprint = pageFingerprint(page, sources.get(path)?.text ?? text, playbook, (id) => deals.get(id))
    return { path, text: text.replaceAll(placeholder, fingerprint) }
  })
}
