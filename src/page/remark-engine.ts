/**
 * The reference engine: remark. Slow on hostile input, so callers bound the time it may take.
 */
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import type { MarkdownEngine } from './markdown-engine.ts'

const processor = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).freeze()

export const remarkEngine: MarkdownEngine = { name: 'remark', parse: (text) => processor.parse(text) }
