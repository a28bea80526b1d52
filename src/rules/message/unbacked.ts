/**
 * Reports an approved message that nothing proves: no deal, and no source of the product's own.
 *
 * What is wrong with a deal that *is* cited is for the `citation/*` rules to say, at that citation.
 */
import { placeOf } from '../../model/entity.ts'
import { quoted } from '../citation/cited.ts'
import { defineRule } from '../define-rule.ts'

export const unbackedMessage = defineRule({
  id: 'message/unbacked',
  reads: ['playbook'],
  text: ({ title, byProduct }: { title: string; byProduct: boolean }) =>
    byProduct
      ? `${title} says that the product proves it, but not where. Link to the proof under \`source\`, cite a won deal under \`evidence\`, or set \`status: draft\`.`
      : `${title} is approved and cites no deal. Cite a won deal under \`evidence\`, write \`proof: product\` with a link under \`source\` if the product itself proves it, or set \`status: draft\`.`,
  *check({ playbook }) {
    for (const message of playbook.of('message')) {
      const { status, proof, source } = message.data
      if (status !== 'approved' || message.citations.length > 0) continue
      if (['evidence', 'proof', 'source'].some((field) => message.invalid.has(field))) continue
      if (proof === 'product' && source !== undefined) continue
      yield { at: placeOf(message, 'evidence'), data: { title: quoted(message), byProduct: proof === 'product' } }
    }
  },
})
