/**
 * What a new page may be called: names that every file system, address and colleague can bear.
 */
import type { Playbook } from '../../graph/playbook.ts'
import { type EntityType, folders } from '../../model/entity-types.ts'
import { visible } from '../../source/visible.ts'
import { Fault } from '../fault.ts'

const mostLetters = 81

/** `Land with café owners!` is `land-with-cafe-owners`; undefined where no letter or digit is left. */
export function idFrom(title: string): string | undefined {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
  const short = words.length <= mostLetters ? words : words.slice(0, mostLetters + 1).replace(/-[^-]*$/, '')
  return short.slice(0, mostLetters).replace(/-+$/, '') || undefined
}

/** A review is called like its deal, where a file may be. */
export function idOfReview(deal: string): string {
  const id = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,79}[A-Za-z0-9_-])?$/.test(deal) && !isReserved(deal) ? deal : idFrom(deal)
  if (id === undefined)
    throw new Fault(
      `no file can be called like the deal ${visible(deal)}. Make the review's file yourself, with \`deal: ${visible(deal)}\` in it.`,
    )
  return id
}

/** Throws {@link Fault} where `id` is no id, or is taken. */
export function demandFreeId(type: EntityType, id: string, playbook: Playbook): void {
  if (type !== 'review' && !/^[a-z0-9][a-z0-9-]{0,80}$/.test(id)) {
    const near = idFrom(id.replace(/\.md$/i, '').replace(/^.*\//, ''))
    throw new Fault(
      `\`${visible(id)}\` cannot be an id: use lower-case letters, digits and hyphens, at most ${mostLetters}.${near === undefined ? '' : ` For example \`${near}\`.`}`,
    )
  }
  if (isReserved(id))
    throw new Fault(
      `\`${visible(id)}\` cannot be an id, because Windows keeps that name for a device. Choose another one.`,
    )
  if (id.toLowerCase() === 'readme')
    throw new Fault('`readme` cannot be an id: README.md of a folder is never a page. Choose another one.')
  const folder = `${playbook.folder}/${folders[type]}`
  const taken =
    playbook.of(type).find((entity) => sameName(entity.id, id))?.path ??
    [...playbook.files].find((path) => sameName(path, `${folder}/${id}.md`))
  if (taken !== undefined)
    throw new Fault(
      `the ${type} \`${visible(id)}\` is there already: ${visible(taken)}. Choose another id, or change that page.`,
    )
}

/** Whether some file system takes two names for one. */
function sameName(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase()
}

function isReserved(id: string): boolean {
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(id)
}
