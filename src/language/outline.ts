/**
 * The shape of a page: its fields and sections as an outline, what folds, what a selection grows to, what links.
 */
import { joined } from '../graph/resolve-link.ts'
import type { AnyEntity } from '../model/entity.ts'
import type { DataNode, MapEntry } from '../page/data-node.ts'
import { findFrontmatter } from '../page/frontmatter.ts'
import type { Range } from '../source/text.ts'
import type { View } from './language-service.ts'

export interface OutlineItem {
  readonly name: string
  readonly kind: 'field' | 'section'
  readonly range: Range
  /** The part that is its name. */
  readonly nameRange: Range
  readonly children: readonly OutlineItem[]
}

export function outlineOf(view: View, path: string): OutlineItem[] {
  const entity = view.playbook.atPath(path)
  if (entity === undefined) {
    const { settingsFile, compensation } = view.playbook
    const node =
      path === settingsFile.path ? settingsFile.node : path === compensation?.path ? compensation.node : undefined
    return node === undefined ? [] : fieldsOf(node)
  }
  return [...(entity.node === undefined ? [] : fieldsOf(entity.node)), ...sectionsOf(entity)]
}

function fieldsOf(node: DataNode): OutlineItem[] {
  if (node.kind !== 'map') return []
  return node.entries.map((entry) => ({
    name: entry.key,
    kind: 'field',
    range: whole(entry),
    nameRange: entry.keyRange,
    children: fieldsOf(entry.value),
  }))
}

function whole({ keyRange, value }: MapEntry): Range {
  return { start: keyRange.start, end: Math.max(keyRange.end, value.range.end) }
}

function sectionsOf({ facts }: AnyEntity): OutlineItem[] {
  const root: OutlineItem[] = []
  const open: { readonly depth: number; readonly children: OutlineItem[] }[] = [{ depth: 0, children: root }]
  for (const heading of facts.headings) {
    while ((open.at(-1)?.depth ?? 0) >= heading.depth && open.length > 1) open.pop()
    const children: OutlineItem[] = []
    open.at(-1)?.children.push({
      name: heading.text === '' ? '(no words)' : heading.text,
      kind: 'section',
      range: { start: heading.range.start, end: heading.content.end },
      nameRange: heading.range,
      children,
    })
    open.push({ depth: heading.depth, children })
  }
  return root
}

/** Stretches that fold: the fields, and everything of the outline. */
export function foldsOf(view: View, path: string): Range[] {
  const text = view.sources.get(path)?.text
  if (text === undefined) return []
  const fields = path.endsWith('.md') ? findFrontmatter(text) : undefined
  const folds: Range[] = fields?.found === 'whole' ? [{ start: 0, end: fields.yaml.end }] : []
  const walk = (items: readonly OutlineItem[]): void => {
    for (const { range, children } of items) {
      folds.push(range)
      walk(children)
    }
  }
  walk(outlineOf(view, path))
  return folds
}

/** What a selection at an offset grows to, the smallest first. */
export function growing(view: View, path: string, offset: number): Range[] {
  const text = view.sources.get(path)?.text
  if (text === undefined) return []
  const ranges: Range[] = [wordAt(text, offset), lineAt(text, offset)]
  const entity = view.playbook.atPath(path)
  if (entity?.node !== undefined && offset < entity.facts.bodyStart) ranges.push(...nodesAround(entity.node, offset))
  else ranges.push(paragraphAt(text, offset))
  for (const heading of entity?.facts.headings ?? []) {
    const range = { start: heading.range.start, end: heading.content.end }
    if (range.start <= offset && offset <= range.end) ranges.push(range)
  }
  ranges.push({ start: 0, end: text.length })
  const nested: Range[] = []
  for (const range of ranges.sort((a, b) => a.end - a.start - (b.end - b.start))) {
    const inner = nested.at(-1)
    const isLarger =
      inner === undefined ||
      (range.start <= inner.start && range.end >= inner.end && range.end - range.start > inner.end - inner.start)
    if (range.end > range.start && isLarger) nested.push(range)
  }
  return nested
}

function nodesAround(node: DataNode, offset: number): Range[] {
  if (offset < node.range.start || offset > node.range.end) return []
  if (node.kind === 'scalar') return [node.range]
  const inner =
    node.kind === 'list'
      ? node.items.flatMap((item) => nodesAround(item, offset))
      : node.entries.flatMap((entry) => {
          const range = whole(entry)
          return range.start <= offset && offset <= range.end ? [...nodesAround(entry.value, offset), range] : []
        })
  return [...inner, node.range]
}

function wordAt(text: string, offset: number): Range {
  const isWord = (at: number): boolean =>
    /[\p{L}\p{N}_\ud800-\udfff-]/u.test(text[at] ?? '') || /[\ud800-\udfff]/.test(text[at] ?? '')
  let [start, end] = [offset, offset]
  while (start > 0 && isWord(start - 1)) start--
  while (end < text.length && isWord(end)) end++
  return { start, end }
}

function lineAt(text: string, offset: number): Range {
  let [start, end] = [offset, offset]
  while (start > 0 && !/[\r\n]/.test(text[start - 1] ?? '')) start--
  while (end < text.length && !/[\r\n]/.test(text[end] ?? '')) end++
  return { start, end }
}

function paragraphAt(text: string, offset: number): Range {
  let { start, end } = lineAt(text, offset)
  for (let line = lineAt(text, start - 1); start > 0; line = lineAt(text, start - 1)) {
    if (text.slice(line.start, line.end).trim() === '') break
    start = line.start
  }
  while (end < text.length) {
    const next = lineAt(text, text.startsWith('\r\n', end) ? end + 2 : end + 1)
    if (text.slice(next.start, next.end).trim() === '') break
    end = next.end
  }
  return { start, end }
}

export interface PageLink {
  readonly range: Range
  /** A file relative to the root, or an address outside; undefined where it leads nowhere that may be opened. */
  readonly file: string | undefined
  readonly url: string | undefined
}

export function linksOf(view: View, path: string): PageLink[] {
  const entity = view.playbook.atPath(path)
  if (entity === undefined) return []
  const links = entity.facts.links.flatMap((link): PageLink[] => {
    const target = view.playbook.target(entity, link.url)
    if (target.kind === 'page') return [{ range: link.range, file: target.entity.path, url: undefined }]
    if (target.kind === 'file' && view.paths.has(target.path))
      return [{ range: link.range, file: target.path, url: undefined }]
    return target.kind === 'external' && /^(?:https?|mailto):/i.test(link.url)
      ? [{ range: link.range, file: undefined, url: link.url }]
      : []
  })
  const deck = entity.type === 'collateral' ? entity.node?.entries.find(({ key }) => key === 'file')?.value : undefined
  const file = deck?.kind === 'scalar' ? joined(`${view.playbook.folder}/x`, String(deck.value)) : undefined
  return deck !== undefined && file !== undefined && view.paths.has(file)
    ? [...links, { range: deck.range, file, url: undefined }]
    : links
}
