/**
 * `check --fix`: writes the repairs that leave nothing to decide.
 *
 * A finding with one fix is repaired; one that offers several, or is only a hint, waits for a person. So does a
 * citation: which deal proves a play is never guessed.
 * Fixes may uncover others, so the playbook is read again, a few times at most.
 */
import type { Finding } from '../check/finding.ts'
import { decodeFile } from '../page/decode-file.ts'
import { applyEdits } from '../source/apply-edits.ts'
import type { Edit } from '../source/text.ts'
import { checkFiles, type ReadOptions, readFiles } from './read-workspace.ts'
import { contentHash, writeText } from './write-file.ts'

const mostRounds = 5

export interface Fixed {
  readonly fixed: number
  readonly files: readonly string[]
}

/** Repairs findings in the files that `wanted` accepts. A file that changes meanwhile stops the run unharmed. */
export async function applyFixes(
  root: string,
  options: ReadOptions,
  wanted: (file: string) => boolean,
): Promise<Fixed> {
  const files = new Set<string>()
  let fixed = 0
  for (let round = 0; round < mostRounds; round++) {
    const read = readFiles(root, options)
    const { result } = await checkFiles(read, { ...options, noCache: true })
    const bytesOf = new Map<string, Uint8Array>([[`${read.files.folder}/playbook.yaml`, read.files.settings]])
    if (read.files.compensation !== undefined) bytesOf.set(`${read.files.folder}/comp.yaml`, read.files.compensation)
    for (const page of read.files.pages) if ('bytes' in page) bytesOf.set(page.path, page.bytes)
    const done = [...editsByFile(result.findings.filter(({ file }) => wanted(file)))].filter(([path, findings]) => {
      const bytes = bytesOf.get(path)
      if (bytes === undefined) return false
      const count = rewrite(root, path, bytes, findings)
      fixed += count
      if (count > 0) files.add(path)
      return count > 0
    })
    if (done.length === 0) break
  }
  return { fixed, files: [...files].sort() }
}

function editsByFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const byFile = new Map<string, Finding[]>()
  for (const finding of findings) {
    const edits = finding.fixes.length === 1 ? (finding.fixes[0]?.edits ?? []) : []
    const file = edits[0]?.file
    if (
      finding.severity === 'hint' ||
      finding.rule.startsWith('citation/') ||
      file === undefined ||
      edits.some((edit) => edit.file !== file)
    )
      continue
    byFile.set(file, [...(byFile.get(file) ?? []), finding])
  }
  return byFile
}

/** How many findings of a file were repaired. */
function rewrite(root: string, path: string, bytes: Uint8Array, findings: readonly Finding[]): number {
  const { source, problem } = decodeFile(path, bytes, Number.MAX_SAFE_INTEGER)
  if (problem !== undefined) return 0
  const edits = findings.flatMap((finding) =>
    (finding.fixes[0]?.edits ?? []).map(
      (edit): Edit => ({
        file: path,
        range: { start: source.offsetAt(edit.range.start), end: source.offsetAt(edit.range.end) },
        newText: edit.newText,
      }),
    ),
  )
  const { text, applied } = applyEdits(source.text, edits)
  if (applied.length === 0 || text === source.text) return 0
  const writer = { root, name: '`playproof check --fix`' }
  writeText(writer, path, `${source.bom ? '\ufeff' : ''}${text}`, { replaces: contentHash(bytes) })
  return applied.length
}
