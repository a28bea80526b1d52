/**
 * YAML text to a {@link DataNode} tree and problems; never throws.
 *
 * All errors of a text are reported at once, each at its place. Texts are bounded before the
 * library sees them, because it compares keys pairwise and expands aliases.
 */
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
} from 'yaml'
import type { Range } from '../source/text.ts'
import type { DataNode, MapEntry, MapNode, ScalarNode } from './data-node.ts'

export interface YamlProblem {
  readonly range: Range
  readonly text: string
}

export interface ParsedYaml {
  /** The root where it is a mapping; an empty text gives an empty mapping. */
  readonly data: MapNode | undefined
  readonly problems: readonly YamlProblem[]
}

const limits = { depth: 64, keys: 1_000, aliases: 100, tokens: 50_000, values: 20_000, problems: 20 } as const

/** Parses a text; every range is shifted by `offset`, its place in the file. */
export function parseYaml(written: string, offset = 0): ParsedYaml {
  // The library knows LF and CR LF; a CR alone ends a line too, and is as long.
  const text = written.replace(/\r(?!\n)/g, '\n')
  const whole = { start: offset, end: offset + text.length }
  const bound = text.length > 2_000 || text.includes('*') ? exceeded(text) : undefined
  if (bound !== undefined)
    return { data: undefined, problems: [{ range: placeIn(text, bound.offset, 1, offset), text: bound.text }] }
  try {
    const document = parseDocument(text, {
      prettyErrors: false,
      logLevel: 'error',
      // The library compares keys pairwise; the builder finds what is given twice.
      uniqueKeys: false,
    })
    // A warning is a tag, which nothing here may mean anything by.
    const problems = [
      ...withoutConsequences([...document.errors, ...document.warnings], text).map((error) => ({
        range: placeIn(text, startOf(error, document.contents as Node | null), error.pos[1] - error.pos[0], offset),
        text: `${explain(error.code, error.message)}`,
      })),
      ...repeatedKeys(document.contents as Node | null).map((key) => ({
        range: placeIn(text, key.start, key.end - key.start, offset),
        text: 'This field is given twice. Keep one of them.',
      })),
    ]
    if (problems.length > 0) return { data: undefined, problems: problems.sort(byStart).slice(0, limits.problems) }
    const targets = new Map<Alias, Node | undefined>()
    const build = new Builder(text, offset, (alias) => {
      // The library looks through the whole document, and an alias inside an anchored value is met again and again.
      if (!targets.has(alias)) targets.set(alias, alias.resolve(document) as Node | undefined)
      return targets.get(alias)
    })
    const root = document.contents as Node | null
    if (root === null) return { data: { kind: 'map', range: whole, entries: [] }, problems: [] }
    const data = build.node(root, 0)
    if (build.problem !== undefined) return { data: undefined, problems: [build.problem] }
    if (data.kind !== 'map') {
      const text = 'Fields are written as `name: value`, one on each line. This is not.'
      return { data: undefined, problems: [{ range: data.range, text }] }
    }
    return { data, problems: [] }
  } catch {
    // The library overflows the stack on deep nesting and throws without a place on unresolved aliases.
    return {
      data: undefined,
      problems: [{ range: whole, text: 'This YAML is nested too deeply or refers to itself. Write it flat.' }],
    }
  }
}

/** One cause, one finding: after an error the library takes every word up to the end for one that does not belong. */
function withoutConsequences(errors: readonly YAMLError[], text: string): YAMLError[] {
  const sorted = errors.toSorted((a, b) => a.pos[0] - b.pos[0])
  return sorted.filter(({ code, pos: [at] }, index) => {
    const before = sorted[index - 1]
    return before === undefined || (code !== 'UNEXPECTED_TOKEN' && text.slice(before.pos[0], at).includes('\n'))
  })
}

function at(start: number, length: number): Range {
  return { start, end: start + length }
}

/** Where an error is to be looked for: a quote that nothing closes at itself, not at the end of everything. */
function startOf({ code, message, pos }: YAMLError, root: Node | null): number {
  if (code !== 'MISSING_CHAR' || !/quote/.test(message)) return pos[0]
  let last = -1
  for (const node of nodesOf(root)) {
    if (isScalar(node) && node.type?.startsWith('QUOTE') && node.range) last = Math.max(last, node.range[0])
  }
  return last < 0 ? pos[0] : last
}

/** Every node below one, without recursion: what is read here may be broken or as deep as its author likes. */
function* nodesOf(root: Node | null): Iterable<Node> {
  const open: (Node | null)[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === null) continue
    yield node
    if (isSeq(node)) for (const item of node.items) open.push(item as Node)
    if (isMap(node)) for (const { key, value } of node.items as Pair<Node, Node | null>[]) open.push(key, value)
  }
}

/** At least one character of `text`, whole, as a range of its file. */
function placeIn(text: string, start: number, length: number, offset: number): Range {
  const isLow = (index: number): boolean => (text.charCodeAt(index) & 0xfc00) === 0xdc00
  const isHigh = (index: number): boolean => (text.charCodeAt(index) & 0xfc00) === 0xd800
  let from = Math.max(0, Math.min(start, text.length))
  let to = Math.min(text.length, from + Math.max(1, length))
  if (from > 0 && isLow(from) && isHigh(from - 1)) from--
  if (to > 0 && isLow(to) && isHigh(to - 1)) to++
  return { start: from + offset, end: to + offset }
}

/** What the library's code means to somebody who does not know YAML. */
function explain(code: string, message: string): string {
  switch (code) {
    case 'RESOURCE_EXHAUSTION':
      return `This is nested more than ${limits.depth} levels deep. Write it flat.`
    case 'TAB_AS_INDENT':
      return 'There is a tab here. Indent with spaces.'
    case 'MISSING_CHAR':
      return missing(message)
    case 'BAD_INDENT':
      return /end with a/.test(message) ? missing(message) : unlikeNeighbours
    case 'BAD_SCALAR_START':
      return `A text cannot begin with ${named(/a tab|\S+$/.exec(message)?.[0])}. Put it in quotes.`
    case 'BAD_DQ_ESCAPE':
      return 'Between double quotes a backslash stands for a special character, and this one is none. Write `\\\\` for a backslash, or use single quotes.'
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'There is a colon too many here, or the next line is indented too far. Put the text in quotes if it contains `: `.'
    case 'MULTILINE_IMPLICIT_KEY':
      return 'A field is written as `name: value` on one line, and this line is none. Add the colon, or indent it below the field it belongs to.'
    case 'BLOCK_IN_FLOW':
      return 'A comma is missing here: between brackets entries are separated by commas, and no line begins with `-`.'
    case 'BAD_ALIAS':
      return 'A value that begins with `*` refers to an anchor, and there is none of that name. Put the text in quotes.'
    case 'MULTIPLE_DOCS':
      return 'There is a second `---` here. Frontmatter ends at the first one.'
    case 'UNRESOLVED_TAG':
    case 'TAG_RESOLVE_FAILED':
      return 'A value that begins with `!` is a tag, which is not used here. Put the text in quotes.'
    case 'UNEXPECTED_TOKEN':
      return 'Nobody can tell what this belongs to. Write each field as `name: value` on a line of its own, and text that begins with a special character in quotes.'
    default:
      return `${firstSentence(message)}.`
  }
}

function named(character: string | undefined): string {
  if (character === undefined || character === '`') return 'this character'
  return `\`${character}\``
}

const unlikeNeighbours =
  'This line is not indented like those it belongs with. Give the fields of a group and the entries of a list the same number of spaces.'

/** The library names what it waited for. */
function missing(message: string): string {
  const bracket = /end with a (\S)/.exec(message)?.[1]
  if (bracket !== undefined)
    return `A bracket is opened before this and not closed. Write the \`${bracket}\` that is missing, or put text that begins with a bracket in quotes.`
  if (/closing .quote/.test(message))
    return 'A quote is opened here and not closed. Write the second one, or leave the first one out.'
  if (/Missing , /.test(message)) return 'A comma is missing between two entries here.'
  if (/Missing space after :/.test(message)) return 'A space is missing after the colon.'
  if (/map values/.test(message)) return 'A field is written as `name: value`, and the colon is missing here.'
  if (/Comments must/.test(message))
    return 'A comment begins with a space and `#`. Put text that contains `#` in quotes.'
  return `${firstSentence(message)}. Look for a quote, a bracket or a colon that is missing.`
}

function firstSentence(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/[.:]\s*$/, '')
}

function exceeded(text: string): { offset: number; text: string } | undefined {
  let keys = 0
  let aliases = 0
  let flow = 0
  let offset = 0
  let tokens = 0
  let lineStart = 0
  /** Columns of the `-` that hold the current one. */
  const dashes: number[] = []
  for (const token of new Lexer().lex(text)) {
    const first = token[0]
    if (++tokens > limits.tokens)
      return { offset, text: 'There is more here than fields need. Move the text below the second `---`.' }
    if (token === ':' && ++keys > limits.keys)
      return { offset, text: `There are more than ${limits.keys} fields here. Split the page.` }
    if (first === '*' && ++aliases > limits.aliases)
      return { offset, text: `There are more than ${limits.aliases} aliases here. Write the values out.` }
    if (token === '[' || token === '{') flow++
    else if (token === ']' || token === '}') flow--
    if (token === '-' || token === '?') {
      while ((dashes.at(-1) ?? -1) >= offset - lineStart) dashes.pop()
      dashes.push(offset - lineStart)
    } else if (offset === lineStart && !/[\s#]/.test(first ?? ' ')) dashes.length = 0
    if (flow > limits.depth || dashes.length > limits.depth)
      return { offset, text: `This is nested more than ${limits.depth} levels deep. Write it flat.` }
    // The lexer marks documents and scalars with control characters that are no part of the text.
    if (token !== '\u0002' && token !== '\u0018' && token !== '\u001f' && token !== '\ufeff') offset += token.length
    const lineEnd = token.lastIndexOf('\n')
    if (lineEnd >= 0) lineStart = offset - token.length + lineEnd + 1
  }
  return undefined
}

/** Keys that stand twice in one mapping, each where it stands again. */
function repeatedKeys(root: Node | null): Range[] {
  const repeated: Range[] = []
  for (const node of nodesOf(root)) {
    if (!isMap(node)) continue
    const known = new Set<string>()
    for (const { key } of node.items as Pair<Node, Node | null>[]) {
      if (!isScalar(key) || !key.range) continue
      const name = String(key.value)
      if (known.has(name)) repeated.push({ start: key.range[0], end: key.range[1] })
      known.add(name)
    }
  }
  return repeated
}

function byStart(a: YamlProblem, b: YamlProblem): number {
  return a.range.start - b.range.start
}

/** Copies the library's nodes, counting what aliases would multiply. */
class Builder {
  problem: YamlProblem | undefined
  #nodes = 0
  readonly #text: string
  readonly #offset: number
  readonly #resolve: (alias: Alias) => Node | undefined

  constructor(text: string, offset: number, resolve: (alias: Alias) => Node | undefined) {
    this.#text = text
    this.#offset = offset
    this.#resolve = resolve
  }

  node(node: Node | null | undefined, depth: number, fallback?: Range): DataNode {
    const range = node?.range
      ? { start: node.range[0] + this.#offset, end: node.range[1] + this.#offset }
      : (fallback ?? at(this.#offset, 0))
    if (++this.#nodes > limits.values) return this.#fail(range, this.#tooMany())
    if (depth > limits.depth)
      return this.#fail(range, `This is nested more than ${limits.depth} levels deep. Write it flat.`)
    if (isAlias(node)) {
      const target = this.#resolve(node)
      if (target === undefined) return this.#fail(range, explain('BAD_ALIAS', ''))
      return { ...this.node(target, depth + 1, range), range }
    }
    if (isMap(node)) {
      const entries = node.items.map((pair) => this.#entry(pair as Pair<Node, Node>, depth, range))
      if (entries.length > limits.keys)
        return this.#fail(range, `There are more than ${limits.keys} fields here. Split the page.`)
      return { kind: 'map', range, entries }
    }
    if (isSeq(node))
      return {
        kind: 'list',
        range,
        items: node.items.map((item) => this.node(item as Node, depth + 1, at(range.start, 0))),
      }
    if (isScalar(node)) return scalar(node, range, this.#text)
    return { kind: 'scalar', range, value: null, source: '', quoted: false }
  }

  #entry(pair: Pair<Node, Node>, depth: number, map: Range): MapEntry {
    const key = this.node(pair.key, depth + 1, at(map.start, 0))
    if (key.kind !== 'scalar') this.#fail(key.range, 'A field is named by one word. This is a list or a group.')
    const value = this.node(pair.value, depth + 1, at(key.range.end, 0))
    return {
      key: key.kind === 'scalar' ? (key.quoted ? String(key.value) : key.source || String(key.value)) : '',
      keyRange: key.range,
      value,
    }
  }

  #tooMany(): string {
    return this.#text.includes('*')
      ? 'The aliases here multiply into more than 20,000 values. Write the values out.'
      : 'There are more than 20,000 values here. Move what is text below the second `---`.'
  }

  #fail(range: Range, text: string): ScalarNode {
    this.problem ??= { range, text }
    return { kind: 'scalar', range, value: null, source: '', quoted: false }
  }
}

function scalar(node: { value: unknown; source?: string; type?: string }, range: Range, text: string): ScalarNode {
  const value = node.value
  const quoted = node.type !== undefined && node.type !== 'PLAIN'
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  // A bigint or a date cannot come from the core schema; anything else is kept as its text.
  return {
    kind: 'scalar',
    range,
    value: value === undefined || value === null ? null : (plain ?? String(value)),
    source: node.source ?? String(value ?? ''),
    quoted: quoted && text.length > 0,
  }
}
