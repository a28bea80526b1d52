/**
 * The fast engine: satteri, native. Importing this file fails where its binary is missing.
 */
import type { Root } from 'mdast'
import { markdownToMdast } from 'satteri'
import type { MarkdownEngine } from './markdown-engine.ts'

export const satteriEngine: MarkdownEngine = {
  name: 'satteri',
  // The library's own node type also covers MDX, which is never asked for.
  parse: (text) => markdownToMdast(text, { features: { frontmatter: true, gfm: true } }) as unknown as Root,
}
