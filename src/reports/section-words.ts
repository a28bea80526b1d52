/**
 * What a section of a page says, as one line for a cell.
 */
import type { Entity } from '../model/entity.ts'
import { sectionKey } from '../rules/section/required-sections.ts'

/** The words of the first section of one of these names, without the marks of links and line ends; null where there are none. */
export function sectionWords({ facts }: Pick<Entity, 'facts'>, text: string, names: readonly string[]): string | null {
  const keys = new Set(names.map(sectionKey))
  const section = facts.headings.find((heading) => keys.has(sectionKey(heading.text)))
  if (section === undefined || section.empty) return null
  return text
    .slice(section.content.start, section.content.end)
    .replace(/\[([^[\]]*)\]\([^()\s]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}
