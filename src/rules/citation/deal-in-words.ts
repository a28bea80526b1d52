/**
 * Deals, amounts and lists as findings say them: the id with the ledger's facts beside it.
 *
 * What comes from a page or the ledger is shortened here; making it safe for a terminal or a page is the
 * reporters' affair.
 */
import type { Deal } from '../../ledger/ledger.ts'
import { minorDigitsOf } from '../../ledger/money.ts'
import type { PlaybookSettings } from '../../model/playbook-settings.ts'
import { shortened } from '../../source/visible.ts'

/** What amounts and outcomes are told by. */
export interface Telling {
  readonly settings: Pick<PlaybookSettings, 'currency' | 'locale'>
  readonly asOf: string
}

/** `` `D-17` (Halyard Bank, $45,000, lost on 2026-03-14) `` */
export function dealInWords(deal: Deal, { settings, asOf }: Telling): string {
  const amount = deal.amount ? [moneyInWords(deal.amount, settings)] : []
  const account = deal.account === '' ? [] : [shortened(deal.account, 40)]
  return `${code(deal.id)} (${[...account, ...amount, outcomeInWords(deal, asOf)].join(', ')})`
}

/** What the deal was on that day: one that closed later, or never, was still open. */
export function outcomeInWords({ outcome, closed }: Deal, asOf: string): string {
  if (outcome === 'void') return 'void'
  if (outcome === 'open' || closed === null) return 'open'
  return closed > asOf ? `still open on ${asOf}` : `${outcome} on ${closed}`
}

/** `moneyInWords(105450, { currency: 'USD', locale: 'en-US' })` is `$1,054.50`. */
export function moneyInWords(minor: number, settings: Telling['settings']): string {
  return majorInWords(minor / 10 ** minorDigitsOf(settings.currency), settings)
}

/** `majorInWords(1054.5, { currency: 'USD', locale: 'en-US' })` is `$1,054.50`. */
export function majorInWords(major: number, { currency, locale }: Telling['settings']): string {
  const key = `${locale} ${currency}`
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' })
  formats.set(key, format)
  return format.format(major)
}

/** A formatter costs more than a thousand uses of it. */
const formats = new Map<string, Intl.NumberFormat>()

/** `percent(0.617)` is `61.7%`; what is not nothing is never shown as 0. */
export function percent(share: number): string {
  const tenths = Math.round(share * 1000)
  return tenths === 0 && share > 0 ? 'under 0.1%' : `${tenths / 10}%`
}

/** A value of a page or the ledger in backticks, shortened. */
export function code(text: string): string {
  return `\`${shortened(text)}\``
}

/** `a, b and c` */
export function listed(texts: readonly string[], last = 'and'): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${last} ${texts.at(-1)}`
}

/** `counted(1, 'account')` is `1 account`, `counted(3, 'account')` is `3 accounts`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}
