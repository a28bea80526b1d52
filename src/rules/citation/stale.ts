/**
 * Reports a citation of a deal that was won too long ago.
 */
import { monthsBefore } from '../../model/dates.ts'
import { defineRule } from '../define-rule.ts'
import { citedDealsAs, fittingInWords } from './cited.ts'
import { counted } from './deal-in-words.ts'

interface Data {
  readonly deal: string
  readonly title: string
  readonly months: number
  /** The first day that still counts. */
  readonly since: string
  readonly fitting: string
}

export const staleCitation = defineRule({
  id: 'citation/stale',
  reads: ['playbook', 'evidence', 'asOf'],
  text: ({ deal, title, months, since, fitting }: Data) =>
    `${deal} closed more than ${counted(months, 'month')} ago, so it no longer counts for ${title}. Cite a deal won on ${since} or later. ${fitting}`.trim(),
  *check(inputs) {
    const { maxAgeMonths: months } = inputs.playbook.settings.evidence
    const since = monthsBefore(inputs.asOf, months)
    for (const cited of citedDealsAs('stale', inputs)) {
      const { at, words, title, related } = cited
      yield { at, related, data: { deal: words, title, months, since, fitting: fittingInWords(cited, inputs) } }
    }
  },
})
