/**
 * A CRM export that fits the generated pages: accounts, sellers and deals, all of them readable rows.
 *
 * A segment is an industry in a territory. Deals go round the segments, so that each segment has won
 * deals of several accounts and sellers to cite, however small the playbook is.
 */
import type { Random } from './random.ts'

/** The day the generated playbook is judged on. */
export const AS_OF = '2026-06-30'

const FIRST_DAY = Date.UTC(2024, 7, 1)
const LAST_DAY = Date.UTC(2026, 5, 28)
const DAY = 86_400_000
const PRODUCTS = ['Counter', 'Desk', 'Fleet', 'Imaging', 'Field kit', 'Studio', 'Bench', 'Dock', 'Lane', 'Relay']

export interface Cell {
  readonly industry: string
  readonly territory: string
  readonly accounts: readonly string[]
  readonly sellers: readonly string[]
}

export interface Deal {
  readonly id: string
  readonly cell: number
  readonly account: string
  readonly owner: string
  readonly outcome: 'won' | 'lost' | 'open'
  readonly amount: number
  readonly created: string
  readonly closed: string
  readonly product: string
}

export interface GeneratedLedger {
  readonly cells: readonly Cell[]
  readonly deals: readonly Deal[]
  /** File name to text. */
  readonly files: Readonly<Record<string, string>>
}

/** `sellers` are names; each gets one territory, and there is at least one seller a territory. */
export function generateLedger(
  random: Random,
  sizes: { segments: number; deals: number; sellers: readonly string[] },
): GeneratedLedger {
  const territories = Math.max(1, Math.min(Math.floor(sizes.sellers.length / 4), Math.ceil(Math.sqrt(sizes.segments))))
  const industries = Math.ceil(sizes.segments / territories)
  const accountsPerCell = Math.max(8, Math.round(sizes.deals / sizes.segments / 20))
  const accountRows = ['account,industry,employees,country']
  const sellerRows = ['seller,manager,territory']

  const cells = Array.from({ length: sizes.segments }, (_, index): Cell => {
    const industry = `industry ${letters(index % industries)}`
    const territory = Math.floor(index / industries)
    const accounts = Array.from(
      { length: accountsPerCell },
      (_, number) => `Account ${letters(index)} ${letters(number)}`,
    )
    for (const account of accounts)
      accountRows.push(`${account},${industry},${random.between(20, 9000)},Country ${letters(random.between(0, 25))}`)
    return {
      industry,
      territory: `territory ${letters(territory)}`,
      accounts,
      sellers: sizes.sellers.filter((_, seller) => seller % territories === territory),
    }
  })
  sizes.sellers.forEach((seller, index) => {
    sellerRows.push(`${seller},Manager ${letters(index % territories)},territory ${letters(index % territories)}`)
  })

  const deals = Array.from({ length: sizes.deals }, (_, index): Deal => {
    const cell = index % cells.length
    const round = Math.floor(index / cells.length)
    const { accounts, sellers } = cells[cell] as Cell
    // The first deals of each segment are won, by one account after the other: those that pages cite.
    const outcome = round < 8 ? 'won' : random.chance(0.15) ? 'open' : random.chance(0.6) ? 'won' : 'lost'
    const created =
      outcome === 'open'
        ? random.between(LAST_DAY / DAY - 120, LAST_DAY / DAY)
        : random.between(FIRST_DAY / DAY, LAST_DAY / DAY - 150)
    return {
      id: `D-${String(index + 1).padStart(6, '0')}`,
      cell,
      account: accounts[(round < 8 ? round : random.between(0, accounts.length - 1)) % accounts.length] as string,
      owner: round < 8 ? (sellers[round % sellers.length] as string) : random.pick(sellers),
      outcome,
      amount: outcome === 'won' ? random.between(5_000, 40_000) : 0,
      created: day(created),
      closed: outcome === 'open' ? '' : day(created + random.between(5, 140)),
      product: random.pick(PRODUCTS),
    }
  })
  const stages = { won: 'Closed Won', lost: 'Closed Lost', open: 'Proposal' }
  const dealRows = deals.map((deal) =>
    [
      deal.id,
      deal.account,
      deal.owner,
      stages[deal.outcome],
      deal.amount,
      deal.created,
      deal.closed,
      deal.product,
    ].join(','),
  )
  return {
    cells,
    deals,
    files: {
      'deals.csv': lines(['id,account,owner,stage,amount,created,closed,product', ...dealRows]),
      'accounts.csv': lines(accountRows),
      'sellers.csv': lines(sellerRows),
    },
  }
}

/** 0 is `a`, 25 is `z`, 26 is `aa`: names without digits. */
export function letters(number: number): string {
  const last = String.fromCharCode(97 + (number % 26))
  return number < 26 ? last : letters(Math.floor(number / 26) - 1) + last
}

function day(since1970: number): string {
  return new Date(since1970 * DAY).toISOString().slice(0, 10)
}

function lines(rows: readonly string[]): string {
  return `${rows.join('\n')}\n`
}
