/**
 * The types of entity, and the folder each lives in.
 */

export const entityTypes = [
  'play',
  'message',
  'segment',
  'persona',
  'competitor',
  'market',
  'person',
  'review',
  'feedback',
  'collateral',
] as const
export type EntityType = (typeof entityTypes)[number]

export const folders: Readonly<Record<EntityType, string>> = {
  play: 'plays',
  message: 'messages',
  segment: 'segments',
  persona: 'personas',
  competitor: 'competitors',
  market: 'markets',
  person: 'people',
  review: 'reviews',
  feedback: 'feedback',
  collateral: 'collateral',
}

const typeOfFolder = new Map<string, EntityType>(entityTypes.map((type) => [folders[type], type]))

/**
 * The type and id of a page by its path inside the playbook: `plays/emea/audit-deadline.md` is the play
 * `audit-deadline`. Undefined for README.md and for Markdown outside the folders of types.
 */
export function identify(path: string): { type: EntityType; id: string } | undefined {
  const first = path.indexOf('/')
  const type = first < 0 ? undefined : typeOfFolder.get(path.slice(0, first))
  if (type === undefined || !path.endsWith('.md')) return undefined
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.toLowerCase() === 'readme.md' ? undefined : { type, id: name.slice(0, -3) }
}
