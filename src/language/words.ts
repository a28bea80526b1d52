/**
 * Deals, verdicts and people in the few words that fit beside a text.
 */
import type { Evidence, PlayEvidence } from '../evidence/evidence.ts'
import type { Deal } from '../ledger/ledger.ts'
import { minorDigitsOf } from '../ledger/money.ts'
import { dayNumber } from '../model/dates.ts'
import { visible } from '../source/visible.ts'
import type { View } from './language-service.ts'

/** `repeatable · 4 accounts · 61% of 23 · last win 41 days ago` */
export function verdictLine({ verdict, record }: PlayEvidence, evidence: Evidence): string {
  const closed = record.wins + record.losses
  const share = record.winRate === null ? 'no closed deal' : `${Math.round(record.winRate * 100)}% of ${closed}`
  const last = record.lastWin === null ? [] : [`last win ${daysAgo(record.lastWin, evidence.asOf)}`]
  const word = verdict === 'proven' && record.basis === 'matched' ? 'proven (by fit)' : verdict
  return [word, counted(record.accounts, 'account'), share, ...last].join(' · ')
}

/** `Halyard Bank · 12,400 · won 2017-03-04`: what an item of a list says of a deal. */
export function dealLine(deal: Deal, view: Pick<View, 'playbook' | 'asOf'>): string {
  return [visible(deal.account), amountOf(deal, view), outcomeOf(deal, view.asOf)]
    .filter((part) => part !== '')
    .join(' · ')
}

/** `12,400`, in major units as the playbook's people write numbers; blank where there is none. */
export function amountOf({ amount }: Deal, { playbook }: Pick<View, 'playbook'>): string {
  if (amount === null) return ''
  const { currency, locale } = playbook.settings
  return (amount / 10 ** minorDigitsOf(currency)).toLocaleString(locale)
}

/** What the deal was on the day: `won 2017-03-04`. */
export function outcomeOf({ outcome, closed }: Deal, asOf: string): string {
  if (outcome === 'void') return 'void'
  return outcome === 'open' || closed === null || closed > asOf ? 'open' : `${outcome} ${closed}`
}

export function daysAgo(day: string, asOf: string): string {
  const days = dayNumber(asOf) - dayNumber(day)
  return days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days.toLocaleString('en-US')} days ago`
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}

export function titleOf({ data, id }: { readonly data: object; readonly id: string }): string {
  if ('title' in data && typeof data.title === 'string') return data.title
  return 'name' in data && typeof data.name === 'string' ? data.name : id
}
