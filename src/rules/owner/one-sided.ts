/**
 * Reports a play or message that is not owned by one person of sales and one of marketing.
 *
 * A person nobody knows is for `reference/unknown`, and one who has left for `owner/left`. Where one founder
 * is the whole company there is nobody else to own a page, so it is only a hint.
 */
import { placeOf } from '../../model/entity.ts'
import { shortened } from '../../source/visible.ts'
import { defineRule } from '../define-rule.ts'
import { type Flaw, flawInWords, flawsOf, isOnePersonCompany } from './two-sides.ts'

interface Data {
  readonly title: string
  readonly flaws: readonly Flaw[]
}

export const oneSidedOwner = defineRule({
  id: 'owner/one-sided',
  reads: ['playbook', 'asOf'],
  text: ({ title, flaws }: Data) =>
    `“${shortened(title)}” is not owned by one person of sales and one of marketing. ${flaws.map((flaw) => flawInWords(flaw, 'owners')).join(' ')}`,
  *check({ playbook, asOf }) {
    const alone = isOnePersonCompany(playbook, asOf)
    for (const page of [...playbook.of('play'), ...playbook.of('message')]) {
      if (page.invalid.has('owners')) continue
      const flaws = flawsOf(page.data.owners ?? {}, playbook)
      if (flaws.length === 0) continue
      const finding = { at: placeOf(page, 'owners'), data: { title: page.data.title ?? page.id, flaws } }
      yield alone ? { ...finding, severity: 'hint' as const } : finding
    }
  },
})
