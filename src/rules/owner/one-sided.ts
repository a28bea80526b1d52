/**
 * Reports a play or message that is not owned by one person of sales and one of marketing.
 *
 * A person nobody knows is for `reference/unknown`, and one who has left for `owner/left`. Where one founder
 * is the whole company there is nobody else to own a page, so it is only a hint.
 */
import type { Playbook } from '../../graph/playbook.ts'
import { type Entity, placeOf } from '../../model/entity.ts'
import { type Role, standsFor } from '../../model/person.ts'
import { shortened } from '../../source/visible.ts'
import { code, listed } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'

type Side = 'sales' | 'marketing'

type Flaw =
  | { readonly kind: 'nobody'; readonly side: Side }
  | { readonly kind: 'role'; readonly side: Side; readonly person: string; readonly role: Role }
  | { readonly kind: 'same'; readonly person: string }

interface Data {
  readonly title: string
  readonly flaws: readonly Flaw[]
}

export const oneSidedOwner = defineRule({
  id: 'owner/one-sided',
  reads: ['playbook', 'asOf'],
  text: ({ title, flaws }: Data) =>
    `“${shortened(title)}” is not owned by one person of sales and one of marketing. ${flaws.map(flawInWords).join(' ')}`,
  *check({ playbook, asOf }) {
    const alone = isOnePersonCompany(playbook, asOf)
    for (const page of [...playbook.of('play'), ...playbook.of('message')]) {
      if (page.invalid.has('owners')) continue
      const flaws = flawsOf(page, playbook)
      if (flaws.length === 0) continue
      const finding = { at: placeOf(page, 'owners'), data: { title: page.data.title ?? page.id, flaws } }
      yield alone ? { ...finding, severity: 'hint' as const } : finding
    }
  },
})

function flawsOf(page: Entity<'play'> | Entity<'message'>, playbook: Playbook): Flaw[] {
  const owners = page.data.owners ?? {}
  const flaws: Flaw[] = (['sales', 'marketing'] as const).flatMap((side): Flaw[] => {
    const person = owners[side]
    if (person === undefined) return [{ kind: 'nobody', side }]
    const role = playbook.get('person', person)?.data.role
    return role === undefined || standsFor(side, role) ? [] : [{ kind: 'role', side, person, role }]
  })
  // Whoever is named twice is wrong on one side at least; to say it once is enough.
  const { sales, marketing } = owners
  return sales !== undefined && sales === marketing ? [{ kind: 'same', person: sales }] : flaws
}

function flawInWords(flaw: Flaw): string {
  switch (flaw.kind) {
    case 'nobody':
      return `Add \`${flaw.side}: <person>\` to \`owners\`: ${rolesInWords[flaw.side]}.`
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

/** One page in `people/`, or one founder left of all of them. */
function isOnePersonCompany(playbook: Playbook, asOf: string): boolean {
  const people = playbook.of('person')
  const here = people.filter(({ data }) => data.until === undefined || data.until >= asOf)
  return people.length === 1 || (here.length === 1 && here[0]?.data.role === 'founder')
}
