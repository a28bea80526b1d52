/**
 * The fields of a page written tidily: margins, spaces and quotes, with comments and the order kept.
 *
 * What cannot be written again without changing what it says is left as it is.
 */
import { parseDocument } from 'yaml'
import type { DataNode } from '../page/data-node.ts'
import { findFrontmatter } from '../page/frontmatter.ts'
import { parseYaml } from '../page/parse-yaml.ts'
import type { Edit } from '../source/text.ts'

export function formattedFields(path: string, text: string): Edit | undefined {
  const fields = findFrontmatter(text)
  if (fields.found !== 'whole') return undefined
  const written = text.slice(fields.yaml.start, fields.yaml.end)
  const before = parseYaml(written)
  if (before.data === undefined || written.trim() === '') return undefined
  const eol = written.includes('\r\n') ? '\r\n' : '\n'
  const document = parseDocument(written.replaceAll(/\r\n?/g, '\n'), { logLevel: 'silent', uniqueKeys: false })
  const tidy = document.toString({ lineWidth: 0, flowCollectionPadding: true }).replaceAll('\n', eol)
  if (tidy === written) return undefined
  const after = parseYaml(tidy)
  const same = after.data !== undefined && meaning(after.data) === meaning(before.data)
  if (!same || comments(tidy) !== comments(written)) return undefined
  return { file: path, range: fields.yaml, newText: tidy }
}

/** A tree without its places. */
function meaning(node: DataNode): string {
  return JSON.stringify(node, (key, value) => (key === 'range' || key === 'keyRange' ? undefined : value)).replaceAll(
    '\\r\\n',
    '\\n',
  )
}

function comments(yaml: string): number {
  return yaml.match(/#/g)?.length ?? 0
}
