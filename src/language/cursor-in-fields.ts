/**
 * Where the cursor stands in fields that are being typed: in which mapping or list, and whether a key or a value is due.
 *
 * Half-typed YAML has no tree, so a word that stands for what is being typed is put in at the cursor and the library,
 * which reads past errors, is asked where it ended up. Nothing else is taken from that reading.
 */
import { isMap, isPair, isScalar, isSeq, type Node, type Pair, parseDocument } from 'yaml'
import type { DataPath } from '../page/data-node.ts'
import type { Range } from '../source/text.ts'

export interface FieldCursor {
  /** Of a key, the mapping it is typed into; of a value, the value itself. */
  readonly path: DataPath
  readonly due: 'key' | 'value'
  /** What is typed of the word so far, which a proposal replaces. */
  readonly typed: string
  readonly range: Range
  /** Keys that the mapping has beside the one being typed. */
  readonly siblings: readonly string[]
}

const stand = 'playproofCursorStandsHere'

/** `yaml` is the text of the fields, which begins at `start` of the file; `offset` is the cursor's place in the file. */
export function fieldCursor(yaml: string, start: number, offset: number): FieldCursor | undefined {
  const at = offset - start
  if (at < 0 || at > yaml.length) return undefined
  const lineStart = Math.max(yaml.lastIndexOf('\n', at - 1), yaml.lastIndexOf('\r', at - 1)) + 1
  const before = yaml.slice(lineStart, at)
  if (/(?:^|\s)#/.test(before.replace(/"[^"]*"|'[^']*'/g, ''))) return undefined
  const word = /["']?[^\s,[\]{}"'][^,[\]{}"']*$|["']$/.exec(
    before.replace(/^(\s*(?:-\s+)*)/, (blank) => ' '.repeat(blank.length)),
  )
  // Of `deal: D-1` the value begins after the colon.
  const written = word?.[0] ?? ''
  const colon = written.lastIndexOf(': ')
  const typed = colon >= 0 ? written.slice(colon + 2).trimStart() : /:$/.test(written) ? '' : written
  const after = /^[^\s,[\]{}:#]*/.exec(yaml.slice(at))?.[0] ?? ''
  const from = at - typed.length
  const to = at + after.length
  const rest = /^[^\r\n]*/.exec(yaml.slice(to))?.[0] ?? ''
  const range = { start: start + from, end: start + to }
  const isKeyLine = /^\s*(?:-\s+)*[\w.-]*$/.test(before)
  const make = (inserted: string): string => `${yaml.slice(0, from)}${inserted}${yaml.slice(to)}`
  const attempts: [string, 'key' | 'value'][] =
    isKeyLine && !/^\s*:/.test(rest)
      ? [
          [`${stand}: 0`, 'key'],
          [stand, 'value'],
        ]
      : /^\s*:/.test(rest)
        ? [[stand, 'key']]
        : [[/:$/.test(before) ? ` ${stand}` : stand, 'value']]
  for (const [inserted, due] of attempts) {
    const found = find(make(inserted))
    if (found === undefined || (due === 'key') !== (found.due === 'key')) continue
    return { ...found, typed: typed.replace(/^["']/, ''), range }
  }
  // `{ industry: a, own| }`: a word without a colon inside braces is a key to be.
  const found = find(make(stand))
  return found === undefined ? undefined : { ...found, typed: typed.replace(/^["']/, ''), range }
}

function find(text: string): Omit<FieldCursor, 'typed' | 'range'> | undefined {
  let contents: Node | null
  try {
    contents = parseDocument(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false })
      .contents as Node | null
  } catch {
    return undefined
  }
  return search(contents, [], 0)
}

function search(node: unknown, path: DataPath, depth: number): Omit<FieldCursor, 'typed' | 'range'> | undefined {
  if (depth > 64) return undefined
  if (isScalar(node)) {
    const isHere = typeof node.value === 'string' && node.value.includes(stand)
    return isHere ? { path, due: 'value', siblings: [] } : undefined
  }
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const found = isPair(item) ? undefined : search(item, [...path, index], depth + 1)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (!isMap(node)) return undefined
  for (const pair of node.items) {
    const key = keyOf(pair)
    if (key.includes(stand)) {
      const siblings = node.items.filter((each) => each !== pair).map(keyOf)
      return { path, due: 'key', siblings }
    }
    const found = search(pair.value, [...path, key], depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : ''
}
