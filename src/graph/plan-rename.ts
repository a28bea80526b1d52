/**
 * All edits that a rename needs: references in frontmatter, addresses of links, participants of comp.yaml.
 */
import type { AnyEntity } from '../model/entity.ts'
import { type EntityType, folders } from '../model/entity-types.ts'
import type { Edit, Range } from '../source/text.ts'
import type { Playbook } from './playbook.ts'

/** Edits of every file that mentions `type`/`id`, so that it is called `newId`. The file itself is not moved here. */
export function planRename(
  playbook: Playbook,
  type: EntityType,
  id: string,
  newId: string,
  textOf: (path: string) => string,
): Edit[] {
  const edits: Edit[] = []
  for (const entity of playbook.entities) {
    const text = textOf(entity.path)
    for (const reference of entity.references) {
      if (reference.type !== type || reference.id !== id) continue
      const isTarget = entity.type === 'feedback' && reference.path[0] === 'on'
      edits.push({
        file: entity.path,
        range: reference.range,
        newText: asWritten(text, reference.range, isTarget ? `${folders[type]}/${newId}` : newId),
      })
    }
    edits.push(...linkEdits(playbook, entity, text, type, id, newId))
  }
  for (const { id: person, range } of playbook.compensation?.references ?? []) {
    const path = playbook.compensation?.path ?? ''
    if (type === 'person' && person === id)
      edits.push({ file: path, range, newText: asWritten(textOf(path), range, newId) })
  }
  return edits
}

function linkEdits(
  playbook: Playbook,
  entity: AnyEntity,
  text: string,
  type: EntityType,
  id: string,
  newId: string,
): Edit[] {
  return entity.facts.links.flatMap((link) => {
    const target = playbook.target(entity, link.url)
    if (target.kind !== 'page' || target.entity.type !== type || target.entity.id !== id) return []
    const written = text.slice(link.range.start, link.range.end)
    const name = /(?<=^|\/)[^/#?]+\.md(?=$|[#?])/i.exec(written)
    if (name === null) return []
    const start = link.range.start + name.index
    return [
      { file: entity.path, range: { start, end: start + name[0].length }, newText: `${encodeURIComponent(newId)}.md` },
    ]
  })
}

/** The id with the quotes that the author used, or with quotes where YAML would read it as something else. */
function asWritten(text: string, range: Range, id: string): string {
  const quote = text[range.start]
  if (quote === '"' || quote === "'") return `${quote}${id}${quote}`
  return /^(?:true|false|null|~|[-+.]?\d.*|0x.*)$/i.test(id) && !/^\d{4}-\d{2}-\d{2}-/.test(id) ? `"${id}"` : id
}
