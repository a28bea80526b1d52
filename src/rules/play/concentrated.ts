/**
 * Reports a play whose record one account, one seller or one territory carries.
 *
 * One huge deal carries all three at once, so a play has one finding that names them all. A play that cites no
 * deal is left to `play/unbacked`.
 */
import type { Concentration } from '../../evidence/evidence.ts'
import { placeOf } from '../../model/entity.ts'
import { quoted } from '../citation/cited.ts'
import { code, listed, percent } from '../citation/deal-in-words.ts'
import { defineRule } from '../define-rule.ts'

interface Data {
  readonly title: string
  readonly carrying: readonly Concentration[]
  readonly maxShare: number
}

export const concentratedPlay = defineRule({
  id: 'play/concentrated',
  reads: ['playbook', 'evidence'],
  text: ({ title, carrying, maxShare }: Data) =>
    `In the record of ${title}, ${listed(carrying.map(dimensionInWords))} of the won amount; more than ${percent(maxShare)} is a risk. Win it with other ${listed(carrying.map(({ dimension }) => others[dimension]))} before you rely on it, or narrow \`match\` to where it works.`,
  *check({ playbook, evidence }) {
    const { maxShare } = playbook.settings.evidence
    const found = new Map(evidence.plays.map((play) => [play.id, play.concentrated]))
    for (const play of playbook.of('play')) {
      const carrying = found.get(play.id) ?? []
      if (carrying.length === 0 || play.citations.length === 0) continue
      if (['match', 'since', 'evidence'].some((field) => play.invalid.has(field))) continue
      yield { at: placeOf(play, 'title'), data: { title: quoted(play), carrying, maxShare } }
    }
  },
})

const others = { account: 'accounts', seller: 'sellers', territory: 'territories' } as const

/** ``the account `Halyard Bank` carries 62%`` */
export function dimensionInWords({ dimension, value, share }: Concentration): string {
  return `the ${dimension} ${code(value)} carries ${percent(share)}`
}
