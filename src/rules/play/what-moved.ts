/**
 * What moved on a page since somebody stood behind it, and how old that is: for `*\/suspect` and `*\/unconfirmed`.
 *
 * One page is told once: where something has moved, that its confirmation is old as well adds nothing.
 */
import type { Evidence } from '../../evidence/evidence.ts'
import { dealFacts, type Moved, movedSince } from '../../evidence/fingerprint.ts'
import { pageFingerprint } from '../../evidence/page-fingerprint.ts'
import type { Deal } from '../../ledger/ledger.ts'
import { monthsBefore } from '../../model/dates.ts'
import { type Entity, placeOf } from '../../model/entity.ts'
import { folders } from '../../model/entity-types.ts'
import { shortened } from '../../source/visible.ts'
import { code, counted, listed, moneyInWords } from '../citation/deal-in-words.ts'
import type { RuleFinding, RuleInputs } from '../define-rule.ts'

type Confirmable = Entity<'play'> | Entity<'message'> | Entity<'competitor'>
type Fingerprinted = Entity<'play'> | Entity<'message'>
type Inputs = Pick<RuleInputs, 'playbook' | 'textOf'>
type WithEvidence = Pick<RuleInputs, 'evidence'>

export interface Suspect {
  readonly title: string
  readonly page: string
  readonly by: string
  readonly date: string
  /** `the words of “Talk track”`; empty where the fingerprint cannot be read. */
  readonly moved: readonly string[]
}

/** The pages of which something has moved since they were confirmed. */
export function* suspects(
  pages: readonly Fingerprinted[],
  inputs: Inputs & WithEvidence,
): Iterable<RuleFinding<Suspect>> {
  for (const page of pages) {
    const { confirmed, title = page.id } = page.data
    const moved = movedOn(page, inputs, inputs.evidence)
    if (confirmed === undefined || moved === undefined || moved === 'nothing') continue
    yield {
      at: placeOf(page, 'confirmed'),
      subject: page.id,
      data: {
        title,
        page: `${folders[page.type]}/${page.id}`,
        by: inputs.playbook.get('person', confirmed.by)?.data.name ?? confirmed.by,
        date: confirmed.date,
        moved: moved === 'unreadable' ? [] : moved.map((each) => inWords(each, page, inputs)),
      },
    }
  }
}

export function suspectInWords({ title, page, by, date, moved }: Suspect): string {
  const remedy = `If it still holds, an owner says so with \`playproof confirm ${shortened(page)} --by <person>\`; else put it right first.`
  const shown = moved.length > 5 ? [...moved.slice(0, 4), `${moved.length - 4} things more`] : moved
  return moved.length === 0
    ? `${shortened(by)} stood behind “${shortened(title)}” on ${date}, but the \`fingerprint\` of that day cannot be read, so nobody can tell what has changed since. ${remedy}`
    : `“${shortened(title)}” is not what ${shortened(by)} stood behind on ${date}. Since then: ${listed(shown)}. ${remedy}`
}

export interface Unconfirmed {
  readonly title: string
  readonly page: string
  readonly months: number
  /** Undefined where nobody ever stood behind it. */
  readonly last: { readonly by: string; readonly date: string } | undefined
}

/** The pages that nobody stands behind, or not any more; `evidence` tells which of them are suspect already. */
export function* unconfirmed(
  pages: readonly Confirmable[],
  inputs: Inputs & Pick<RuleInputs, 'asOf' | 'evidenceIfAny'>,
): Iterable<RuleFinding<Unconfirmed>> {
  const { playbook, asOf, evidenceIfAny } = inputs
  for (const page of pages) {
    if (page.invalid.has('confirmed')) continue
    const { confirmed, title = page.id } = page.data
    const months = playbook.settings.evidence.confirmMonths[page.type]
    if (confirmed !== undefined && confirmed.date >= monthsBefore(asOf, months)) continue
    if (page.type !== 'competitor' && evidenceIfAny !== undefined && isSuspect(page, inputs, evidenceIfAny)) continue
    const by = confirmed === undefined ? '' : (playbook.get('person', confirmed.by)?.data.name ?? confirmed.by)
    yield {
      at: placeOf(page, confirmed === undefined ? 'title' : 'confirmed'),
      subject: page.id,
      data: {
        title,
        page: `${folders[page.type]}/${page.id}`,
        months,
        last: confirmed === undefined ? undefined : { by, date: confirmed.date },
      },
    }
  }
}

export function unconfirmedInWords({ title, page, months, last }: Unconfirmed): string {
  const remedy = `\`playproof confirm ${shortened(page)} --by <person>\``
  return last === undefined
    ? `Nobody has said yet that “${shortened(title)}” is right. Read it through; whoever stands behind it runs ${remedy}.`
    : `${shortened(last.by)} stood behind “${shortened(title)}” on ${last.date}, and that holds for ${counted(months, 'month')}. Read it again, put right what has changed, and say so with ${remedy}.`
}

function isSuspect(page: Fingerprinted, inputs: Inputs, evidence: Evidence): boolean {
  const moved = movedOn(page, inputs, evidence)
  return moved !== undefined && moved !== 'nothing'
}

/** Undefined where nobody confirmed the page, or nobody can compare it with what was confirmed. */
function movedOn(
  page: Fingerprinted,
  { playbook, textOf }: Inputs,
  evidence: Evidence,
): readonly Moved[] | 'nothing' | 'unreadable' | undefined {
  const { confirmed } = page.data
  if (confirmed === undefined || page.invalid.has('confirmed')) return undefined
  // A play that cites no deal at all is told so, and that is enough.
  if (page.type === 'play' && page.citations.length === 0) return undefined
  // A field that cannot be read has moved only because it is broken, which is said there.
  if (fingerprinted.some((field) => page.invalid.has(field))) return undefined
  const now = pageFingerprint(page, textOf(page.path), playbook, (id) => evidence.deals.get(id))
  const segment = page.type === 'play' ? playbook.get('segment', page.data.segment) : undefined
  const brokenSegment = segment !== undefined && (segment.facts.data === undefined || segment.invalid.has('match'))
  const moved = movedSince(confirmed.fingerprint, now)?.filter(
    ({ kind, name }) => !(brokenSegment && kind === 'field' && name === 'segment-match'),
  )
  return moved === undefined ? 'unreadable' : moved.length === 0 ? 'nothing' : moved
}

const fingerprinted = ['title', 'status', 'claim', 'segment', 'match', 'since', 'evidence']

function inWords({ kind, name, how, what }: Moved, page: Fingerprinted, inputs: Inputs & WithEvidence): string {
  const { evidence } = inputs
  const changed = how === 'added' ? 'is new' : how === 'removed' ? 'is gone' : 'changed'
  const parts = what.length === 2 ? 'the words and the figures' : what.includes('figures') ? 'a figure' : 'the words'
  if (kind === 'section' && name === '') return `${parts} before the first section changed`
  if (kind === 'section')
    return `${how === 'changed' ? `${parts} ${parts === 'a figure' ? 'in' : 'of'}` : 'the section'} “${shortened(name)}” ${changed}`
  if (kind === 'field')
    return `${name === 'segment-match' ? 'the segment’s own `match`' : `its ${code(name)}`} ${changed}`
  if (how === 'added') return `${code(name)} is cited`
  if (how === 'removed')
    return evidence.deals.has(name) || !page.citations.some(({ deal }) => deal === name)
      ? `${code(name)} is no longer cited`
      : `the ledger no longer has ${code(name)}`
  const deal = evidence.deals.get(name)
  const facts = deal === undefined ? [] : dealFacts.filter((fact) => what.includes(fact))
  if (deal === undefined || facts.length === 0)
    return `the account, outcome, amount or close date of ${code(name)} changed`
  return `${listed(facts.map((fact) => `the ${factNames[fact]} of ${code(name)} is now ${factInWords(deal, fact, inputs)}`))}`
}

const factNames = { account: 'account', outcome: 'outcome', amount: 'amount', closed: 'close date' } as const

function factInWords(deal: Deal, fact: (typeof dealFacts)[number], inputs: Inputs & WithEvidence): string {
  if (fact === 'amount') return deal.amount === null ? 'blank' : moneyInWords(deal.amount, inputs.playbook.settings)
  const value = deal[fact] ?? ''
  return value === '' ? 'blank' : code(value)
}
