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
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  const type = typeOfFolder.get(parts[0] ?? '')
  if (type === undefined || parts.length < 2 || !name.endsWith('.md') || name.toLowerCase() === 'readme.md')
    return undefined
  return { type, id: name.slice(0, -3) }
}
