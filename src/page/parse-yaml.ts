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
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
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

const limits = { depth: 64, keys: 1_000, aliases: 100, tokens: 50_000, values: 20_000 } as const

/** Parses `text`; every range is shifted by `offset`, the place of `text` in its file. */
export function parseYaml(text: string, offset = 0): ParsedYaml {
  const whole = { start: offset, end: offset + text.length }
  const bound = text.length > 2_000 || text.includes('*') ? exceeded(text) : undefined
  if (bound !== undefined)
    return { data: undefined, problems: [{ range: at(bound.offset + offset, 1), text: bound.text }] }
  try {
    const document = parseDocument(text, {
      lineCounter: new LineCounter(),
      prettyErrors: false,
      logLevel: 'error',
      uniqueKeys: true,
    })
    // A warning is a tag, which nothing here may mean anything by.
    const problems = [...document.errors, ...document.warnings].map((error) => ({
      range: at(Math.min(error.pos[0], text.length) + offset, Math.max(1, error.pos[1] - error.pos[0])),
      text: `${explain(error.code, error.message)}`,
    }))
    if (problems.length > 0) return { data: undefined, problems }
    const build = new Builder(text, offset, (alias) => alias.resolve(document) as Node | undefined)
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

function at(start: number, length: number): Range {
  return { start, end: start + length }
}

/** What the library's code means to somebody who does not know YAML. */
function explain(code: string, message: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'This field is given twice. Keep one of them.'
    case 'TAB_AS_INDENT':
      return 'There is a tab here. Indent with spaces.'
    case 'MISSING_CHAR':
      return `${firstSentence(message)}. Look for a quote, a bracket or a colon that is missing.`
    case 'BAD_INDENT':
    case 'BAD_SCALAR_START':
      return `${firstSentence(message)}. Indent lists and maps evenly, and put text that begins with a special character in quotes.`
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'There is a colon too many here. Put the text in quotes if it contains `: `.'
    case 'BAD_ALIAS':
      return 'A value that begins with `*` refers to an anchor, and there is none of that name. Put the text in quotes.'
    case 'MULTIPLE_DOCS':
      return 'There is a second `---` here. Frontmatter ends at the first one.'
    case 'UNRESOLVED_TAG':
    case 'TAG_RESOLVE_FAILED':
      return 'A value that begins with `!` is a tag, which is not used here. Put the text in quotes.'
    default:
      return `${firstSentence(message)}.`
  }
}

function firstSentence(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/[.:]\s*$/, '')
}

function exceeded(text: string): { offset: number; text: string } | undefined {
  let keys = 0
  let aliases = 0
  let flow = 0
  let dashes = 0
  let offset = 0
  let tokens = 0
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
    if (token === '-' || token === '?') dashes++
    else if (first === '\n' || first === '\r') dashes = 0
    if (flow > limits.depth || dashes > limits.depth)
      return { offset, text: `This is nested more than ${limits.depth} levels deep. Write it flat.` }
    // The lexer marks documents and scalars with control characters that are no part of the text.
    if (token !== '\u0002' && token !== '\u0018' && token !== '\u001f' && token !== '\ufeff') offset += token.length
  }
  return undefined
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
    if (++this.#nodes > limits.values)
      return this.#fail(range, 'The aliases here multiply into more than 20,000 values. Write the values out.')
    if (depth > limits.depth)
      return this.#fail(range, `This is nested more than ${limits.depth} levels deep. Write it flat.`)
    if (isAlias(node)) {
      const target = this.#resolve(node)
      if (target === undefined) return this.#fail(range, explain('BAD_ALIAS', ''))
      return { ...this.node(target, depth + 1, range), range }
    }
    if (isMap(node))
      return {
        kind: 'map',
        range,
        entries: node.items.map((pair) => this.#entry(pair as Pair<Node, Node>, depth, range)),
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
