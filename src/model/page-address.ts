/**
 * Where each page of the playbook stands on the site: what the site builds and what an editor shows beside the text.
 *
 * Addresses here begin with `/` and do not know the path the site is served under.
 */
import type { EntityType } from './entity-types.ts'

const places: Readonly<Record<EntityType, string>> = {
  play: 'plays',
  message: 'messages',
  segment: 'segments',
  persona: 'personas',
  competitor: 'battlecards',
  market: 'markets',
  person: 'people',
  review: 'reviews',
  feedback: 'feedback',
  collateral: 'collateral',
}

/** `addressOf('play', 'audit-deadline')` is `/plays/audit-deadline/`; people, feedback and collateral share a page each. */
export function addressOf(type: EntityType, id: string): string {
  const shared = type === 'person' || type === 'feedback' || type === 'collateral'
  return shared ? `/${places[type]}/#${nameOf(id)}` : `/${places[type]}/${nameOf(id)}/`
}

/** An id as a piece of an address: letters, digits, `.`, `_` and `-`; what else a file may be called gets a number instead. */
export function nameOf(id: string): string {
  const plain = id.replace(/[^\p{L}\p{N}._-]/gu, '-').replace(/^\.+/, '-')
  return plain === id ? id : `${plain}-${hash(id)}`
}

/** FNV-1a: two names that differ in a forbidden character stay two names. */
function hash(text: string): string {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return (value >>> 0).toString(36)
}
