/**
 * Reports a citation of a deal that the ledger does not have on the day.
 *
 * A row that could not be read is no deal either; where it stands is said here, what is wrong with it by
 * `ledger/row`. A deal id in a review or a feedback note is for `reference/unknown`.
 */
import { defineRule } from '../define-rule.ts'
import { inYaml } from '../reference/in-yaml.ts'
import { citedAs, fittingInWords, telling } from './cited.ts'
import { code, dealInWords, listed } from './deal-in-words.ts'

interface Data {
  readonly deal: string
  readonly title: string
  /** Where the row stands that could not be read. */
  readonly leftOut: { readonly file: string; readonly line: number } | undefined
  /** The day a deal was created that did not exist yet. */
  readonly created: string | undefined
  readonly asOf: string
  readonly near: readonly string[]
  readonly fitting: string
}

export const unknownDealCitation = defineRule({
  id: 'citation/unknown-deal',
  reads: ['playbook', 'evidence', 'ledger'],
  text: ({ deal, title, leftOut, created, asOf, near, fitting }: Data) => {
    if (leftOut !== undefined) {
      return `The ledger's row of ${code(deal)} (${code(leftOut.file)}, line ${leftOut.line.toLocaleString('en-US')}) could not be read, so it proves nothing for ${title}. Put that row right in the CRM and export again, or cite another deal. ${fitting}`.trim()
    }
    if (created !== undefined) {
      return `${code(deal)} was created on ${created}, after ${asOf}, the day this playbook is judged on, so it proves nothing for ${title} yet. Cite a deal that was won by then. ${fitting}`.trim()
    }
    const wrong = `The ledger has no deal ${code(deal)}, so it proves nothing for ${title}.`
    if (near.length > 0) return `${wrong} Did you mean ${listed(near, 'or')}?`
    return `${wrong} Write the deal's id as the CRM has it, or cite another deal. ${fitting}`.trim()
  },
  *check(inputs) {
    const { evidence, ledger } = inputs
    const nearInWords = (id: string): string => {
      const deal = evidence.wonDeal(id)
      // That it was not won is a fact too.
      return deal === undefined ? `${code(id)} (not won)` : dealInWords(deal, telling(inputs))
    }
    for (const cited of citedAs('unknown-deal', inputs)) {
      const { deal } = cited.citation
      const near = evidence.nearest.get(deal) ?? []
      const leftOut = ledger.leftOut.get(deal)
      const created = cited.deal?.created ?? undefined
      const replaceable = leftOut === undefined && created === undefined
      yield {
        at: cited.at,
        data: {
          deal,
          title: cited.title,
          leftOut,
          created,
          asOf: evidence.asOf,
          near: near.map(nearInWords),
          fitting: fittingInWords(cited, inputs),
        },
        related:
          leftOut === undefined
            ? []
            : [{ at: { file: leftOut.file, lines: lineRange(leftOut.line) }, text: 'The row that could not be read.' }],
        fixes: replaceable
          ? near.map((id) => ({
              title: `Cite ${code(id)}`,
              edits: [{ file: cited.page.path, range: cited.citation.range, newText: inYaml(id) }],
            }))
          : [],
      }
    }
  },
})

function lineRange(line: number) {
  const start = { line, column: 1 }
  return { start, end: start }
}
