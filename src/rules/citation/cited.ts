/**
 * Walks the citations of plays in use and approved messages that do not count for one reason.
 *
 * Whether a citation counts was decided with the evidence; what to say about it is for each rule of this
 * folder. A page whose `evidence` has a field problem is left to that: its entries may not be what was meant.
 */
import type { CitationEvidence, ReasonCode } from '../../evidence/evidence.ts'
import type { Deal } from '../../ledger/ledger.ts'
import type { Citation, Entity } from '../../model/entity.ts'
import { onceFor } from '../../model/once.ts'
import type { Place } from '../../source/text.ts'
import { shortened } from '../../source/visible.ts'
import type { RuleFinding, RuleInputs } from '../define-rule.ts'
import { code, dealInWords, listed, type Telling } from './deal-in-words.ts'

type Inputs = Pick<RuleInputs, 'playbook' | 'evidence'>
type CitingPage = Entity<'play'> | Entity<'message'>

/** A citation that does not count, with what a finding about it needs. */
export interface Cited {
  readonly page: CitingPage
  /** “Land with finance” */
  readonly title: string
  /** The id as the author wrote it. */
  readonly at: Place
  readonly citation: Citation
  /** Its place in the list, from 0. */
  readonly index: number
  /** What was decided about all citations of the page, in their order. */
  readonly judged: readonly CitationEvidence[]
  /** Undefined where the ledger has no such deal. */
  readonly deal: Deal | undefined
}

/** A citation of a deal that the ledger has. */
export interface CitedDeal extends Cited {
  readonly deal: Deal
  /** The deal with the ledger's facts: `` `D-17` (Halyard Bank, lost on 2026-03-14) ``. */
  readonly words: string
  /** The deal's row of the ledger. */
  readonly related: NonNullable<RuleFinding<unknown>['related']>
}

/** Every citation that has `reason` among its reasons. */
export function* citedAs(reason: ReasonCode, { playbook, evidence }: Inputs): Iterable<Cited> {
  const { plays, messages } = judgedIn(evidence)
  const pages: CitingPage[] = [...playbook.of('play').filter(inUse), ...playbook.of('message').filter(approved)]
  for (const page of pages) {
    const judged = (page.type === 'play' ? plays : messages).get(page.id)
    if (judged === undefined || page.invalid.has('evidence')) continue
    for (const [index, citation] of page.citations.entries()) {
      if (!judged[index]?.reasons.includes(reason)) continue
      const at = { file: page.path, range: citation.range }
      yield { page, title: quoted(page), at, citation, index, judged, deal: evidence.deals.get(citation.deal) }
    }
  }
}

type Judged = ReadonlyMap<string, readonly CitationEvidence[]>

/** By page, made once for all rules of this folder. */
const judgedIn = onceFor(
  ({ plays, messages }: Inputs['evidence']): { readonly plays: Judged; readonly messages: Judged } => ({
    plays: new Map(plays.map(({ id, citations }) => [id, citations])),
    messages: new Map(messages.map(({ id, citations }) => [id, citations])),
  }),
)

/** The same with the facts of the deal in words: for every reason but `unknown-deal`. */
export function* citedDealsAs(reason: ReasonCode, inputs: Inputs): Iterable<CitedDeal> {
  const told = telling(inputs)
  for (const cited of citedAs(reason, inputs)) {
    const { deal } = cited
    if (deal !== undefined) yield { ...cited, deal, words: dealInWords(deal, told), related: [rowOf(deal)] }
  }
}

/** What the ledger says, ready to be told: amounts in the playbook's currency, outcomes of the day. */
export function telling({ playbook, evidence }: Inputs): Telling {
  return { settings: playbook.settings, asOf: evidence.asOf }
}

/** Up to three deals that the play could cite instead; empty for a message, which has no deals of its own. */
export function fittingInWords({ page }: Cited, inputs: Inputs): string {
  if (page.type !== 'play') return ''
  const known = fittingOf.get(inputs.evidence) ?? new Map<string, string>()
  fittingOf.set(inputs.evidence, known)
  const words = known.get(page.id) ?? sayFitting(inputs.evidence.fitting(page.id).slice(0, 3), inputs)
  known.set(page.id, words)
  return words
}

/** Looking for deals that fit takes time, and every finding of a play wants the same ones. */
const fittingOf = new WeakMap<Inputs['evidence'], Map<string, string>>()

function sayFitting(deals: readonly Deal[], inputs: Inputs): string {
  return deals.length === 0 ? '' : `${listed(deals.map((deal) => dealInWords(deal, telling(inputs))))} would fit.`
}

/** The title in quotation marks, else the id. */
export function quoted({ data, id }: CitingPage): string {
  return `“${shortened(data.title ?? id)}”`
}

/** Where the ledger has the deal. */
export function rowOf({ id, place }: Deal): CitedDeal['related'][number] {
  const start = { line: place.line, column: 1 }
  return { at: { file: place.file, lines: { start, end: start } }, text: `The ledger's row of ${code(id)}.` }
}

function inUse({ data }: Entity<'play'>): boolean {
  return data.status !== 'draft' && data.status !== 'retired'
}

function approved({ data }: Entity<'message'>): boolean {
  return data.status === 'approved'
}
