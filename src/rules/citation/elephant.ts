/**
 * Reports a citation of a deal so much larger than the rest of its segment that it says little about the next.
 *
 * Messages are not asked: a claim may be true for the largest customer of all.
 */
import { defineRule } from '../define-rule.ts'
import { citedDealsAs, fittingInWords } from './cited.ts'
import { code, majorInWords } from './deal-in-words.ts'

interface Data {
  readonly deal: string
  readonly title: string
  readonly segment: string
  readonly times: number
  readonly median: string | undefined
  readonly fitting: string
}

export const elephantCitation = defineRule({
  id: 'citation/elephant',
  reads: ['playbook', 'evidence'],
  text: ({ deal, title, segment, times, median, fitting }: Data) =>
    `${deal} is an elephant: more than ${times} times the median of segment ${segment}${median === undefined ? '' : ` (${median})`}. One huge sale says little about the next, so it does not count for ${title}. Cite deals of usual size. ${fitting}`.trim(),
  *check(inputs) {
    const { playbook, evidence } = inputs
    const { elephantTimes: times } = playbook.settings.evidence
    for (const cited of citedDealsAs('elephant', inputs)) {
      const { at, page, words, title, related } = cited
      const segment = page.type === 'play' ? page.data.segment : undefined
      const median = evidence.segments.find(({ id }) => id === segment)?.median ?? undefined
      yield {
        at,
        related,
        data: {
          deal: words,
          title,
          segment: code(segment ?? ''),
          times,
          median: median === undefined ? undefined : majorInWords(median, playbook.settings),
          fitting: fittingInWords(cited, inputs),
        },
      }
    }
  },
})
