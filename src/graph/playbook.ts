/**
 * All entities of a playbook and who refers to whom, both ways.
 *
 * Of two files with one id the first in path order is the entity; the others are kept as duplicates, so
 * that nothing is dropped and every reference still means one thing.
 */
import type { ParsedCompensation } from '../model/compensation.ts'
import type { AnyEntity, Entity, Reference } from '../model/entity.ts'
import { type EntityType, entityTypes } from '../model/entity-types.ts'
import { onceFor } from '../model/once.ts'
import type { ParsedSettings, PlaybookSettings } from '../model/playbook-settings.ts'
import type { FieldProblem } from '../model/validate.ts'
import type { MapNode } from '../page/data-node.ts'
import type { PageProblem } from '../page/page.ts'
import { type LinkTarget, resolveLink } from './resolve-link.ts'

/** playbook.yaml or comp.yaml with its tree. */
export interface SettingsFile {
  /** Relative to the root: `playbook/playbook.yaml`. */
  readonly path: string
  readonly node: MapNode
  readonly problems: readonly FieldProblem[]
  /** Characters in it that nobody can see. */
  readonly hidden: readonly PageProblem[]
}

export interface PlaybookInput {
  /** The playbook's folder relative to the root, without a slash at the end: `playbook`. */
  readonly folder: string
  readonly entities: readonly AnyEntity[]
  /** Every file below the folder, relative to the root, for links. */
  readonly files: ReadonlySet<string>
  readonly settings: ParsedSettings
  readonly settingsNode: MapNode
  readonly settingsHidden: readonly PageProblem[]
  readonly compensation: (SettingsFile & ParsedCompensation) | undefined
}

/** A mention of an entity, with the entity that mentions it. */
export interface Use {
  readonly by: AnyEntity
  readonly reference: Reference | undefined
}

export class Playbook {
  readonly folder: string
  readonly settings: PlaybookSettings
  readonly settingsFile: SettingsFile
  /** comp.yaml, where there is one. */
  readonly compensation: (SettingsFile & ParsedCompensation) | undefined
  /** Every page of a type, duplicates too, in path order. */
  readonly entities: readonly AnyEntity[]
  readonly duplicates: readonly { readonly entity: AnyEntity; readonly first: AnyEntity }[]
  readonly files: ReadonlySet<string>
  readonly #byType: Map<EntityType, Map<string, AnyEntity>>
  readonly #byPath: Map<string, AnyEntity>
  /** Pages read again since the playbook was made as a whole, by path: they go before those of `#byPath`. */
  readonly #newer: Map<string, AnyEntity>
  readonly #input: PlaybookInput
  #uses: Map<string, Use[]> | undefined
  /** What has changed of `#uses` since then, by the same keys. */
  #newerUses = new Map<string, readonly Use[]>()
  #reviews: Map<string, Entity<'review'>> | undefined
  #folders: Set<string> | undefined

  /** `like` is a playbook of the same pages by path, type and id. */
  constructor(input: PlaybookInput, like?: Playbook) {
    this.#input = input
    this.folder = input.folder
    const { settings, problems } = input.settings
    this.settingsFile = {
      path: `${input.folder}/playbook.yaml`,
      node: input.settingsNode,
      problems,
      hidden: input.settingsHidden,
    }
    this.settings = settings
    this.compensation = input.compensation
    this.files = input.files
    this.#byPath = like === undefined ? new Map() : like.#byPath
    this.#newer = new Map(like === undefined ? [] : like.#newer)
    this.#byType = new Map(like === undefined ? entityTypes.map((type) => [type, new Map()]) : like.#byType)
    if (like !== undefined) {
      this.entities = input.entities
      this.duplicates = like.duplicates
      return
    }
    this.entities = [...input.entities].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    const duplicates: { entity: AnyEntity; first: AnyEntity }[] = []
    for (const entity of this.entities) {
      this.#byPath.set(entity.path, entity)
      const known = this.#byType.get(entity.type)
      const first = known?.get(entity.id)
      // A file that cannot be read takes no id away from one that can, and says what is wrong with it already.
      if (first === undefined || (first.node === undefined && entity.node !== undefined)) known?.set(entity.id, entity)
      else if (entity.node !== undefined) duplicates.push({ entity, first })
    }
    this.duplicates = duplicates
  }

  /** The entities of one type by path order, without duplicates. */
  of<T extends EntityType>(type: T): readonly Entity<T>[] {
    const known = this.#byType.get(type)
    return known === undefined ? [] : (listOf(known) as unknown as readonly Entity<T>[])
  }

  get<T extends EntityType>(type: T, id: string | undefined): Entity<T> | undefined {
    return id === undefined ? undefined : (this.#byType.get(type)?.get(id) as unknown as Entity<T> | undefined)
  }

  ids(type: EntityType): Iterable<string> {
    return this.#byType.get(type)?.keys() ?? []
  }

  atPath(path: string): AnyEntity | undefined {
    return this.#newer.get(path) ?? this.#byPath.get(path)
  }

  /** The review that is heard: of two reviews of one deal the first. */
  reviewOf(deal: string): Entity<'review'> | undefined {
    if (this.#reviews === undefined) {
      this.#reviews = new Map()
      for (const review of this.of('review').toReversed())
        if (review.data.deal !== undefined) this.#reviews.set(review.data.deal, review)
    }
    return this.#reviews.get(deal)
  }

  /**
   * This playbook with another reading of one of its pages, which kept its path. What did not change is shared with
   * the playbook before, because this happens at every key.
   */
  withReading(page: AnyEntity): Playbook {
    const before = this.atPath(page.path)
    const entities = [...this.entities]
    const index = before === undefined ? -1 : entities.indexOf(before)
    if (index >= 0) entities[index] = page
    const isPlain =
      before !== undefined &&
      (before.node === undefined) === (page.node === undefined) &&
      this.#byType.get(page.type)?.get(page.id) === before &&
      !this.duplicates.some(({ first }) => first === before)
    if (!isPlain) return new Playbook({ ...this.#input, entities })
    const playbook = new Playbook({ ...this.#input, entities }, this)
    playbook.#newer.set(page.path, page)
    playbook.#byType.set(page.type, new Map(this.#byType.get(page.type)).set(page.id, page))
    playbook.#folders = this.#folders
    if (page.type !== 'review') playbook.#reviews = this.#reviews
    if (this.#uses !== undefined) playbook.#replaceUses(this, before, page)
    return playbook
  }

  /** Whether some file lies below this path, relative to the root. */
  hasFolder(path: string): boolean {
    this.#folders ??= foldersOf(this.files)
    return this.#folders.has(path)
  }

  /** Where a link of a page leads. */
  target(from: AnyEntity, url: string): LinkTarget {
    return resolveLink(from.path, url, this)
  }

  /** Who mentions an entity in the frontmatter or by a link. */
  usesOf(type: EntityType, id: string): readonly Use[] {
    this.#uses ??= this.#collectUses(this.entities)
    const key = `${type}/${id}`
    return this.#newerUses.get(key) ?? this.#uses.get(key) ?? []
  }

  /** Takes over who refers to whom, but for what one page says: where its links lead depends on no page's text. */
  #replaceUses(known: Playbook, before: AnyEntity, after: AnyEntity): void {
    this.#uses = known.#uses
    this.#newerUses = new Map(known.#newerUses)
    const own = this.#collectUses([after])
    for (const key of new Set([...known.#collectUses([before]).keys(), ...own.keys()])) {
      const others = (this.#newerUses.get(key) ?? this.#uses?.get(key) ?? []).filter(({ by }) => by !== before)
      const next = others.findIndex(({ by }) => by.path > after.path)
      const at = next < 0 ? others.length : next
      this.#newerUses.set(key, [...others.slice(0, at), ...(own.get(key) ?? []), ...others.slice(at)])
    }
  }

  #collectUses(entities: readonly AnyEntity[]): Map<string, Use[]> {
    const uses = new Map<string, Use[]>()
    const add = (key: string, use: Use): void => {
      const known = uses.get(key)
      if (known === undefined) uses.set(key, [use])
      else known.push(use)
    }
    for (const by of entities) {
      for (const reference of by.references) add(`${reference.type}/${reference.id}`, { by, reference })
      for (const link of by.facts.links) {
        const target = this.target(by, link.url)
        if (target.kind === 'page' && target.entity.path !== by.path)
          add(`${target.entity.type}/${target.entity.id}`, { by, reference: undefined })
      }
    }
    return uses
  }
}

/** The entities of a type as a list, made once: rules that look something up ask for it page after page. */
const listOf = onceFor((entities: ReadonlyMap<string, AnyEntity>): readonly AnyEntity[] => [...entities.values()])

function foldersOf(files: Iterable<string>): Set<string> {
  const folders = new Set<string>()
  for (const file of files) {
    for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
      const folder = file.slice(0, end)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return folders
}
