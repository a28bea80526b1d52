/**
 * Reports a citation of a deal that the ledger does not have on the day.
 *
 * A row that could not be read is no deal either; where it stands is said here, what is wrong with it by
 * `ledger/row`. A deal id in a review or a feedback note is for `reference/unknown`.
 */
import type { Evidence } from '../../evidence/evidence.ts'
import { defineRule } from '../define-rule.ts'
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
      return `The ledger's row of ${code(deal)} (${leftOut.file}, line ${leftOut.line}) could not be read, so it proves nothing for ${title}. Put that row right in the CRM and export again, or cite another deal. ${fitting}`.trim()
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
          near: near.map((id) => nearInWords(id, inputs)),
          fitting: fittingInWords(cited, inputs),
        },
        related: leftOut === undefined ? [] : [{ at: { file: leftOut.file, lines: lineRange(leftOut.line) }, text: 'The row that could not be read.' }],
        fixes: replaceable ? near.map((id) => ({ title: `Cite ${code(id)}`, edits: [{ file: cited.page.path, range: cited.citation.range, newText: inYaml(id) }] })) : [],
      }
    }
  },
})

/** A near id with its facts, where it was won; that it was not is a fact too. */
function nearInWords(id: string, inputs: { readonly evidence: Evidence } & Parameters<typeof telling>[0]): string {
  const won = inputs.evidence.sales.find(({ deal }) => deal.id === id)
  return won === undefined ? `${code(id)} (not won)` : dealInWords(won.deal, telling(inputs))
}

function lineRange(line: number) {
  const start = { line, column: 1 }
  return { start, end: start }
}

/** An id as a YAML value: in quotes where it would be read as something else. */
function inYaml(id: string): string {
  return /^[A-Za-z0-9][\w.-]*$/.test(id) && !/^(?:true|false|null)$/i.test(id) ? id : JSON.stringify(id)
}
