/**
 * The door to a Markdown parser: text in, mdast out.
 *
 * Two engines pass through it: remark, the reference that runs everywhere, and satteri, native and
 * much faster. A differential test holds them equal, so nothing else may ask which one ran.
 */
import type { Root } from 'mdast'

export interface MarkdownEngine {
  readonly name: 'remark' | 'satteri'
  /** The tree of CommonMark + GFM + YAML frontmatter, with offsets in UTF-16 units. */
  parse(text: string): Root
}
