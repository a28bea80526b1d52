/**
 * Reports a link or image that leads nowhere, out of the playbook, or to an address the site removes; also the `source`
 * of a message.
 *
 * Addresses on the web are never asked for. A page that cannot be read has no headings, which is said at
 * that page.
 */
import type { Playbook } from '../../graph/playbook.ts'
import type { LinkTarget } from '../../graph/resolve-link.ts'
import { type AnyEntity, placeOf } from '../../model/entity.ts'
import type { Link } from '../../page/page.ts'
import { shortened } from '../../source/visible.ts'
import { code } from '../citation/deal-in-words.ts'
import { defineRule, type RuleFinding } from '../define-rule.ts'
import { addressFrom, escaped, Nearby } from './nearby.ts'

interface Broken {
  /** What is so. */
  readonly flaw: string
  /** What to do where nothing is suggested. */
  readonly remedy: string
  /** The whole address that may be meant. */
  readonly address?: string | undefined
}

export const brokenLink = defineRule({
  id: 'link/broken',
  reads: ['playbook'],
  text: ({ flaw, remedy, address }: Broken) =>
    `${flaw} ${address === undefined ? remedy : `Did you mean ${code(address)}?`}`,
  *check({ playbook }) {
    const nearby = new Nearby(playbook)
    for (const entity of playbook.entities) {
      for (const link of entity.facts.links) {
        const data = broken(entity, link, playbook, nearby)
        if (data === undefined) continue
        const at = { file: entity.path, range: link.range }
        const fixes =
          data.address === undefined
            ? []
            : [{ title: `Link to ${code(data.address)}`, edits: [{ ...at, newText: data.address }] }]
        yield { at, data, fixes }
      }
      yield* brokenSource(entity, playbook, nearby)
    }
  },
})

/** What proves a message is a link in the frontmatter. */
function* brokenSource(entity: AnyEntity, playbook: Playbook, nearby: Nearby): Iterable<RuleFinding<Broken>> {
  if (entity.type !== 'message' || entity.data.source === undefined) return
  const at = placeOf(entity, 'source')
  if (!('range' in at)) return
  const data = broken(entity, { kind: 'link', url: entity.data.source, text: '', range: at.range }, playbook, nearby)
  if (data !== undefined) yield { at, data }
}

function broken(entity: AnyEntity, link: Link, playbook: Playbook, nearby: Nearby): Broken | undefined {
  if (link.url === '')
    return {
      flaw: `This ${noun(link)} has no address.`,
      remedy: 'Write one between the parentheses, or take the link out.',
    }
  const target = playbook.target(entity, link.url)
  const suggested = (path: string | undefined): string | undefined => {
    const found = nearby.file(entity.path, link.url, path)
    return found === undefined
      ? undefined
      : `${addressFrom(entity.path, found)}${escaped(/#.*$/s.exec(link.url)?.[0] ?? '')}`
  }
  switch (target.kind) {
    case 'missing': {
      const inside = target.path.slice(playbook.folder.length + 1)
      const remedy = inside.endsWith('.md')
        ? 'Correct the address, or write that page.'
        : 'Correct the address, or put the file there.'
      return {
        flaw: `This ${noun(link)} leads to ${code(inside)}, which is not in the playbook.`,
        remedy,
        address: suggested(target.path),
      }
    }
    case 'outside':
      return {
        flaw: `This ${noun(link)} leads out of the playbook, where no reader of the site can follow.`,
        remedy: 'Put the file into the playbook, or give its whole address on the web, beginning with `https://`.',
        address: suggested(undefined),
      }
    case 'unsafe':
      return {
        flaw: `${code(`${target.scheme}:`)} is no address that readers can follow: the site takes it out.`,
        remedy:
          'Write one that begins with `https:`, `http:`, `mailto:` or `tel:`, or a path to a file of the playbook.',
      }
    case 'page':
      return target.anchorFound ? undefined : missingAnchor(entity, link, target, nearby)
    default:
      return undefined
  }
}

function missingAnchor(
  entity: AnyEntity,
  link: Link,
  { entity: page, anchor = '' }: LinkTarget & { kind: 'page' },
  nearby: Nearby,
): Broken | undefined {
  if (page.facts.problems.some(({ rule }) => rule !== 'file/hidden-characters')) return undefined
  const near = nearby.anchor(page, anchor)
  const where = page === entity ? 'this page' : `“${shortened(page.id)}”`
  return {
    flaw: `There is no heading ${code(`#${anchor}`)} on ${where}.`,
    remedy:
      'Take the part from `#` on out, or write it as the heading reads: in small letters, with hyphens for spaces.',
    address: near === undefined ? undefined : `${escaped(link.url.replace(/#.*$/s, ''))}#${escaped(near)}`,
  }
}

function noun({ kind }: Link): string {
  return kind === 'image' ? 'image' : 'link'
}
