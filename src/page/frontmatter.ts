/**
 * Finds the frontmatter of a page: the lines between an opening and a closing `---`.
 *
 * Only YAML behind `---` counts; other fences (`---js`, `+++`) are no frontmatter, so nothing
 * in a page can ask to be executed.
 */
import type { Range } from '../source/text.ts'

export type Frontmatter =
  | { readonly found: 'whole'; readonly opening: Range; readonly yaml: Range; readonly bodyStart: number }
  | { readonly found: 'unclosed'; readonly opening: Range }
  | { readonly found: 'none' }

export function findFrontmatter(text: string): Frontmatter {
  const first = /^---[ \t]*(\r\n|\n|\r|$)/.exec(text)
  if (first === null) return { found: 'none' }
  const opening = { start: 0, end: 3 }
  const yamlStart = first[0].length
  const closing = /^---[ \t]*(?:\r\n|\n|\r|(?![\s\S]))/gm
  closing.lastIndex = yamlStart
  for (let match = closing.exec(text); match !== null; match = closing.exec(text)) {
    // `m` also starts lines after U+2028 and U+2029, which end no line here.
    const before = text.charCodeAt(match.index - 1)
    if (before === 10 || before === 13) {
      return {
        found: 'whole',
        opening,
        yaml: { start: yamlStart, end: match.index },
        bodyStart: match.index + match[0].length,
      }
    }
    if (match[0] === '') closing.lastIndex++
  }
  return { found: 'unclosed', opening }
}
