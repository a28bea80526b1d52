/**
 * A customer who may not be named, in words that fit at least five of them.
 *
 * “A 500-person retailer in the US-East” says what a reader needs; but where only one such customer exists it is a
 * name in disguise. So what is said is widened until at least {@link smallestGroup} customers answer to it.
 */
import type { Deal } from '../ledger/ledger.ts'

/** A group of fewer is not shown to audiences outside the company: neither its count nor its description. */
export const smallestGroup = 5

/** `describe('Halyard Bank')` is “a 500-person finance customer in East”, or as much of it as hides in a crowd. */
export function customerDescriptions(deals: readonly Deal[]): (account: string) => string {
  const traits = new Map<string, Traits>()
  for (const deal of deals)
    if (deal.account !== '' && !traits.has(deal.account)) traits.set(deal.account, traitsOf(deal))
  const crowd = new Map<string, number>()
  for (const each of traits.values()) for (const words of wordings(each)) crowd.set(words, (crowd.get(words) ?? 0) + 1)
  return (account) => {
    const known = traits.get(account)
    const fitting = known === undefined ? [] : wordings(known)
    return fitting.find((words) => (crowd.get(words) ?? 0) >= smallestGroup) ?? 'a customer'
  }
}

interface Traits {
  /** `500-person`, the band's lower end. */
  readonly size: string | undefined
  readonly industry: string | undefined
  readonly territory: string | undefined
}

function traitsOf(deal: Deal): Traits {
  const cell = (column: string): string | undefined => deal.cell(column)?.trim() || undefined
  return {
    size: sizeBand(Number(cell('employees') ?? Number.NaN)),
    industry: cell('industry'),
    territory: deal.territory.trim() || undefined,
  }
}

/** From what tells most to what tells least. */
function wordings({ size, industry, territory }: Traits): string[] {
  const kind = industry === undefined ? undefined : `${industry.toLowerCase()} customer`
  const here = territory === undefined ? '' : ` in ${territory}`
  const candidates = [
    size !== undefined && kind !== undefined && here !== '' ? `${size} ${kind}${here}` : undefined,
    kind !== undefined && here !== '' ? `${kind}${here}` : undefined,
    size !== undefined && kind !== undefined ? `${size} ${kind}` : undefined,
    size !== undefined && here !== '' ? `${size} customer${here}` : undefined,
    kind,
    here === '' ? undefined : `customer${here}`,
    size === undefined ? undefined : `${size} customer`,
  ]
  return candidates.flatMap((words) => (words === undefined ? [] : [`${article(words)} ${words}`]))
}

function sizeBand(employees: number): string | undefined {
  if (!Number.isFinite(employees) || employees < 1) return undefined
  if (employees < 10) return 'small'
  const band = bands.findLast((least) => employees >= least) ?? 10
  return `${band.toLocaleString('en-US')}-person`
}

const bands = [10, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000]

/** Numbers are read aloud: an 8,000-person customer, a 10-person one. */
function article(words: string): string {
  return /^(?:[aeiou]|8|11\b|18\b)/i.test(words) ? 'an' : 'a'
}
