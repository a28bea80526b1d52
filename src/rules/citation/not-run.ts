/**
 * Reports a citation of a deal on which, as far as anybody recorded, the play was not run.
 *
 * Messages are not asked: whether a sentence was said in a deal is recorded nowhere.
 */
import { placeOf } from '../../model/entity.ts'
import { defineRule } from '../define-rule.ts'
import { citedDealsAs, fittingInWords } from './cited.ts'
import { code, listed } from './deal-in-words.ts'

interface Data {
  readonly deal: string
  readonly title: string
  readonly play: string
  /** The review, and the plays that it names. */
  readonly review: { readonly path: string; readonly plays: readonly string[] } | undefined
  /** The plays that the ledger names; undefined where it has no such column. */
  readonly ledger: readonly string[] | undefined
  readonly fitting: string
}

export const notRunCitation = defineRule({
  id: 'citation/not-run',
  reads: ['playbook', 'evidence', 'ledger'],
  text: ({ deal, title, play, review, ledger, fitting }: Data) => {
    const named = (plays: readonly string[]) => (plays.length === 0 ? 'none' : listed(plays.map(code)))
    const sources = [
      ...(review === undefined ? [] : [`the review names ${named(review.plays)} under \`plays\``]),
      ...(ledger === undefined ? [] : [`the ledger names ${named(ledger)} in the column \`play\``]),
    ]
    const place = review === undefined ? "in the CRM's play field" : `under \`plays\` of ${code(review.path)}`
    return `Nobody recorded that ${title} was run on ${deal}: ${listed(sources)}. If it was, add ${code(play)} ${place}; else cite a deal it was run on. ${fitting}`.trim()
  },
  *check(inputs) {
    const hasColumn = inputs.ledger.columns.some(({ name }) => name === 'play')
    for (const cited of citedDealsAs('not-run', inputs)) {
      const { at, page, deal, words, title, related } = cited
      const review = inputs.playbook.reviewOf(deal.id)
      const where =
        review === undefined ? [] : [{ at: placeOf(review, 'plays'), text: 'The plays that the review names.' }]
      yield {
        at,
        related: [...where, ...related],
        data: {
          deal: words,
          title,
          play: page.id,
          review: review === undefined ? undefined : { path: review.path, plays: review.data.plays },
          ledger: hasColumn ? deal.plays : undefined,
          fitting: fittingInWords(cited, inputs),
        },
      }
    }
  },
})
