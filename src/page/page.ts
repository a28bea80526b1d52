/**
 * What is known of one Markdown file: its facts.
 *
 * Facts are plain serialisable values with offsets, small enough to cache by the hash of the
 * text. Rules see these, never a Markdown tree, so that the engine that made the tree can change.
 */
import type { Range } from '../source/text.ts'
import type { MapNode } from './data-node.ts'
import type { FigureKind } from './figures.ts'

/** The rules whose findings are made while a page is read. */
export type PageRule = 'file/encoding' | 'file/frontmatter' | 'file/too-large' | 'file/hidden-characters'

export interface PageProblem {
  readonly rule: PageRule
  readonly range: Range
  /** What is so and what to do, in the reader's words. */
  readonly text: string
  /** The text that repairs the range, where that is mechanical. */
  readonly replacement?: string
}

export interface Heading {
  readonly depth: number
  readonly text: string
  /** The anchor of GitHub and of our site, unique on the page. */
  readonly slug: string
  readonly range: Range
  /** From the end of the heading to the next heading of the same or a higher level, or the end. */
  readonly content: Range
  /** Nothing but blank lines, comments and deeper headings. */
  readonly empty: boolean
}

export interface Link {
  readonly kind: 'link' | 'image' | 'definition'
  /** The address with escapes and entities resolved. */
  readonly url: string
  /** The words of the link, or the alternative text of the image. */
  readonly text: string
  /** The address as written. */
  readonly range: Range
}

/** A measurable claim in prose: see `figures.ts`. */
export interface Figure {
  readonly kind: FigureKind
  /** The same for the same quantity however it is written. */
  readonly key: string
  readonly range: Range
  readonly sentence: Range
  /** Addresses of links in the same sentence, list item, table row or footnote, and of footnotes referred to there. */
  readonly links: readonly string[]
}

/** `<!-- playproof-ignore rule until 2027-01-31: reason -->` */
export interface WaiverComment {
  readonly rule: string
  readonly until: string | undefined
  readonly reason: string
  /** The comment. */
  readonly range: Range
  /** The comment with its line where it stands there alone: what to take out with it. */
  readonly line: Range
  /** The rule's id inside it. */
  readonly ruleRange: Range
  /** From the comment to the end of the next line with text: findings that begin there are waived. */
  readonly covers: Range
}

export interface PageFacts {
  readonly problems: readonly PageProblem[]
  /** The frontmatter; undefined where it is missing or cannot be read. */
  readonly data: MapNode | undefined
  /** The opening `---`; empty at the start where there is none. */
  readonly opening: Range
  readonly bodyStart: number
  /** The length of the text; 0 where the body was not read. */
  readonly end: number
  readonly headings: readonly Heading[]
  /** Anchors besides headings: `id` and `name` attributes of raw HTML. */
  readonly anchors: readonly string[]
  readonly links: readonly Link[]
  readonly waivers: readonly WaiverComment[]
  /** Of prose that is no question. */
  readonly figures: readonly Figure[]
}

/** Counts up when facts gain a part or mean something else, so that none of an older kind are read from a cache. */
export const factsVersion = 4

export interface PageLimits {
  /** Bytes. */
  readonly maxFileBytes: number
  /** Levels of nested Markdown. */
  readonly maxDepth: number
}

export const defaultLimits: PageLimits = { maxFileBytes: 1_048_576, maxDepth: 100 }

/** Limits that nobody may raise: what a page may have of each, and how much of it may be hidden before it is counted only. */
export const fixedLimits = {
  /** Characters in a line. */
  lineLength: 100_000,
  lines: 50_000,
  links: 5_000,
  headings: 5_000,
  waivers: 1_000,
  /** Figures that are looked at: a page with more of them is no prose. */
  figures: 1_000,
  /** Links of a figure's sentence or list item that are looked at. */
  linksOfFigure: 50,
  /** `>`, bullets and numbers at the beginning of lines, of all lines together. */
  containers: 100_000,
  /** `[^`, in notes and references to them. */
  footnotes: 5_000,
  /** `|` that may bound a cell. */
  cells: 50_000,
  /** `@`, `://` and `www.`, which may make an address without any mark around it. */
  addresses: 20_000,
  /** `_` times the length of its line, over all lines: a parser may look along all of a word for each. */
  underscoreCost: 500_000_000,
  /** Addresses times the length of their paragraph, over all paragraphs: a parser may look along all of it for each. */
  addressCost: 300_000_000,
  /** Characters that may begin or end something inside a line. */
  marks: 200_000,
  /** Marks times the length of their line, over all lines with characters beyond ASCII: there a parser counts from the start. */
  markCost: 1_000_000_000,
  /** Characters of its paragraph before each reference (`&amp;`), of all references together: a parser copies them. */
  referenceCost: 100_000_000,
  /** Places with hidden characters that are reported one by one. */
  hidden: 100,
} as const

export const noFacts: PageFacts = {
  problems: [],
  data: undefined,
  opening: { start: 0, end: 0 },
  bodyStart: 0,
  end: 0,
  headings: [],
  anchors: [],
  links: [],
  waivers: [],
  figures: [],
}
