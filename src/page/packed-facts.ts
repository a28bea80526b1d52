/**
 * Facts as a flat list, for keeping: a tenth of their JSON, and made again in a fraction of the time.
 *
 * Most of what facts hold stands in the text they came from, at places they name. So a text is kept as 0 where it is
 * that of its place, and the names of fields not at all. A list is only good for the very text it was made from.
 */
import type { Range } from '../source/text.ts'
import type { DataNode, MapEntry, MapNode } from './data-node.ts'
import type { FigureKind } from './figures.ts'
import type { Figure, Heading, Link, PageFacts, PageProblem, PageRule, WaiverComment } from './page.ts'

/** JSON keeps each of these as it is; there is no other number in it than whole ones. */
export type Packed = readonly (number | string | boolean | null)[]

/** The list that {@link unpackFacts} makes the same facts from; `text` is what they were read from. */
export function packFacts(facts: PageFacts, text: string): Packed {
  const to = new Packer(text)
  if (facts.data === undefined) to.number(-1)
  else to.node(facts.data)
  to.range(facts.opening)
  to.number(facts.bodyStart)
  to.number(facts.end)
  to.all(facts.problems, ({ rule, range, text, replacement }) => {
    to.text(rule)
    to.range(range)
    to.text(text)
    to.maybe(replacement)
  })
  to.all(facts.headings, ({ depth, text, slug, range, content, empty }) => {
    to.number(depth)
    to.range(range)
    to.range(content)
    to.text(text, inHeading(depth, range))
    to.text(slug === plainSlug(text) ? 0 : slug)
    to.number(Number(empty))
  })
  to.all(facts.anchors, (anchor) => to.text(anchor))
  to.all(facts.links, ({ kind, url, text, range }) => {
    to.text(kind)
    to.range(range)
    to.text(url, range)
    to.text(text)
  })
  to.all(facts.waivers, ({ rule, until, reason, range, line, ruleRange, covers }) => {
    for (const each of [range, line, ruleRange, covers]) to.range(each)
    to.text(rule, ruleRange)
    to.maybe(until)
    to.text(reason)
  })
  to.all(facts.figures, ({ kind, key, range, sentence, links }) => {
    to.text(kind)
    to.text(key)
    to.range(range)
    to.range(sentence)
    to.all(links, (link) => to.text(link))
  })
  return to.list
}

/** The facts that a list of {@link packFacts} was made from, given the same text. */
export function unpackFacts(packed: Packed, text: string): PageFacts {
  const from = new Unpacker(packed, text)
  const data = from.root()
  return {
    data,
    opening: from.range(),
    bodyStart: from.number(),
    end: from.number(),
    problems: from.all((): PageProblem => {
      const problem = { rule: from.text() as PageRule, range: from.range(), text: from.text() }
      const replacement = from.maybe()
      return replacement === undefined ? problem : { ...problem, replacement }
    }),
    headings: from.all((): Heading => {
      const depth = from.number()
      const range = from.range()
      const content = from.range()
      const words = from.text(inHeading(depth, range))
      const slug = from.textOr(() => plainSlug(words))
      return { depth, text: words, slug, range, content, empty: from.number() === 1 }
    }),
    anchors: from.all(() => from.text()),
    links: from.all((): Link => {
      const kind = from.text() as Link['kind']
      const range = from.range()
      return { kind, url: from.text(range), text: from.text(), range }
    }),
    waivers: from.all((): WaiverComment => {
      const [range, line, ruleRange, covers] = [from.range(), from.range(), from.range(), from.range()]
      return { rule: from.text(ruleRange), until: from.maybe(), reason: from.text(), range, line, ruleRange, covers }
    }),
    figures: from.all(
      (): Figure => ({
        kind: from.text() as FigureKind,
        key: from.text(),
        range: from.range(),
        sentence: from.range(),
        links: from.all(() => from.text()),
      }),
    ),
  }
}

/** What a node is kept as. */
const plain = 0
const scalar = 1
const oddNumber = 2
const list = 3
const map = 4

/** Where the words of `## Proof` are. */
function inHeading(depth: number, { start, end }: Range): Range {
  return { start: start + depth + 1, end }
}

/** The anchor of words that need no more than this. */
function plainSlug(words: string): string {
  return words.toLowerCase().replaceAll(' ', '-')
}

class Packer {
  readonly list: (number | string | boolean | null)[] = []
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  number(value: number): void {
    this.list.push(value)
  }

  range({ start, end }: Range): void {
    this.list.push(start, end)
  }

  /** A text, or 0 where it is what stands at `place`. */
  text(value: string | 0, place?: Range): void {
    this.list.push(place !== undefined && this.#text.slice(place.start, place.end) === value ? 0 : value)
  }

  maybe(value: string | undefined): void {
    this.list.push(value ?? null)
  }

  all<Item>(items: readonly Item[], pack: (item: Item) => void): void {
    this.list.push(items.length)
    for (const item of items) pack(item)
  }

  node(node: DataNode): void {
    const { range } = node
    if (node.kind === 'map') {
      this.list.push(map)
      this.range(range)
      this.all(node.entries, ({ key, keyRange, value }) => {
        this.range(keyRange)
        this.text(key, keyRange)
        this.node(value)
      })
      return
    }
    if (node.kind === 'list') {
      this.list.push(list)
      this.range(range)
      this.all(node.items, (item) => this.node(item))
      return
    }
    const { value, source, quoted } = node
    const isPlain = !quoted && value === source && this.#text.slice(range.start, range.end) === source
    // JSON knows no NaN, no infinity and no -0.
    const isOdd = typeof value === 'number' && !Object.is(JSON.parse(JSON.stringify(value)), value)
    this.list.push(isPlain ? plain : isOdd ? oddNumber : scalar)
    this.range(range)
    if (isPlain) return
    this.list.push(isOdd ? String(value === 0 ? '-0' : value) : value)
    this.text(source, range)
    this.number(Number(quoted))
  }
}

class Unpacker {
  readonly #list: Packed
  readonly #text: string
  #next = 0

  constructor(packed: Packed, text: string) {
    this.#list = packed
    this.#text = text
  }

  number(): number {
    return this.#list[this.#next++] as number
  }

  range(): Range {
    return { start: this.number(), end: this.number() }
  }

  text(place?: Range): string {
    return this.textOr(() => this.#text.slice(place?.start, place?.end))
  }

  textOr(otherwise: () => string): string {
    const value = this.#list[this.#next++]
    return value === 0 ? otherwise() : (value as string)
  }

  maybe(): string | undefined {
    return (this.#list[this.#next++] as string | null) ?? undefined
  }

  all<Item>(unpack: () => Item): Item[] {
    const items: Item[] = []
    for (let left = this.number(); left > 0; left--) items.push(unpack())
    return items
  }

  root(): MapNode | undefined {
    if (this.#list[this.#next] !== -1) return this.node() as MapNode
    this.#next++
    return undefined
  }

  node(): DataNode {
    const kind = this.number()
    const range = this.range()
    if (kind === map) {
      const entries = this.all((): MapEntry => {
        const keyRange = this.range()
        return { key: this.text(keyRange), keyRange, value: this.node() }
      })
      return { kind: 'map', range, entries }
    }
    if (kind === list) return { kind: 'list', range, items: this.all(() => this.node()) }
    if (kind === plain) {
      const source = this.#text.slice(range.start, range.end)
      return { kind: 'scalar', range, value: source, source, quoted: false }
    }
    const value = this.#list[this.#next++] as string | number | boolean | null
    const source = this.text(range)
    const quoted = this.number() === 1
    return { kind: 'scalar', range, value: kind === oddNumber ? Number(value) : value, source, quoted }
  }
}
