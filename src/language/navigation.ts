/**
 * Where things are: definitions, every mention, and what a rename changes.
 */

import { addressAfterMove } from '../graph/address-after-move.ts'
import { planRename } from '../graph/plan-rename.ts'
import type { AnyEntity } from '../model/entity.ts'
import { type EntityType, folders, identify } from '../model/entity-types.ts'
import type { Edit, Place, Range } from '../source/text.ts'
import { Fault } from '../workspace/fault.ts'
import { usableId } from '../workspace/usable-id.ts'
import type { View } from './language-service.ts'
import { type Subject, subjectAt } from './subject-at.ts'

/** Where the thing at a place is defined: a page, a heading, a row of the ledger. */
export async function definitionsAt(view: View, path: string, offset: number): Promise<Place[]> {
  const subject = subjectAt(view, path, offset)
  switch (subject?.kind) {
    case 'reference': {
      const page = view.playbook.get(subject.type, subject.id)
      return page === undefined ? [] : [topOf(page)]
    }
    case 'deal':
      return placesOfDeal(view, subject.deal)
    case 'link': {
      const { target } = subject
      if (target.kind === 'file') return [{ file: target.path, range: { start: 0, end: 0 } }]
      if (target.kind !== 'page') return []
      const heading = target.entity.facts.headings.find(({ slug }) => slug === target.anchor)
      return [heading === undefined ? topOf(target.entity) : { file: target.entity.path, range: heading.range }]
    }
    default:
      return []
  }
}

/** Every mention of the thing at a place; of the page itself where nothing else stands there. */
export async function mentionsAt(view: View, path: string, offset: number, withDefinition: boolean): Promise<Place[]> {
  const subject = subjectAt(view, path, offset)
  if (subject?.kind === 'deal') return mentionsOfDeal(view, subject.deal, withDefinition)
  const entity = view.playbook.atPath(path)
  if (subject?.kind === 'heading' && entity !== undefined) return linksTo(view, entity, subject.slug)
  const page =
    pageMeant(view, subject) ??
    (subject === undefined || subject.kind === 'value' || subject.kind === 'key' ? entity : undefined)
  if (page === undefined) return []
  const places: Place[] = withDefinition ? [topOf(page)] : []
  for (const by of view.playbook.entities) {
    for (const { type, id, range } of by.references)
      if (type === page.type && id === page.id) places.push({ file: by.path, range })
  }
  const { compensation } = view.playbook
  for (const { id, range } of compensation?.references ?? []) {
    if (page.type === 'person' && id === page.id) places.push({ file: compensation?.path ?? '', range })
  }
  return [...places, ...linksTo(view, page)]
}

/** Every mention of a deal, and its row. */
export async function mentionsOfDeal(view: View, deal: string, withRow: boolean): Promise<Place[]> {
  const rows = withRow ? await rowsOf(view, deal) : []
  const mentions = view.playbook.entities.flatMap((by) =>
    by.deals.filter((mention) => mention.deal === deal).map(({ range }): Place => ({ file: by.path, range })),
  )
  return [...rows, ...mentions]
}

async function rowsOf(view: View, id: string): Promise<Place[]> {
  const deal = (await view.engine?.deals([id]))?.get(id)
  // A database has rows, but no file to go to.
  if (deal === undefined || !view.paths.has(deal.place.file)) return []
  const start = { line: deal.place.line, column: 1 }
  return [{ file: deal.place.file, lines: { start, end: start } }]
}

async function placesOfDeal(view: View, deal: string): Promise<Place[]> {
  const reviews = view.playbook.of('review').filter(({ data }) => data.deal === deal)
  return [...(await rowsOf(view, deal)), ...reviews.map((review) => topOf(review))]
}

function linksTo(view: View, page: AnyEntity, anchor?: string): Place[] {
  return view.playbook.entities.flatMap((by) =>
    by.facts.links.flatMap((link): Place[] => {
      const target = view.playbook.target(by, link.url)
      const isMeant =
        target.kind === 'page' && target.entity === page && (anchor === undefined || target.anchor === anchor)
      return isMeant ? [{ file: by.path, range: link.range }] : []
    }),
  )
}

function pageMeant(view: View, subject: Subject | undefined): AnyEntity | undefined {
  if (subject?.kind === 'reference') return view.playbook.get(subject.type, subject.id) as AnyEntity | undefined
  return subject?.kind === 'link' && subject.target.kind === 'page' ? subject.target.entity : undefined
}

function topOf({ path, facts, node }: Pick<AnyEntity, 'path' | 'facts' | 'node'>): Place {
  const title = node?.entries.find(({ key }) => key === 'title' || key === 'name')
  return { file: path, range: title?.value.range ?? facts.opening }
}

export interface Renaming {
  readonly type: EntityType
  readonly id: string
  /** What is renamed where the cursor is. */
  readonly range: Range
}

/** What can be renamed at a place: the id of a page. */
export function renamingAt(view: View, path: string, offset: number): Renaming | undefined {
  const subject = subjectAt(view, path, offset)
  if (subject?.kind === 'reference')
    return view.playbook.get(subject.type, subject.id) === undefined ? undefined : subject
  const entity = view.playbook.atPath(path)
  const title = entity?.node?.entries.find(({ key }) => key === 'title' || key === 'name')?.value.range
  if (entity === undefined || subject?.kind !== 'value' || title === undefined || subject.range.start !== title.start)
    return undefined
  return { type: entity.type, id: entity.id, range: title }
}

export interface RenamePlan {
  readonly edits: readonly Edit[]
  readonly from: string
  readonly to: string
}

/** Throws `Fault` where the new id cannot be one. */
export function renamePlan(view: View, { type, id }: Pick<Renaming, 'type' | 'id'>, newId: string): RenamePlan {
  const page = view.playbook.get(type, id)
  if (page === undefined) throw new Fault(`there is no ${type} \`${id}\` any more.`)
  usableId(
    newId,
    type,
    [...view.playbook.ids(type)].filter((each) => each !== id),
  )
  const edits = planRename(view.playbook, type, id, newId, (path) => view.sources.get(path)?.text ?? '')
  return { edits, from: page.path, to: page.path.replace(/[^/]+$/, `${newId}.md`) }
}

/** What has to change elsewhere when a file is moved by hand: links to it, links in it, and ids that were its name. */
export function movePlan(view: View, from: string, to: string): Edit[] {
  const { playbook, sources } = view
  const inside = (path: string): string => path.slice(playbook.folder.length + 1)
  const entity = playbook.atPath(from)
  const now = identify(inside(to))
  const edits: Edit[] = []
  if (entity !== undefined && now !== undefined && now.type === entity.type && now.id !== entity.id) {
    const renames = planRename(playbook, entity.type, entity.id, now.id, (path) => sources.get(path)?.text ?? '')
    const links = new Set(
      playbook.entities.flatMap(({ path, facts }) => facts.links.map(({ range }) => `${path} ${range.end}`)),
    )
    // Links are written anew below, whole.
    edits.push(
      ...renames.filter(
        ({ file, range }) => !links.has(`${file} ${range.end}`) && !isInLink(playbook.atPath(file), range),
      ),
    )
  }
  for (const by of playbook.entities) {
    for (const link of by.facts.links) {
      const target = playbook.target(by, link.url)
      const path = target.kind === 'page' ? target.entity.path : target.kind === 'file' ? target.path : undefined
      if (path === undefined || (path !== from && by.path !== from)) continue
      const written = sources.get(by.path)?.text.slice(link.range.start, link.range.end) ?? ''
      const address = addressAfterMove(written, by.path === from ? to : by.path, path === from ? to : path)
      if (address !== written) edits.push({ file: by.path, range: link.range, newText: address })
    }
  }
  return edits
}

function isInLink(entity: AnyEntity | undefined, range: Range): boolean {
  return entity?.facts.links.some((link) => range.start >= link.range.start && range.end <= link.range.end) ?? false
}

/** Pages and deals that a few letters may mean, for a list to choose from. */
export interface Named {
  readonly name: string
  readonly type: EntityType
  readonly place: Place
}

export function pagesCalled(view: View, letters: string, most = 200): Named[] {
  const wanted = letters.toLowerCase()
  const found: Named[] = []
  for (const entity of view.playbook.entities) {
    const title = 'title' in entity.data ? String(entity.data.title ?? '') : ''
    const name = title === '' ? entity.id : title
    const searched = `${folders[entity.type]}/${entity.id} ${name}`.toLowerCase()
    if (!isSpelledIn(wanted, searched)) continue
    found.push({ name: title === '' ? entity.id : `${title} (${entity.id})`, type: entity.type, place: topOf(entity) })
    if (found.length >= most) break
  }
  return found
}

/** Whether the letters come in this order. */
function isSpelledIn(letters: string, text: string): boolean {
  let at = 0
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}
