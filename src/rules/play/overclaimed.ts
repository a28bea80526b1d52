/**
 * Reports a play whose status claims more than its evidence allows, and says exactly what is missing.
 *
 * Why a cited deal does not count is said at that citation. A play that cites none is for `play/unbacked`.
 */
import type { PlayEvidence } from '../../evidence/evidence.ts'
import { placeOf } from '../../model/entity.ts'
import type { EvidenceSettings } from '../../model/ledger-settings.ts'
import { quoted } from '../citation/cited.ts'
import { counted, listed, percent } from '../citation/deal-in-words.ts'
import { defineRule, type RuleInputs } from '../define-rule.ts'
import { awaitsReview } from '../unread-pages.ts'
import { claims, statuses } from './claims.ts'
import { dimensionInWords } from './concentrated.ts'

interface Data {
  readonly title: string
  readonly claimed: string
  readonly supported: string
  readonly missing: readonly string[]
  /** The trial that the play would become has no end yet. */
  readonly needsUntil: boolean
}

export const overclaimedPlay = defineRule({
  id: 'play/overclaimed',
  reads: ['playbook', 'evidence', 'ledger'],
  text: ({ title, claimed, supported, missing, needsUntil }: Data) =>
    `${title} claims \`${claimed}\`, and its evidence supports \`${supported}\`: ${listed(missing)}. Set \`status: ${supported}\`${needsUntil ? ' with an `until`' : ''}, or supply what is missing.`,
  *check(inputs) {
    for (const { play, found, claimed, supported } of claims(inputs)) {
      if (claimed <= supported || play.citations.length === 0) continue
      if (found.citations.some((citation) => awaitsReview(citation, inputs.playbook))) continue
      const status = statuses[supported] ?? 'draft'
      const at = placeOf(play, 'status')
      yield {
        at,
        data: {
          title: quoted(play),
          claimed: statuses[claimed] ?? '',
          supported: status,
          missing: missingFor(claimed, found, inputs),
          needsUntil: status === 'trial' && play.data.until === undefined,
        },
        fixes:
          'range' in at && !awaitsId(found, inputs)
            ? [{ title: `Set \`status: ${status}\``, edits: [{ ...at, newText: status }] }]
            : [],
      }
    }
  },
})

type Inputs = Pick<RuleInputs, 'playbook' | 'evidence'>

/** A slip in an id is mended first: the play may deserve its status after that. */
function awaitsId({ citations }: PlayEvidence, { evidence }: Inputs): boolean {
  return citations.some(
    ({ deal, reasons }) => reasons.includes('unknown-deal') && (evidence.nearest.get(deal) ?? []).length > 0,
  )
}

/** What the claimed status needs and the play does not have, most basic first. */
function missingFor(claimed: number, found: PlayEvidence, inputs: Inputs): string[] {
  const { citations } = found
  const { evidence: settings } = inputs.playbook.settings
  const eligible = citations.filter((citation) => citation.eligible)
  if (eligible.length === 0) {
    return [
      citations.length === 1
        ? 'the one deal it cites does not count'
        : `none of the ${citations.length} deals it cites counts`,
    ]
  }
  const missing = claimed >= 2 ? missingForRepeatable(found, settings, backers(found, inputs)) : []
  return claimed >= 3 ? [...missing, ...missingForProven(found, settings)] : missing
}

function missingForRepeatable(
  { better }: PlayEvidence,
  settings: EvidenceSettings,
  backed: { accounts: number; sellers: number },
): string[] {
  const missing: string[] = []
  const { minAccounts, minSellers, minBetter } = settings
  const counts = [
    ...(backed.accounts < minAccounts ? [`${backed.accounts} of ${counted(minAccounts, 'account')}`] : []),
    ...(backed.sellers < minSellers
      ? [`${backed.sellers} of ${counted(minSellers, 'seller')} (founders and executives do not count)`]
      : []),
  ]
  if (counts.length > 0) missing.push(`the deals that count have ${listed(counts)}`)
  if (better !== null && better < minBetter) {
    missing.push(
      `its record speaks against it: the chance that it wins more often than the rest of its segment is ${percent(better)}, and ${percent(minBetter)} is the least`,
    )
  }
  return missing
}

function missingForProven(
  { record, q, concentrated }: PlayEvidence,
  { maxFalseDiscovery, minClosed, minBaseline }: EvidenceSettings,
): string[] {
  const closed = record.wins + record.losses
  const missing: string[] = []
  if (closed < minClosed) missing.push(`its record has ${closed} of ${counted(minClosed, 'closed deal')}`)
  if (q === null && closed > 0)
    missing.push(
      `at the end of the last quarter its record could not be compared with the rest of its segment, which takes ${counted(minBaseline, 'closed deal')} there`,
    )
  if (q !== null && q > maxFalseDiscovery)
    missing.push(
      `its lead over the rest of its segment may be chance (q is ${rounded(q)}, and ${rounded(maxFalseDiscovery)} is the most)`,
    )
  const carrying = concentrated.filter(({ dimension }) => dimension !== 'territory')
  if (carrying.length > 0) missing.push(`${listed(carrying.map(dimensionInWords))} of the won amount`)
  return missing
}

/** Three places are enough for a reader, unless they make 0.1004 look like 0.1. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(3)))
}

/** Accounts and sellers behind the citations that count: founders and executives sell what others cannot repeat. */
function backers({ citations }: PlayEvidence, { playbook, evidence }: Inputs): { accounts: number; sellers: number } {
  const deals = citations
    .flatMap(({ deal, eligible }) => (eligible ? [evidence.deals.get(deal)] : []))
    .filter((deal) => deal !== undefined)
  const people = playbook.of('person')
  const sellers = deals.flatMap(({ owner }) => {
    const person = people.find(({ data }) =>
      (typeof data.ledgerName === 'string' ? [data.ledgerName] : (data.ledgerName ?? [])).includes(owner),
    )
    return owner === '' || person?.data.role === 'founder' || person?.data.role === 'executive'
      ? []
      : [person === undefined ? owner : `people/${person.id}`]
  })
  const accounts = deals.map(({ accountGroup }) => accountGroup).filter((group) => group !== '')
  return { accounts: new Set(accounts).size, sellers: new Set(sellers).size }
}
