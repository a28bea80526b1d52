/**
 * Whether a page has one person of sales and one of marketing, and in words what is wrong if not.
 *
 * Owning a play and signing a review follow the same rule; which field holds the two people is the caller's
 * affair. A person nobody knows is for `reference/unknown`.
 */
import type { Playbook } from '../../graph/playbook.ts'
import { type Role, standsFor } from '../../model/person.ts'
import { code, listed } from '../citation/deal-in-words.ts'

type Side = 'sales' | 'marketing'

/** The two people as a page names them. */
export type Sides = Readonly<Partial<Record<Side, string | undefined>>>

export type Flaw =
  | { readonly kind: 'nobody'; readonly side: Side }
  | { readonly kind: 'role'; readonly side: Side; readonly person: string; readonly role: Role }
  | { readonly kind: 'same'; readonly person: string }

export function flawsOf(sides: Sides, playbook: Playbook): Flaw[] {
  const flaws: Flaw[] = (['sales', 'marketing'] as const).flatMap((side): Flaw[] => {
    const person = sides[side]
    if (person === undefined) return [{ kind: 'nobody', side }]
    const role = playbook.get('person', person)?.data.role
    return role === undefined || standsFor(side, role) ? [] : [{ kind: 'role', side, person, role }]
  })
  // Whoever is named twice is wrong on one side at least; to say it once is enough.
  const { sales, marketing } = sides
  return sales !== undefined && sales === marketing ? [{ kind: 'same', person: sales }] : flaws
}

/** What to do about a flaw of `field`, which is `owners` or `reviewers`. */
export function flawInWords(flaw: Flaw, field: string): string {
  switch (flaw.kind) {
    case 'nobody':
      return `Add \`${flaw.side}: <person>\` to \`${field}\`: ${rolesInWords[flaw.side]}.`
    case 'role':
      return `${code(flaw.person)} is \`role: ${flaw.role}\`; under \`${flaw.side}\` name ${rolesInWords[flaw.side]}.`
    case 'same':
      return `${code(flaw.person)} stands for both: name somebody else for one of the two.`
  }
}

const rolesInWords: Readonly<Record<Side, string>> = {
  sales: `somebody whose role is ${listed(['`rep`', '`sales-lead`', '`founder`', '`executive`'], 'or')}`,
  marketing: `somebody whose role is ${listed(['`marketing`', '`product`', '`founder`', '`executive`'], 'or')}`,
}

/** One page in `people/`, or one founder left of all of them: there is nobody else to ask. */
export function isOnePersonCompany(playbook: Playbook, asOf: string): boolean {
  const people = playbook.of('person')
  const here = people.filter(({ data }) => data.until === undefined || data.until >= asOf)
  return people.length === 1 || (here.length === 1 && here[0]?.data.role === 'founder')
}
