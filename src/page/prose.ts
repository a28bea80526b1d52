/**
 * The prose of a page, sentence by sentence, with what each one links to.
 *
 * Only sentences with a figure become facts: they are what rules ask about, and most sentences have none. Code, raw
 * HTML and the words of images are no prose. A question claims nothing.
 */
import type { Nodes, Parents, Root } from 'mdast'
import type { Range } from '../source/text.ts'
import { quantitiesIn } from './figures.ts'
import { type Figure, fixedLimits } from './page.ts'
import { sentencesIn } from './sentences.ts'

/** The figures of a page's prose, in order. */
export function figuresOf(root: Root, text: string): Figure[] {
  const reader = new ProseReader(text)
  reader.read(root)
  return reader.finished()
}

/** A list item, a row of a table or a footnote: a link anywhere in it stands for all of it. */
interface Group {
  readonly links: Set<string>
}

/** A link's address, or `[^1`, which stands for the links of that footnote. */
type Link = string

interface OpenFigure {
  readonly figure: Omit<Figure, 'links'>
  readonly links: readonly Link[]
  readonly group: Group | undefined
}

class ProseReader {
  readonly #text: string
  readonly #found: OpenFigure[] = []
  readonly #definitions = new Map<string, string>()
  readonly #footnotes = new Map<string, Group>()

  constructor(text: string) {
    this.#text = text
  }

  /** Walks without recursion, because the depth is the author's to choose. */
  read(root: Root): void {
    const stack: { node: Nodes; group: Group | undefined }[] = [{ node: root, group: undefined }]
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { node } = top
      let { group } = top
      if (node.type === 'definition' && !this.#definitions.has(node.identifier))
        this.#definitions.set(node.identifier, node.url)
      if (node.type === 'listItem' || node.type === 'tableRow' || node.type === 'footnoteDefinition') {
        group = { links: new Set() }
        if (node.type === 'footnoteDefinition') this.#footnotes.set(node.identifier, group)
      }
      if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
        this.#block(node, group)
        continue
      }
      if (!('children' in node)) continue
      const children = (node as Parents).children
      for (let i = children.length - 1; i >= 0; i--) stack.push({ node: children[i] as Nodes, group })
    }
  }

  finished(): Figure[] {
    return this.#found.slice(0, fixedLimits.figures).map(({ figure, links, group }) => {
      const all = new Set<string>()
      for (const link of [...links, ...(group?.links ?? [])])
        for (const url of this.#resolved(link)) if (all.size < fixedLimits.linksOfFigure) all.add(url)
      return { ...figure, links: [...all] }
    })
  }

  #resolved(link: Link): readonly string[] {
    if (link.startsWith('[^')) {
      const urls = [...(this.#footnotes.get(link.slice(2))?.links ?? [])]
      return urls.flatMap((url) => (url.startsWith('[^') ? [] : this.#resolved(url)))
    }
    if (!link.startsWith('[')) return [link]
    const url = this.#definitions.get(link.slice(1))
    return url === undefined ? [] : [url]
  }

  #block(block: Nodes, group: Group | undefined): void {
    const { text, pieces, links } = flattened(block)
    for (const { link } of links) group?.links.add(link)
    const quantities = this.#found.length < fixedLimits.figures ? quantitiesIn(text) : []
    if (quantities.length === 0) return
    const sentences = sentencesIn(text)
    let index = -1
    // In order: a paragraph may have as many figures, sentences and links as it has words.
    for (const { kind, key, start, end } of quantities) {
      if (this.#found.length >= fixedLimits.figures) return
      while ((sentences[index + 1]?.start ?? Number.POSITIVE_INFINITY) <= start) index++
      const sentence = sentences[index]
      if (sentence === undefined || asks(text, sentence)) continue
      const next = sentences[index + 1]?.start ?? Number.POSITIVE_INFINITY
      const own: Link[] = []
      for (let i = firstFrom(links, sentence.start); own.length < fixedLimits.linksOfFigure; i++) {
        const link = links[i]
        if (link === undefined || link.at >= next) break
        own.push(link.link)
      }
      this.#found.push({
        figure: {
          kind,
          key,
          range: this.#range(pieces, start, end, text),
          sentence: this.#range(pieces, sentence.start, sentence.end, text),
        },
        links: own,
        group,
      })
    }
  }

  /** Where a stretch of the plain text stands in the page. */
  #range(pieces: readonly Piece[], start: number, end: number, text: string): Range {
    const from = this.#offset(pieces, start, text.slice(start, end))
    const last = this.#offset(pieces, end - 1, text.slice(end - 1, end))
    return { start: from, end: Math.max(from, last) + 1 }
  }

  #offset(pieces: readonly Piece[], at: number, said: string): number {
    const piece = pieces[firstFrom(pieces, at + 1) - 1]
    if (piece === undefined) return 0
    if (piece.length === piece.end - piece.start) return piece.start + (at - piece.at)
    // An escape or a margin makes the source longer than what it says: look for the words.
    const near = Math.min(piece.start + (at - piece.at), piece.end)
    const found = this.#text.slice(near, piece.end).indexOf(said.slice(0, 100).split(/\s/, 1)[0] ?? '')
    return found >= 0 ? near + found : near
  }
}

/** Whether a sentence is a question. */
function asks(text: string, { start, end }: Range): boolean {
  return /\?["'”’»)\]]*$/.test(text.slice(Math.max(start, end - 20), end))
}

/** The index of the first of sorted places that is not before `at`. */
function firstFrom(places: readonly { readonly at: number }[], at: number): number {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle]?.at ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Plain text that stands in one place of the page. */
interface Piece {
  /** Where it begins in the plain text. */
  readonly at: number
  readonly length: number
  /** Where it stands in the page. */
  readonly start: number
  readonly end: number
}

/** The words of a block, where they come from, and its links at the place in the words where each begins. */
function flattened(block: Nodes): { text: string; pieces: Piece[]; links: { at: number; link: Link }[] } {
  let text = ''
  const pieces: Piece[] = []
  const links: { at: number; link: Link }[] = []
  const stack: Nodes[] = [block]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'text') {
      const [start = 0, end = 0] = [node.position?.start.offset, node.position?.end.offset]
      pieces.push({ at: text.length, length: node.value.length, start, end })
      text += node.value
    } else if (node.type === 'break') text += '\n'
    else if (node.type === 'footnoteReference') links.push({ at: text.length, link: `[^${node.identifier}` })
    else if ('children' in node) {
      if (node.type === 'link') links.push({ at: text.length, link: node.url })
      if (node.type === 'linkReference') links.push({ at: text.length, link: `[${node.identifier}` })
      // A link to a page says its own address, which is no prose.
      if (node.type === 'link' && /^(?:https?:|www\.)/i.test(wordsOf(node))) continue
      const { children } = node as Parents
      for (let i = children.length - 1; i >= 0; i--) stack.push(children[i] as Nodes)
    } else text += '\u{fffc}'
  }
  return { text, pieces, links }
}

function wordsOf(node: Parents): string {
  const [only] = node.children
  return only?.type === 'text' ? only.value : ''
}
