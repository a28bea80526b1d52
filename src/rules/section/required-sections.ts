/**
 * The sections that plays and battlecards must have, each with the headings that are it.
 *
 * Capitals and spaces make no difference: a reader would not see one.
 */
import type { Playbook } from '../../graph/playbook.ts'
import type { Entity } from '../../model/entity.ts'
import type { Heading } from '../../page/page.ts'

export interface RequiredSection {
  readonly page: Entity<'play'> | Entity<'competitor'>
  readonly name: string
  /** All sections that playbook.yaml asks for here. */
  readonly required: readonly string[]
  /** The `##` headings of this name. */
  readonly headings: readonly Heading[]
}

export function* requiredSections(playbook: Playbook): Iterable<RequiredSection> {
  for (const page of playbook.entities) {
    // A body that was not read has no headings, which says nothing about it.
    if ((page.type !== 'play' && page.type !== 'competitor') || page.facts.end === 0) continue
    const required = playbook.settings.sections[page.type]
    const byName = Map.groupBy(
      page.facts.headings.filter(({ depth }) => depth === 2),
      ({ text }) => sectionKey(text),
    )
    const seen = new Set<string>()
    for (const name of required) {
      const key = sectionKey(name)
      if (seen.has(key)) continue
      seen.add(key)
      yield { page, name, required, headings: byName.get(key) ?? [] }
    }
  }
}

/** `sectionKey('Talk  Track ')` is `talk track`. */
export function sectionKey(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase()
}
