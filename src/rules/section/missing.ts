/**
 * Reports a play or battlecard that lacks a section its kind must have.
 *
 * A heading that is nearly it, misspelt or of another level, is offered as the repair before a new one is.
 */
import { placeOf } from '../../model/entity.ts'
import type { Heading } from '../../page/page.ts'
import { nearest } from '../../source/nearest.ts'
import { shortened } from '../../source/visible.ts'
import { defineRule } from '../define-rule.ts'
import { type RequiredSection, requiredSections, sectionKey } from './required-sections.ts'

interface Data {
  readonly title: string
  readonly name: string
  /** A heading that may be meant. */
  readonly near: Heading | undefined
}

export const missingSection = defineRule({
  id: 'section/missing',
  reads: ['playbook'],
  text: ({ title, name, near }: Data) => {
    const lacks = `“${shortened(title)}” has no section “${shortened(name)}”.`
    const heading = `\`## ${shortened(name)}\``
    if (near === undefined) return `${lacks} Add the heading ${heading} and write what belongs there.`
    return `${lacks} Is it the heading \`${'#'.repeat(near.depth)} ${shortened(near.text)}\`? Then write it as ${heading}.`
  },
  *check({ playbook }) {
    for (const section of requiredSections(playbook)) {
      const { page, name, headings } = section
      if (headings.length > 0) continue
      const near = nearHeading(section)
      yield {
        at: placeOf(page, 'title'),
        data: { title: page.data.title ?? page.id, name, near },
        subject: name,
        fixes: repair(section, near),
      }
    }
  },
})

/** The same words at another level, else a `##` that no section claims and that is spelt nearly so. */
function nearHeading({ page, name, required }: RequiredSection): Heading | undefined {
  const { headings } = page.facts
  const key = sectionKey(name)
  const sameWords = headings.find(({ text }) => sectionKey(text) === key)
  if (sameWords !== undefined) return sameWords
  const claimed = new Set(required.map(sectionKey))
  const free = headings.filter(({ depth, text }) => depth === 2 && !claimed.has(sectionKey(text)))
  const words = nearest(
    name.trim(),
    free.map(({ text }) => text),
  )
  return free.find(({ text }) => text === words)
}

function repair({ page, name }: RequiredSection, near: Heading | undefined) {
  // Words that Markdown would read as something else are left to the author.
  if (/[\\`*_[\]<>#&~\r\n]/.test(name)) return []
  const heading = `## ${name.trim()}`
  const edit =
    near === undefined
      ? { file: page.path, range: { start: page.facts.end, end: page.facts.end }, newText: `\n${heading}\n` }
      : { file: page.path, range: near.range, newText: heading }
  return [{ title: near === undefined ? `Add \`${heading}\`` : `Rename to \`${heading}\``, edits: [edit] }]
}
