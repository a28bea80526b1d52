/**
 * Which parts of a page's file the site draws, and which nobody is shown.
 *
 * Drawn are the words of the body and the fields that hold sentences. Comments, addresses of links inside the
 * playbook, ids of other pages and deals, the team's own `x-` fields and reasons of waivers are not.
 */
import type { AnyEntity } from '../model/entity.ts'
import type { DataNode, ScalarNode } from '../page/data-node.ts'
import type { Range } from '../source/text.ts'

/** Stretches of the file that readers see, in order. */
export function shownRanges(entity: AnyEntity, text: string): Range[] {
  const { facts, node } = entity
  const fields = node === undefined ? [] : shownScalars(node).map(({ range }) => range)
  const body = { start: facts.bodyStart, end: text.length }
  return [...fields, ...without(body, [...commentsIn(text, body), ...innerAddresses(entity, text)])]
}

/** Stretches that the file holds and no page draws: comments, `x-` fields, reasons of waivers. */
export function unshownRanges({ facts, node }: AnyEntity, text: string): Range[] {
  const scalars = node === undefined ? [] : scalarsOf(node)
  return [
    ...scalars.filter(({ path }) => isPrivate(path)).map(({ node }) => node.range),
    ...(node === undefined ? [] : yamlComments(text.slice(0, facts.bodyStart), scalars)),
    ...commentsIn(text, { start: facts.bodyStart, end: text.length }),
  ]
}

/** A text with blanks in place of all but some stretches, so that places stay what they are, or with what `blank` makes. */
export function only(text: string, ranges: readonly Range[], blank = blanked): string {
  const parts: string[] = []
  let at = 0
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (start < at) continue
    parts.push(start === at ? '' : blank(text.slice(at, start)), text.slice(start, end))
    at = end
  }
  return parts.join('')
}

function blanked(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

interface PlacedScalar {
  readonly path: readonly string[]
  readonly node: ScalarNode
}

const sentenceFields = new Set([
  'title',
  'name',
  'claim',
  'pillar',
  'description',
  'tags',
  'goals',
  'pains',
  'compellingEvent',
  'shows',
  'test',
  'why',
  'action',
  'match',
  'territory',
  'stage',
  'file',
  'source',
])

function shownScalars(node: DataNode): ScalarNode[] {
  return scalarsOf(node)
    .filter(({ path }) => !isPrivate(path) && path.some((key) => sentenceFields.has(key)))
    .map((scalar) => scalar.node)
}

function isPrivate(path: readonly string[]): boolean {
  return path[0]?.startsWith('x-') === true || path[0] === 'waivers'
}

function scalarsOf(node: DataNode, path: readonly string[] = []): PlacedScalar[] {
  if (node.kind === 'scalar') return node.value === null ? [] : [{ path, node }]
  if (node.kind === 'list') return node.items.flatMap((item) => scalarsOf(item, path))
  return node.entries.flatMap(({ key, value }) => scalarsOf(value, [...path, key]))
}

/** HTML comments of the body; in a code block they are shown. */
function commentsIn(text: string, { start, end }: Range): Range[] {
  const comments: Range[] = []
  const sign = /^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1|(?![\s\S]))|<!--[\s\S]*?(?:-->|(?![\s\S]))/gm
  sign.lastIndex = start
  for (let match = sign.exec(text); match !== null && match.index < end; match = sign.exec(text))
    if (match[0].startsWith('<!--')) comments.push({ start: match.index, end: match.index + match[0].length })
  return comments
}

/** From a `#` that is in no value to the end of its line. */
function yamlComments(head: string, scalars: readonly PlacedScalar[]): Range[] {
  return [...head.matchAll(/(?<=^|\s)#.*/gm)].flatMap(({ 0: comment, index }) =>
    scalars.some(({ node: { range } }) => range.start <= index && index < range.end)
      ? []
      : [{ start: index, end: index + comment.length }],
  )
}

/** Links inside the playbook: what they lead to is a matter of its own. */
function innerAddresses({ facts }: AnyEntity, text: string): Range[] {
  return facts.links
    .filter(({ url, range }) => !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url) && text.slice(range.start, range.end) !== '')
    .map(({ range }) => range)
}

function without({ start, end }: Range, holes: readonly Range[]): Range[] {
  const kept: Range[] = []
  let from = start
  for (const hole of [...holes].sort((a, b) => a.start - b.start)) {
    if (hole.start > from) kept.push({ start: from, end: hole.start })
    from = Math.max(from, hole.end)
  }
  return from < end ? [...kept, { start: from, end }] : kept
}

/** Those of `wanted`, folded, that some page uses in small letters: ordinary words, whoever is called so. */
export function ordinaryWords(
  entities: readonly AnyEntity[],
  textOf: (path: string) => string,
  wanted: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set<string>()
  for (const entity of entities) {
    const text = textOf(entity.path)
    for (const { start, end } of shownRanges(entity, text))
      for (const { 0: word } of text.slice(start, end).matchAll(/(?<![\p{L}\p{N}._-])\p{Ll}+(?![\p{L}\p{N}_-])/gu))
        if (wanted.has(word)) found.add(word)
  }
  return found
}
