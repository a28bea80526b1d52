/**
 * What the ledger knows of a deal, for the review that tells its story: the author writes the rest.
 */
import type { Playbook } from '../../graph/playbook.ts'
import type { Deal, LedgerEngine, ReadLedger } from '../../ledger/ledger.ts'
import { majorText, minorDigitsOf } from '../../ledger/money.ts'
import type { Entity } from '../../model/entity.ts'
import { visible } from '../../source/visible.ts'
import { Fault } from '../fault.ts'
import { noValues, type Values } from './field-values.ts'

export interface ReviewStart {
  readonly values: Values
  /** The first paragraph, as Markdown. */
  readonly opening: string
}

/** Undefined where there is no ledger to ask. Throws {@link Fault} for a deal that is unknown or has not ended. */
export async function reviewOfDeal(
  id: string,
  ledger: ReadLedger | { readonly missing: string },
  playbook: Playbook,
  today: string,
): Promise<ReviewStart | undefined> {
  if ('missing' in ledger) return undefined
  const { engine, leftOut } = ledger
  const { settings } = playbook
  if (engine === undefined)
    throw new Fault(
      'the ledger cannot be read, so nothing is known of the deal. `playproof check` says what is wrong with it.',
    )
  const deal = await endedDeal(id, engine, leftOut, today)
  const values = Object.assign(noValues(), {
    deal: deal.id,
    outcome: deal.outcome,
    ...((await boughtBefore(deal, engine)) ? { relationship: 'existing-customer' } : {}),
    ...namesOf(deal, playbook),
    reviewers: Object.assign(noValues(), reviewersOf(deal, playbook, today)),
    ...(deal.amount === null ? {} : { amount: Number(majorText(deal.amount, minorDigitsOf(settings.currency))) }),
    closed: deal.closed ?? today,
  })
  return { values, opening: openingOf(deal, settings) }
}

async function endedDeal(
  id: string,
  engine: LedgerEngine,
  leftOut: ReadonlyMap<string, { file: string; line: number }>,
  today: string,
): Promise<Deal> {
  const deal = (await engine.deals([id])).get(id)
  const row = leftOut.get(id)
  if (deal === undefined && row !== undefined) {
    throw new Fault(
      `the row of ${visible(id)} (${visible(row.file)}:${row.line}) cannot be read. \`playproof check\` says what is wrong with it.`,
    )
  }
  if (deal === undefined || (deal.created ?? '') > today) {
    const near = await engine.nearestIds(id)
    throw new Fault(
      `the ledger has no deal \`${visible(id)}\`.${near.length === 0 ? ' Write the id as the CRM does.' : ` Did you mean ${near.map((each) => `\`${visible(each)}\``).join(', ')}?`}`,
    )
  }
  if (deal.outcome === 'void')
    throw new Fault(
      `${visible(id)} is void: a duplicate or no real deal, so it has no story. Review a deal that was won or lost.`,
    )
  if (deal.outcome === 'open' || deal.closed === null || deal.closed > today) {
    throw new Fault(
      `${visible(id)} (${visible(deal.account)}) is still open${deal.stage === '' ? '' : ` in the stage ${visible(deal.stage)}`}. Review it when it is won or lost.`,
    )
  }
  return deal
}

/** Whether the account had bought from us before this deal began. */
async function boughtBefore(deal: Deal, engine: LedgerEngine): Promise<boolean> {
  const nowhere = { start: 0, end: 0 }
  const value = { value: deal.account, text: deal.account, range: nowhere }
  const clause = { column: 'account', columnRange: nowhere, condition: { kind: 'any' as const, values: [value] } }
  const began = deal.created ?? deal.closed ?? ''
  const deals = deal.account === '' ? [] : await engine.matching({ all: [{ clauses: [clause] }] })
  return deals.some(
    (each) => each.id !== deal.id && each.outcome === 'won' && each.closed !== null && each.closed < began,
  )
}

function namesOf(deal: Deal, playbook: Playbook): Values {
  const plays = deal.plays.filter((play) => playbook.get('play', play) !== undefined)
  const competitor =
    deal.competitor === ''
      ? undefined
      : playbook.of('competitor').find(({ data }) => data.ledgerName === deal.competitor)
  return {
    ...(plays.length === 0 ? {} : { plays }),
    ...(competitor === undefined ? {} : { competitors: [competitor.id] }),
  }
}

/** The deal's owner, and the one person of marketing where there is just one. */
function reviewersOf({ owner }: Deal, playbook: Playbook, today: string): Values {
  const people = playbook.of('person')
  const sales = owner === '' ? undefined : people.find((person) => ledgerNames(person).includes(owner))
  const marketing = people.filter(({ data }) => data.role === 'marketing' && (data.until ?? today) >= today)
  return {
    ...(sales === undefined ? {} : { sales: sales.id }),
    ...(marketing.length === 1 ? { marketing: marketing[0]?.id ?? '' } : {}),
  }
}

function ledgerNames({ data }: Entity<'person'>): readonly string[] {
  return typeof data.ledgerName === 'string' ? [data.ledgerName] : (data.ledgerName ?? [])
}

/** `Tern Pumps: opened on 2025-12-17, won on 2026-02-07 for $31,000. In the CRM it is Kofi Mensah's.` */
function openingOf(deal: Deal, { currency, locale }: { readonly currency: string; readonly locale: string }): string {
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' })
  const amount = deal.amount ? ` for ${money.format(deal.amount / 10 ** minorDigitsOf(currency))}` : ''
  const opened = deal.created === null ? '' : `opened on ${deal.created}, `
  const owner = deal.owner === '' ? '' : ` Owner in the CRM: ${asText(deal.owner)}.`
  return `${deal.account === '' ? 'No account' : asText(deal.account)}: ${opened}${deal.outcome} on ${deal.closed}${amount}.${owner}`
}

/** A cell of the ledger as Markdown that says just that, at the beginning of a line, too. */
function asText(cell: string): string {
  return visible(cell)
    .replace(/[\\`*_[\]<>~]|&(?=#?\w+;)|:(?=\/\/)|(?<=www)\./gi, '\\$&')
    .replace(/^(?=[-+#=])/, '\\')
    .replace(/^(\d+)(?=[.)])/, '$1\\')
}
