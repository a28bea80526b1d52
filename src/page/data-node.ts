/**
 * YAML as a tree of values with places.
 *
 * Frontmatter, playbook.yaml and comp.yaml become this small serialisable tree, so that
 * every finding can point at its own key or value and nothing else needs to know the YAML
 * library. Keys never become properties of an object here, so `__proto__` is a key like
 * any other.
 */
import type { Range } from '../source/text.ts'

export interface ScalarNode {
  readonly kind: 'scalar'
  readonly range: Range
  readonly value: string | number | boolean | null
  /** As written, quotes left out: an unquoted `0007` keeps its zeros here. */
  readonly source: string
  readonly quoted: boolean
}

export interface ListNode {
  readonly kind: 'list'
  readonly range: Range
  readonly items: readonly DataNode[]
}

export interface MapEntry {
  readonly key: string
  readonly keyRange: Range
  readonly value: DataNode
}

export interface MapNode {
  readonly kind: 'map'
  readonly range: Range
  readonly entries: readonly MapEntry[]
}

export type DataNode = ScalarNode | ListNode | MapNode

/** Steps from a root: keys of maps and indexes of lists. */
export type DataPath = readonly (string | number)[]

/** The plain value: maps become objects without a prototype. */
export function plainValue(node: DataNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(plainValue)
  const object: Record<string, unknown> = Object.create(null)
  for (const entry of node.entries) object[entry.key] = plainValue(entry.value)
  return object
}

/** The node at `path`, or undefined where a step leads nowhere. */
export function nodeAt(root: DataNode | undefined, path: DataPath): DataNode | undefined {
  let node = root
  for (const step of path) {
    if (node?.kind === 'map') node = entryOf(node, String(step))?.value
    else if (node?.kind === 'list' && typeof step === 'number') node = node.items[step]
    else return undefined
  }
  return node
}

export function entryOf(node: DataNode | undefined, key: string): MapEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined
}

/**
 * The range a finding about `path` points at: the value as written; for a value left blank its key; for a key that is
 * missing, the key of the mapping it belongs in. Undefined where that mapping is the root (the opening `---` then).
 */
export function rangeAt(root: DataNode | undefined, path: DataPath): Range | undefined {
  for (let length = path.length; length > 0; length--) {
    const node = nodeAt(root, path.slice(0, length))
    if (node === undefined) continue
    const whole = length === path.length
    const last = path[length - 1]
    const entry = typeof last === 'string' ? entryOf(nodeAt(root, path.slice(0, length - 1)), last) : undefined
    if (whole) return node.range.start === node.range.end && entry !== undefined ? entry.keyRange : node.range
    // A list item has no key of its own: its first key stands for it, as an author would point at it.
    return entry?.keyRange ?? (node.kind === 'map' ? (node.entries[0]?.keyRange ?? node.range) : node.range)
  }
  return undefined
}
