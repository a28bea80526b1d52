/**
 * What a link that leads nowhere may have meant: a page of that name elsewhere, or a name like it.
 *
 * The index of files is made after the first miss; most playbooks never need it.
 */
import type { Playbook } from '../../graph/playbook.ts'
import { joined } from '../../graph/resolve-link.ts'
import type { AnyEntity } from '../../model/entity.ts'
import { nearest } from '../../source/nearest.ts'

/** Every name is compared with all others of its folder; a folder moved by mistake may break ten thousand links. */
const mostLookedFor = 200

export class Nearby {
  readonly #playbook: Playbook
  readonly #near = new Map<string, string | undefined>()
  #byName: Map<string, string[]> | undefined
  #byFolder: Map<string, string[]> | undefined

  constructor(playbook: Playbook) {
    this.#playbook = playbook
  }

  /** The file that the address of a link on `fromPath` may mean, relative to the root; `path` is where it leads now. */
  file(fromPath: string, url: string, path: string | undefined): string | undefined {
    const wanted = decoded(url.replace(/[?#].*$/s, ''))
    // An address from the site's root means the playbook's folder.
    const fromFolder = wanted.startsWith('/') ? joined('', `${this.#playbook.folder}${wanted}`) : undefined
    const found = [path, fromFolder]
      .flatMap((each) => (each === undefined ? [] : [each, `${each}.md`]))
      .find((each) => this.#has(each))
    if (found !== undefined) return found
    const target = path ?? fromFolder ?? joined(fromPath, wanted.replace(/^(?:\.\.?\/)+/, ''))
    if (target === undefined) return undefined
    if (!this.#near.has(target) && this.#near.size < mostLookedFor) this.#near.set(target, this.#find(target))
    return this.#near.get(target)
  }

  /** The anchor of a page that may be meant. */
  anchor({ path, facts }: AnyEntity, wanted: string): string | undefined {
    const key = `${path}#${wanted}`
    if (!this.#near.has(key) && this.#near.size < mostLookedFor) {
      this.#near.set(key, nearest(wanted, [...facts.headings.map(({ slug }) => slug), ...facts.anchors]))
    }
    return this.#near.get(key)
  }

  #has(path: string): boolean {
    return this.#playbook.files.has(path) || this.#playbook.atPath(path) !== undefined
  }

  #find(target: string): string | undefined {
    this.#byName ??= Map.groupBy(this.#playbook.files, nameOf)
    this.#byFolder ??= Map.groupBy(this.#playbook.files, folderOf)
    const name = nameOf(target)
    const same = this.#byName.get(name) ?? this.#byName.get(`${name}.md`) ?? []
    if (same.length === 1) return same[0]
    const beside = this.#byFolder.get(folderOf(target)) ?? []
    const near = nearest(name, beside.map(nameOf)) ?? nearest(`${name}.md`, beside.map(nameOf))
    return near === undefined ? undefined : `${folderOf(target)}/${near}`
  }
}

/** The address of `path` on a page: `addressFrom('playbook/plays/a.md', 'playbook/messages/b c.md')` is `../messages/b%20c.md`. */
export function addressFrom(fromPath: string, path: string): string {
  const from = fromPath.split('/').slice(0, -1)
  const to = path.split('/')
  let shared = 0
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++
  return escaped(
    [...from.slice(shared).map(() => '..'), ...to.slice(shared)]
      .join('/')
      .replace(/%/g, '%25')
      .replace(/\?/g, '%3F')
      .replace(/#/g, '%23'),
  )
}

/** What Markdown would take for the end of an address or an entity, in `%` notation. */
export function escaped(address: string): string {
  return address.replace(
    /[\s()<>\\"&]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
