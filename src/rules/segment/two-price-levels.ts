/**
 * Reports a segment with so many large deals that they are no elephants but a second kind of sale.
 */
import { placeOf } from '../../model/entity.ts'
import { shortened } from '../../source/visible.ts'
import { majorInWords } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'

interface Data {
  readonly title: string
  readonly above: number
  readonly wins: number
  readonly times: number
  readonly median: string
  readonly bar: string
}

export const twoPriceLevelsSegment = defineRule({
  id: 'segment/two-price-levels',
  reads: ['playbook', 'evidence'],
  text: ({ title, above, wins, times, median, bar }: Data) =>
    `“${title}” holds two price levels: ${above} of its ${wins} won deals are above ${bar}, ${times} times the median of ${median}. Until they are told apart none of them is an elephant. Make two segments, for example with \`product\` or a bound on \`amount\`, so that each play is judged among its like.`,
  *check({ playbook, evidence }) {
    const { settings } = playbook
    const found = new Map(evidence.segments.map((segment) => [segment.id, segment]))
    for (const segment of playbook.of('segment')) {
      const levels = found.get(segment.id)
      if (levels?.twoPriceLevels !== true) continue
      const { aboveBar: above, wins, median, bar } = levels
      const words = (major: number | null) => majorInWords(major ?? 0, settings)
      const data = {
        title: shortened(segment.data.title ?? segment.id),
        above,
        wins,
        times: settings.evidence.elephantTimes,
        median: words(median),
        bar: words(bar),
      }
      yield { at: placeOf(segment, 'title'), data }
    }
  },
})
