/**
 * Where a link in a page leads: another page, a file of the playbook, the outside, or nowhere.
 */
import type { AnyEntity } from '../model/entity.ts'
import { onceFor } from '../model/once.ts'
import type { PageFacts } from '../page/page.ts'

export type LinkTarget =
  | {
      readonly kind: 'page'
      readonly entity: AnyEntity
      readonly anchor: string | undefined
      readonly anchorFound: boolean
    }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'external' }
  /** An address of a kind the site removes: `javascript:` and the like. */
  | { readonly kind: 'unsafe'; readonly scheme: string }
  /** Out of the playbook's folder: never looked at, so that not even its existence shows. */
  | { readonly kind: 'outside' }
  | { readonly kind: 'missing'; readonly path: string }

/** What a playbook is to a link. */
export interface LinkSpace {
  readonly folder: string
  readonly files: ReadonlySet<string>
  hasFolder(path: string): boolean
  atPath(path: string): AnyEntity | undefined
}

const safeSchemes = new Set(['http', 'https', 'mailto', 'tel'])

export function resolveLink(fromPath: string, url: string, playbook: LinkSpace): LinkTarget {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme !== undefined) return safeSchemes.has(scheme) ? { kind: 'external' } : { kind: 'unsafe', scheme }
  if (url.startsWith('//')) return { kind: 'external' }
  const hash = url.indexOf('#')
  const anchor = hash < 0 ? undefined : decoded(url.slice(hash + 1))
  const pathPart = decoded((hash < 0 ? url : url.slice(0, hash)).replace(/\?.*$/s, ''))
  const path = pathPart === '' ? fromPath : joined(fromPath, pathPart)
  if (path === undefined || (path !== playbook.folder && !path.startsWith(`${playbook.folder}/`)))
    return { kind: 'outside' }
  const entity = playbook.atPath(path)
  if (entity !== undefined) {
    // `#top` and `#` mean the top of any page.
    const anchorFound =
      anchor === undefined || anchor === '' || anchor.toLowerCase() === 'top' || anchorsOf(entity.facts).has(anchor)
    return { kind: 'page', entity, anchor, anchorFound }
  }
  if (playbook.files.has(path) || playbook.hasFolder(path)) return { kind: 'file', path }
  return { kind: 'missing', path }
}

/** What `#…` may name on a page, gathered once: a page may have thousands of headings and thousands of links to them. */
const anchorsOf = onceFor(
  ({ headings, anchors }: PageFacts): ReadonlySet<string> => new Set([...headings.map(({ slug }) => slug), ...anchors]),
)

/** `joined('playbook/plays/a.md', '../messages/b.md')` is `playbook/messages/b.md`; undefined above the root. */
export function joined(fromPath: string, relative: string): string | undefined {
  return joinedPlainly(fromPath, relative) ?? joinedByParts(fromPath, relative)
}

/** The usual address, `../` some times and then a path, without taking it to pieces: every link is looked up several times. */
function joinedPlainly(fromPath: string, relative: string): string | undefined {
  let end = fromPath.lastIndexOf('/')
  let start = 0
  while (relative.startsWith('../', start)) {
    if (end <= 0) return undefined
    end = fromPath.lastIndexOf('/', end - 1)
    start += 3
  }
  const rest = start === 0 ? relative : relative.slice(start)
  const isPlain = rest !== '' && !rest.startsWith('.') && !/\/(?:[./]|$)/.test(rest) && !rest.startsWith('/')
  if (!isPlain) return undefined
  return end < 0 ? rest : `${fromPath.slice(0, end)}/${rest}`
}

function joinedByParts(fromPath: string, relative: string): string | undefined {
  const parts = relative.startsWith('/') ? [] : fromPath.split('/').slice(0, -1)
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

function decoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
