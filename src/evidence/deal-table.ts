/**
 * The ledger in columns of numbers, so that thousands of plays can be judged without touching a text.
 *
 * Built once per ledger and playbook. A row keeps the deal's place in the array that the engine
 * gave; days are numbers since 1970 and money stays an integer of the minor unit. What a deal is on
 * a given day is asked with {@link stateOn}: nothing here knows the day.
 */
import type { Deal } from '../ledger/ledger.ts'
import { dayNumber } from '../model/dates.ts'
import type { PersonInput, ReviewInput } from './evidence-input.ts'

/** Stands for a blank date; smaller than every day. */
export const noDay = -0x80000000
/** Stands for a blank text in a column of codes. */
export const noCode = -1

export interface DealTable {
  /** In order of id; rows are indices into it. */
  readonly deals: readonly Deal[]
  readonly rowOf: ReadonlyMap<string, number>
  readonly outcome: Uint8Array
  readonly created: Int32Array
  readonly closed: Int32Array
  readonly churned: Int32Array
  /** NaN where blank. */
  readonly amount: Float64Array
  /** 1 where the deal passes `counts`. */
  readonly counted: Uint8Array
  /** 1 where friends, family, investors or former colleagues bought. */
  readonly friend: Uint8Array
  /** Account groups. */
  readonly account: CodedColumn<string>
  readonly seller: CodedColumn<Seller>
  readonly territory: CodedColumn<string>
}

/** A column as codes: `values[codes[row]]`, or {@link noCode} where it is blank. */
export interface CodedColumn<T> {
  readonly codes: Int32Array
  readonly values: readonly T[]
}

/** Who sold: a person, or an owner of the ledger whom nobody knows. */
export interface Seller {
  /** The person's id, else the ledger's spelling. */
  readonly name: string
  /** A founder or an executive: their sales prove no play that others can run. */
  readonly leads: boolean
}

export const state = { won: 0, lost: 1, open: 2, void: 3, absent: 4 } as const
export type State = (typeof state)[keyof typeof state]

/**
 * What the deal was on a day: a deal created later does not exist yet, one that closed later, or never, is
 * open, and a void one counts nowhere.
 */
export function stateOn(table: DealTable, row: number, day: number): State {
  if ((table.created[row] as number) > day) return state.absent
  const outcome = table.outcome[row] as State
  if (outcome !== state.won && outcome !== state.lost) return outcome
  const closed = table.closed[row] as number
  return closed === noDay || closed > day ? state.open : outcome
}

const friendly = new Set(['friend', 'family', 'investor', 'former-colleague'])

export interface TableOptions {
  readonly reviews: readonly ReviewInput[]
  readonly people: readonly PersonInput[]
  readonly friendsSources: readonly string[]
}

/** The table of these deals, in their order; `counted` is 1 throughout until the caller knows better. */
export function dealTable(deals: readonly Deal[], { reviews, people, friendsSources }: TableOptions): DealTable {
  const size = deals.length
  const rowOf = new Map<string, number>()
  const outcome = new Uint8Array(size)
  const created = new Int32Array(size)
  const closed = new Int32Array(size)
  const churned = new Int32Array(size)
  const amount = new Float64Array(size)
  const friend = new Uint8Array(size)
  const accounts = coding((group: string) => group)
  const territories = coding((territory: string) => territory)
  const persons = new Map(
    people.flatMap((person) => person.ledgerNames.map((name) => [name, person] as const)).reverse(),
  )
  const known = new Map<string, Seller>()
  const sellers = coding((owner: string) => {
    const person = persons.get(owner)
    if (person === undefined) return { name: owner, leads: false }
    const seller = known.get(person.id) ?? {
      name: person.id,
      leads: person.role === 'founder' || person.role === 'executive',
    }
    known.set(person.id, seller)
    return seller
  })
  const account = new Int32Array(size)
  const seller = new Int32Array(size)
  const territory = new Int32Array(size)
  const friendOf = new Set(friendsSources.filter((source) => source !== ''))
  const friends = new Set(
    reviews.filter(({ relationship }) => friendly.has(relationship ?? '')).map(({ deal }) => deal),
  )
  const days = new Map<string, number>()
  const dayOf = (text: string | null): number => {
    if (text === null || text === '') return noDay
    const day = days.get(text) ?? dayNumber(text)
    days.set(text, day)
    return day
  }
  for (let row = 0; row < size; row++) {
    const deal = deals[row] as Deal
    rowOf.set(deal.id, row)
    outcome[row] = state[deal.outcome]
    created[row] = dayOf(deal.created)
    closed[row] = dayOf(deal.closed)
    churned[row] = dayOf(deal.churned)
    amount[row] = deal.amount ?? Number.NaN
    friend[row] = friends.has(deal.id) || friendOf.has(deal.source) ? 1 : 0
    account[row] = accounts.codeOf(deal.accountGroup)
    seller[row] = sellers.codeOf(deal.owner)
    territory[row] = territories.codeOf(deal.territory)
  }
  return {
    deals,
    rowOf,
    outcome,
    created,
    closed,
    churned,
    amount,
    counted: new Uint8Array(size).fill(1),
    friend,
    account: { codes: account, values: accounts.values },
    seller: { codes: seller, values: sellers.values },
    territory: { codes: territory, values: territories.values },
  }
}

/** Gives each text the code of what it stands for; two spellings of one person share a code. */
function coding<T>(meaning: (text: string) => T): { codeOf(text: string): number; values: T[] } {
  const byText = new Map<string, number>([['', noCode]])
  const byMeaning = new Map<T, number>()
  const values: T[] = []
  return {
    values,
    codeOf(text) {
      const code = byText.get(text)
      if (code !== undefined) return code
      const value = meaning(text)
      const next = byMeaning.get(value) ?? values.push(value) - 1
      byText.set(text, next)
      byMeaning.set(value, next)
      return next
    },
  }
}
