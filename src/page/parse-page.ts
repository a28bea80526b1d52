/**
 * One Markdown text to its facts. Never throws: a page being typed is usually broken.
 */

import GithubSlugger from 'github-slugger'
import type { Nodes, Parents, Root } from 'mdast'
import type { Range } from '../source/text.ts'
import { findFrontmatter } from './frontmatter.ts'
import { exceededLimit, hiddenCharacters, shortRange, tooDeep, tooLarge, tooMany } from './guard.ts'
import { addressRange } from './link-address.ts'
import type { MarkdownEngine } from './markdown-engine.ts'
import {
  fixedLimits,
  type Heading,
  type Link,
  noFacts,
  type PageFacts,
  type PageLimits,
  type PageProblem,
  type WaiverComment,
} from './page.ts'
import { parseYaml } from './parse-yaml.ts'
import { figuresOf } from './prose.ts'

/** The facts of `text`, which begins without a byte order mark. */
export function parsePage(text: string, engine: MarkdownEngine, limits: PageLimits): PageFacts {
  const hidden = hiddenCharacters(text)
  const found = findFrontmatter(text)
  const exceeded = exceededLimit(text, limits, found.found === 'whole' ? found.bodyStart : 0)
  if (exceeded !== undefined) return { ...noFacts, problems: [...hidden, exceeded] }
  if (found.found !== 'whole') {
    const problem: PageProblem =
      found.found === 'none'
        ? {
            rule: 'file/frontmatter',
            range: { start: 0, end: 0 },
            text: 'This page has no fields. Begin it with a line `---`, the fields as `name: value`, and a second line `---`.',
          }
        : {
            rule: 'file/frontmatter',
            range: found.opening,
            text: 'The fields begin here with `---`, but no second line `---` ends them. Add it after the last field.',
          }
    return { ...noFacts, problems: [...hidden, problem] }
  }
  const yaml = parseYaml(text.slice(found.yaml.start, found.yaml.end), found.yaml.start)
  const problems: PageProblem[] = [
    ...hidden,
    ...yaml.problems.map((problem) => ({ rule: 'file/frontmatter' as const, ...problem })),
  ]
  const head = { data: yaml.data, opening: found.opening, bodyStart: found.bodyStart }
  let tree: Root
  try {
    tree = engine.parse(text)
  } catch {
    const place = shortRange(text, found.bodyStart, text.length)
    return {
      ...noFacts,
      ...head,
      problems: [
        ...problems,
        tooLarge(place, 'This text is too intricate to be read. Simplify its nesting, or split the page.'),
      ],
    }
  }
  const body = new BodyReader(text, limits)
  body.read(tree)
  const headings = finished(body, text.length)
  return {
    ...head,
    end: text.length,
    problems: [...problems, ...body.problems],
    headings,
    anchors: body.anchors,
    links: body.links,
    waivers: body.waivers,
    figures: body.problems.length === 0 ? figuresOf(tree, text) : [],
  }
}

type OpenHeading = Omit<Heading, 'content' | 'empty'>

/** Walks the tree without recursion, because its depth is the author's to choose. */
class BodyReader {
  readonly problems: PageProblem[] = []
  readonly headings: OpenHeading[] = []
  readonly anchors: string[] = []
  readonly links: Link[] = []
  readonly waivers: WaiverComment[] = []
  /** Where something other than a heading or a comment stands at the top level. */
  readonly contentStarts: number[] = []
  readonly #text: string
  readonly #limits: PageLimits
  readonly #slugger = new GithubSlugger()

  constructor(text: string, limits: PageLimits) {
    this.#text = text
    this.#limits = limits
  }

  read(root: Root): void {
    for (const child of root.children) {
      if (child.type !== 'heading' && child.type !== 'yaml' && child.type !== 'definition' && !isComment(child))
        this.contentStarts.push(rangeOf(child).start)
    }
    const stack: { node: Nodes; depth: number }[] = [{ node: root, depth: 0 }]
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (top.depth > this.#limits.maxDepth) {
        const range = rangeOf(top.node)
        this.problems.push(tooDeep(shortRange(this.#text, range.start, range.end), this.#limits))
        return
      }
      this.#visit(top.node)
      const surplus = this.#surplus()
      if (surplus !== undefined) {
        this.problems.push(surplus)
        return
      }
      if ('children' in top.node) {
        const children = (top.node as Parents).children
        for (let i = children.length - 1; i >= 0; i--) stack.push({ node: children[i] as Nodes, depth: top.depth + 1 })
      }
    }
  }

  /** The first link, heading or waiver that is one too many. */
  #surplus(): PageProblem | undefined {
    for (const what of ['links', 'headings', 'waivers'] as const) {
      const surplus = this[what][fixedLimits[what]]
      if (surplus !== undefined)
        return tooMany(shortRange(this.#text, surplus.range.start, surplus.range.end), what, fixedLimits[what])
    }
    return undefined
  }

  #visit(node: Nodes): void {
    switch (node.type) {
      case 'heading': {
        const text = plainText(node)
        this.headings.push({ depth: node.depth, text, slug: this.#slugger.slug(text), range: rangeOf(node) })
        break
      }
      case 'link':
      case 'image':
      case 'definition': {
        const text =
          node.type === 'link'
            ? plainText(node)
            : node.type === 'image'
              ? (node.alt ?? '')
              : (node.label ?? node.identifier)
        this.links.push({ kind: node.type, url: node.url, text, range: addressRange(this.#text, node) })
        break
      }
      case 'html':
        this.#html(node.value, rangeOf(node))
        break
    }
  }

  #html(value: string, range: Range): void {
    // In a quote or a list the tree's text has lost its margins, so places are those of the page itself.
    const places = commentsIn(this.#text, range.start, range.end)
    for (const { text: comment } of commentsIn(value)) {
      const place = places.next().value
      const match = /^<!--\s*playproof-ignore\s+([^\s:]+)(?:\s+until\s+([^\s:]+))?\s*(?::([\s\S]*))?-->$/.exec(comment)
      if (match === null || !place) continue
      const at = place.start
      const rule = match[1] ?? ''
      const ruleStart =
        at + place.text.indexOf(rule, place.text.indexOf('playproof-ignore') + 'playproof-ignore'.length)
      this.waivers.push({
        rule,
        until: match[2],
        reason: (match[3] ?? '').trim(),
        range: { start: at, end: at + place.text.length },
        line: wholeLines(this.#text, { start: at, end: at + place.text.length }),
        ruleRange: { start: ruleStart, end: ruleStart + rule.length },
        covers: { start: at, end: endOfNextLine(this.#text, at + place.text.length) },
      })
    }
    for (const match of value.matchAll(/<[a-z][^<>]*?\s(?:id|name)\s*=\s*["']([^"'>]+)["']/gi))
      this.anchors.push(match[1] ?? '')
  }
}

/** Headings with what stands under them, in one pass from the end: a page may have a hundred thousand. */
function finished(body: BodyReader, end: number): Heading[] {
  const finished: Heading[] = []
  /** By depth: where the nearest later heading of that depth or a higher level begins. */
  const next: number[] = Array.from({ length: 7 }, () => end)
  let following = body.contentStarts.length
  for (const heading of body.headings.toReversed()) {
    const content = { start: heading.range.end, end: next[heading.depth] ?? end }
    while (following > 0 && (body.contentStarts[following - 1] ?? 0) >= content.start) following--
    const empty = (body.contentStarts[following] ?? end) >= content.end
    next.fill(heading.range.start, heading.depth)
    finished.push({ ...heading, content, empty })
  }
  return finished.reverse()
}

/** Each `<!-- … -->`, found without going back: a page may hold thousands that never end. */
function* commentsIn(html: string, from = 0, to = html.length): Generator<{ start: number; text: string }, undefined> {
  for (let start = html.indexOf('<!--', from); start >= 0 && start < to; ) {
    const end = html.indexOf('-->', start + 4)
    if (end < 0) return
    yield { start, text: html.slice(start, end + 3) }
    start = html.indexOf('<!--', end + 3)
  }
}

/** `range` with the rest of its lines, their end included, where nothing else stands there; else `range` itself. */
function wholeLines(text: string, range: Range): Range {
  const before = /(?:^|[\r\n])[ \t]*$/.exec(text.slice(Math.max(0, range.start - 200), range.start))
  const after = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(range.end, range.end + 200))
  if (before === null || after === null) return range
  const indent = before[0].length - (/^[\r\n]/.test(before[0]) ? 1 : 0)
  return { start: range.start - indent, end: range.end + after[0].length }
}

/** The end of the line at `from` if text follows there, else of the next line that is neither blank nor another comment. */
function endOfNextLine(text: string, from: number): number {
  const near = text.slice(from, from + 4_000)
  let lineStart = 0
  for (let at = 0; at < near.length; lineStart = at) {
    at = pastBlanks(near, at)
    const comment = near.startsWith('<!--', at) ? near.indexOf('-->', at + 4) : -1
    if (comment >= 0) at = pastBlanks(near, comment + 3)
    if (near[at] !== '\r' && near[at] !== '\n') break
    at += near[at] === '\r' && near[at + 1] === '\n' ? 2 : 1
  }
  let end = lineStart
  while (end < near.length && near[end] !== '\r' && near[end] !== '\n') end++
  return Math.min(text.length, from + end + 1)
}

function pastBlanks(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\t') at++
  return at
}

function isComment(node: Nodes): boolean {
  // Not lazily up to `-->`: that could end at any of them, and the ways to cut a long line double with each.
  return node.type === 'html' && /^\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*$/.test(node.value)
}

/** The words of a node; an image counts by its alternative text. */
function plainText(node: Nodes): string {
  const words: string[] = []
  const stack: Nodes[] = [node]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.type === 'text' || top.type === 'inlineCode') words.push(top.value)
    else if (top.type === 'image') words.push(top.alt ?? '')
    else if (top.type === 'break') words.push(' ')
    else if ('children' in top) {
      const { children } = top as Parents
      for (let i = children.length - 1; i >= 0; i--) stack.push(children[i] as Nodes)
    }
  }
  return words.join('')
}

function rangeOf(node: Nodes): Range {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 }
}
