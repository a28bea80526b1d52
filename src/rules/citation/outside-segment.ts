/**
 * Reports a citation of a deal that is no deal of the play's kind, or of the message's segments.
 *
 * Where a segment is unknown, or a predicate names a column that the ledger lacks, nobody can say: the
 * findings about those come first.
 */
import type { Predicate } from '../../model/predicate.ts'
import { defineRule } from '../define-rule.ts'
import { type CitedDeal, citedDealsAs, fittingInWords } from './cited.ts'
import { code, listed } from './deal-in-words.ts'
import { misfitsInWords } from './misfits.ts'

interface Data {
  readonly deal: string
  readonly title: string
  readonly kind: CitedDeal['page']['type']
  readonly segments: readonly string[]
  readonly narrowed: boolean
  /** In what the deal differs; empty where it has to be told segment by segment. */
  readonly because: string
  readonly fitting: string
}

export const outsideSegmentCitation = defineRule({
  id: 'citation/outside-segment',
  reads: ['playbook', 'evidence', 'ledger'],
  text: ({ deal, title, kind, segments, narrowed, because, fitting }: Data) => {
    const named = listed(segments.map(code), 'or')
    const why = because === '' ? '' : `: ${because}`
    return kind === 'play'
      ? `${deal} is not the kind of deal ${title} is for (segment ${named}${narrowed ? ', narrowed by `match`' : ''})${why}. Cite a deal of that kind, or change ${narrowed ? 'the segment or `match`' : 'the segment'} if the play is for such customers too. ${fitting}`.trim()
      : `${deal} is in no segment of ${title} (${named})${why}. Cite a deal of ${segments.length > 1 ? 'one of these segments' : 'that segment'}, or add the deal's segment to \`segments\` if the message is true there too.`
  },
  *check(inputs) {
    const { playbook, ledger } = inputs
    for (const cited of citedDealsAs('outside-segment', inputs)) {
      const { at, page, words, deal, title, related } = cited
      const segments =
        page.type === 'play' ? (page.data.segment === undefined ? [] : [page.data.segment]) : page.data.segments
      const own = page.type === 'play' ? page.predicates.match : undefined
      const only = segments.length === 1 ? playbook.get('segment', segments[0])?.predicates.match : undefined
      const predicates = [only, own].filter((predicate): predicate is Predicate => predicate !== undefined)
      const because = segments.length === 1 ? misfitsInWords(deal, predicates, ledger.columns) : ''
      const data = {
        deal: words,
        title,
        kind: page.type,
        segments,
        narrowed: own !== undefined,
        because,
        fitting: fittingInWords(cited, inputs),
      }
      yield { at, related, data }
    }
  },
})
