/**
 * Reports a citation of a deal that the playbook's `counts` leaves out of everything.
 */
import { nodeAt } from '../../page/data-node.ts'
import { defineRule } from '../define-rule.ts'
import { citedDealsAs, fittingInWords } from './cited.ts'
import { misfitsInWords } from './misfits.ts'

interface Data {
  readonly deal: string
  readonly title: string
  readonly because: string
  readonly fitting: string
}

export const notCountedCitation = defineRule({
  id: 'citation/not-counted',
  reads: ['playbook', 'evidence', 'ledger'],
  text: ({ deal, title, because, fitting }: Data) =>
    `${deal} is left out by \`counts\` of playbook.yaml${because}, so it does not count for ${title}. Cite a deal that counts. ${fitting}`.trim(),
  *check(inputs) {
    const { counts } = inputs.playbook.settings.evidence
    const { path, node } = inputs.playbook.settingsFile
    const range = nodeAt(node, ['evidence', 'counts'])?.range
    const where = range === undefined ? [] : [{ at: { file: path, range }, text: 'What counts.' }]
    for (const cited of citedDealsAs('not-counted', inputs)) {
      const { at, words, deal, title, related } = cited
      const misfits = counts === undefined ? '' : misfitsInWords(deal, [counts], inputs.ledger.columns)
      const because = misfits === '' ? '' : `: ${misfits}`
      yield {
        at,
        related: [...where, ...related],
        data: { deal: words, title, because, fitting: fittingInWords(cited, inputs) },
      }
    }
  },
})
